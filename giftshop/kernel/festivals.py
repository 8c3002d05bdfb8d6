"""The festivals that firms give gifts for, and until when one orders for the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from giftshop.kernel.locale import N_
from giftshop.kernel.lunar import LAST_YEAR, LunarDay

WORKING_DAYS: Final = 15
"""From the order to the last door: proof and print or decoration, packing, the road."""
SATURDAY: Final = 5


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


FESTIVALS: Final = (
    Festival("spring-festival", N_("Spring Festival"), LunarDay(1, 1)),
    Festival("dragon-boat", N_("Dragon Boat Festival"), LunarDay(5, 5)),
    Festival("mid-autumn", N_("Mid-Autumn Festival"), LunarDay(8, 15)),
)


def next_festival(today: date) -> Coming | None:
    """Return the first festival that can still be ordered for on `today`; None where the calendar's tables end."""
    years = range(today.year, min(today.year + 2, LAST_YEAR) + 1)
    days = sorted((festival.day.in_year(year), festival.tag, festival) for year in years for festival in FESTIVALS)
    coming = (Coming(festival, on, working_days_before(on, WORKING_DAYS)) for on, _tag, festival in days)
    return next((each for each in coming if each.order_by >= today), None)


def working_days_before(day: date, count: int) -> date:
    """Return the day that lies `count` days from Monday to Friday before `day`. Public holidays are not known here."""
    while count:
        day -= timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day
