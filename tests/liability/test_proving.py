"""The books are added up each night; whoever laid hands on them is found out, and the card is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from giftshop import alarms, cards, ledger, liability
from giftshop.cards import Card, Promise
from giftshop.cards.models import Settlement
from giftshop.db import Transaction
from giftshop.jobs import Job
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.money import Money
from giftshop.kernel.serials import printed
from giftshop.ledger import Account, EntryKind, Leg, Posting
from giftshop.liability.proving import night_of, promise_nightly
from tests.liability.conftest import SHANGHAI, Books, noon
from tests.people import sign_in

FACE = Money(50_000, "CNY")


@pytest.fixture
def held(books: Books) -> list[Card]:
    """Five open cards: one spent in part, one lapsed, one lapsed and settled."""
    batch_id = books.sell(books.people.lantern.id, "Welfare", 5, FACE, noon(5, 1), until=date(2026, 9, 15))
    some = books.open(batch_id, noon(5, 4))
    books.spend(some[0], 12_000, noon(5, 10))
    books.lapse(some[2:4], noon(9, 16))
    books.settle(some[3], noon(9, 20))
    return some


def found(books: Books) -> list[tuple[Promise, str]]:
    with books.database.reading() as reader:
        return [(each.promise, each.name) for each in liability.differences(reader)]


def serial(books: Books, card: Card) -> str:
    with books.database.reading() as reader:
        return cards.serials_by_id(reader, [card.id])[card.id]


def test_honest_books_add_up(books: Books, held: list[Card]) -> None:
    with books.database.reading() as reader:
        outcome = liability.prove(reader)
    assert (outcome.cards, outcome.found) == (5, 0)


def richer(tx: Transaction, held: list[Card]) -> None:
    tx.execute(update(Card).where(Card.id == held[0].id).values(balance_minor=Card.balance_minor + 1))


def posting_changed(tx: Transaction, held: list[Card]) -> None:
    own = (Posting.card_id == held[0].id, Posting.account == Account.REDEEMED)
    tx.execute(update(Posting).where(*own).values(amount_minor=-1))


def lapsed_by_hand(tx: Transaction, held: list[Card]) -> None:
    tx.execute(update(Card).where(Card.id == held[1].id).values(state="lapsed"))


def alive_again_by_hand(tx: Transaction, held: list[Card]) -> None:
    tx.execute(update(Card).where(Card.id == held[2].id).values(state="void"))


def settled_for_more(tx: Transaction, held: list[Card]) -> None:
    tx.execute(update(Settlement).values(amount_minor=Settlement.amount_minor + 100))


def paid_on_top_by_nobody(tx: Transaction, held: list[Card]) -> None:
    legs = [
        Leg(Account.RECEIVED, Money(700, "CNY"), held[0].batch_id, held[0].id),
        Leg(Account.REDEEMED, Money(-700, "CNY"), held[0].batch_id, held[0].id),
    ]
    ledger.post(tx, EntryKind.DIFFERENCE, legs, subject=("redemption", 77), by=SYSTEM, at=noon(10, 1))


@pytest.mark.parametrize(
    ("hand", "which", "promises"),
    [
        (richer, 0, {Promise.BALANCE, Promise.OWED}),
        (posting_changed, 0, {Promise.ENTRY}),
        (lapsed_by_hand, 1, {Promise.EXPIRED, Promise.OWED}),
        (alive_again_by_hand, 2, {Promise.EXPIRED}),
        (settled_for_more, None, {Promise.SETTLED}),
        (paid_on_top_by_nobody, 0, {Promise.ON_TOP}),
    ],
)
def test_a_hand_on_the_books_is_found_and_the_card_named(
    books: Books,
    held: list[Card],
    hand: Callable[[Transaction, list[Card]], None],
    which: int | None,
    promises: set[Promise],
) -> None:
    with books.tampering() as tx:
        hand(tx, held)
    differing = found(books)
    assert {promise for promise, _name in differing} == promises
    if which is not None:
        assert any(serial(books, held[which]) in name for _promise, name in differing)


def test_each_night_the_books_are_proved_once_and_finance_is_told_what_differs(
    books: Books, held: list[Card], client: FlaskClient
) -> None:
    evening = datetime(2026, 10, 1, 12, tzinfo=UTC)
    night = datetime(2026, 10, 1, 18, 30, tzinfo=UTC)
    for minute in range(3):
        at = evening + timedelta(minutes=minute)
        books.database.transact(promise_nightly, at, time_zone=SHANGHAI)
    with books.database.reading() as reader:
        (job,) = reader.scalars(select(Job).where(Job.kind == "liability.prove")).all()
    assert job.run_at == night, "half past two in Shanghai"
    books.app.jobs.run_due(at=evening + timedelta(hours=1))
    sign_in(client, books.people.staff.finance)
    assert "Not proved yet" in client.get("/desk/books").text
    with books.tampering() as tx:
        richer(tx, held)
    books.app.jobs.run_due(at=night)
    home, page = client.get("/desk").text, client.get("/desk/books").text
    assert serial(books, held[0]) in home
    with books.database.reading() as reader:
        about = [(alarm.kind, alarm.subject_kind, alarm.subject_id) for alarm in alarms.open_alarms(reader)]
    assert ("ledger.difference", "card", held[0].id) in about
    assert f"/desk/cards/{printed(held[0].serial).replace(' ', '-')}" in page
    assert "A card does not hold what its postings say" in page
    with books.tampering() as tx:
        tx.execute(update(Card).where(Card.id == held[0].id).values(balance_minor=Card.balance_minor - 1))
    with clock.standing_at(night + timedelta(hours=8)):
        assert client.post("/desk/books/prove").status_code == 302
    books.app.jobs.run_due(at=night + timedelta(hours=8))
    assert "Everything adds up" in client.get("/desk/books").text
    assert "The books differ" not in client.get("/desk").text


def test_a_night_belongs_to_the_operators_calendar() -> None:
    assert night_of(datetime(2026, 10, 1, 18, 29, tzinfo=UTC), SHANGHAI) == date(2026, 10, 2)
    assert night_of(datetime(2026, 10, 1, 18, 30, tzinfo=UTC), SHANGHAI) == date(2026, 10, 3)


def test_the_console_says_the_same_and_ends_with_one(books: Books, held: list[Card]) -> None:
    runner = books.app.test_cli_runner()
    assert runner.invoke(args=["ledger", "prove"]).exit_code == 0
    with books.tampering() as tx:
        richer(tx, held)
    said = runner.invoke(args=["ledger", "prove"])
    assert said.exit_code == 1
    assert f"card {serial(books, held[0])} holds 38001, and its postings say 38000 CNY" in said.output
