"""The list of alarms."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from giftshop.alarms.errors import AlarmNotThere
from giftshop.alarms.models import Alarm
from giftshop.db import Reader
from giftshop.paging import COUNTED, Page, bounded_count, keyset_page


def open_alarms(reader: Reader, *, limit: int = COUNTED) -> Sequence[Alarm]:
    """Return the open alarms, newest first, at most `limit`."""
    return reader.scalars(select(Alarm).where(Alarm.closed_at.is_(None)).order_by(Alarm.id.desc()).limit(limit)).all()


def oldest_open(reader: Reader, *, limit: int) -> Sequence[Alarm]:
    """Return the open alarms that were raised first."""
    return reader.scalars(select(Alarm).where(Alarm.closed_at.is_(None)).order_by(Alarm.id).limit(limit)).all()


def any_open(reader: Reader) -> int:
    """Return how many alarms are open; stops counting where a page does."""
    return bounded_count(reader, select(Alarm.id).where(Alarm.closed_at.is_(None)))


def alarms_page(reader: Reader, *, is_open: bool, after: str | None) -> Page[Alarm]:
    """Return the open or the closed alarms, newest first."""
    which = Alarm.closed_at.is_(None) if is_open else Alarm.closed_at.is_not(None)
    return keyset_page(reader, select(Alarm).where(which), Alarm.id, after=after)


def alarm(reader: Reader, alarm_id: int) -> Alarm:
    """Return one alarm; raises AlarmNotThere."""
    found = reader.get(Alarm, alarm_id)
    if found is None:
        raise AlarmNotThere
    return found
