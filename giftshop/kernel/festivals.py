"""The festivals that firms give gifts for, and until when one orders for the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from giftshop.kernel import clock
from giftshop.kernel.locale import N_
from giftshop.kernel.lunar import LAST_YEAR, LunarDay

WORKING_DAYS: Final = 15
"""From the order to the last door: proof and print or decoration, packing, the road."""
WITHOUT_PRINT: Final = 7
"""The same for an e-card: payment, the choice, packing, the road."""


@dataclass(frozen=True, slots=True)
class Festival:
    """One that is kept by the farmers' calendar."""

    tag: str
    """Of the gifts that go with it."""
    name: str
    """A gettext msgid."""
    day: LunarDay


@dataclass(frozen=True, slots=True)
class Coming:
    """A festival in the year it is next kept."""

    festival: Festival
    on: date
    order_by: date
    """The last day on which gifts can be ordered that are to be there in time."""

    def is_too_late(self, today: date) -> bool:
        """Whether what is ordered on `today` may come after it."""
        return self.order_by < today


FESTIVALS: Final = (
    Festival("spring-festival", N_("Spring Festival"), LunarDay(1, 1)),
    Festival("dragon-boat", N_("Dragon Boat Festival"), LunarDay(5, 5)),
    Festival("mid-autumn", N_("Mid-Autumn Festival"), LunarDay(8, 15)),
)


def coming_festivals(today: date, working_days: int = WORKING_DAYS) -> tuple[Coming, ...]:
    """Return when each festival is next kept, the nearest first; none of those for which the calendar's tables end.

    One is on the list until its day is over, too late as it may be; `working_days` lie between order and festival.
    """
    years = range(today.year, min(today.year + 1, LAST_YEAR) + 1)
    found = []
    for festival in FESTIVALS:
        on = next((day for day in map(festival.day.in_year, years) if day >= today), None)
        if on is not None:
            found.append(Coming(festival, on, clock.working_days_before(on, working_days)))
    return tuple(sorted(found, key=lambda coming: coming.on))


def next_festival(today: date) -> Coming | None:
    """Return the first festival that can still be ordered for on `today`; None where the calendar's tables end."""
    return next((each for each in coming_festivals(today) if not each.is_too_late(today)), None)
