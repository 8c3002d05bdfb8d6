"""The farmers' calendar (农历): a festival's day stays the same in it, and moves about in the solar one.

Solar days come from `lunardate`, whose tables reach from 1900 to 2099. A second library (`lunar-python`) differs from
it on some days of 1933, 1954, 1978 and 2057 only; tests/kernel/test_lunar.py names them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from lunardate import LunarDate

FIRST_YEAR: Final = 1901
LAST_YEAR: Final = 2098
"""Years whose every lunar day the tables know."""
MONTHS: Final = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
DIGITS: Final = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True, order=True)
class LunarDay:
    """A day of the lunar year, of no leap month: `LunarDay(8, 15)` is Mid-Autumn."""

    month: int
    day: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1 <= self.day <= 30):
            raise ValueError(f"not a lunar day: {self.month}/{self.day}")

    @classmethod
    def numbered(cls, number: int) -> Self:
        """Return the day that `number` keeps: 815 is 8/15. Raises ValueError."""
        return cls(*divmod(number, 100))

    @property
    def number(self) -> int:
        """The day as one number, for a column: 8/15 is 815."""
        return self.month * 100 + self.day

    def in_year(self, year: int) -> date:
        """Return the solar day of the lunar year that began in the solar `year`.

        Of a month that has only 29 days in that year, the 30th is taken to be its 29th: 除夕 is then the eve of the
        new year either way. Raises ValueError outside FIRST_YEAR to LAST_YEAR.
        """
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(f"no lunar calendar of {year}")
        try:
            solar: date = LunarDate(year, self.month, self.day).to_solar_date()
        except ValueError:
            solar = LunarDate(year, self.month, 29).to_solar_date()
        return solar

    @property
    def written(self) -> str:
        """The day as the calendar writes it: 八月十五."""
        return f"{MONTHS[self.month - 1]}月{_day(self.day)}"

    def __str__(self) -> str:
        return f"{self.month}/{self.day}"


def year_to_come(day: LunarDay, today: date) -> int:
    """Return the first lunar year, from the solar year of `today` on, in which `day` is not over."""
    return today.year if day.in_year(today.year) >= today else today.year + 1


def _day(day: int) -> str:
    tens, ones = divmod(day, 10)
    if ones == 0:
        return ("初十", "二十", "三十")[tens - 1]
    return ("初", "十", "廿")[tens] + DIGITS[ones - 1]
