"""A card worth more than the market rules say is spent with its holder's phone: bound once, asked before every spend.

Decided in the transaction that spends: `guard` hears of every spend, whatever page or desk it comes from, and takes
the proof by one conditional UPDATE. A proof is good once, for a quarter of an hour, in the browser it was given in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, delete, select, update

from giftshop import audit, cards, onetime
from giftshop.addresses import can_receive_texts, normalise_phone
from giftshop.cards import CardNotThere, HeldCard, Standing
from giftshop.db import Reader, Transaction
from giftshop.jobs import JobRun, enqueue
from giftshop.kernel.actor import SYSTEM, Actor
from giftshop.kernel.keyring import Keyring
from giftshop.kernel.market import MarketRules
from giftshop.onetime import Destination, Pending, Words
from giftshop.redemption.errors import DearerNeedsPhone, NoPhoneBound, NotAMobile, PhoneNotBound, PhoneNotProved
from giftshop.redemption.models import CardPhone
from giftshop.redemption.rules import PHONE_KEPT, PROOF_LASTS, UnbindReason
from giftshop.redemption.sealing import SealedPhone, open_phone, seal_phone

FORGET_JOB: Final = "redemption.forget_phone"
AT_ONCE: Final = 500
_OVER: Final = {Standing.CLAIMED, Standing.EXPIRED, Standing.CLOSED}


@dataclass(frozen=True, slots=True)
class Spending:
    """A card is about to be spent, in this transaction: whoever hears of it may refuse."""

    card: HeldCard
    draft_key: str | None
    """Of the browser that confirms, if it is one."""
    by: Actor
    at: datetime
    is_dearer: bool = False
    """An order confirmed before is to become dearer, for which no page asks for a code."""


@dataclass(frozen=True, slots=True)
class PhoneKeys:
    """The keys of a phone's commands: to seal it, and to make codes with."""

    keyring: Keyring
    link_key: bytes


def asks_for_phone(market: MarketRules, card: HeldCard) -> bool:
    """Whether a card is protected by a phone. Reads nothing: a card below the value costs no statement."""
    limit = (market.stored_value if card.is_value else market.gifts).phone_above_minor
    return 0 < limit < max(card.face.amount_minor, card.balance.amount_minor)


def guard(tx: Transaction, event: Spending, *, market: MarketRules) -> None:
    """Subscriber: take the proof of a protected card, or raise PhoneNotBound, PhoneNotProved or DearerNeedsPhone.

    Staff may spend a card that no phone is bound to yet, for a caller who cannot read a page; once one is, they need
    its code too, or take it off the card with a reason.
    """
    if not asks_for_phone(market, event.card):
        return
    fresh = _fresh_for(event.card.id, event.draft_key, event.at)
    if event.draft_key and tx.change(update(CardPhone).where(*fresh).values(proved_for=None, proved_at=None)):
        return
    is_bound = tx.get(CardPhone, event.card.id) is not None
    if event.by.is_staff and not is_bound:
        return
    if event.is_dearer:
        raise DearerNeedsPhone
    raise PhoneNotProved if is_bound else PhoneNotBound


def has_proof(reader: Reader, card_id: int, draft_key: str | None, *, at: datetime) -> bool:
    """Whether this browser may confirm: the code was typed in here a moment ago."""
    return reader.scalar(select(CardPhone.card_id).where(*_fresh_for(card_id, draft_key, at))) is not None


def bound_phone(reader: Reader, card_id: int, keyring: Keyring) -> str | None:
    """Return the phone of a card (E.164), or None if it has none. Raises PhoneUnreadable."""
    kept = reader.get(CardPhone, card_id)
    return open_phone(keyring, card_id, SealedPhone(kept.sealed, kept.master_id)) if kept else None


def bound_since(reader: Reader, card_id: int) -> datetime | None:
    """Return when a phone was bound to a card; None if none is."""
    return reader.scalar(select(CardPhone.bound_at).where(CardPhone.card_id == card_id))


def mobile(typed: str, country: str) -> str:
    """Return a phone as E.164 that texts can be sent to. Raises NotAMobile, or what is wrong with the number."""
    phone = normalise_phone(typed, country)
    if not can_receive_texts(phone):
        raise NotAMobile(field="phone")
    return phone


def code_out(reader: Reader, card_id: int, *, at: datetime) -> Pending | None:
    """Return the one-time code that can still be typed in for a card."""
    return onetime.pending(reader, _subject(card_id), at=at)


def ask(
    tx: Transaction, card_id: int, phone: str | None, words: Words, *, keys: PhoneKeys, by: Actor, at: datetime
) -> str:
    """Send a code to the phone of a card, or to `phone` (E.164) while none is bound. Returns where it went.

    Raises PhoneNotBound when there is neither, PhoneUnreadable, onetime.CodeJustSent, onetime.TooManyCodes.
    """
    to = bound_phone(tx, card_id, keys.keyring) or phone
    if to is None:
        raise PhoneNotBound(field="phone")
    onetime.send(tx, _subject(card_id), Destination.text(to), words, key=keys.link_key, by=by, at=at)
    return to


def prove(
    tx: Transaction,
    card_id: int,
    draft_key: str,
    typed: str,
    phone: str | None,
    *,
    keys: PhoneKeys,
    by: Actor,
    at: datetime,
) -> bool:
    """Whether `typed` is the code that was sent. If so the browser of `draft_key` may confirm, and the phone is bound.

    `phone` is where it went while none was bound: a code is good for that number alone. Returned, not raised, so that
    the try is counted.
    """
    bound = bound_phone(tx, card_id, keys.keyring)
    to = bound or phone
    if to is None:
        return False
    destination = Destination.text(to)
    if not onetime.check(tx, _subject(card_id), typed, to=destination, key=keys.link_key, by=by, at=at):
        return False
    if bound is None and not _bind(tx, card_id, to, keys, by=by, at=at):
        return False
    its_phone = update(CardPhone).where(CardPhone.card_id == card_id)
    return tx.change(its_phone.values(proved_for=draft_key, proved_at=at, last_used_at=at)) == 1


def unbind(tx: Transaction, card_id: int, *, reason: UnbindReason, by: Actor, at: datetime) -> int:
    """Take the phone off a card and delete it; the next spend binds one anew. Returns the card's id.

    Raises NoPhoneBound.
    """
    if not tx.change(delete(CardPhone).where(CardPhone.card_id == card_id)):
        raise NoPhoneBound
    onetime.withdraw(tx, _subject(card_id))
    audit.record(tx, "redemption.unbind_phone", ("card", card_id), by=by, at=at, reason=reason)
    return card_id


def reseal_phones(tx: Transaction, keyring: Keyring, *, limit: int = AT_ONCE) -> int:
    """Seal phones under the current master key that lie under an older one, at most `limit`. Returns how many."""
    of_old = select(CardPhone).where(CardPhone.master_id != keyring.master_keys.current)
    found: Sequence[CardPhone] = tx.scalars(of_old.order_by(CardPhone.card_id).limit(limit)).all()
    for kept in found:
        phone = open_phone(keyring, kept.card_id, SealedPhone(kept.sealed, kept.master_id))
        anew = seal_phone(keyring, kept.card_id, phone)
        kept.sealed, kept.master_id = anew.sealed, anew.master_id
    return len(found)


def forget(run: JobRun) -> None:
    """Job: delete the phone of a card on which nothing is left to guard, or look again in a while."""
    run.transact(_forget_if_over, int(run.payload["card_id"]), at=run.at)


def _bind(tx: Transaction, card_id: int, phone: str, keys: PhoneKeys, *, by: Actor, at: datetime) -> bool:
    """Keep the phone of a card. False if another was bound at the same moment."""
    kept = seal_phone(keys.keyring, card_id, phone)
    row = {"card_id": card_id, "sealed": kept.sealed, "master_id": kept.master_id}
    if not tx.add_new(CardPhone, **row, bound_at=at, last_used_at=at):
        return False
    _promise_to_forget(tx, card_id, at)
    audit.record(tx, "redemption.bind_phone", ("card", card_id), by=by, at=at)
    return True


def _forget_if_over(tx: Transaction, card_id: int, *, at: datetime) -> None:
    last_used = tx.scalar(select(CardPhone.last_used_at).where(CardPhone.card_id == card_id))
    if last_used is None:
        return
    if last_used + PHONE_KEPT > at or not _is_over(tx, card_id, at):
        _promise_to_forget(tx, card_id, at)
        return
    tx.change(delete(CardPhone).where(CardPhone.card_id == card_id))
    audit.record(tx, "redemption.forget_phone", ("card", card_id), by=SYSTEM, at=at)


def _is_over(tx: Transaction, card_id: int, at: datetime) -> bool:
    try:
        card = cards.held_card(tx, card_id, at=at)
    except CardNotThere:
        return True
    return card.standing in _OVER or not card.balance


def _promise_to_forget(tx: Transaction, card_id: int, at: datetime) -> None:
    due = at + PHONE_KEPT
    enqueue(tx, FORGET_JOB, {"card_id": card_id}, key=f"{FORGET_JOB}/{card_id}/{due.isoformat()}", at=due)


def _fresh_for(card_id: int, draft_key: str | None, at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Which row proves that the browser with this draft may spend the card."""
    return CardPhone.card_id == card_id, CardPhone.proved_for == draft_key, CardPhone.proved_at > at - PROOF_LASTS


def _subject(card_id: int) -> tuple[str, int]:
    return "card_phone", card_id
