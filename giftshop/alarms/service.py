"""Raise an alarm, and close it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select, update

from giftshop import audit
from giftshop.alarms.errors import AlarmClosed, AlarmNotThere, AlarmOpen, ReasonMissing
from giftshop.alarms.models import Alarm
from giftshop.alarms.rules import MOST_REASON, PERSONAL
from giftshop.db import Transaction
from giftshop.kernel.actor import SYSTEM, Actor


def raise_alarm(
    tx: Transaction,
    kind: str,
    subject: tuple[str, int],
    *,
    facts: Mapping[str, str | int],
    at: datetime,
    quiet: timedelta = timedelta(0),
) -> None:
    """Put an alarm on the list: `kind` of `AlarmKind` about `subject` (kind, id), with plain `facts` of the matter.

    While one of the same kind and subject is open it counts up and takes the new facts. Nothing is raised within
    `quiet` of the last one's closing: say how long what was looked at then may still be counted.
    """
    subject_kind, subject_id = subject
    same = (Alarm.kind == kind, Alarm.subject_kind == subject_kind, Alarm.subject_id == subject_id)
    seen_again = update(Alarm).where(*same, Alarm.closed_at.is_(None))
    seen_again = seen_again.values(count=Alarm.count + 1, facts=dict(facts), last_seen=at)
    if tx.change(seen_again):
        return
    if quiet and tx.scalar(select(Alarm.id).where(*same, Alarm.closed_at > at - quiet).limit(1)):
        return
    row = {"kind": str(kind), "subject_kind": subject_kind, "subject_id": subject_id, "facts": dict(facts)}
    if not tx.add_new(Alarm, **row, first_seen=at, last_seen=at, count=1, reason=""):
        tx.change(seen_again)  # another raised it at the same moment
        return
    audit.record(tx, "alarms.raise", subject, by=SYSTEM, at=at, kind=str(kind))


def close_alarm(tx: Transaction, alarm_id: int, *, reason: str, by: Actor, at: datetime) -> int:
    """Take an alarm off the list, with what it was. What it knew of a person is forgotten. Returns its id.

    Raises AlarmNotThere, AlarmClosed, ReasonMissing.
    """
    said = reason.strip()[:MOST_REASON]
    if not said:
        raise ReasonMissing(field="reason")
    found = tx.scalar(select(Alarm).where(Alarm.id == alarm_id).with_for_update())
    if found is None:
        raise AlarmNotThere
    facts = {name: fact for name, fact in found.facts.items() if name not in PERSONAL}
    closed = update(Alarm).where(Alarm.id == alarm_id, Alarm.closed_at.is_(None))
    if not tx.change(closed.values(closed_at=at, closed_by=by.id, reason=said, facts=facts)):
        raise AlarmClosed
    audit.record(tx, "alarms.close", ("alarm", alarm_id), by=by, at=at, kind=found.kind)
    return alarm_id


def reopen_alarm(tx: Transaction, alarm_id: int, *, by: Actor, at: datetime) -> None:
    """Put an alarm back onto the list that was closed by mistake; what it knew of a person stays forgotten.

    Raises AlarmNotThere, AlarmOpen when the same was raised anew meanwhile.
    """
    found = tx.scalar(select(Alarm).where(Alarm.id == alarm_id).with_for_update())
    if found is None:
        raise AlarmNotThere
    about = (Alarm.kind == found.kind, Alarm.subject_kind == found.subject_kind, Alarm.subject_id == found.subject_id)
    if tx.scalar(select(Alarm.id).where(*about, Alarm.closed_at.is_(None)).limit(1)):
        raise AlarmOpen
    again = {"closed_at": None, "closed_by": None, "reason": ""}
    tx.change(update(Alarm).where(Alarm.id == alarm_id).values(**again))
    audit.record(tx, "alarms.reopen", ("alarm", alarm_id), by=by, at=at, kind=found.kind)
