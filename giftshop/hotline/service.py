"""Commands of an agent on the telephone: find, hear, choose, confirm, say goodbye.

Each is about a call that is the agent's own and goes on: its row is held meanwhile, so that two windows of one agent
do one thing after the other. What is done for the caller is done by redemption and cards, by the same commands as on
the phone page; the event written here names the call.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from giftshop import audit, cards, redemption
from giftshop.addresses import Receiver
from giftshop.cards import HeldCard, NotEnoughLeft
from giftshop.db import Transaction
from giftshop.hotline.calls import card_of, own, require_heard, theirs
from giftshop.hotline.errors import NotOnTheCall, TellsTooMuch
from giftshop.hotline.models import Call
from giftshop.hotline.rules import LONGEST_NOTE, FoundBy, Outcome, tells_too_much
from giftshop.kernel.actor import Actor
from giftshop.kernel.clock import local_day
from giftshop.redemption import BasketEmpty, JustTaken, NotAmongTheGifts


@dataclass(frozen=True, slots=True)
class Choice:
    """What a caller wants, who gets it, and when."""

    receiver: Receiver
    item_id: int | None = None
    """Of a gift book."""
    basket: Mapping[int, int] | None = None
    """Of a shopping card: how many of which item."""
    not_before: date | None = None
    email: str | None = None


def begin(tx: Transaction, *, locale: str, by: Actor, at: datetime) -> int:
    """Take a call, in the caller's `locale`. Returns its id; an agent who is on one already stays on it."""
    if tx.add_new(Call, agent_id=by.id, began_at=at, locale=locale, misheard=0, note=""):
        call_id = tx.scalars(select(Call.id).where(Call.agent_id == by.id, Call.ended_at.is_(None))).one()
        audit.record(tx, "hotline.begin", ("call", call_id), by=by, at=at)
        return call_id
    return tx.scalars(select(Call.id).where(Call.agent_id == by.id, Call.ended_at.is_(None))).one()


def look_at(
    tx: Transaction, call_id: int, card_id: int, found_by: FoundBy, *, proved_id: int | None, by: Actor, at: datetime
) -> None:
    """Be about this card from now on. `proved_id`: a redemption whose receiver's whole phone number was named."""
    call = own(tx, call_id, by)
    if call.card_id != card_id:
        call.heard_at, call.draft_key = None, None
    call.card_id, call.found_by, call.proved_id = card_id, found_by, proved_id
    audit.record(tx, "hotline.look_at", ("card", card_id), by=by, at=at, call=call_id, found_by=found_by)


def hear(tx: Transaction, call_id: int, card_id: int, *, by: Actor, at: datetime) -> bool:
    """Note that the code of this card was read out. False if the call was about another card so far."""
    call = own(tx, call_id, by)
    is_same = call.card_id in {None, card_id}
    if call.card_id != card_id:
        call.card_id, call.found_by, call.proved_id, call.draft_key = card_id, FoundBy.CODE, None, None
    call.heard_at = at
    audit.record(tx, "hotline.hear", ("card", card_id), by=by, at=at, call=call_id)
    return is_same


def mishear(
    tx: Transaction, call_id: int, address: str, *, hashes: Sequence[bytes] = (), by: Actor, at: datetime
) -> None:
    """Count a well-formed code (by its `hashes`) that opened nothing: against the agent, as on a phone page."""
    call = own(tx, call_id, by)
    call.misheard += 1
    cards.count_wrong(tx, address, hashes=hashes, at=at)
    audit.record(tx, "hotline.mishear", ("call", call_id), by=by, at=at)


def prove(tx: Transaction, call_id: int, redemption_id: int, typed: str, *, by: Actor, at: datetime) -> bool:
    """Whether the caller knows the end of the receiver's phone; tries are counted as on the phone page.

    Raises redemption's TooManyTries.
    """
    call = own(tx, call_id, by)
    theirs(tx, call, redemption_id)
    if not redemption.prove(tx, redemption_id, typed, by=by, at=at):
        return False
    call.proved_id = redemption_id
    audit.record(tx, "hotline.prove", ("redemption", redemption_id), by=by, at=at, call=call_id)
    return True


def speak(tx: Transaction, call_id: int, locale: str, *, by: Actor, at: datetime) -> None:
    """Go on in another language of the caller's."""
    own(tx, call_id, by).locale = locale
    audit.record(tx, "hotline.speak", ("call", call_id), by=by, at=at, locale=locale)


def note_choice(tx: Transaction, call_id: int, choice: Choice, *, by: Actor, at: datetime) -> None:
    """Write down what the caller wants, to be read back before it counts. Nothing is redeemed yet.

    Raises CodeNotHeard, JustTaken, NotAmongTheGifts, BasketEmpty, NotEnoughLeft, DayOutOfReach.
    """
    call = own(tx, call_id, by)
    card = _opened(tx, call, at=at)
    redemption.check_day(choice.not_before, today=local_day(at, card.time_zone))
    _refuse_out_of_reach(tx, card, choice)
    if card.is_value:
        key = redemption.keep_basket(tx, card.id, choice.basket or {}, key=call.draft_key, at=at)
    else:
        key = redemption.keep_gift(tx, card.id, choice.item_id or 0, key=call.draft_key, at=at)
    told = {"not_before": choice.not_before, "email": choice.email}
    call.draft_key = redemption.keep_receiver(tx, card.id, choice.receiver, **told, key=key, at=at)  # type: ignore[arg-type]
    audit.record(tx, "hotline.note_choice", ("card", card.id), by=by, at=at, call=call_id)


def confirm(tx: Transaction, call_id: int, *, revision: int, by: Actor, at: datetime) -> int:
    """Redeem the card for what was read back to the caller, who said yes. Returns which of the card's redemptions.

    Raises CodeNotHeard, and whatever `redemption.confirm` raises.
    """
    call = own(tx, call_id, by)
    card_id = _opened(tx, call, at=at).id
    place = redemption.confirm(tx, card_id, call.draft_key or "", revision=revision, locale=call.locale, by=by, at=at)
    made = redemption.nth_redemption_of(tx, card_id, place or 1)
    if made is None:
        raise NotOnTheCall
    call.proved_id = made.id
    audit.record(tx, "hotline.confirm", ("card", card_id), by=by, at=at, call=call_id, redemption=made.id)
    return made.nth


def end(tx: Transaction, call_id: int, outcome: Outcome, note: str, *, by: Actor, at: datetime) -> None:
    """Say goodbye. What was heard is forgotten, and an unfinished choice goes with its day. Raises TellsTooMuch."""
    call = own(tx, call_id, by)
    if tells_too_much(note):
        raise TellsTooMuch(field="note")
    call.ended_at, call.outcome, call.note = at, outcome, note.strip()[:LONGEST_NOTE]
    call.heard_at = None
    audit.record(tx, "hotline.end", ("call", call_id), by=by, at=at, outcome=outcome)


def _opened(tx: Transaction, call: Call, *, at: datetime) -> HeldCard:
    card_id = card_of(call)
    require_heard(call, at=at)
    return cards.held_card(tx, card_id, at=at)


def _refuse_out_of_reach(tx: Transaction, card: HeldCard, choice: Choice) -> None:
    """Say at once what the confirmation would refuse, while the caller can still choose something else."""
    goods = {gift.item.id: gift for gift in redemption.goods_of(tx, card)}
    wanted = dict(choice.basket or {}) if card.is_value else {choice.item_id or 0: 1}
    if not wanted:
        raise BasketEmpty
    for item_id, count in wanted.items():
        field = f"item-{item_id}" if card.is_value else "gift"
        if item_id not in goods:
            raise NotAmongTheGifts(field=field)
        if goods[item_id].left < count:
            raise JustTaken(field=field, gift=goods[item_id].item.names)
    if card.is_value:
        bill = redemption.wanted_of(card, list(goods.values()), wanted)
        cost = redemption.cost_of(bill, card.balance.currency)
        if card.balance < cost:
            raise NotEnoughLeft(left=card.balance, cost=cost)
