"""Whether cards and ledger say the same: what each card holds, and what each batch owes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import case, func, select

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
    """Yield every card whose balance is not its face value and its own postings, and every batch that owes otherwise.

    Reads all cards once; none is the only good answer.
    """
    yield from _of_cards(reader)
    yield from _of_batches(reader)


def _of_cards(reader: Reader) -> Iterator[Difference]:
    spent = ledger.spent_by_card()
    posted = Batch.face_minor - func.coalesce(spent.c.spent_minor, 0)
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
    is_open = Batch.state.in_([BatchState.ACTIVE, BatchState.CLOSED])
    held = (
        select(Card.batch_id, func.sum(Card.balance_minor).label("held_minor"))
        .where(Card.state != CardState.VOID)
        .group_by(Card.batch_id)
        .subquery("held")
    )
    owed = (
        select(Posting.batch_id, (-func.sum(Posting.amount_minor)).label("owed_minor"))
        .where(Posting.account == Account.OUTSTANDING)
        .group_by(Posting.batch_id)
        .subquery("owed")
    )
    says = func.coalesce(case((is_open, held.c.held_minor), else_=0), 0)
    posted = func.coalesce(owed.c.owed_minor, 0)
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
