"""Something does not look right; He Jing of the administrators looks, and says what it was."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from giftshop import alarms
from giftshop.alarms import Alarm, AlarmClosed, AlarmKind, AlarmNotThere, ReasonMissing
from giftshop.audit import AuditEvent
from giftshop.db import Database
from giftshop.kernel import clock
from tests.people import People
from tests.races.test_redeeming import together

KIND, CARD = AlarmKind.CODE_BEFORE_ACTIVATION, ("card", 7)
AT = clock.now()


def raises(database: Database, minutes: int = 0, quiet: int = 0, **facts: str | int) -> bool:
    at = AT + timedelta(minutes=minutes)
    database.transact(alarms.raise_alarm, KIND, CARD, facts=facts, at=at, quiet=timedelta(minutes=quiet))
    return True


def on_the_list(database: Database) -> list[Alarm]:
    with database.reading() as reader:
        return list(alarms.open_alarms(reader))


def test_the_same_again_counts_up_while_it_is_open(database: Database) -> None:
    raises(database, tries=1)
    raises(database, minutes=5, tries=2)
    database.transact(alarms.raise_alarm, KIND, ("card", 8), facts={}, at=AT)
    other, alarm = on_the_list(database)
    assert (alarm.count, alarm.facts) == (2, {"tries": 2})
    assert (alarm.first_seen, alarm.last_seen) == (AT, AT + timedelta(minutes=5))
    assert (other.subject_id, other.count) == (8, 1)


def test_seen_by_many_at_the_same_moment_it_is_one_alarm(database: Database) -> None:
    assert together([partial(raises, database)] * 8) == 8
    (alarm,) = on_the_list(database)
    assert alarm.count == 8


def test_an_alarm_is_closed_once_by_somebody_who_says_what_it_was(database: Database, people: People) -> None:
    raises(database, network="203.0.113.9", cards=60)
    (alarm,) = on_the_list(database)
    by = people.staff.administrator.actor

    def close(reason: str) -> None:
        database.transact(alarms.close_alarm, alarm.id, reason=reason, by=by, at=AT)

    with pytest.raises(ReasonMissing):
        close(reason="  ")
    close(reason="A firm's own office")
    with pytest.raises(AlarmClosed):
        close(reason="Again")
    with pytest.raises(AlarmNotThere):
        database.transact(alarms.close_alarm, 987654321, reason="None", by=by, at=AT)
    assert on_the_list(database) == []
    with database.reading() as reader:
        (kept,) = reader.scalars(alarms.alarms_list(is_open=False, kinds={}).statement)
        events = reader.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert (kept.reason, kept.closed_by) == ("A firm's own office", people.staff.administrator.id)
    assert kept.facts == {"cards": 60}, "what names a person goes with the reason to keep it"
    assert events[-2:] == ["alarms.raise", "alarms.close"]


def test_after_closing_it_is_raised_anew_but_not_for_what_was_looked_at(database: Database, people: People) -> None:
    raises(database)
    (alarm,) = on_the_list(database)
    database.transact(
        alarms.close_alarm, alarm.id, reason="Looked", by=people.staff.administrator.actor, at=AT + timedelta(minutes=1)
    )
    raises(database, minutes=30, quiet=60)
    assert on_the_list(database) == []
    raises(database, minutes=62, quiet=60)
    raises(database, minutes=63)
    (anew,) = on_the_list(database)
    assert (anew.id != alarm.id, anew.count) == (True, 2)
    with database.reading() as reader:
        assert reader.scalar(select(func.count()).select_from(Alarm)) == 2
