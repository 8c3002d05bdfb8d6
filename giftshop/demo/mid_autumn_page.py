"""What `demo mid-autumn` prints: the contradictions with their figures, then the result by group and grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from flask_babel import gettext as _

from giftshop import campaigns
from giftshop.campaigns import Report
from giftshop.demo.campaign import facts_of
from giftshop.demo.mid_autumn import FIRM, Told
from giftshop.kernel.money import Money
from giftshop.web.filters import money, shown


def page_of(told: Told) -> str:
    """Return the story's page for a terminal, in the current language."""
    window = facts_of(told.year, FIRM.name).window
    days = ", ".join(str(shown(day)) for day in window.days)
    lines = [
        _("%(firm)s: mooncakes for Mid-Autumn %(year)s", firm=FIRM.name, year=str(told.year)),
        _("List at the carrier, sending starts, last delivery before %(hour)s:00: %(days)s", hour=18, days=days),
        "",
        _("Contradictions of the plan, found before money was spent:"),
        *(f"  - {campaigns.contradiction_words(each)}" for each in told.contradictions),
        "",
        _("%(count)s parcels lay ready and were held until sending started.", count=told.held),
        "",
        *_table(list(_by_group(told.report))),
        "",
        *_table(list(_by_grade(told.report))),
        "",
        *_table(list(_costs(told.report))),
    ]
    return "\n".join(lines)


def _by_group(report: Report) -> Iterator[Sequence[object]]:
    yield (
        _("Group"),
        _("Planned for"),
        _("Nominated"),
        _("Accepted"),
        _("Cards printed"),
        _("Dispatched"),
        _("On site"),
        _("Delivered"),
        _("Late"),
        _("Returned"),
    )
    rows = [(group.name, group.expected, group.nominated, report.of_group(group)) for group in report.groups]
    for name, expected, nominated, tally in [*rows, (_("Together"), report.expected, report.nominated, report.total)]:
        yield (
            name,
            expected,
            nominated,
            tally.accepted,
            tally.printed,
            tally.dispatched,
            tally.handed_over,
            tally.delivered,
            tally.late,
            tally.returned,
        )


def _by_grade(report: Report) -> Iterator[Sequence[object]]:
    yield _("Grade"), _("Budgeted"), _("Accepted"), _("Gift and card"), _("Budget"), _("Cost"), _("Left")
    for each in report.budgets():
        grade = each.grade
        amounts = (report.unit_of(grade), each.budget, each.spent, each.left)
        yield grade.name, grade.budgeted, each.accepted, *(_amount(amount) for amount in amounts)
    left = report.budget - report.cost
    sums = (report.budget, report.cost, left)
    yield _("Together"), report.budgeted, report.total.accepted, "", *(_amount(amount) for amount in sums)


def _costs(report: Report) -> Iterator[Sequence[object]]:
    yield _("Grade"), _("Group"), _("Accepted"), _("Gift and card"), _("Amount")
    for line in report.cost_lines():
        if line.accepted:
            yield line.grade.name, line.group.name, line.accepted, _amount(line.unit), _amount(line.amount)


def _amount(amount: Money | None) -> str:
    return "¥XX" if amount is None else money(amount)


def _table(rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """Yield rows as columns that a terminal keeps apart; a Chinese character is two letters wide."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(_width(row[place]) for row in texts) for place in range(len(texts[0]))]
    for row in texts:
        cells = [" " * (width - _width(cell)) + cell for cell, width in zip(row, widths, strict=True)]
        cells[0] = row[0] + " " * (widths[0] - _width(row[0]))
        yield "  " + "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
