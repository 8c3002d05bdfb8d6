"""The lunar calendar, against a second opinion: the campaign's days are right in every year anybody here will see."""

from __future__ import annotations

from datetime import date

import pytest
from lunar_python import Lunar

from giftshop.kernel.lunar import LunarDay, year_to_come

WINDOW = (LunarDay(8, 8), LunarDay(8, 9), LunarDay(8, 13))
DIFFERING = {(1933, 6), (1954, 10), (1954, 11), (1978, 7), (1978, 8), (2057, 8), (2057, 9)}
"""Lunar months of which the two libraries differ by a day; Mid-Autumn itself only in 1978 and 2057."""


def second_opinion(day: LunarDay, year: int) -> date:
    try:
        solar = Lunar.fromYmd(year, day.month, day.day).getSolar()
    except Exception:  # the library raises bare exceptions: a month of 29 days has no 30th
        solar = Lunar.fromYmd(year, day.month, 29).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2004, [date(2004, 9, 21), date(2004, 9, 22), date(2004, 9, 26)]),
        (2026, [date(2026, 9, 18), date(2026, 9, 19), date(2026, 9, 23)]),
    ],
)
def test_the_window_of_the_plan_falls_on_the_days_of_its_year(year: int, days: list[date]) -> None:
    assert [day.in_year(year) for day in WINDOW] == days


def test_two_calendars_agree_on_every_month_but_those_named() -> None:
    """Where a month begins and ends on the same days, all days between are the same."""
    ends = [LunarDay(month, day) for month in range(1, 13) for day in (1, 30)]
    differing = {
        (year, day.month)
        for year in range(1930, 2061)
        for day in ends
        if day.in_year(year) != second_opinion(day, year)
    }
    assert differing == DIFFERING


def test_a_day_is_written_as_the_calendar_writes_it() -> None:
    written = [LunarDay(*day).written for day in ((1, 1), (8, 9), (8, 10), (8, 15), (9, 20), (11, 21), (12, 30))]
    assert written == ["正月初一", "八月初九", "八月初十", "八月十五", "九月二十", "冬月廿一", "腊月三十"]


def test_a_day_that_is_over_comes_again_next_year() -> None:
    assert year_to_come(LunarDay(8, 15), date(2026, 9, 25)) == 2026
    assert year_to_come(LunarDay(8, 15), date(2026, 9, 26)) == 2027


def test_the_last_day_of_a_short_month_stands_for_the_thirtieth() -> None:
    assert LunarDay(12, 30).in_year(2024) == date(2025, 1, 28)


def test_there_is_no_thirteenth_month() -> None:
    for number in (0, 1301, 831):
        with pytest.raises(ValueError, match="not a lunar day"):
            LunarDay.numbered(number)
