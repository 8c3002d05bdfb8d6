from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from giftshop.accounts import access
from giftshop.accounts.access import Attempt
from giftshop.accounts.errors import TooManyTries
from giftshop.accounts.models import AccessAttempt, AttemptKind
from giftshop.accounts.rules import LIMITS
from giftshop.db import Database
from giftshop.kernel import clock
from tests.accounts.door import all_at_once, come_in
from tests.people import People

PER_ACCOUNT, PER_ADDRESS = LIMITS["sign_in"]


def test_whoever_guesses_is_made_to_wait_and_told_so(client: FlaskClient, people: People) -> None:
    for _try in range(PER_ACCOUNT):
        assert come_in(client, people.lantern.buyer, "wrong").status_code == 422
    answer = come_in(client, people.lantern.buyer)
    assert answer.status_code == 429
    assert "15 minutes" in answer.text
    assert come_in(client, people.lantern.approver).status_code == 302


def test_a_forged_forwarded_address_gains_nothing(client: FlaskClient, people: People) -> None:
    for number in range(PER_ACCOUNT):
        come_in(client, people.lantern.buyer, "wrong", headers={"X-Forwarded-For": f"203.0.113.{number}"})
    assert come_in(client, people.lantern.buyer, headers={"X-Forwarded-For": "198.51.100.1"}).status_code == 429


def test_tries_at_the_same_moment_are_all_counted(database: Database) -> None:
    attempt, at = Attempt.of(AttemptKind.SIGN_IN, "mei@lantern.example", "203.0.113.9"), clock.now()
    heard = list[int]()

    def knock(number: int) -> None:
        database.transact(access.note_attempt, attempt, at=at)
        with database.reading() as reader:
            try:
                access.refuse_too_many(reader, attempt, at=at)
            except TooManyTries:
                return
        heard.append(number)

    all_at_once(3 * PER_ACCOUNT, knock)
    assert len(heard) <= PER_ACCOUNT


def test_one_network_that_tries_many_accounts_is_stopped_and_others_are_not(database: Database) -> None:
    at = clock.now()
    for number in range(PER_ADDRESS):
        guess = Attempt.of(AttemptKind.SIGN_IN, f"{number}@lantern.example", "2001:db8::1")
        database.transact(access.note_attempt, guess, at=at)
    neighbour = Attempt.of(AttemptKind.SIGN_IN, "mei@lantern.example", "2001:db8::ffff")
    stranger = Attempt.of(AttemptKind.SIGN_IN, "mei@lantern.example", "198.51.100.7")
    for attempt in (neighbour, stranger):
        database.transact(access.note_attempt, attempt, at=at)
    with database.reading() as reader:
        access.refuse_too_many(reader, stranger, at=at)
        with pytest.raises(TooManyTries):
            access.refuse_too_many(reader, neighbour, at=at)
        access.refuse_too_many(reader, neighbour, at=at + timedelta(minutes=16))


def test_coming_in_forgives_ones_own_typos_and_not_a_guesser_elsewhere(
    database: Database, client: FlaskClient, people: People
) -> None:
    elsewhere = Attempt.of(AttemptKind.SIGN_IN, people.lantern.buyer.email, "198.51.100.7")
    database.transact(access.note_attempt, elsewhere, at=clock.now())
    come_in(client, people.lantern.buyer, "wrong")
    come_in(client, people.lantern.buyer)
    with database.reading() as reader:
        assert reader.scalars(select(AccessAttempt.address)).all() == ["198.51.100.7"]


def test_tries_are_forgotten_after_a_day_and_never_name_the_address_tried(database: Database) -> None:
    attempt, at = Attempt.of(AttemptKind.SIGN_IN, "mei@lantern.example", "203.0.113.9"), clock.now()
    database.transact(access.note_attempt, attempt, at=at - timedelta(hours=25))
    database.transact(access.note_attempt, attempt, at=at)
    with database.reading() as reader:
        (kept,) = reader.scalars(select(AccessAttempt)).all()
    assert (kept.at, "mei" in kept.account) == (at, False)


def test_nobodys_mailbox_is_flooded(client: FlaskClient, people: People) -> None:
    answers = [client.post("/password/forgotten", data={"email": people.lantern.buyer.email}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
