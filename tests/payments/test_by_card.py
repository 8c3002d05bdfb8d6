"""A buyer pays by card, on the pages of a Stripe that is a program of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from giftshop.audit import AuditEvent
from giftshop.db import Database, Transaction
from giftshop.jobs import Job
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM, VISITOR
from giftshop.kernel.money import Money
from giftshop.payments import (
    AlreadySettled,
    CardNotOffered,
    CheckoutState,
    Payable,
    PaymentCancelled,
    PaymentMethod,
    PaymentSettled,
    PaymentState,
    RefundReason,
    RefundState,
    cancel,
    expect,
    mark_received,
)
from giftshop.payments.checkouts import take_session
from giftshop.payments.jobs import reconcile
from giftshop.payments.models import Checkout
from giftshop.payments.paying import pay_by_card
from giftshop.payments.rules import SeenSession
from giftshop.web import GiftShop
from giftshop.worker import keep_house
from tests.payments.beside import StripeBeside, session_in
from tests.payments.conftest import PAGE, THING, Books, Pay, come_back, expected, minutes
from tests.people import People


def test_who_has_paid_lands_where_they_began_and_the_money_is_there(
    client: FlaskClient,
    stripe: StripeBeside,
    go_to_pay: Pay,
    payment_id: int,
    books: Books,
    heard: list[PaymentSettled],
) -> None:
    url = go_to_pay(payment_id)
    stripe.pay(url)
    assert come_back(client, books, payment_id) == PAGE
    payment = books.payment(payment_id)
    assert (payment.state, payment.method) == (PaymentState.SETTLED, PaymentMethod.CARD)
    assert [news.payable for news in heard] == [THING]


def test_the_webhook_settles_without_anybody_coming_back(
    app: GiftShop,
    client: FlaskClient,
    stripe: StripeBeside,
    go_to_pay: Pay,
    payment_id: int,
    books: Books,
    heard: list[PaymentSettled],
) -> None:
    url = go_to_pay(payment_id)
    stripe.pay(url)
    (event,) = stripe.news_of(url)
    assert stripe.post(client, event).status_code == 200
    assert books.payment(payment_id).state is PaymentState.EXPECTED, "the webhook only queues"
    app.jobs.run_due()
    assert books.payment(payment_id).state is PaymentState.SETTLED
    come_back(client, books, payment_id)
    assert len(heard) == 1


def test_stripe_is_asked_for_the_sum_the_currency_and_the_order_and_for_nothing_about_people(
    stripe: StripeBeside, go_to_pay: Pay, payment_id: int, books: Books, people: People
) -> None:
    url = go_to_pay(payment_id, headers={"Accept-Language": "zh-CN"})
    session = next(each for each in stripe.everything("sessions") if each["id"] == session_in(url))
    assert (session["amount_total"], session["currency"], session["locale"]) == (8_037_000, "cny", "zh")
    assert session["metadata"] == {"payment": books.payment(payment_id).reference}
    assert people.lantern.name not in str(stripe.everything("params"))


def test_a_second_tap_and_a_reload_go_to_the_same_page(
    stripe: StripeBeside, go_to_pay: Pay, payment_id: int, books: Books
) -> None:
    assert go_to_pay(payment_id) == go_to_pay(payment_id)
    assert len(books.checkouts(payment_id)) == 1


def test_a_declined_card_leaves_the_page_open_for_another(
    client: FlaskClient, stripe: StripeBeside, go_to_pay: Pay, payment_id: int, books: Books
) -> None:
    url = go_to_pay(payment_id)
    with pytest.raises(OSError, match="402"):
        stripe.pay(url, "4000000000000002")
    come_back(client, books, payment_id)
    assert books.payment(payment_id).state is PaymentState.EXPECTED
    assert go_to_pay(payment_id) == url


def test_an_expired_page_lets_go_and_another_can_be_opened(
    app: GiftShop, client: FlaskClient, stripe: StripeBeside, go_to_pay: Pay, payment_id: int, books: Books
) -> None:
    url = go_to_pay(payment_id)
    stripe.control("expire", session=session_in(url))
    for event in stripe.news_of(url):
        stripe.post(client, event)
    app.jobs.run_due()
    assert [checkout.state for checkout in books.checkouts(payment_id)] == [CheckoutState.EXPIRED]
    assert go_to_pay(payment_id) != url


def test_where_market_rules_ask_for_a_transfer_the_command_refuses_a_card(
    database: Database, people: People, go_to_pay: Pay
) -> None:
    transfer_only = database.transact(expected, people, Payable("thing", 8), transfer_only=True)
    with pytest.raises(CardNotOffered):
        go_to_pay(transfer_only)


def test_what_was_cancelled_or_paid_is_not_paid_by_card(
    database: Database, people: People, go_to_pay: Pay, payment_id: int
) -> None:
    other = database.transact(expected, people, Payable("thing", 8))
    receive(database, people, other)
    with pytest.raises(AlreadySettled):
        go_to_pay(other)
    database.transact(cancel, THING, by=people.lantern.buyer.actor, at=clock.now())
    with pytest.raises(PaymentCancelled):
        go_to_pay(payment_id)


def test_cancelling_closes_the_page_to_pay_on(
    app: GiftShop,
    database: Database,
    people: People,
    stripe: StripeBeside,
    go_to_pay: Pay,
    payment_id: int,
    books: Books,
) -> None:
    url = go_to_pay(payment_id)
    database.transact(cancel, THING, by=people.lantern.buyer.actor, at=clock.now())
    app.jobs.run_due()
    assert [checkout.state for checkout in books.checkouts(payment_id)] == [CheckoutState.EXPIRED]
    with pytest.raises(OSError, match="400"):
        stripe.pay(url)


def test_money_that_comes_after_cancelling_goes_back_once(
    app: GiftShop,
    client: FlaskClient,
    database: Database,
    people: People,
    stripe: StripeBeside,
    go_to_pay: Pay,
    payment_id: int,
    books: Books,
    heard: list[PaymentSettled],
) -> None:
    url = go_to_pay(payment_id)
    stripe.pay(url)
    database.transact(cancel, THING, by=people.lantern.buyer.actor, at=clock.now())
    come_back(client, books, payment_id)
    app.jobs.run_due()
    for event in stripe.news_of(url):
        stripe.post(client, event)
    app.jobs.run_due()
    assert heard == []
    (refund,) = books.refunds(payment_id)
    assert (refund.reason, refund.state) == (RefundReason.TOO_LATE, RefundState.DONE)
    assert refunded_at(stripe, url) == [8_037_000]


def test_a_transfer_that_comes_first_makes_the_card_a_refund(
    app: GiftShop,
    database: Database,
    people: People,
    stripe: StripeBeside,
    go_to_pay: Pay,
    payment_id: int,
    books: Books,
    heard: list[PaymentSettled],
) -> None:
    url = go_to_pay(payment_id)
    stripe.pay(url)
    receive(database, people, payment_id)
    app.jobs.run_due()
    assert len(heard) == 1
    assert books.payment(payment_id).method is PaymentMethod.TRANSFER
    assert [refund.reason for refund in books.refunds(payment_id)] == [RefundReason.PAID_TWICE]
    assert refunded_at(stripe, url) == [8_037_000]


def test_a_card_that_comes_first_makes_the_transfer_a_refusal(
    client: FlaskClient,
    database: Database,
    people: People,
    stripe: StripeBeside,
    go_to_pay: Pay,
    payment_id: int,
    books: Books,
) -> None:
    stripe.pay(go_to_pay(payment_id))
    come_back(client, books, payment_id)
    with pytest.raises(AlreadySettled):
        receive(database, people, payment_id)


def test_what_nobody_told_us_is_found_by_asking(
    app: GiftShop, database: Database, stripe: StripeBeside, go_to_pay: Pay, payment_id: int, books: Books
) -> None:
    stripe.pay(go_to_pay(payment_id))
    database.transact(reconcile, clock.now())
    app.jobs.run_due()
    assert books.payment(payment_id).state is PaymentState.EXPECTED, "too early to be worried"
    for _ in range(2):
        database.transact(reconcile, clock.now() + minutes(6))
    assert app.jobs.run_due() == 1, "one look, however many workers go their rounds"
    assert books.payment(payment_id).state is PaymentState.SETTLED


def test_webhook_landing_and_transfer_at_once_settle_it_once(
    app: GiftShop,
    database: Database,
    people: People,
    stripe: StripeBeside,
    go_to_pay: Pay,
    payment_id: int,
    books: Books,
    heard: list[PaymentSettled],
) -> None:
    seen = SeenSession.read(stripe.pay(go_to_pay(payment_id)))
    together = Barrier(8)

    def hear(place: int) -> None:
        together.wait()
        if place % 4 == 3:
            with suppress(AlreadySettled):
                receive(database, people, payment_id)
        else:
            database.transact(take_session, seen, received_on=clock.now().date(), by=SYSTEM, at=clock.now())

    with ThreadPoolExecutor(8) as ears:
        list(ears.map(hear, range(8)))
    assert len(heard) >= 1, "a transaction that is begun again tells again; what it told before was undone"
    came_by_card = books.payment(payment_id).method is PaymentMethod.CARD
    assert [refund.reason for refund in books.refunds(payment_id)] == (
        [] if came_by_card else [RefundReason.PAID_TWICE]
    )
    with database.reading() as reader:
        settled = AuditEvent.action.in_(["payments.settle", "payments.mark_received"])
        assert reader.scalar(select(func.count()).where(settled)) == 1


def test_somebody_without_an_account_pays_as_well(
    app: GiftShop, client: FlaskClient, database: Database, stripe: StripeBeside, books: Books
) -> None:
    def dearer_gift(tx: Transaction) -> int:
        facts: dict[str, Any] = {"firm_id": None, "payer": "王小明", "about": "R-1", "by": VISITOR, "at": clock.now()}
        return expect(tx, Payable("gift", 1), Money(8_800, "CNY"), **facts).id

    payment_id = database.transact(dearer_gift)
    with app.test_request_context():
        url = pay_by_card(payment_id, return_to="/r/gift", cancel_to="/r/gift/choice", by=VISITOR)
    stripe.pay(url)
    assert come_back(client, books, payment_id) == "/r/gift"
    assert books.payment(payment_id).state is PaymentState.SETTLED


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_nobody_is_sent_elsewhere_afterwards(app: GiftShop, payment_id: int, path: str) -> None:
    with app.test_request_context(), pytest.raises(ValueError, match="path of this site"):
        pay_by_card(payment_id, return_to=path, cancel_to="/", by=VISITOR)


def test_the_worker_goes_round(app: GiftShop, database: Database, go_to_pay: Pay, payment_id: int) -> None:
    go_to_pay(payment_id)
    database.transact(Transaction.change, update(Checkout).values(look_at=clock.now()))
    keep_house(app, "a worker of this test")
    with database.reading() as reader:
        kinds = {job.kind for job in reader.scalars(select(Job))}
        assert {kind for kind in kinds if kind.startswith("payments.")} == {"payments.look"}


def receive(database: Database, people: People, payment_id: int) -> None:
    today = clock.now().date()
    by = people.staff.finance.actor
    database.transact(mark_received, payment_id, 8_037_000, today, "ICBC", today=today, by=by, at=clock.now())


def refunded_at(stripe: StripeBeside, url: str) -> list[int]:
    intent = next(each for each in stripe.everything("sessions") if each["id"] == session_in(url))["payment_intent"]
    return [each["amount"] for each in stripe.everything("refunds") if each["payment_intent"] == intent]
