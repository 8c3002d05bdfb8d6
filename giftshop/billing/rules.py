"""Kinds of papers about money, their numbers, and how an account adds up. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Generic, Protocol, TypeVar

from giftshop.kernel.money import Money


class BillKind(StrEnum):
    """What a numbered paper says."""

    INVOICE = "invoice"
    """What was sold, and what it cost."""
    CREDIT_NOTE = "credit_note"
    """How much of an invoice is undone."""
    RECEIPT = "receipt"
    """That money came."""
    REFUND_RECEIPT = "refund_receipt"
    """That money went back."""


SERIES: Final = {
    BillKind.INVOICE: "INV",
    BillKind.CREDIT_NOTE: "CRN",
    BillKind.RECEIPT: "RCT",
    BillKind.REFUND_RECEIPT: "RFD",
}
"""How the numbers of each kind begin."""
_NUMBER: Final = re.compile(r"([A-Z]{3})-(\d{4})-(\d{5,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class BillNumber:
    """A paper's number: its kind, the year of the operator's calendar, and its place in that year from 1."""

    kind: BillKind
    year: int
    sequence: int

    def __str__(self) -> str:
        return f"{SERIES[self.kind]}-{self.year:04}-{self.sequence:05}"

    @classmethod
    def read(cls, text: str) -> BillNumber | None:
        """Return the number that somebody typed, forgiving case and space; None when it is none."""
        found = _NUMBER.fullmatch(text.strip().upper())
        kinds = {series: kind for kind, series in SERIES.items()}
        if found is None or found[1] not in kinds:
            return None
        return cls(kinds[found[1]], int(found[2]), int(found[3]))


class Moved(Protocol):
    """What an account is added up of."""

    @property
    def amount(self) -> Money:
        """What the firm owes more (positive) or less (negative)."""


Line = TypeVar("Line", bound=Moved)


@dataclass(frozen=True, slots=True)
class Account(Generic[Line]):
    """A firm's account in one currency over a period."""

    opening: Money
    """What was owed before the period."""
    lines: Sequence[tuple[Line, Money]]
    """What moved it in the period, each with what is owed after it."""

    @property
    def closing(self) -> Money:
        """What is owed at the end; negative: what the firm has to its credit."""
        return self.lines[-1][1] if self.lines else self.opening

    @property
    def charged(self) -> Money:
        """What became due in the period."""
        return _sum((line.amount for line, _after in self.lines if line.amount.amount_minor > 0), self.opening.currency)

    @property
    def credited(self) -> Money:
        """What was paid or undone in the period."""
        return -_sum(
            (line.amount for line, _after in self.lines if line.amount.amount_minor < 0), self.opening.currency
        )


def account(
    entries: Iterable[Line], day_of: Callable[[Line], date], *, first: date, last: date, currency: str
) -> Account[Line]:
    """Return the account of `entries`, oldest first, from `first` through `last`, in one currency."""
    balance, lines = Money.zero(currency), list[tuple[Line, Money]]()
    opening = balance
    for entry in entries:
        day = day_of(entry)
        if entry.amount.currency != currency or day > last:
            continue
        balance += entry.amount
        if day < first:
            opening = balance
        else:
            lines.append((entry, balance))
    return Account(opening, lines)


def _sum(amounts: Iterable[Money], currency: str) -> Money:
    total = Money.zero(currency)
    for amount in amounts:
        total += amount
    return total
