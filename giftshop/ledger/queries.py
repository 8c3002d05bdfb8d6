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


def spent_by_card() -> Subquery:
    """Return, as a subquery of card_id and spent_minor, what left each card by postings of its own, less what came."""
    return _of_cards().subquery("spent")


def _of_cards() -> Select[int | None, int]:
    spent = func.sum(Posting.amount_minor).label("spent_minor")
    own = (Posting.card_id.is_not(None), Posting.account.in_([Account.PENDING, Account.OUTSTANDING]))
    return select(Posting.card_id, spent).where(*own).group_by(Posting.card_id)
