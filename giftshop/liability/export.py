"""The report as a table for spreadsheets: a line for each batch, last month and age, whose sums are the page's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from flask_babel import gettext as _

from giftshop import cards
from giftshop.kernel.money import Money
from giftshop.liability.asking import Shown
from giftshop.liability.report import BatchLine
from giftshop.liability.rules import Age, Place
from giftshop.liability.words import AGE_WORDS, KIND_WORDS, PLACE_WORDS
from giftshop.web.filters import money_number


def headings() -> list[str]:
    """Return what stands above the columns, in the current language."""
    return [
        _("As of"),
        _("Firm"),
        _("Programme"),
        _("Batch"),
        _("Kind"),
        _("Where value stands"),
        _("Last month"),
        _("Since opened"),
        _("Cards"),
        _("Amount"),
        _("Currency"),
    ]


def rows(shown: Shown) -> Iterator[list[object]]:
    """Yield the lines: what holders are owed by last month and age, then what waits and what expired."""
    on = shown.report.asked.on
    for sums in shown.report.sums:
        for line in sums.lines:
            title = line.title
            whose = [on, shown.firms.get(title.firm_id, ""), title.programme, title.number, _(KIND_WORDS[title.kind])]
            for place, month, age, count, minor in _parts(line):
                until = month.strftime("%Y-%m") if month else ""
                told = [_(PLACE_WORDS[place]), until, _(AGE_WORDS[age]) if age else "", count]
                yield [*whose, *told, money_number(Money(minor, title.currency)), title.currency]


def _parts(line: BatchLine) -> Iterator[tuple[Place, date | None, Age | None, int | None, int]]:
    title, counts, sums = line.title, Counter[tuple[date | None, Age]](), Counter[tuple[date | None, Age]]()
    for holding in line.holdings:
        last_day = cards.last_day_of(holding.expires_at, title.time_zone, title.grace_days)
        key = (last_day.replace(day=1) if last_day else None, holding.age)
        counts[key] += holding.cards
        sums[key] += holding.owed_minor
    for month, age in sorted(sums, key=lambda key: (key[0] or date.max, key[1])):
        yield Place.OWED, month, age, counts[month, age], sums[month, age]
    untold = line.owes(Place.OWED) - sums.total()
    if untold:
        yield Place.OWED, None, None, None, untold
    for place in (Place.WAITING, Place.EXPIRED):
        if line.owes(place):
            yield place, None, None, None, line.owes(place)
