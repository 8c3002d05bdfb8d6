"""Commands on all cards of a programme at once: stop those not redeemed yet, let them go on, end them for good."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, func, or_, select, update

from giftshop import audit, ledger
from giftshop.cards.blocking import as_before
from giftshop.cards.errors import AlreadyClaimed, ToppedUp
from giftshop.cards.events import ProgrammeChanged
from giftshop.cards.models import Batch, Card, Programme
from giftshop.cards.rules import BatchState, BlockReason, CardState
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.money import Money
from giftshop.ledger import Account, EntryKind, Leg, Posting

_UNSPENT = (CardState.SEALED, CardState.ACTIVE)


def freeze_programme(tx: Transaction, programme_id: int, *, reason: BlockReason, by: Actor, at: datetime) -> int:
    """Stop every card of a programme that was not redeemed yet, and return how many. Those stopped before stay so."""
    unspent = (Card.batch_id.in_(_batches(programme_id)), Card.state.in_(_UNSPENT))
    count = tx.change(update(Card).where(*unspent).values(state=CardState.BLOCKED, block_reason=reason))
    _tell(tx, "cards.freeze", programme_id, at)
    audit.record(tx, "cards.freeze", ("programme", programme_id), by=by, at=at, reason=reason, cards=count)
    return count


def thaw_programme(tx: Transaction, programme_id: int, *, reason: BlockReason, by: Actor, at: datetime) -> int:
    """Let the cards of a programme stopped for `reason` be what they were; return how many."""
    of_it = Card.batch_id.in_(_batches(programme_id))
    stopped = (of_it, Card.state == CardState.BLOCKED, Card.block_reason == reason)
    count = tx.change(update(Card).where(*stopped).values(state=as_before, block_reason=None))
    _tell(tx, "cards.thaw", programme_id, at)
    audit.record(tx, "cards.thaw", ("programme", programme_id), by=by, at=at, reason=reason, cards=count)
    return count


def void_programme(tx: Transaction, programme_id: int, *, by: Actor, at: datetime) -> int:
    """End every card of a programme for good, close its batches, and return how many: their money goes back.

    What was not printed yet is printed no more.

    Raises AlreadyClaimed when one was redeemed, or spent in part, and ToppedUp when more was put on one since: looked
    for after the others are stopped, so that whoever redeems in the same moment is seen.
    """
    of_it = Card.batch_id.in_(_batches(programme_id))
    worth_something = (of_it, Card.state.in_((*_UNSPENT, CardState.BLOCKED)))
    count = tx.change(update(Card).where(*worth_something).values(state=CardState.VOID, block_reason=None))
    is_spent = or_(Card.state == CardState.CLAIMED, Card.balance_minor < Batch.face_minor)
    if tx.scalar(select(func.count()).select_from(Card).join(Batch).where(of_it, is_spent)):
        raise AlreadyClaimed
    topped = select(Posting.id).where(Posting.batch_id.in_(_batches(programme_id)), Posting.kind == EntryKind.TOP_UP)
    if tx.scalar(topped.limit(1)) is not None:
        raise ToppedUp
    for batch in tx.scalars(select(Batch).where(Batch.programme_id == programme_id)).all():
        _give_back(tx, batch, by=by, at=at)
    tx.change(update(Batch).where(Batch.programme_id == programme_id).values(state=BatchState.CLOSED))
    _tell(tx, "cards.void", programme_id, at)
    audit.record(tx, "cards.void", ("programme", programme_id), by=by, at=at, cards=count)
    return count


def _give_back(tx: Transaction, batch: Batch, *, by: Actor, at: datetime) -> None:
    """Post what the cards of a batch, void by now, were worth: it is owed to nobody any more."""
    legs: list[Leg] = []
    for account, opened in (
        (Account.OUTSTANDING, Card.activated_at.is_not(None)),
        (Account.PENDING, Card.activated_at.is_(None)),
    ):
        ended = select(func.coalesce(func.sum(Card.balance_minor), 0))
        worth = tx.scalars(ended.where(Card.batch_id == batch.id, Card.state == CardState.VOID, opened)).one()
        if worth:
            legs += ledger.move(Money(int(worth), batch.currency), account, Account.RETURNED, batch_id=batch.id)
    if legs:
        ledger.post(tx, EntryKind.VOID, legs, subject=("batch", batch.id), once=f"void/{batch.id}", by=by, at=at)


def _batches(programme_id: int) -> Select[int]:
    return select(Batch.id).where(Batch.programme_id == programme_id)


def _tell(tx: Transaction, what: str, programme_id: int, at: datetime) -> None:
    started_at = tx.scalars(select(Programme.started_at).where(Programme.id == programme_id)).one()
    tx.publish(ProgrammeChanged(what, programme_id, started_at, at))
