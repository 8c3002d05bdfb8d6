"""A payment of ¥80,370 for something that is no order, an app with an account at the stand-in for Stripe, and a way to
pay by card."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from giftshop.config import Settings
from giftshop.db import Database, Transaction
from giftshop.kernel import clock
from giftshop.kernel.money import Money
from giftshop.payments import Payable, Payment, PaymentSettled, expect
from giftshop.payments.models import Checkout, Dispute, Refund, StripeEvent
from giftshop.payments.paying import pay_by_card
from giftshop.web import GiftShop
from tests.payments.beside import StripeBeside, stripe_beside
from tests.people import People

THING = Payable("thing", 7)
"""Not an order, so that no other room has a say."""
PAGE = "/orders"
"""Where somebody began to pay."""


@pytest.fixture(scope="session")
def stripe_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StripeBeside]:
    """The stand-in, one for all tests of a process; its post is carried by the tests."""
    with stripe_beside(tmp_path_factory.mktemp("stripe")) as beside:
        yield beside


@pytest.fixture
def stripe(stripe_process: StripeBeside) -> Iterator[StripeBeside]:
    """The stand-in, with nothing going wrong."""
    yield stripe_process
    stripe_process.control("faults")


@pytest.fixture
def settings(settings: Settings, stripe: StripeBeside) -> Settings:
    """Settings of this test, with an account."""
    return replace(settings, stripe=stripe.account)


@pytest.fixture
def heard(app: GiftShop) -> list[PaymentSettled]:
    """What was told of money that came."""
    told: list[PaymentSettled] = []
    app.events.subscribe(PaymentSettled, lambda _tx, news: told.append(news))
    return told


@pytest.fixture
def payment_id(database: Database, people: People) -> int:
    return database.transact(expected, people, THING)


def expected(tx: Transaction, people: People, payable: Payable, *, transfer_only: bool = False) -> int:
    return expect(
        tx,
        payable,
        Money(8_037_000, "CNY"),
        firm_id=people.lantern.id,
        payer=people.lantern.name,
        about="O-1234",
        transfer_only=transfer_only,
        by=people.lantern.buyer.actor,
        at=clock.now(),
    ).id


Pay = Callable[..., str]


@pytest.fixture
def go_to_pay(app: GiftShop, people: People) -> Pay:
    """Press "Pay by card" on some room's page: `go_to_pay(payment_id)`. Returns the address of the page to pay on."""

    def go(payment_id: int, **options: str) -> str:
        with app.test_request_context(**options):
            return pay_by_card(payment_id, return_to=PAGE, cancel_to=PAGE, by=people.lantern.buyer.actor)

    return go


@pytest.fixture
def books(database: Database) -> Books:
    return Books(database)


class Books:
    """What is written down of a payment."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def payment(self, payment_id: int) -> Payment:
        with self.database.reading() as reader:
            return reader.get_one(Payment, payment_id)

    def checkouts(self, payment_id: int) -> list[Checkout]:
        with self.database.reading() as reader:
            of_it = select(Checkout).where(Checkout.payment_id == payment_id).order_by(Checkout.id)
            return list(reader.scalars(of_it))

    def refunds(self, payment_id: int) -> list[Refund]:
        with self.database.reading() as reader:
            return list(reader.scalars(select(Refund).where(Refund.payment_id == payment_id)))

    def disputes(self, payment_id: int) -> list[Dispute]:
        with self.database.reading() as reader:
            return list(reader.scalars(select(Dispute).where(Dispute.payment_id == payment_id)))

    def news(self) -> list[StripeEvent]:
        with self.database.reading() as reader:
            return list(reader.scalars(select(StripeEvent).order_by(StripeEvent.id)))


def come_back(client: FlaskClient, books: Books, payment_id: int) -> str:
    """Be sent back by Stripe to the landing page of the last checkout; returns where that leads."""
    key = books.checkouts(payment_id)[-1].key
    return client.get(f"/pay/{key}").location


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)
