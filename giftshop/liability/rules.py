"""How what is owed is told: ages, months, what moved, and how much is expected never to be redeemed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Final

from giftshop.kernel.clock import end_of_day
from giftshop.ledger import Account, EntryKind

MONTHS_OF_AGE: Final = (3, 6, 12, 24)
"""Where one age ends and the next begins, in months since a card was opened."""
LEAST_PROGRAMMES: Final = 3
"""Programmes over that a forecast needs: what the holders of one do, the next ones' may not."""
LEAST_CARDS: Final = 100
"""Cards of those together: with fewer, chance alone moves the share by more than ten points once in twenty."""


class Age(StrEnum):
    """How long ago a card was opened to its holder."""

    NEW = "0-3"
    YOUNG = "3-6"
    HALF_A_YEAR = "6-12"
    A_YEAR = "12-24"
    OLD = "24-"


class Place(StrEnum):
    """Where value stands that somebody may still ask for."""

    WAITING = "waiting"
    """Paid for, and its cards are not open yet: owed to the firm."""
    OWED = "owed"
    """Open to whoever holds a card."""
    EXPIRED = "expired"
    """Past its last day and not decided upon."""


ACCOUNT_OF: Final[Mapping[Place, Account]] = {
    Place.WAITING: Account.PENDING,
    Place.OWED: Account.OUTSTANDING,
    Place.EXPIRED: Account.EXPIRED,
}
TOLD: Final = (
    EntryKind.ISSUE,
    EntryKind.ACTIVATE,
    EntryKind.TOP_UP,
    EntryKind.SPEND,
    EntryKind.REVERSE,
    EntryKind.EXPIRE,
    EntryKind.REVIVE,
    EntryKind.SETTLE,
    EntryKind.REISSUE,
    EntryKind.MOVE,
    EntryKind.VOID,
    EntryKind.DIFFERENCE,
)
"""The order in which what moved is told: the way value goes."""


@dataclass(frozen=True, slots=True)
class Step:
    """What entries of one kind did to what is owed, in each place: above zero more is owed."""

    kind: EntryKind
    minor: Mapping[Place, int]


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a picture, in hundredths of its width."""

    start: Fraction
    length: Fraction
    is_less: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """A programme that is over: what its cards held in all, and what of it nobody redeemed in time."""

    cards: int
    opened_minor: int
    never_minor: int


def month_end_before(day: date) -> date:
    """Return the last day of the month before that of `day`."""
    return day.replace(day=1) - timedelta(days=1)


def months_before(day: date, months: int) -> date:
    """Return the day so many months before `day`, or the last of that month where it has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first = date(years, month + 1, 1)
    following = date(years + (month == 11), (month + 1) % 12 + 1, 1)
    return min(first.replace(day=1) + timedelta(days=day.day - 1), following - timedelta(days=1))


def age_begins(on: date, time_zone: str) -> list[tuple[Age, datetime]]:
    """Return each age with the first moment from which a card opened is of it, on the evening of `on`; youngest first.

    What was opened before all of them is the oldest.
    """
    ends = [end_of_day(months_before(on, months), time_zone) for months in MONTHS_OF_AGE]
    return list(zip(Age, ends, strict=False))


def share_never_redeemed(histories: Sequence[History]) -> Fraction | None:
    """Return what share of value is expected never to be redeemed, or None: too little is known.

    The share that nobody redeemed in time of programmes of the same kind that are over, weighed by value: an expected
    value out of a portfolio of like contracts, as IFRS 15 B46 asks for (with paragraph 53(a)). Without enough of them
    an entity cannot say what it expects to keep, and B46 then lets breakage be shown only once redeeming is remote.
    """
    if len(histories) < LEAST_PROGRAMMES or sum(each.cards for each in histories) < LEAST_CARDS:
        return None
    opened = sum(each.opened_minor for each in histories)
    return Fraction(sum(each.never_minor for each in histories), opened) if opened else None


def expected_never(share: Fraction, opened_minor: int, owed_minor: int) -> int:
    """Return how much of what a programme still owes is expected never to be redeemed, in minor units.

    The share is one of all that was opened, so what was redeemed already leaves it untouched, until less is left.
    """
    return min(owed_minor, _rounded(share * opened_minor))


def earned_so_far(share: Fraction, opened_minor: int, redeemed_minor: int) -> int:
    """Return the breakage that the pattern of redemption lets be shown as earned so far, in minor units.

    IFRS 15 B46: "in proportion to the pattern of rights exercised by the customer": of what is expected never to be
    redeemed, the same part as was redeemed of what is expected to be.
    """
    to_be_redeemed = (1 - share) * opened_minor
    if to_be_redeemed <= 0:
        return 0
    return _rounded(share * opened_minor * min(Fraction(1), Fraction(redeemed_minor) / to_be_redeemed))


def shared_out(whole: int, weights: Sequence[int]) -> list[int]:
    """Return `whole` in parts that are to each other as `weights` and add up to it."""
    total, given, weighed = sum(weights), 0, 0
    parts = []
    for weight in weights:
        weighed += weight
        part = whole * weighed // total - given if total else 0
        given += part
        parts.append(part)
    return parts


def waterfall(opening: int, changes: Iterable[int]) -> list[Bar]:
    """Return the bars of a waterfall: where it begins, each change hanging from where the last one ended, its end."""
    levels = [opening]
    for change in changes:
        levels.append(levels[-1] + change)
    widest = max([*levels, 1])
    ends = [(0, opening), *pairwise(levels), (0, levels[-1])]
    return [Bar(Fraction(100 * min(a, b), widest), Fraction(100 * abs(b - a), widest), is_less=b < a) for a, b in ends]


def bars(amounts: Sequence[int]) -> list[Bar]:
    """Return a bar from zero for each amount; the longest has the whole width."""
    widest = max([*amounts, 1])
    return [Bar(Fraction(0), Fraction(100 * max(amount, 0), widest)) for amount in amounts]


def _rounded(amount: Fraction) -> int:
    """Halves go up, as on an invoice."""
    return int(amount + Fraction(1, 2))
