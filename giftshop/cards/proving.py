"""Whether cards and ledger say the same: what each card holds, and what each batch owes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, select, true

from giftshop import ledger
from giftshop.cards.models import Batch, Card, batch_number
from giftshop.cards.rules import BatchState, CardState
from giftshop.db import Reader
from giftshop.kernel.money import Money
from giftshop.kernel.serials import printed
from giftshop.ledger import Account, Posting


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that does not add up: what a card or a batch says, and what its postings say."""

    name: str
    """A card by its serial number, or a batch by its number."""
    says: Money
    posted: Money


def differences(reader: Reader) -> Iterator[Difference]:
    """Yield every card that does not hold what it began with and its postings say, and every batch that owes otherwise.

    Reads all cards once; none is the only good answer.
    """
    yield from _of_cards(reader)
    yield from _of_batches(reader)


def _of_cards(reader: Reader) -> Iterator[Difference]:
    spent = ledger.spent_by_card()
    begins_with = case((Batch.is_replacement, 0), else_=Batch.face_minor)
    posted = begins_with - func.coalesce(spent.c.spent_minor, 0)
    off = (
        select(Card.serial, Card.balance_minor, posted, Batch.currency)
        .join(Batch, Batch.id == Card.batch_id)
        .outerjoin(spent, spent.c.card_id == Card.id)
        .where(Card.balance_minor != posted)
        .order_by(Card.serial)
    )
    for serial, balance, owed, currency in reader.execute(off):
        yield Difference(f"card {printed(serial)}", Money(balance, currency), Money(int(owed), currency))


def _of_batches(reader: Reader) -> Iterator[Difference]:
    """What a batch's opened cards hold is owed to holders, and what the others hold to the firm."""
    for account, are_open in ((Account.OUTSTANDING, True), (Account.PENDING, False)):
        opened = Card.activated_at.is_not(None) if are_open else Card.activated_at.is_(None)
        held = (
            select(Card.batch_id, func.sum(Card.balance_minor).label("held_minor"))
            .where(Card.state != CardState.VOID, opened, _is_issued(are_open=are_open))
            .group_by(Card.batch_id)
            .subquery("held")
        )
        owed = (
            select(Posting.batch_id, (-func.sum(Posting.amount_minor)).label("owed_minor"))
            .where(Posting.account == account)
            .group_by(Posting.batch_id)
            .subquery("owed")
        )
        says, posted = func.coalesce(held.c.held_minor, 0), func.coalesce(owed.c.owed_minor, 0)
        off = (
            select(Batch.id, says, posted, Batch.currency)
            .outerjoin(held, held.c.batch_id == Batch.id)
            .outerjoin(owed, owed.c.batch_id == Batch.id)
            .where(says != posted)
            .order_by(Batch.id)
        )
        for batch_id, held_minor, owed_minor, currency in reader.execute(off):
            name = f"batch {batch_number(batch_id)}"
            yield Difference(name, Money(int(held_minor), currency), Money(int(owed_minor), currency))


def _is_issued(*, are_open: bool) -> ColumnElement[bool]:
    """Say that a card counts: while its batch is being made nothing is posted yet."""
    if are_open:
        return true()
    made = select(Batch.id).where(Batch.state != BatchState.DRAWN_UP)
    return Card.batch_id.in_(made)
