"""Stripe's news at the door and in the inbox: three times, out of turn, stale, forged, or about another."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete
from werkzeug.test import TestResponse

from giftshop.config import StripeAccount
from giftshop.db import Database, Transaction
from giftshop.jobs import Job
from giftshop.kernel import clock
from giftshop.payments import Payable, PaymentDisputed, PaymentRefunded, PaymentSettled, PaymentState, cancel
from giftshop.payments.jobs import reconcile
from giftshop.payments.refunds import give_back
from giftshop.payments.rules import Outcome
from giftshop.web import GiftShop
from tests.payments.beside import WEBHOOK, News, StripeBeside, post_raw, session_in
from tests.payments.conftest import Books, Pay, expected, minutes
from tests.payments.test_by_card import receive
from tests.people import People
from tests.torture import figure

STORIES = ("paid", "expired", "late", "twice", "won", "lost", "given back", "sent back")
CARDS = {"won": "4000000000000259", "lost": "4000000000000259", "sent back": "4000000000005126"}
FULL = 200
"""Payments whose news is mixed up, in full."""


class Town:
    """Payments that something happened to, and what was heard of each."""

    def __init__(
        self, app: GiftShop, client: FlaskClient, people: People, stripe: StripeBeside, go_to_pay: Pay, books: Books
    ) -> None:
        self.app, self.client, self.people = app, client, people
        self.stripe, self.go_to_pay, self.books = stripe, go_to_pay, books
        self.heard: Counter[tuple[int, str]] = Counter()
        for kind in (PaymentSettled, PaymentRefunded, PaymentDisputed):
            app.events.subscribe(kind, self._hear)

    def _hear(self, _tx: object, news: Any) -> None:
        what = type(news).__name__ + str(getattr(news, "state", ""))
        if what != "PaymentDisputedopen":  # may be skipped when its end is heard first
            self.heard[news.payable.id, what] += 1

    def happens(self, story: str, place: int) -> tuple[int, list[News]]:
        """Let a story happen at Stripe and with us; returns the payment and the news that was not heard yet."""
        transact, by = self.app.database.transact, self.people.staff.finance.actor
        payment_id = transact(expected, self.people, Payable("thing", place))
        url = self.go_to_pay(payment_id)
        if story == "expired":
            self.stripe.control("expire", session=session_in(url))
            return payment_id, self.stripe.news_of(url)
        paid = self.stripe.pay(url, CARDS.get(story, "4242424242424242"))
        if story == "late":
            transact(cancel, Payable("thing", place), by=by, at=clock.now())
        if story == "twice":
            receive(self.app.database, self.people, payment_id)
        if story in {"given back", "sent back"}:
            self.stripe.post(self.client, self.stripe.news_of(url)[0])
            self.app.jobs.run_due()
            transact(give_back, payment_id, "as asked", by=by, at=clock.now())
        self.app.jobs.run_due()
        if story in {"won", "lost"}:
            dispute = next(
                each for each in self.stripe.everything("disputes") if each["payment_intent"] == paid["payment_intent"]
            )
            self.stripe.control("close_dispute", dispute=dispute["id"], status=story)
        return payment_id, self.stripe.news_of(url)

    def arrives(self, event: News, **how: Any) -> int:
        return self.stripe.post(self.client, event, **how).status_code

    def worker_goes_round(self) -> None:
        for _ in range(2):
            self.app.jobs.run_due()
            self.app.database.transact(reconcile, clock.now())
        self.app.jobs.run_due()

    def as_it_stands(self, payment_id: int, place: int) -> object:
        return (
            self.books.payment(payment_id).state,
            [checkout.state for checkout in self.books.checkouts(payment_id)],
            [(refund.reason, refund.state, refund.amount) for refund in self.books.refunds(payment_id)],
            [dispute.state for dispute in self.books.disputes(payment_id)],
            {what: count for (where, what), count in self.heard.items() if where == place},
        )


@pytest.fixture
def town(
    app: GiftShop, client: FlaskClient, people: People, stripe: StripeBeside, go_to_pay: Pay, books: Books
) -> Town:
    return Town(app, client, people, stripe, go_to_pay, books)


@pytest.mark.torture
def test_news_three_times_shuffled_stale_forged_and_of_others_leaves_what_news_in_order_leaves(town: Town) -> None:
    chance = random.Random(2026)
    stories = [STORIES[place % len(STORIES)] for place in range(max(figure(FULL), len(STORIES)))]
    orderly, mixed, post = [], [], []
    for place, story in enumerate(stories):
        payment_id, news = town.happens(story, place + 1)
        orderly.append((payment_id, place + 1))
        assert [town.arrives(event) for event in news] == [200] * len(news)
        town.app.jobs.run_due()
    for place, story in enumerate(stories, len(stories)):
        payment_id, news = town.happens(story, place + 1)
        mixed.append((payment_id, place + 1))
        post += news * 3
    bystander = town.app.database.transact(expected, town.people, Payable("thing", 100_000))
    town.go_to_pay(bystander)
    key = town.books.checkouts(bystander)[0].key
    chance.shuffle(post)
    for event in post:
        assert town.arrives(event) == 200
        assert town.arrives(event, at=int(time.time()) - 301) == 400, "stale"
        assert town.arrives(event, secret="whsec_of_somebody_else") == 400, "forged"
        assert town.arrives(about_another(event, key, chance)) == 200
        if chance.random() < 0.3:
            town.worker_goes_round()
    town.worker_goes_round()
    for (first, place), (second, other) in zip(orderly, mixed, strict=True):
        assert town.as_it_stands(second, other) == town.as_it_stands(first, place)
    assert town.books.payment(bystander).state is PaymentState.EXPECTED
    assert Outcome.DIFFERS in {event.outcome for event in town.books.news()}


def about_another(event: News, key: str, chance: random.Random) -> News:
    """News rightly signed that names somebody's checkout and says what was never asked there."""
    wrong = {"id": f"cs_other_{chance.random()}", "client_reference_id": key, "metadata": {"payment": "T-0000-000-000"}}
    return {
        **event,
        "id": f"evt_other_{chance.random()}",
        "type": "checkout.session.completed",
        "data": {"object": {**event["data"]["object"], "status": "complete", "payment_status": "paid", **wrong}},
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("amount_total", 1),
        ("amount_total", None),
        ("currency", "usd"),
        ("currency", "¥"),
        ("client_reference_id", "of another checkout"),
        ("metadata", {"payment": "T-0000-000-000"}),
        ("metadata", None),
        ("id", "cs_test_another"),
        ("payment_intent", None),
        ("payment_status", "unpaid"),
    ],
)
def test_news_that_differs_in_one_thing_from_what_was_asked_settles_nothing(
    app: GiftShop,
    client: FlaskClient,
    stripe: StripeBeside,
    go_to_pay: Pay,
    payment_id: int,
    books: Books,
    name: str,
    value: object,
) -> None:
    url = go_to_pay(payment_id)
    paid = {"status": "complete", "payment_status": "paid", "payment_intent": "pi_1"}
    honest = next(each for each in stripe.everything("sessions") if each["id"] == session_in(url)) | paid
    event = {"id": "evt_1", "object": "event", "type": "checkout.session.completed", "data": {"object": honest}}
    lying = {**event, "data": {"object": {**honest, name: value}}}
    assert stripe.post(client, lying).status_code == 200
    app.jobs.run_due()
    assert books.payment(payment_id).state is PaymentState.EXPECTED
    assert stripe.post(client, {**event, "id": "evt_2"}).status_code == 200
    app.jobs.run_due()
    assert books.payment(payment_id).state is PaymentState.SETTLED, "unchanged, it would have settled"


def test_a_changed_body_is_refused_and_nothing_of_it_is_kept(
    client: FlaskClient, stripe: StripeBeside, books: Books
) -> None:
    body = json.dumps({"id": "evt_1", "object": "event", "type": "checkout.session.completed"}).encode()
    honest = stripe.account.webhook_secret
    assert post_raw(client, body, secret=honest).status_code == 200
    wrongs: list[Callable[[], TestResponse]] = [
        lambda: client.open(WEBHOOK, method="POST", data=body),
        lambda: client.open(WEBHOOK, method="POST", data=body, headers={"Stripe-Signature": "t=1,v1=00"}),
        lambda: post_raw(client, b"not json", secret=honest),
        lambda: post_raw(client, b"\xff\xfe", secret=honest),
        lambda: post_raw(client, body, secret="whsec_"),
    ]
    for wrong in wrongs:
        assert wrong().status_code == 400
    assert post_raw(client, body * 20_000, secret=honest).status_code == 413
    assert books.news() == []


def test_of_a_payers_name_and_mail_nothing_is_kept(client: FlaskClient, stripe: StripeBeside, books: Books) -> None:
    session = {
        "id": "cs_1",
        "customer_details": {"email": "wang@example.com", "name": "王小明"},
        "metadata": {"payment": "T-1", "note": "for Wang"},
        "amount_total": 1,
    }
    event = {"id": "evt_1", "object": "event", "type": "checkout.session.completed", "data": {"object": session}}
    assert stripe.post(client, event).status_code == 200
    (kept,) = books.news()
    assert kept.news == {"id": "cs_1", "metadata": {"payment": "T-1"}, "amount_total": 1}


def test_news_that_nobody_asked_for_is_answered_and_forgotten(
    client: FlaskClient, stripe: StripeBeside, books: Books
) -> None:
    event = {"id": "evt_1", "object": "event", "type": "customer.created", "data": {"object": {"id": "cus_1"}}}
    assert stripe.post(client, event).status_code == 200
    assert books.news() == []


def test_only_the_webhook_needs_no_token(app: GiftShop) -> None:
    csrf = app.extensions["csrf"]
    assert csrf._exempt_views == {"giftshop.payments.card_views.webhook"}
    assert csrf._exempt_blueprints == set()


def test_without_an_account_or_its_secret_there_is_no_webhook(
    app: GiftShop, client: FlaskClient, stripe: StripeBeside, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyless: list[StripeAccount | None] = [None, replace(stripe.account, webhook_secret="")]
    for account in keyless:
        monkeypatch.setattr(app, "settings", replace(app.settings, stripe=account))
        assert post_raw(client, b"{}", secret="").status_code == 404


def test_news_that_was_never_worked_on_is_found(
    app: GiftShop, client: FlaskClient, database: Database, town: Town
) -> None:
    payment_id, (event,) = town.happens("paid", 1)
    town.arrives(event)
    database.transact(Transaction.change, delete(Job))
    database.transact(reconcile, clock.now() + minutes(6))
    app.jobs.run_due()
    assert town.books.payment(payment_id).state is PaymentState.SETTLED
