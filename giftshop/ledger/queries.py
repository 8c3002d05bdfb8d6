"""Reads of the ledger: where value stands, and whether it adds up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, Subquery, func, select

from giftshop.db import Reader
from giftshop.kernel.money import Money
from giftshop.ledger.models import Posting
from giftshop.ledger.rules import Account


@dataclass(frozen=True, slots=True)
class Imbalance:
    """An entry that does not sum to zero: somebody wrote past us."""

    entry: str
    sum_minor: int
    currency: str


def imbalances(reader: Reader, *, limit: int = 100) -> Sequence[Imbalance]:
    """Return entries that do not sum to zero, in each currency; none is the only good answer."""
    total = func.sum(Posting.amount_minor)
    off = select(Posting.entry, total, Posting.currency).group_by(Posting.entry, Posting.currency).having(total != 0)
    return [
        Imbalance(entry, int(sum_minor), currency) for entry, sum_minor, currency in reader.execute(off.limit(limit))
    ]


def standing_of(reader: Reader) -> dict[tuple[Account, str], Money]:
    """Return the sum of each account in each currency; all of one currency together are nothing."""
    sums = select(Posting.account, Posting.currency, func.sum(Posting.amount_minor))
    rows = reader.execute(sums.group_by(Posting.account, Posting.currency))
    return {(account, currency): Money(int(total), currency) for account, currency, total in rows}


@dataclass(frozen=True, slots=True)
class Spent:
    """What a card gave for something, less what came back of it, and the batch it was posted on."""

    amount: Money
    batch_id: int


def spent_for(reader: Reader, card_id: int, subject: tuple[str, int]) -> Spent | None:
    """Return what a card gave for `subject` and has not had back; None if it never gave anything.

    What its holder paid on top is redeemed as well, but was received: the two cancel out.
    """
    own = (
        Posting.card_id == card_id,
        Posting.subject_kind == subject[0],
        Posting.subject_id == subject[1],
        Posting.account.in_([Account.REDEEMED, Account.RECEIVED]),
    )
    sums = select(-func.sum(Posting.amount_minor), func.min(Posting.batch_id), func.min(Posting.currency))
    total, batch_id, currency = reader.execute(sums.where(*own)).one()
    return None if batch_id is None or currency is None else Spent(Money(int(total), currency), batch_id)


def spent_by_card() -> Subquery:
    """Return, as a subquery of card_id and spent_minor, what left each card by postings of its own, less what came."""
    return _of_cards().subquery("spent")


def _of_cards() -> Select[int | None, int]:
    spent = func.sum(Posting.amount_minor).label("spent_minor")
    own = (Posting.card_id.is_not(None), Posting.account.in_([Account.PENDING, Account.OUTSTANDING]))
    return select(Posting.card_id, spent).where(*own).group_by(Posting.card_id)
