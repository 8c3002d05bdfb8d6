"""Commands that take value off a card and put it back. Each is decided by the condition of one UPDATE, and posted.

What a visit takes from several cards comes off them by `take_off`, always in one order, and is posted by `book_spend`
once it is known what it is for. Whatever is spent for something is posted with that as its subject, so that the
postings say what each card gave for it, and no more than that can come back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NoReturn

from sqlalchemy import BindParameter, ColumnElement, Row, Update, bindparam, case, or_, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from giftshop import audit, ledger
from giftshop.cards.errors import (
    AlreadyClaimed,
    CannotTopUp,
    CardBlocked,
    CardExpired,
    CardNotActive,
    CardNotThere,
    NotEnoughLeft,
    NothingToGiveBack,
    NotReleasable,
)
from giftshop.cards.events import CardChanged
from giftshop.cards.models import Batch, Card, Programme
from giftshop.cards.rules import CardState
from giftshop.db import Transaction, UtcDateTime
from giftshop.kernel.actor import Actor
from giftshop.kernel.money import Money
from giftshop.kernel.serials import printed
from giftshop.ledger import Account, EntryKind, Leg

_TAKES_BACK: Final = (CardState.SEALED, CardState.ACTIVE, CardState.BLOCKED, CardState.LAPSED)
"""States of a card that value can come back on. One that is sealed still was made instead of the one that gave it."""

face_of_batch = select(Batch.face_minor).where(Batch.id == Card.batch_id).scalar_subquery()
currency_of_batch = select(Batch.currency).where(Batch.id == Card.batch_id).scalar_subquery()
stopped_with_batch = select(Batch.is_stopped).where(Batch.id == Card.batch_id).scalar_subquery()
_is_shopping_card = select(Batch.edition_id.is_(None)).where(Batch.id == Card.batch_id).scalar_subquery()


def claim(tx: Transaction, card_id: int, /, *, by: Actor, at: datetime, **facts: int) -> None:
    """Redeem a gift book: of all who try at once, one succeeds and the others are told why not.

    The condition of one UPDATE decides the race. `facts` are kept in its audit event. Raises AlreadyClaimed,
    CardExpired, CardBlocked, CardNotActive, CardNotThere.
    """
    spent = tx.run(_CLAIM, {"of_card": card_id, "now": at}).one_or_none()
    if spent is None:
        _say_why_not(tx, card_id, at=at)
    worth = Money(spent.face_minor, spent.currency)
    legs = ledger.move(worth, Account.OUTSTANDING, Account.REDEEMED, batch_id=spent.batch_id, card_id=card_id)
    entry = ledger.post(tx, EntryKind.SPEND, legs, subject=("card", card_id), by=by, at=at)
    _tell(tx, EntryKind.SPEND, spent, -worth, entry=entry, at=at)
    audit.record(tx, "cards.claim", ("card", card_id), by=by, at=at, **facts)


def release_claim(tx: Transaction, card_id: int, *, by: Actor, at: datetime) -> None:
    """Give a redeemed gift book back to its holder, for a choice cancelled before packing; raises NotReleasable.

    A redeemed card is never replaced, nor does it lapse; but its last day may have passed since it was redeemed, so it
    is looked at again.
    """
    claimed = (Card.id == card_id, Card.state == CardState.CLAIMED)
    opened = {"state": CardState.ACTIVE, "claimed_at": None, "balance_minor": face_of_batch}
    back = _changed(tx, update(Card).where(*claimed).values(opened))
    if back is None:
        raise NotReleasable
    worth = Money(back.face_minor, back.currency)
    legs = ledger.move(worth, Account.REDEEMED, Account.OUTSTANDING, batch_id=back.batch_id, card_id=card_id)
    entry = ledger.post(tx, EntryKind.REVERSE, legs, subject=("card", card_id), by=by, at=at)
    _tell(tx, EntryKind.REVERSE, back, worth, entry=entry, at=at)
    _lapse_again(tx, back, at=at)
    audit.record(tx, "cards.release_claim", ("card", card_id), by=by, at=at)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came off a card in this transaction, not posted yet: `book_spend` does, or nothing adds up."""

    card_id: int
    batch_id: int
    public_id: bytes
    serial: int
    amount: Money
    left: Money


def take_off(tx: Transaction, amounts: Mapping[int, Money], *, at: datetime) -> dict[int, Taken]:
    """Take so much off each of several shopping cards, by id, or nothing: `book_spend` then posts it.

    Always in the order of their ids, so that no two choices wait for each other. One that is to give nothing is held
    all the same until the transaction ends, and must be open. Of all who try at once as many succeed as the cards
    hold. Raises NotEnoughLeft, CardExpired, CardBlocked, CardNotActive, CardNotThere.
    """
    taken = {}
    for card_id, cost in sorted(amounts.items()):
        if cost.amount_minor < 0:
            raise ValueError("a spend below nothing")
        is_held = Card.balance_minor >= cost.amount_minor
        holds_it = (*_spendable(card_id, at), is_held, currency_of_batch == cost.currency)
        took = update(Card).where(*holds_it).values(balance_minor=Card.balance_minor - cost.amount_minor)
        row = _changed(tx, took)
        if row is None:
            _say_why_not(tx, card_id, at=at, cost=cost)
        taken[card_id] = Taken(
            card_id, row.batch_id, row.public_id, row.serial, cost, Money(row.balance_minor, row.currency)
        )
    return taken


def book_spend(tx: Transaction, taken: Sequence[Taken], *, subject: tuple[str, int], by: Actor, at: datetime) -> None:
    """Post what `take_off` took for `subject`, as one entry; a card that gave nothing is left out."""
    legs: list[Leg] = []
    for each in taken:
        if each.amount:
            own = {"batch_id": each.batch_id, "card_id": each.card_id}
            legs += ledger.move(each.amount, Account.OUTSTANDING, Account.REDEEMED, **own)
    entry = ledger.post(tx, EntryKind.SPEND, legs, subject=subject, by=by, at=at)
    for each in taken:
        if each.amount:
            cost = each.amount.amount_minor
            left = each.left.amount_minor
            tx.publish(CardChanged(EntryKind.SPEND, each.public_id, each.serial, at, -cost, left, entry))
            audit.record(tx, "cards.spend", ("card", each.card_id), by=by, at=at, cost_minor=cost)


def spend(tx: Transaction, card_id: int, cost: Money, *, subject: tuple[str, int], by: Actor, at: datetime) -> Money:
    """Take `cost` off a shopping card, for `subject`. Returns what is left on it. Raises what `take_off` raises."""
    if not cost:
        raise ValueError("a spend of nothing")
    taken = take_off(tx, {card_id: cost}, at=at)[card_id]
    book_spend(tx, [taken], subject=subject, by=by, at=at)
    return taken.left


def put_back(
    tx: Transaction, card_id: int, amount: Money, *, subject: tuple[str, int], by: Actor, at: datetime
) -> Money:
    """Put what a shopping card gave for `subject`, or part of it, back on it. Returns what it holds now.

    Never more than it gave for it and has not had back, as its postings say: looked at once its row is held, so that of
    two who put the same back at the same moment the second sees the first.

    Value is never lost by coming back late. On a blocked card it waits; one that has lapsed holds it again, and is
    looked at again, since its last day has passed; what a card gave that was replaced comes to the one made instead
    of it. Raises NothingToGiveBack.
    """
    if amount.amount_minor <= 0:
        raise ValueError("putting nothing back")
    back = _held_again(tx, card_id, amount)
    gave = ledger.spent_for(tx, card_id, subject)
    if gave is None or gave.amount.amount_minor < amount.amount_minor:
        raise NothingToGiveBack
    owed = Account.PENDING if back.activated_at is None else Account.OUTSTANDING
    legs = [Leg(Account.REDEEMED, amount, gave.batch_id, card_id), Leg(owed, -amount, back.batch_id, back.id)]
    entry = ledger.post(tx, EntryKind.REVERSE, legs, subject=subject, by=by, at=at)
    _tell(tx, EntryKind.REVERSE, back, amount, entry=entry, at=at)
    _lapse_again(tx, back, at=at)
    audit.record(tx, "cards.put_back", ("card", back.id), by=by, at=at, amount_minor=amount.amount_minor)
    return Money(back.balance_minor, back.currency)


def top_up(
    tx: Transaction, card_id: int, amount: Money, *, most: Money, subject: tuple[str, int], by: Actor, at: datetime
) -> Money:
    """Put more on a shopping card that a firm paid for, for `subject`. Returns what it holds now.

    `most` is what such a card may hold at most, by the rules of the market. Raises CannotTopUp for one that is not
    open to its holder, or would hold more.
    """
    if amount.amount_minor <= 0:
        raise ValueError("a top-up of nothing")
    takes_it = (
        *_spendable(card_id, at),
        Card.balance_minor + amount.amount_minor <= most.amount_minor,
        currency_of_batch == amount.currency,
        _is_shopping_card,
    )
    topped = _changed(tx, update(Card).where(*takes_it).values(balance_minor=Card.balance_minor + amount.amount_minor))
    if topped is None:
        serial = tx.scalar(select(Card.serial).where(Card.id == card_id))
        raise CannotTopUp(serial=printed(serial or 0), most=most)
    legs = ledger.move(amount, Account.SOLD, Account.OUTSTANDING, batch_id=topped.batch_id, card_id=card_id)
    ledger.post(tx, EntryKind.TOP_UP, legs, subject=subject, by=by, at=at)
    audit.record(tx, "cards.top_up", ("card", card_id), by=by, at=at, amount_minor=amount.amount_minor)
    return Money(topped.balance_minor, topped.currency)


def _held_again(tx: Transaction, card_id: int, amount: Money) -> Row[Any]:
    """Raise the balance of a card by `amount`, or of the one that was made instead of it, or instead of that one."""
    holder_id: int | None = card_id
    opened = {
        "balance_minor": Card.balance_minor + amount.amount_minor,
        "state": case((Card.state == CardState.LAPSED, CardState.ACTIVE), else_=Card.state),
    }
    while holder_id is not None:
        can_hold = (Card.id == holder_id, Card.state.in_(_TAKES_BACK), currency_of_batch == amount.currency)
        back = _changed(tx, update(Card).where(*can_hold).values(opened))
        if back is not None:
            return back
        holder_id = tx.scalar(select(Card.replaced_by_id).where(Card.id == holder_id))
    raise NothingToGiveBack


def _lapse_again(tx: Transaction, back: Row[Any], *, at: datetime) -> None:
    """Have a card looked at again that holds something after its last day: what is on it is booked out."""
    if back.expires_at <= at:
        of_batch = select(Batch.programme_id).where(Batch.id == back.batch_id).scalar_subquery()
        is_later = or_(Programme.next_lapse_at.is_(None), Programme.next_lapse_at > at)
        tx.change(update(Programme).where(Programme.id == of_batch, is_later).values(next_lapse_at=at))


def _spendable(
    card_id: int | BindParameter[int], at: datetime | BindParameter[datetime]
) -> tuple[ColumnElement[bool], ...]:
    return Card.id == card_id, Card.state == CardState.ACTIVE, Card.expires_at > at, ~stopped_with_batch


def _changed(tx: Transaction, statement: Update) -> Row[Any] | None:
    """Run an UPDATE of one card; return it as it is now, with what its batch is worth, or None."""
    return tx.execute(_telling(statement), execution_options={"synchronize_session": False}).one_or_none()


def _telling(statement: Update) -> ReturningUpdate[*tuple[Any, ...]]:
    return statement.returning(
        Card.id,
        Card.batch_id,
        Card.public_id,
        Card.serial,
        Card.balance_minor,
        Card.activated_at,
        Card.expires_at,
        face_of_batch.label("face_minor"),
        currency_of_batch.label("currency"),
    )


_CLAIM: Final = _telling(
    update(Card)
    .where(*_spendable(bindparam("of_card"), bindparam("now")))
    .values(state=CardState.CLAIMED, claimed_at=bindparam("now", type_=UtcDateTime()), balance_minor=0)
)
"""Made once, since every recipient of a gift book runs it."""


def _tell(tx: Transaction, kind: EntryKind, card: Row[Any], change: Money, *, entry: str, at: datetime) -> None:
    moved = {"change_minor": change.amount_minor, "left_minor": card.balance_minor, "entry": entry}
    tx.publish(CardChanged(kind, card.public_id, card.serial, at, **moved))


def _say_why_not(tx: Transaction, card_id: int, *, at: datetime, cost: Money | None = None) -> NoReturn:
    card = tx.execute(
        select(
            Card.state,
            Card.expires_at,
            Card.balance_minor,
            currency_of_batch.label("currency"),
            stopped_with_batch.label("is_stopped"),
        ).where(Card.id == card_id)
    ).one_or_none()
    if card is None:
        raise CardNotThere
    if card.state is CardState.CLAIMED:
        raise AlreadyClaimed
    if card.state is CardState.BLOCKED or (card.state is CardState.ACTIVE and card.is_stopped):
        raise CardBlocked
    if card.state is CardState.LAPSED or (card.state is CardState.ACTIVE and card.expires_at <= at):
        raise CardExpired(until=card.expires_at)
    if card.state is CardState.ACTIVE and cost is not None:
        raise NotEnoughLeft(left=Money(card.balance_minor, card.currency), cost=cost)
    raise CardNotActive
