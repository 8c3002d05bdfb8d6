"""What an address asks a report for: a day, a firm, a programme. Shared by the page, the CSV and the paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import request

from giftshop import accounts
from giftshop.db import Reader
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing
from giftshop.liability.report import Asked, Report, report
from giftshop.web import current_shop

FIRST_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class Shown:
    """A report as it was asked for, and what its page needs beside it."""

    report: Report
    firms: dict[int, str]
    """Names of those whose cards are in it."""
    firm_id: int | None
    """Narrowed to this one."""
    programme_id: int | None
    is_bad_day: bool
    """The day that was asked for is none, or is still to come: today's is shown."""

    @property
    def programme(self) -> str | None:
        """The name of the programme it is narrowed to."""
        names = (line.title.programme for sums in self.report.sums for line in sums.lines)
        return next(names, None) if self.programme_id else None

    @property
    def arguments(self) -> dict[str, object]:
        """What stands behind the question mark of its address."""
        return {"on": self.report.asked.on.isoformat(), "firm": self.firm_id, "programme": self.programme_id}


def shown(reader: Reader, *, own_firm_id: int | None) -> Shown:
    """Return the report that the request asks for; of one firm's own alone where `own_firm_id` is given.

    Raises Missing for a firm or a programme that is not there, or is not this firm's.
    """
    shop, now = current_shop(), clock.now()
    today = clock.local_day(now, shop.settings.time_zone)
    day = _day(request.args.get("on"), today)
    value_may_end = shop.settings.market.stored_value.breakage_is_final
    asked = Asked(day or today, shop.settings.time_zone, now, value_may_end, own_firm_id)
    whole = report(reader, asked)
    titles = [line.title for sums in whole.sums for line in sums.lines]
    firms = {firm.id: firm.name for firm in accounts.firms_by_id(reader, {each.firm_id for each in titles}).values()}
    firm_id, programme_id = _number("firm") if own_firm_id is None else None, _number("programme")
    if firm_id is not None:
        accounts.firm(reader, firm_id)  # Missing where there is none; one that is owed nothing has an empty page
        whole = whole.only(lambda title: title.firm_id == firm_id)
    if programme_id is not None:
        whole = whole.only(lambda title: title.programme_id == programme_id)
        if programme_id not in {each.programme_id for each in titles}:
            raise Missing
    return Shown(whole, firms, firm_id, programme_id, is_bad_day=day is None)


def _day(text: str | None, today: date) -> date | None:
    if not text:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= today else None


def _number(name: str) -> int | None:
    text = request.args.get(name)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Missing
    return int(text)
