"""Opening the cards of a batch to their holders: all, or a range of serial numbers; a large batch by two people.

What opened cards hold is owed to whoever holds them from then on. A card that is blocked meanwhile stays blocked, and
is open once it is unblocked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, case, func, select, update

from giftshop import audit, ledger
from giftshop.cards.errors import BatchNotReady, BatchNotThere, NotAmongTheBatch, SamePersonTwice, SecondPersonNeeded
from giftshop.cards.events import BatchActivated
from giftshop.cards.models import Batch, Card, Programme, batch_number
from giftshop.cards.rules import BatchState, CardState
from giftshop.cards.service import advance
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.money import Money
from giftshop.ledger import Account, EntryKind

_UNOPENED: Final = (CardState.SEALED, CardState.BLOCKED)
Approves = Callable[[Money], bool]
"""Whether a batch worth so much may be opened on one person's word."""


def alone_below(limit_minor: int) -> Approves:
    """Let one person open a batch that is worth less than `limit_minor`, in minor units of whatever its currency is."""
    return lambda worth: worth.amount_minor < limit_minor


def activate(tx: Transaction, batch_id: int, *, by: Actor, at: datetime) -> bool:
    """Open every card of a batch that was paid for and has been delivered, and tell BatchActivated.

    False if it was active already: a carrier and a buyer may both say that it came. Raises BatchNotReady before
    shipping.
    """
    if not advance(tx, batch_id, BatchState.ACTIVE, by=by, at=at):
        return False
    _open(tx, batch_id, Card.batch_id == batch_id, by=by, at=at, once=f"activate/{batch_id}")
    _tell(tx, batch_id, at=at)
    return True


def activate_range(tx: Transaction, batch_id: int, first: int, last: int, *, by: Actor, at: datetime) -> int:
    """Open the cards from serial number `first` through `last`, and return how many those are; the others stay shut.

    Raises NotAmongTheBatch when there is none to open, BatchNotReady before shipping.
    """
    is_first = advance(tx, batch_id, BatchState.ACTIVE, by=by, at=at)
    between = (Card.batch_id == batch_id, Card.serial.between(first, last))
    opened = _open(tx, batch_id, *between, by=by, at=at)
    if not opened:
        raise NotAmongTheBatch(field="last", number=str(batch_number(batch_id)))
    audit.record(tx, "cards.activate_range", ("batch", batch_id), by=by, at=at, first=first, last=last, cards=opened)
    if is_first:
        _tell(tx, batch_id, at=at)
    return opened


def receive(tx: Transaction, batch_id: int, *, may_open: Approves, by: Actor, at: datetime) -> bool:
    """Note that the cards of a batch have arrived, and open them if that is enough. Returns whether they are open.

    Else a second person has to agree. Raises BatchNotReady before shipping.
    """
    batch = _locked(tx, batch_id)
    if batch.state in {BatchState.ACTIVE, BatchState.CLOSED}:
        return True
    if batch.state is not BatchState.SHIPPED:
        raise BatchNotReady(number=str(batch.number))
    if may_open(batch.face * batch.quantity):
        _note_received(tx, batch, by=by, at=at)
        return activate(tx, batch_id, by=by, at=at)
    if batch.received_by is None:
        _note_received(tx, batch, by=by, at=at)
        audit.record(tx, "cards.receive", ("batch", batch_id), by=by, at=at)
    return False


def agree(tx: Transaction, batch_id: int, *, by: Actor, at: datetime) -> bool:
    """Open a large batch as the second person. False if it is open already.

    Raises SecondPersonNeeded while nobody has said that it came, SamePersonTwice.
    """
    batch = _locked(tx, batch_id)
    if batch.state is BatchState.SHIPPED and batch.received_by is None:
        raise SecondPersonNeeded(number=str(batch.number))
    if batch.received_by == by.id and batch.state is BatchState.SHIPPED:
        raise SamePersonTwice(number=str(batch.number))
    opened = activate(tx, batch_id, by=by, at=at)
    audit.record(tx, "cards.agree", ("batch", batch_id), by=by, at=at)
    return opened


def _note_received(tx: Transaction, batch: Batch, *, by: Actor, at: datetime) -> None:
    batch.received_at = batch.received_at or at
    batch.received_by = batch.received_by or by.user_id
    tx.flush()


def _open(
    tx: Transaction, batch_id: int, *which: ColumnElement[bool], by: Actor, at: datetime, once: str | None = None
) -> int:
    unopened = (*which, Card.activated_at.is_(None), Card.state.in_(_UNOPENED))
    held = func.coalesce(func.sum(Card.balance_minor), 0)
    worth = int(tx.execute(select(held).where(*unopened)).scalar_one())
    state = case((Card.state == CardState.SEALED, CardState.ACTIVE), else_=Card.state)
    opened = tx.change(update(Card).where(*unopened).values(activated_at=at, state=state))
    if worth:
        currency = tx.scalars(select(Batch.currency).where(Batch.id == batch_id)).one()
        legs = ledger.move(Money(worth, currency), Account.PENDING, Account.OUTSTANDING, batch_id=batch_id)
        ledger.post(tx, EntryKind.ACTIVATE, legs, subject=("batch", batch_id), once=once, by=by, at=at)
    return opened


def _tell(tx: Transaction, batch_id: int, *, at: datetime) -> None:
    tx.change(update(Batch).where(Batch.id == batch_id).values(activated_at=at))
    programme_id = tx.scalars(select(Batch.programme_id).where(Batch.id == batch_id)).one()
    ended = update(Programme).where(Programme.id == programme_id, Programme.valid_until.is_not(None))
    tx.change(ended.where(Programme.next_lapse_at.is_(None)).values(next_lapse_at=at))  # all its others have lapsed
    tx.publish(BatchActivated(batch_id, programme_id))


def _locked(tx: Transaction, batch_id: int) -> Batch:
    known: dict[str, Any] = {"with_for_update": True, "populate_existing": True}
    batch = tx.get(Batch, batch_id, **known)
    if batch is None:
        raise BatchNotThere
    return batch
