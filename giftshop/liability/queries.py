"""Reads: what each batch owed at the end of a day, by what was posted until then. The database adds up.

A handful of statements, however many cards there are: postings by batch, account and kind; cards by batch, end and age.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, case, func, literal, select

from giftshop import ledger
from giftshop.cards import Batch, Card, Programme, ProgrammeKind, Unredeemed, batch_number
from giftshop.db import Reader
from giftshop.kernel.money import Money
from giftshop.ledger import Movement
from giftshop.liability.rules import Age


@dataclass(frozen=True, slots=True)
class BatchTitle:
    """A batch, and whose it is."""

    batch_id: int
    programme_id: int
    programme: str
    firm_id: int
    kind: ProgrammeKind
    unredeemed: Unredeemed
    valid_until: date | None
    grace_days: int
    time_zone: str
    face_minor: int
    currency: str
    quantity: int

    @property
    def number(self) -> int:
        """What people call the batch."""
        return batch_number(self.batch_id)

    @property
    def face(self) -> Money:
        """What each of its cards is worth."""
        return Money(self.face_minor, self.currency)


@dataclass(frozen=True, slots=True)
class Holding:
    """What cards of one batch, one end and one age held."""

    batch_id: int
    expires_at: datetime
    age: Age
    cards: int
    owed_minor: int


def titles(reader: Reader, firm_id: int | None = None) -> dict[int, BatchTitle]:
    """Return every batch there is, or those of one firm, by id."""
    columns = (
        Batch.id.label("batch_id"),
        Batch.programme_id,
        Programme.name.label("programme"),
        Programme.firm_id,
        Programme.kind,
        Programme.unredeemed,
        Programme.valid_until,
        Programme.grace_days,
        Programme.time_zone,
        Batch.face_minor,
        Batch.currency,
        Batch.quantity,
    )
    found = select(*columns).join(Programme, Programme.id == Batch.programme_id).order_by(Batch.id)
    if firm_id is not None:
        found = found.where(Programme.firm_id == firm_id)
    return {row.batch_id: BatchTitle(**row._mapping) for row in reader.execute(found)}


def movements(reader: Reader, since: datetime, until: datetime, firm_id: int | None = None) -> Iterator[Movement]:
    """Yield what was posted before `until`, and what of it before `since`, by batch, account and kind."""
    return ledger.movements(reader, since, until, None if firm_id is None else _batches_of(firm_id))


def holdings(
    reader: Reader, until: datetime, ages: Sequence[tuple[Age, datetime]], firm_id: int | None = None
) -> Iterator[Holding]:
    """Yield what open cards held just before `until`, by batch, end and age.

    What a card held is what its batch gave it and its own postings until then; which batch it lay in, too. When it
    ends is what it says today: an extension since is seen.
    """
    spent, moved = ledger.spent_by_card_until(until), ledger.moved_since(until)
    begins_with = case((Batch.is_replacement, 0), else_=Batch.face_minor)
    held = begins_with - func.coalesce(spent.c.spent_minor, 0)
    lay_in = func.coalesce(moved.c.batch_id, Card.batch_id)
    moment = Card.activated_at.type
    age = case(
        *((Card.activated_at >= literal(begins, moment), each.value) for each, begins in ages), else_=Age.OLD.value
    )
    summed = (
        select(lay_in, Card.expires_at, age, func.count(), func.sum(held))
        .select_from(Card)
        .join(Batch, Batch.id == Card.batch_id)
        .outerjoin(spent, spent.c.card_id == Card.id)
        .outerjoin(moved, moved.c.card_id == Card.id)
        .where(Card.activated_at < until, held > 0, lay_in.not_in(ledger.ended_before(until)))
        .group_by(lay_in, Card.expires_at, age)
    )
    if firm_id is not None:
        summed = summed.where(Card.batch_id.in_(_batches_of(firm_id)))
    for batch_id, expires_at, years, cards, owed in reader.execute(summed):
        yield Holding(batch_id, expires_at, Age(years), int(cards), int(owed))


def _batches_of(firm_id: int) -> Select[int]:
    return select(Batch.id).join(Programme, Programme.id == Batch.programme_id).where(Programme.firm_id == firm_id)
