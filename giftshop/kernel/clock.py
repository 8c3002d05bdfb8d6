"""Time. Every moment inside the program is an aware datetime in UTC; commands are given it as `at=`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_standing: Final[ContextVar[datetime | None]] = ContextVar("standing", default=None)


def now() -> datetime:
    """Return this moment, in UTC."""
    return _standing.get() or datetime.now(UTC)


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let it be `moment` for the length of a `with` block, in this thread alone: a story of another year is told so."""
    token = _standing.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _standing.reset(token)


def end_of_day(day: date, zone: str) -> datetime:
    """Return the first moment after `day` in the IANA `zone`, in UTC: a thing valid through `day` lapses then."""
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone)).astimezone(UTC)


def local_day(at: datetime, zone: str) -> date:
    """Return the calendar day of moment `at` in the IANA `zone`."""
    return at.astimezone(ZoneInfo(zone)).date()


def working_days_before(day: date, days: int) -> date:
    """Return the working day (Monday to Friday) that lies `days` of them before `day`."""
    while days > 0:
        day -= timedelta(days=1)
        days -= day.weekday() < 5
    return day


def working_days_after(day: date, days: int) -> date:
    """Return the working day that lies `days` of them after `day`."""
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day
