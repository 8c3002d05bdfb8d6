"""The list of alarms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from giftshop.alarms.errors import AlarmNotThere
from giftshop.alarms.models import Alarm
from giftshop.db import Reader
from giftshop.kernel.locale import N_
from giftshop.listing import Choice, Column, Days, Listing
from giftshop.paging import COUNTED, bounded_count


def open_alarms(reader: Reader, *, limit: int = COUNTED) -> Sequence[Alarm]:
    """Return the open alarms, newest first, at most `limit`."""
    return reader.scalars(select(Alarm).where(Alarm.closed_at.is_(None)).order_by(Alarm.id.desc()).limit(limit)).all()


def oldest_open(reader: Reader, *, limit: int) -> Sequence[Alarm]:
    """Return the open alarms that were raised first."""
    return reader.scalars(select(Alarm).where(Alarm.closed_at.is_(None)).order_by(Alarm.id).limit(limit)).all()


def any_open(reader: Reader) -> int:
    """Return how many alarms are open; stops counting where a page does."""
    return bounded_count(reader, select(Alarm.id).where(Alarm.closed_at.is_(None)))


def alarms_list(*, is_open: bool, kinds: Mapping[str, str]) -> Listing[Alarm]:
    """Return the list of the open or the closed alarms, newest first; `kinds` call by name what there can be."""
    return Listing(
        "alarms",
        select(Alarm).where(Alarm.closed_at.is_(None) if is_open else Alarm.closed_at.is_not(None)),
        Alarm.id,
        columns=(
            Column("what", N_("What"), by=Alarm.kind),
            Column("about", N_("About")),
            Column("facts", N_("Facts")),
            Column("seen", N_("Seen"), "number", by=Alarm.count, falls=True),
            Column("first", N_("First seen"), by=Alarm.id, falls=True),  # numbered as they are first seen
            Column("last", N_("Last seen"), by=Alarm.last_seen, falls=True)
            if is_open
            else Column("closed", N_("Closed"), by=Alarm.closed_at, falls=True),
        ),
        fields=(
            Choice("kind", N_("What"), kinds, lambda kind: Alarm.kind == kind),
            Days("first", N_("First seen"), Alarm.first_seen),
        ),
        first="-first",
    )


def alarm(reader: Reader, alarm_id: int) -> Alarm:
    """Return one alarm; raises AlarmNotThere."""
    found = reader.get(Alarm, alarm_id)
    if found is None:
        raise AlarmNotThere
    return found
