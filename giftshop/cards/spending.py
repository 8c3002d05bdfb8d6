"""Commands that take value off a card and put it back. Each is decided by the condition of one UPDATE, and posted."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NoReturn

from sqlalchemy import BindParameter, ColumnElement, Row, Update, bindparam, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from giftshop import audit, ledger
from giftshop.cards.errors import (
    AlreadyClaimed,
    CardBlocked,
    CardExpired,
    CardNotActive,
    CardNotThere,
    NotEnoughLeft,
    NothingToGiveBack,
    NotReleasable,
)
from giftshop.cards.models import Batch, Card
from giftshop.cards.rules import CardState
from giftshop.db import Transaction, UtcDateTime
from giftshop.kernel.actor import Actor
from giftshop.kernel.money import Money
from giftshop.ledger import Account, EntryKind

face_of_batch = select(Batch.face_minor).where(Batch.id == Card.batch_id).scalar_subquery()
currency_of_batch = select(Batch.currency).where(Batch.id == Card.batch_id).scalar_subquery()


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
    ledger.post(tx, EntryKind.SPEND, legs, subject=("card", card_id), by=by, at=at)
    audit.record(tx, "cards.claim", ("card", card_id), by=by, at=at, **facts)


def release_claim(tx: Transaction, card_id: int, *, by: Actor, at: datetime) -> None:
    """Give a redeemed gift book back to its holder, for a choice cancelled before packing; raises NotReleasable."""
    claimed = (Card.id == card_id, Card.state == CardState.CLAIMED)
    opened = {"state": CardState.ACTIVE, "claimed_at": None, "balance_minor": face_of_batch}
    back = _changed(tx, update(Card).where(*claimed).values(opened))
    if back is None:
        raise NotReleasable
    worth = Money(back.face_minor, back.currency)
    legs = ledger.move(worth, Account.REDEEMED, Account.OUTSTANDING, batch_id=back.batch_id, card_id=card_id)
    ledger.post(tx, EntryKind.REVERSE, legs, subject=("card", card_id), by=by, at=at)
    audit.record(tx, "cards.release_claim", ("card", card_id), by=by, at=at)


def spend(tx: Transaction, card_id: int, cost: Money, *, subject: tuple[str, int], by: Actor, at: datetime) -> Money:
    """Take `cost` off a shopping card, for `subject`. Returns what is left on it.

    Of all who try at once, as many succeed as it holds. Raises NotEnoughLeft, CardExpired, CardBlocked, CardNotActive,
    CardNotThere.
    """
    if cost.amount_minor <= 0:
        raise ValueError("a spend of nothing")
    holds_it = (*_spendable(card_id, at), Card.balance_minor >= cost.amount_minor, currency_of_batch == cost.currency)
    taken = update(Card).where(*holds_it).values(balance_minor=Card.balance_minor - cost.amount_minor)
    spent = _changed(tx, taken)
    if spent is None:
        _say_why_not(tx, card_id, at=at, cost=cost)
    legs = ledger.move(cost, Account.OUTSTANDING, Account.REDEEMED, batch_id=spent.batch_id, card_id=card_id)
    ledger.post(tx, EntryKind.SPEND, legs, subject=subject, by=by, at=at)
    audit.record(tx, "cards.spend", ("card", card_id), by=by, at=at, cost_minor=cost.amount_minor)
    return Money(spent.balance_minor, spent.currency)


def put_back(
    tx: Transaction, card_id: int, amount: Money, *, subject: tuple[str, int], by: Actor, at: datetime
) -> Money:
    """Put what was spent for `subject`, or part of it, back on a shopping card. Returns what it holds now.

    Also on one that has lapsed or is blocked since: value is never lost by coming back late. Raises NothingToGiveBack.
    """
    if amount.amount_minor <= 0:
        raise ValueError("putting nothing back")
    has_room = (
        Card.id == card_id,
        Card.balance_minor + amount.amount_minor <= face_of_batch,
        currency_of_batch == amount.currency,
    )
    given = update(Card).where(*has_room, Card.state.in_([CardState.ACTIVE, CardState.BLOCKED]))
    back = _changed(tx, given.values(balance_minor=Card.balance_minor + amount.amount_minor))
    if back is None:
        raise NothingToGiveBack
    legs = ledger.move(amount, Account.REDEEMED, Account.OUTSTANDING, batch_id=back.batch_id, card_id=card_id)
    ledger.post(tx, EntryKind.REVERSE, legs, subject=subject, by=by, at=at)
    audit.record(tx, "cards.put_back", ("card", card_id), by=by, at=at, amount_minor=amount.amount_minor)
    return Money(back.balance_minor, back.currency)


def _spendable(
    card_id: int | BindParameter[int], at: datetime | BindParameter[datetime]
) -> tuple[ColumnElement[bool], ...]:
    return Card.id == card_id, Card.state == CardState.ACTIVE, Card.expires_at > at


def _changed(tx: Transaction, statement: Update) -> Row[Any] | None:
    """Run an UPDATE of one card; return its batch, what its batch is worth and what it holds now, or None."""
    return tx.execute(_telling(statement), execution_options={"synchronize_session": False}).one_or_none()


def _telling(statement: Update) -> ReturningUpdate[*tuple[Any, ...]]:
    return statement.returning(
        Card.batch_id, Card.balance_minor, face_of_batch.label("face_minor"), currency_of_batch.label("currency")
    )


_CLAIM: Final = _telling(
    update(Card)
    .where(*_spendable(bindparam("of_card"), bindparam("now")))
    .values(state=CardState.CLAIMED, claimed_at=bindparam("now", type_=UtcDateTime()), balance_minor=0)
)
"""Made once, since every recipient of a gift book runs it."""


def _say_why_not(tx: Transaction, card_id: int, *, at: datetime, cost: Money | None = None) -> NoReturn:
    card = tx.execute(
        select(Card.state, Card.expires_at, Card.balance_minor, currency_of_batch.label("currency")).where(
            Card.id == card_id
        )
    ).one_or_none()
    if card is None:
        raise CardNotThere
    if card.state is CardState.CLAIMED:
        raise AlreadyClaimed
    if card.state is CardState.BLOCKED:
        raise CardBlocked
    if card.state is CardState.ACTIVE and card.expires_at <= at:
        raise CardExpired(until=card.expires_at)
    if card.state is CardState.ACTIVE and cost is not None:
        raise NotEnoughLeft(left=Money(card.balance_minor, card.currency), cost=cost)
    raise CardNotActive
