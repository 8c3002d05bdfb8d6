"""Stripe away, slow, too busy, or cut off after it has done its work: nobody pays twice, nobody pays for nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from urllib.error import HTTPError

import pytest
from flask.testing import FlaskClient

from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.payments import (
    CardsAway,
    CheckoutOver,
    CheckoutState,
    Payable,
    PaymentSettled,
    PaymentState,
    RefundState,
    cancel,
    desk,
)
from giftshop.payments.jobs import reconcile
from giftshop.payments.rules import LIVE_CHECKOUTS
from giftshop.web import GiftShop
from tests.payments.beside import StripeBeside, session_in
from tests.payments.conftest import Books, Pay, come_back, expected, minutes
from tests.people import People
from tests.torture import figure

CHECKOUTS = 500
HANG = 0.6
"""Seconds; longer than anybody here waits."""


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody waits as long as they would in life."""
    monkeypatch.setattr(desk, "PAGE_SECONDS", 0.3)
    monkeypatch.setattr(desk, "JOB_SECONDS", 0.3)
    monkeypatch.setattr(desk, "JOB_RETRIES", 0)
    desk.desk_for_pages.cache_clear()
    desk.desk_for_jobs.cache_clear()
    yield
    desk.desk_for_pages.cache_clear()
    desk.desk_for_jobs.cache_clear()


class Crowd:
    """Buyers who pay by card as people do: again when it does not work, and some change their mind."""

    def __init__(self, app: GiftShop, people: People, stripe: StripeBeside, go_to_pay: Pay, books: Books) -> None:
        self.app, self.people, self.stripe, self.go_to_pay, self.books = app, people, stripe, go_to_pay, books

    def pays(self, place: int) -> int:
        """One buyer's afternoon. Returns the payment."""
        payable = Payable("thing", place)
        payment_id = self.app.database.transact(expected, self.people, payable)
        url = self.presses_until_it_works(payment_id)
        if place % 5 == 4:
            self.app.database.transact(cancel, payable, by=self.people.lantern.buyer.actor, at=clock.now())
        if url:
            with suppress(HTTPError):  # the page had closed: the order was cancelled
                self.stripe.pay(url)
            if place % 3 == 0:
                with self.app.app_context():
                    come_back(self.app.test_client(), self.books, payment_id)
        return payment_id

    def presses_until_it_works(self, payment_id: int) -> str:
        for _ in range(6):
            with suppress(CardsAway, CheckoutOver):
                return self.go_to_pay(payment_id)
        return ""

    def days_pass(self) -> None:
        """Stripe is well again; the worker does its rounds."""
        at = clock.now()
        for _ in range(14):
            at += minutes(8)
            self.app.database.transact(reconcile, at)
            self.app.jobs.run_due(at=at)


@pytest.mark.torture
@pytest.mark.parametrize("kinds", [["timeout", "reset", "429", "500", "lost"], ["lost"]], ids=["all", "lost"])
def test_whatever_goes_wrong_nobody_is_charged_twice_and_nobody_pays_for_nothing(
    app: GiftShop,
    people: People,
    stripe: StripeBeside,
    go_to_pay: Pay,
    books: Books,
    heard: list[PaymentSettled],
    kinds: list[str],
) -> None:
    crowd = Crowd(app, people, stripe, go_to_pay, books)
    before = {each["id"] for each in stripe.everything("charges")}
    stripe.control("faults", kinds=kinds, share=0.3333, seed=7, hang_seconds=HANG)
    with ThreadPoolExecutor(4) as afternoon:
        payments = list(afternoon.map(crowd.pays, range(1, figure(CHECKOUTS) + 1)))
        afternoon.submit(app.jobs.run_due).result()
    caused = stripe.control("caused")
    assert all(caused[kind] for kind in kinds), f"nothing went wrong, so nothing was shown: {caused}"
    stripe.control("faults")
    crowd.days_pass()

    kept: dict[str, int] = {}
    for charge in stripe.everything("charges"):
        if charge["id"] not in before:
            reference = charge["metadata"]["payment"]
            kept[reference] = kept.get(reference, 0) + charge["amount"] - charge["amount_refunded"]
    for payment_id in payments:
        payment = books.payment(payment_id)
        is_settled = payment.state is PaymentState.SETTLED
        assert kept.get(payment.reference, 0) == (payment.amount_minor if is_settled else 0)
        assert all(checkout.state not in LIVE_CHECKOUTS for checkout in books.checkouts(payment_id)) or not is_settled
        assert {refund.state for refund in books.refunds(payment_id)} <= {RefundState.DONE}
    told = [news.payable.id for news in heard]
    assert len(told) == len(set(told)) == sum(books.payment(each).state is PaymentState.SETTLED for each in payments)
    assert told, "somebody has paid"


def test_a_page_waits_for_stripe_no_longer_than_it_says(
    stripe: StripeBeside, go_to_pay: Pay, payment_id: int, books: Books
) -> None:
    stripe.control("faults", kinds=["timeout"], share=1, hang_seconds=3)
    began = time.monotonic()
    with pytest.raises(CardsAway):
        go_to_pay(payment_id)
    assert time.monotonic() - began < 2
    assert [checkout.state for checkout in books.checkouts(payment_id)] == [CheckoutState.WANTED]


def test_a_reply_that_was_lost_is_had_again_by_the_same_key(
    stripe: StripeBeside, go_to_pay: Pay, payment_id: int, books: Books
) -> None:
    stripe.control("faults", kinds=["lost"], share=1)
    with pytest.raises(CardsAway):
        go_to_pay(payment_id)
    stripe.control("faults")
    url = go_to_pay(payment_id)
    (checkout,) = books.checkouts(payment_id)
    opened = [each["id"] for each in stripe.everything("sessions") if each["client_reference_id"] == checkout.key]
    assert opened == [session_in(url)]


def test_an_opening_that_was_never_answered_is_given_up_and_its_page_shown_to_nobody(
    app: GiftShop, database: Database, stripe: StripeBeside, go_to_pay: Pay, payment_id: int, books: Books
) -> None:
    stripe.control("faults", kinds=["lost"], share=1)
    with pytest.raises(CardsAway):
        go_to_pay(payment_id)
    later = clock.now() + minutes(3)
    database.transact(reconcile, later)
    app.jobs.run_due(at=later)
    assert [checkout.state for checkout in books.checkouts(payment_id)] == [CheckoutState.EXPIRED]
    stripe.control("faults")
    assert go_to_pay(payment_id)


def test_whoever_comes_back_while_stripe_is_away_is_told_to_wait_and_the_job_finds_out(
    app: GiftShop, client: FlaskClient, stripe: StripeBeside, go_to_pay: Pay, payment_id: int, books: Books
) -> None:
    stripe.pay(go_to_pay(payment_id))
    stripe.control("faults", kinds=["500"], share=1)
    come_back(client, books, payment_id)
    assert books.payment(payment_id).state is PaymentState.EXPECTED
    stripe.control("faults")
    app.jobs.run_due()
    assert books.payment(payment_id).state is PaymentState.SETTLED


def test_a_refund_whose_reply_was_lost_goes_back_once(
    app: GiftShop,
    client: FlaskClient,
    database: Database,
    people: People,
    stripe: StripeBeside,
    go_to_pay: Pay,
    payment_id: int,
    books: Books,
) -> None:
    url = go_to_pay(payment_id)
    paid = stripe.pay(url)
    database.transact(cancel, Payable("thing", 7), by=people.lantern.buyer.actor, at=clock.now())
    come_back(client, books, payment_id)
    stripe.control("faults", kinds=["lost"], share=1)
    app.jobs.run_due()
    stripe.control("faults")
    database.transact(reconcile, a_day_later())
    app.jobs.run_due(at=a_day_later())
    amounts = [
        each["amount"] for each in stripe.everything("refunds") if each["payment_intent"] == paid["payment_intent"]
    ]
    assert amounts == [8_037_000]
    assert [refund.state for refund in books.refunds(payment_id)] == [RefundState.DONE]


def a_day_later() -> datetime:
    return clock.now() + timedelta(days=1)
