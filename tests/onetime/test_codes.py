"""A code goes to Han Meimei's phone; she types it in, others guess at it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import func, inspect, select, text

from giftshop import onetime
from giftshop.db import Base, Database
from giftshop.kernel import clock
from giftshop.kernel.actor import VISITOR
from giftshop.notifications import messages_to
from giftshop.onetime import CodeJustSent, Destination, TooManyCodes, Words
from giftshop.onetime.models import OneTimeCode, OneTimeSending
from giftshop.onetime.rules import typed_digits
from giftshop.onetime.service import FORGET_JOB, forget_old
from giftshop.web import GiftShop
from tests.races.test_redeeming import together

KEY = b"k" * 32
PHONE = Destination.text("+8613912345679")
SUBJECT = ("test", 7)
WORDS = Words(f"Your code: {onetime.CODE}")
NOON = datetime.fromisoformat("2026-09-01T04:00:00+00:00")


def sends(database: Database, to: Destination = PHONE, subject: tuple[str, int] = SUBJECT, at: datetime = NOON) -> str:
    """Send a code, and return it as whoever gets it reads it."""
    database.transact(onetime.send, subject, to, WORDS, key=KEY, by=VISITOR, at=at)
    with database.reading() as reader:
        message = messages_to(reader, to.address)[0]
    assert message.is_secret
    found = re.fullmatch(r"Your code: (\d{6})", message.text)
    assert found
    return found[1]


def passes(
    database: Database,
    typed: str,
    to: Destination = PHONE,
    subject: tuple[str, int] = SUBJECT,
    at: datetime = NOON,
) -> bool:
    return database.transact(onetime.check, subject, typed, to=to, key=KEY, by=VISITOR, at=at)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def minutes(number: float) -> datetime:
    return NOON + timedelta(minutes=number)


def test_a_code_is_good_once_and_for_ten_minutes(database: Database) -> None:
    code = sends(database)
    assert passes(database, code, at=minutes(9.9))
    assert not passes(database, code, at=minutes(9.9))
    late = sends(database, at=minutes(20))
    assert not passes(database, late, at=minutes(30))


@pytest.mark.parametrize("written", ["{0}", " {1} {2} ", "{1}-{2}", "wide", "arabic"])
def test_a_code_is_read_however_it_is_written(written: str) -> None:
    code = "012345"
    other = {"wide": 0xFF10, "arabic": 0x0660}.get(written)
    typed = "".join(chr(int(digit) + other) for digit in code) if other else written.format(code, code[:3], code[3:])
    assert typed_digits(typed) == code


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "½½½½½½", "一二三四五六", "1" * 10_000, "\x00"])
def test_what_is_no_code_is_no_try(database: Database, typed: str) -> None:
    sends(database)
    assert not passes(database, typed)
    with database.reading() as reader:
        left = onetime.pending(reader, SUBJECT, at=NOON)
    assert left is not None
    assert left.tries_left == 5


def test_after_five_wrong_tries_the_right_code_is_wrong_too(database: Database) -> None:
    code = sends(database)
    for _ in range(5):
        assert not passes(database, wrong(code))
    assert not passes(database, code)
    with database.reading() as reader:
        assert onetime.pending(reader, SUBJECT, at=NOON) is None


def test_of_many_who_guess_at_once_no_more_than_five_are_heard(database: Database) -> None:
    code = sends(database)
    together([partial(passes, database, wrong(code))] * 12)
    with database.reading() as reader:
        assert reader.scalars(select(OneTimeCode.tries)).one() == 5


def test_of_many_who_type_the_right_code_at_once_one_passes(database: Database) -> None:
    code = sends(database)
    assert together([partial(passes, database, code)] * 5) == 1


def test_a_code_is_good_only_for_what_and_where_it_was_sent(database: Database) -> None:
    code = sends(database)
    assert not passes(database, code, to=Destination.text("+8613800138000"))
    assert not passes(database, code, subject=("test", 8))
    assert passes(database, code)


def test_a_new_code_ends_the_one_before_it(database: Database) -> None:
    first = sends(database)
    second = sends(database, at=minutes(1))
    assert first == second or not passes(database, first, at=minutes(1))
    assert passes(database, second, at=minutes(1))


def refusal(send: Callable[[], object]) -> type[Exception] | None:
    try:
        send()
    except (CodeJustSent, TooManyCodes) as refused:
        return type(refused)
    return None


def test_one_a_minute_and_five_an_hour_are_sent_for_a_subject_and_to_an_address(database: Database) -> None:
    assert refusal(lambda: sends(database)) is None
    assert refusal(lambda: sends(database, at=minutes(0.9))) is CodeJustSent
    elsewhere = Destination.mail("Han@Example.com ")
    assert refusal(lambda: sends(database, elsewhere, at=minutes(0.9))) is CodeJustSent, "the same subject"
    assert refusal(lambda: sends(database, subject=("test", 8), at=minutes(0.9))) is CodeJustSent, "the same phone"
    for minute in (56, 57, 58, 59):
        sends(database, at=minutes(minute))
    assert refusal(lambda: sends(database, at=minutes(60))) is None, "the first one counts no more"
    assert refusal(lambda: sends(database, at=minutes(61))) is TooManyCodes
    assert refusal(lambda: sends(database, subject=("test", 9), at=minutes(62))) is TooManyCodes, "the same phone"


def test_of_many_asked_for_at_once_one_is_sent(database: Database) -> None:
    def asks() -> bool:
        return (
            refusal(lambda: database.transact(onetime.send, SUBJECT, PHONE, WORDS, key=KEY, by=VISITOR, at=NOON))
            is None
        )

    assert together([asks] * 8) == 1


def test_nothing_kept_tells_the_code_or_the_phone(database: Database) -> None:
    code = sends(database)
    database.transact(lambda tx: tx.execute(text("DELETE FROM messages")))
    with database.reading() as reader:
        for table in Base.metadata.sorted_tables:
            for row in reader.execute(select(table)):
                assert PHONE.address not in str(row)
                assert code not in str([each for each in row if isinstance(each, str | bytes)])


def test_a_job_forgets_what_is_over(app: GiftShop, database: Database) -> None:
    sends(database, at=clock.now())
    database.transact(lambda tx: tx.execute(text("DELETE FROM jobs WHERE kind <> :kind"), {"kind": FORGET_JOB}))
    database.transact(forget_old, at=clock.now() + timedelta(hours=1))
    with database.reading() as reader:
        for table in (OneTimeCode, OneTimeSending):
            assert reader.scalar(select(func.count()).select_from(table)) == 0
    assert inspect(database.engine).has_table("onetime_queues")
