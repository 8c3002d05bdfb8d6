"""Where a set may begin: combinations of what is on offer, by occasion and by what may be spent. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from statistics import median
from typing import Final

from giftshop.branding import Occasion
from giftshop.giftsets.rules import Clash, Contents, Part, Rates, Wrap
from giftshop.kernel.lunar import LunarDay, year_to_come
from giftshop.kernel.money import Money

MOST_TOGETHER: Final = 3
"""Different gifts in an idea: enough to look generous, few enough to be looked at."""
CANDIDATES: Final = 18
"""Gifts looked at for one idea, the fittest of what is on offer."""
FEASTS: Final[Mapping[Occasion, tuple[str, LunarDay]]] = {
    Occasion.SPRING_FESTIVAL: ("spring-festival", LunarDay(1, 1)),
    Occasion.DRAGON_BOAT: ("dragon-boat", LunarDay(5, 5)),
    Occasion.MID_AUTUMN: ("mid-autumn", LunarDay(8, 15)),
}
"""The tag of its goods, and its day."""
NOT_ALWAYS: Final = frozenset({"festival", "fresh", "frozen", "bulky"})
"""Tags of what has its season, or is no part of a set."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What is looked for: an occasion, tags of fitting goods, and the budget in parts of what a gift usually costs."""

    occasion: Occasion
    tags: tuple[str, ...]
    spending: float


@dataclass(frozen=True, slots=True)
class Idea:
    """A ready combination. `budget` is what it stays within for each person, card and parcel included."""

    occasion: Occasion
    parts: tuple[Part, ...]
    wrap: Wrap | None
    budget: Money

    def contents(self, headline: str = "", greeting: str = "") -> Contents:
        """Return it as a set is judged, with words for its card."""
        currency = self.budget.currency
        return Contents(currency, self.parts, self.wrap, has_card=True, headline=headline, greeting=greeting)

    def each(self, rates: Rates) -> Money:
        """What it costs for each person, card and parcel included."""
        return self.contents().unit + Money(rates.card_minor + rates.parcel_minor, self.budget.currency)


def themes(today: date) -> tuple[Theme, ...]:
    """Return what ideas are looked for on a day: the next feast, and what is given all year round."""
    days = {feast: day.in_year(year_to_come(day, today)) for feast, (_tag, day) in FEASTS.items()}
    coming = min(days, key=lambda feast: days[feast])
    return (
        Theme(coming, (FEASTS[coming][0],), 2.0),
        Theme(Occasion.THANKS, ("tea", "porcelain", "silk"), 3.0),
        Theme(Occasion.YEAR_END, ("food", "healthy", "household"), 2.0),
        Theme(Occasion.CONGRATULATIONS, ("office", "stationery", "travel"), 2.0),
    )


def year_of(occasion: Occasion, today: date) -> int:
    """Return the year in which the occasion comes next."""
    return year_to_come(FEASTS[occasion][1], today) if occasion in FEASTS else today.year


def ideas(
    offered: Sequence[Part], wraps: Sequence[Wrap], clashes: Sequence[Clash], *, rates: Rates, today: date
) -> list[Idea]:
    """Return the ideas that what is `offered` allows, each of other gifts; none of an empty catalogue."""
    if not offered:
        return []
    usual = median(part.price.amount_minor for part in offered)
    taken: set[int] = set()
    found = []
    for theme in themes(today):
        idea = _idea(theme, offered, wraps, clashes, rates=rates, usual=usual, taken=taken)
        if idea:
            taken.update(part.item_id for part in idea.parts)
            found.append(idea)
    return found


def _idea(
    theme: Theme,
    offered: Sequence[Part],
    wraps: Sequence[Wrap],
    clashes: Sequence[Clash],
    *,
    rates: Rates,
    usual: float,
    taken: Collection[int],
) -> Idea | None:
    currency = offered[0].price.currency
    budget = Money(_rounded_up(usual * theme.spending), currency)
    fitting = [part for part in offered if part.item_id not in taken and _fits(part, theme)]
    fitting.sort(key=lambda part: (theme.tags.index(_first(part, theme)), -part.price.amount_minor, part.item_id))
    tried = (
        Idea(theme.occasion, parts, wrap, budget)
        for parts in _together(_spread(fitting, theme)[:CANDIDATES], clashes)
        for wrap in [_wrap_for(parts, wraps)]
    )
    affordable = [idea for idea in tried if idea.each(rates) <= budget]
    return max(affordable, key=lambda idea: _worth(idea, rates), default=None)


def _fits(part: Part, theme: Theme) -> bool:
    feast = theme.occasion in FEASTS
    return any(tag in part.tags for tag in theme.tags) and (feast or not NOT_ALWAYS.intersection(part.tags))


def _first(part: Part, theme: Theme) -> str:
    return next(tag for tag in theme.tags if tag in part.tags)


def _spread(fitting: Sequence[Part], theme: Theme) -> list[Part]:
    """Return them so that each tag of the theme comes up in turn."""
    piles = [[part for part in fitting if _first(part, theme) == tag] for tag in theme.tags]
    return [pile[row] for row in range(max(map(len, piles), default=0)) for pile in piles if row < len(pile)]


def _together(parts: Sequence[Part], clashes: Sequence[Clash]) -> Iterator[tuple[Part, ...]]:
    """Yield what may lie in one parcel, up to so many."""
    for count in range(1, MOST_TOGETHER + 1):
        for chosen in combinations(parts, count):
            if not any(clash.forbids(one, other) for one, other in combinations(chosen, 2) for clash in clashes):
                yield chosen


def _wrap_for(parts: Sequence[Part], wraps: Sequence[Wrap]) -> Wrap | None:
    """Return the packaging that holds them with the least to spare, if any does."""
    weight = Contents("", parts, has_card=True).contents_g
    return min((wrap for wrap in wraps if wrap.holds_g >= weight), key=lambda wrap: wrap.holds_g, default=None)


def _worth(idea: Idea, rates: Rates) -> tuple[float, int]:
    """How good an idea is: the budget well used, several gifts, and not two of a kind."""
    used = idea.each(rates).amount_minor / idea.budget.amount_minor
    kinds = len({part.tags[0] for part in idea.parts if part.tags})
    return used + 0.2 * len(idea.parts) + 0.1 * kinds + (0.2 if idea.wrap else 0), -idea.parts[0].item_id


def _rounded_up(minor: float, step: int = 5_000) -> int:
    """Return an amount as people name a budget: in steps of fifty."""
    return int(-(-minor // step) * step)
