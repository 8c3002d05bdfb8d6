"""The ledger as it stood at some moment: what each batch's accounts came to, and what became of each card.

The database adds up, so that a million postings are a few rows here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, Subquery, case, func, literal, select

from giftshop.db import Reader
from giftshop.ledger.models import Posting
from giftshop.ledger.rules import Account, EntryKind


@dataclass(frozen=True, slots=True)
class Movement:
    """What entries of one kind did to one account of one batch. What is owed stands below zero."""

    batch_id: int
    account: Account
    kind: EntryKind
    currency: str
    before_minor: int
    """Until the first moment asked about."""
    since_minor: int
    """From then until the second."""


def movements(reader: Reader, since: datetime, until: datetime, which: Select[int] | None = None) -> Iterator[Movement]:
    """Yield what was posted before `until`, what of it before `since`; of the batches in `which`, or of all."""
    is_before = Posting.at < literal(since, Posting.at.type)
    before = func.sum(case((is_before, Posting.amount_minor), else_=0))
    after = func.sum(case((is_before, 0), else_=Posting.amount_minor))
    per = (Posting.batch_id, Posting.account, Posting.kind, Posting.currency)
    summed = select(*per, before, after).where(Posting.at < until).group_by(*per)
    if which is not None:
        summed = summed.where(Posting.batch_id.in_(which))
    for batch_id, account, kind, currency, before_minor, since_minor in reader.execute(summed):
        yield Movement(batch_id, account, kind, currency, int(before_minor), int(since_minor))


def spent_by_card_until(until: datetime) -> Subquery:
    """Return, as a subquery of card_id and spent_minor, what had left each card before `until`, less what had come."""
    spent = func.sum(Posting.amount_minor).label("spent_minor")
    own = (Posting.card_id.is_not(None), Posting.account.in_([Account.PENDING, Account.OUTSTANDING]))
    summed = select(Posting.card_id, spent).where(*own, Posting.at < until).group_by(Posting.card_id)
    return summed.subquery("spent_until")


def moved_since(until: datetime) -> Subquery:
    """Return, as a subquery of card_id and batch_id, the batch that each card left first after `until`."""
    left = (Posting.kind == EntryKind.MOVE, Posting.card_id.is_not(None), Posting.amount_minor > 0, Posting.at >= until)
    first = select(func.min(Posting.id)).where(*left).group_by(Posting.card_id)
    return select(Posting.card_id, Posting.batch_id).where(Posting.id.in_(first)).subquery("moved_since")


def ended_before(until: datetime) -> Select[int]:
    """Return the batches whose cards had all been ended together before `until`: their money went back.

    A query of its own, which names no card: asked of each card by itself it would read the batch's postings each time.
    """
    return select(Posting.batch_id).where(Posting.kind == EntryKind.VOID, Posting.at < until)
