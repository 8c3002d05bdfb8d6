"""What a list may hold, what it comes to, and in what gifts differ. Pure: everything it judges was read before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from giftshop.kernel.money import MAX_MINOR, Money

MAX_FAVOURITES: Final = 100
"""Of one person; a visitor's browser carries fewer than a cookie holds."""
MAX_COMPARED: Final = 4
"""Side by side: more are not seen at one glance."""
MAX_LISTS: Final = 50
MAX_ITEMS: Final = 100
MAX_OF_ONE: Final = 99
MAX_PEOPLE: Final = 100_000
MAX_NAME: Final = 60
MAX_WORDS: Final = 300
"""Characters of a note or a comment."""
MAX_LINKS: Final = 20
"""Of one list, those that still open."""
MAX_READERS: Final = 30
"""Who answer through one link."""
LINK_DAYS: Final = (7, 30, 90)
"""How long a link may open the list."""
TRIES_WINDOW: Final = timedelta(hours=1)
TRIES_KEPT: Final = timedelta(days=1)
MOST_TRIES: Final = 40
"""Answers that one network sends within the window: more than a busy office does."""


class Verdict(StrEnum):
    """What a reader says of a gift."""

    YES = "yes"
    RATHER_NOT = "rather_not"


@dataclass(frozen=True, slots=True)
class Priced:
    """A gift on a list as its total sees it."""

    price: Money
    quantity: int
    is_offered: bool = True


@dataclass(frozen=True, slots=True)
class Total:
    """What a list comes to."""

    each: Money
    """For one person."""
    people: int
    all: Money | None
    """For everybody; None when that is more than any order may be."""
    left_out: int
    """Gifts that are not counted: not offered any more, or priced in another currency."""


def total_of(gifts: Sequence[Priced], *, people: int, currency: str) -> Total:
    """Return what `gifts` come to for one person and for `people`, in `currency` (ISO 4217)."""
    counted = [gift for gift in gifts if gift.is_offered and gift.price.currency == currency]
    minor = sum(gift.price.amount_minor * gift.quantity for gift in counted)
    each = Money(min(minor, MAX_MINOR), currency)
    is_payable = minor * people <= MAX_MINOR
    return Total(each, people, Money(minor * people, currency) if is_payable else None, len(gifts) - len(counted))


def arranged(there: Sequence[int], wanted: Iterable[int]) -> list[int]:
    """Return the ids that are `there` in the order that is `wanted`.

    What is wanted and not there is passed over; what a colleague put in meanwhile, and is not named, comes last.
    """
    known = set(there)
    named = [item_id for item_id in dict.fromkeys(wanted) if item_id in known]
    return named + [item_id for item_id in there if item_id not in set(named)]


def moved(there: Sequence[int], item_id: int, by: int) -> list[int]:
    """Return the ids with one of them moved `by` places; at an end, or unknown, nothing moves."""
    order = list(there)
    if item_id in order:
        place = order.index(item_id)
        order.insert(min(max(place + by, 0), len(order) - 1), order.pop(place))
    return order


def differ(cells: Sequence[object]) -> bool:
    """Whether what stands in a row of the comparison is not the same everywhere."""
    return len(set(cells)) > 1
