"""What somebody looks at in the shop, and the price bands by which a budget finds its gifts. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from babel.numbers import get_currency_precision

from giftshop.kernel.money import Money

ON_PAGE: Final = 24
LAST_PAGE: Final = 10_000
"""Nobody has so many; a number typed by hand goes no further."""
LIMITS: Final[Mapping[str, tuple[int, ...]]] = {
    "CNY": (100, 200, 300, 500, 1000),
    "HKD": (100, 200, 300, 500, 1000),
    "TWD": (500, 1000, 1500, 2500, 5000),
    "JPY": (2000, 3000, 5000, 10_000, 20_000),
}
"""Where one budget ends and the next begins, in major units, by currency."""
OTHER_LIMITS: Final = (15, 30, 50, 80, 150)


class Sort(StrEnum):
    """In which order gifts stand."""

    BEST = "best"
    """What fits a search best comes first; without a search, the newest."""
    CHEAP = "price"
    DEAR = "-price"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Band:
    """The prices above `above` and up to `most`, in minor units; None: no end to that side."""

    key: str
    """As it stands in addresses: "100-200", in major units."""
    above: Money | None
    most: Money | None

    def holds(self, price_minor: int) -> bool:
        """Whether a price lies in it."""
        return (self.above is None or price_minor > self.above.amount_minor) and (
            self.most is None or price_minor <= self.most.amount_minor
        )


@dataclass(frozen=True, slots=True)
class Looking:
    """What somebody wants to see. Empty words: everything."""

    text: str = ""
    collection: str = ""
    """Its tag."""
    sort_tag: str = ""
    """The tag of a collection of a kind of goods, within the rest."""
    band: Band | None = None
    is_there: bool = False
    """Only what can leave at once."""
    order: Sort = Sort.BEST
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        """Whether facets were chosen."""
        return bool(self.sort_tag or self.band or self.is_there)


def bands_of(currency: str) -> tuple[Band, ...]:
    """Return the price bands of a currency (ISO 4217), the lowest first."""
    limits = LIMITS.get(currency, OTHER_LIMITS)
    scale = 10 ** get_currency_precision(currency)
    edges: list[int | None] = [None, *limits, None]
    return tuple(
        Band(
            f"{low or ''}-{high or ''}",
            None if low is None else Money(low * scale, currency),
            None if high is None else Money(high * scale, currency),
        )
        for low, high in pairwise(edges)
    )


def band_of(currency: str, key: str) -> Band | None:
    """Return the band that an address names, or None."""
    return next((band for band in bands_of(currency) if band.key == key), None)


def page_of(text: str) -> int:
    """Return the page that an address names, at least 1; what is no number begins at the beginning."""
    if not (text.isascii() and text.isdecimal() and len(text) < 6):
        return 1
    return min(max(int(text), 1), LAST_PAGE)
