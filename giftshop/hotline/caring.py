"""Commands about a card whose gift was chosen, and about cards that are lost: change, cancel, stop, report, resend."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from giftshop import audit, cards, redemption
from giftshop.addresses import Receiver
from giftshop.cards import BlockReason
from giftshop.db import Transaction
from giftshop.hotline.calls import card_of, own, require_heard, theirs
from giftshop.hotline.errors import NotForTheHotline, NotTheirs, TellsTooMuch
from giftshop.hotline.models import Call
from giftshop.hotline.rules import BLOCKED_BY_HOTLINE, LIFTED_BY_HOTLINE, has_a_code
from giftshop.kernel.actor import Actor
from giftshop.redemption import ProblemKind, Redemption


def choose_again(tx: Transaction, call_id: int, redemption_id: int, item_id: int, *, by: Actor, at: datetime) -> None:
    """Send another gift of the same book. Raises CodeNotHeard, NotTheirs, and what redemption's command raises."""
    _call, found = _known(tx, call_id, redemption_id, by=by, at=at)
    redemption.choose_again(tx, found.id, item_id, by=by, at=at)
    _note_change(tx, call_id, found, by=by, at=at)


def change_basket(
    tx: Transaction, call_id: int, redemption_id: int, basket: Mapping[int, int], *, by: Actor, at: datetime
) -> None:
    """Send something else for a visit with a shopping card. Raises as `choose_again`."""
    _call, found = _known(tx, call_id, redemption_id, by=by, at=at)
    redemption.change_basket(tx, found.id, basket, by=by, at=at)
    _note_change(tx, call_id, found, by=by, at=at)


def send_elsewhere(
    tx: Transaction,
    call_id: int,
    redemption_id: int,
    receiver: Receiver,
    *,
    email: str | None,
    by: Actor,
    at: datetime,
) -> None:
    """Send it to another person or place. Raises as `choose_again`."""
    call, found = _known(tx, call_id, redemption_id, by=by, at=at)
    redemption.send_elsewhere(tx, found.id, receiver, email=email, by=by, at=at)
    call.proved_id = found.id  # whoever gave the new address knows the new phone
    _note_change(tx, call_id, found, by=by, at=at)


def cancel(tx: Transaction, call_id: int, redemption_id: int, *, by: Actor, at: datetime) -> None:
    """Give a visit with a shopping card up, before packing: its value is back on the card. Raises as `choose_again`."""
    _call, found = _known(tx, call_id, redemption_id, by=by, at=at)
    redemption.cancel_purchase(tx, found.id, by=by, at=at)
    _note_change(tx, call_id, found, by=by, at=at)


def send_link(tx: Transaction, call_id: int, redemption_id: int, *, by: Actor, at: datetime) -> None:
    """Write the tracking link to the receiver once more; asks for no proof, since it goes to nobody else."""
    call = own(tx, call_id, by)
    found = theirs(tx, call, redemption_id)
    redemption.send_link_again(tx, found.id, by=by, at=at)
    audit.record(tx, "hotline.send_link", ("card", found.card_id), by=by, at=at, call=call_id, redemption=found.id)


def report(tx: Transaction, call_id: int, kind: ProblemKind, note: str, *, by: Actor, at: datetime) -> None:
    """Write down what a caller says is wrong. Raises TellsTooMuch for a code in it, and what redemption's raises."""
    card_id = card_of(own(tx, call_id, by))
    if has_a_code(note):
        raise TellsTooMuch(field="note")
    problem = redemption.report(tx, card_id, kind, note, by=by, at=at)
    audit.record(tx, "hotline.report", ("card", card_id), by=by, at=at, call=call_id, problem=problem)


def block(tx: Transaction, call_id: int, reason: BlockReason, *, by: Actor, at: datetime) -> None:
    """Stop the card, for whoever says that it is lost: its serial number is enough. Raises cards.CannotBlock."""
    call = own(tx, call_id, by)
    card_id = card_of(call)
    if reason not in BLOCKED_BY_HOTLINE:
        raise NotForTheHotline(field="reason")
    cards.block(tx, card_id, reason=reason, by=by, at=at)
    call.draft_key = None
    audit.record(tx, "hotline.block", ("card", card_id), by=by, at=at, call=call_id, reason=reason)


def unblock(tx: Transaction, call_id: int, *, by: Actor, at: datetime) -> None:
    """Let a card go on that was found again: whoever reads out its code has it.

    Raises CodeNotHeard, NotForTheHotline for other reasons than loss and damage, and cards.CannotUnblock.
    """
    call = own(tx, call_id, by)
    card = cards.card_for_staff(tx, card_of(call), at=at)
    if card.block_reason is not None and card.block_reason not in LIFTED_BY_HOTLINE:
        raise NotForTheHotline
    require_heard(call, at=at)
    cards.unblock(tx, card.id, by=by, at=at)
    audit.record(tx, "hotline.unblock", ("card", card.id), by=by, at=at, call=call_id)


def _known(tx: Transaction, call_id: int, redemption_id: int, *, by: Actor, at: datetime) -> tuple[Call, Redemption]:
    """Return a redemption that the caller may change: the code is read out, and the receiver's phone is known."""
    call = own(tx, call_id, by)
    found = theirs(tx, call, redemption_id)
    require_heard(call, at=at)
    if not call.knows(found):
        raise NotTheirs
    return call, found


def _note_change(tx: Transaction, call_id: int, found: Redemption, *, by: Actor, at: datetime) -> None:
    audit.record(tx, "hotline.change", ("card", found.card_id), by=by, at=at, call=call_id, redemption=found.id)
