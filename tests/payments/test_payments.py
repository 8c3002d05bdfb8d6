"""Finance and the transfers it waits for."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread

import pytest
from flask.testing import FlaskClient

from giftshop.db import Database, Transaction
from giftshop.kernel import clock
from giftshop.kernel.money import Money
from giftshop.payments import (
    AlreadySettled,
    AmountDiffers,
    Payable,
    Payment,
    PaymentCancelled,
    PaymentSettled,
    PaymentState,
    cancel,
    expect,
    mark_received,
    payment_of,
)
from giftshop.web import GiftShop
from tests.people import People, sign_in

TODAY = date(2026, 11, 21)
ORDER = Payable("thing", 7)
"""Not an order, so that no other room has a say."""


@pytest.fixture
def payment_id(database: Database, people: People) -> int:
    return database.transact(expected, people)


def expected(tx: Transaction, people: People) -> int:
    return expect(
        tx,
        ORDER,
        Money(8_037_000, "CNY"),
        firm_id=people.lantern.id,
        payer=people.lantern.name,
        about="O-1234",
        by=people.lantern.buyer.actor,
        at=clock.now(),
    ).id


def receive(database: Database, people: People, payment_id: int, amount_minor: int = 8_037_000) -> str:
    return database.transact(
        mark_received,
        payment_id,
        amount_minor,
        TODAY,
        "ICBC 4711",
        today=TODAY,
        by=people.staff.finance.actor,
        at=clock.now(),
    )


def test_money_that_came_is_told_once(app: GiftShop, database: Database, people: People, payment_id: int) -> None:
    heard: list[PaymentSettled] = []
    app.events.subscribe(PaymentSettled, lambda tx, news: heard.append(news))
    receive(database, people, payment_id)
    with pytest.raises(AlreadySettled):
        receive(database, people, payment_id)
    assert [news.payable for news in heard] == [ORDER]


def test_a_short_transfer_settles_nothing(database: Database, people: People, payment_id: int) -> None:
    with pytest.raises(AmountDiffers):
        receive(database, people, payment_id, 8_036_999)
    with database.reading() as reader:
        assert reader.get_one(Payment, payment_id).state is PaymentState.EXPECTED


def test_a_cancelled_order_takes_no_money(database: Database, people: People, payment_id: int) -> None:
    database.transact(cancel, ORDER, by=people.lantern.buyer.actor, at=clock.now())
    with pytest.raises(PaymentCancelled):
        receive(database, people, payment_id)
    with database.reading() as reader:
        assert payment_of(reader, ORDER) is None


def test_of_cancelling_and_receiving_at_once_one_wins(database: Database, people: People, payment_id: int) -> None:
    won: list[str] = []
    together = Barrier(2)

    def try_to(name: str) -> None:
        together.wait()
        try:
            if name == "receive":
                receive(database, people, payment_id)
            else:
                database.transact(cancel, ORDER, by=people.lantern.buyer.actor, at=clock.now())
            won.append(name)
        except (AlreadySettled, PaymentCancelled):
            pass

    threads = [Thread(target=try_to, args=(name,)) for name in ("receive", "cancel")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as reader:
        state = reader.get_one(Payment, payment_id).state
    assert [state] == [PaymentState.SETTLED if name == "receive" else PaymentState.CANCELLED for name in won]


def test_finance_finds_a_transfer_by_its_reference_and_marks_it(
    client: FlaskClient, people: People, payment_id: int, database: Database
) -> None:
    sign_in(client, people.staff.finance)
    with database.reading() as reader:
        reference = reader.get_one(Payment, payment_id).reference
    found = client.get("/desk/payments", query_string={"q": reference.lower().replace("-", " ")})
    assert reference in found.text
    page = client.get(f"/desk/payments/{reference}")
    assert 'value="80370.00"' in page.text
    fields = {"amount": "80,370.00", "received_on": "2026-11-01", "bank_note": "ICBC 4711", "request_key": "k1"}
    first = client.post(f"/desk/payments/{reference}", data=fields)
    again = client.post(f"/desk/payments/{reference}", data=fields)
    assert (first.status_code, again.status_code) == (302, 302)
    assert reference in client.get("/desk/payments?state=settled").text


@pytest.mark.parametrize(
    ("field", "typed", "complaint"),
    [
        ("amount", "80,370.5x", "Write an amount such as 128.50."),
        ("amount", "1e999999", "Write an amount such as 128.50."),
        ("amount", "-1", "cannot settle it"),
        ("amount", "", "Write the amount that arrived."),
        ("received_on", "2999-01-01", "cannot lie in the future"),
        ("received_on", "yesterday", "Not a valid date value."),
    ],
)
def test_a_slip_of_finance_is_named_at_its_field_and_nothing_typed_is_lost(
    client: FlaskClient, people: People, payment_id: int, database: Database, field: str, typed: str, complaint: str
) -> None:
    sign_in(client, people.staff.finance)
    with database.reading() as reader:
        reference = reader.get_one(Payment, payment_id).reference
    fields = {"amount": "80370", "received_on": "2026-11-01", "bank_note": "kept as typed"} | {field: typed}
    answer = client.post(f"/desk/payments/{reference}", data=fields)
    assert answer.status_code == 422
    assert complaint in answer.text
    assert "kept as typed" in answer.text
    with database.reading() as reader:
        assert reader.get_one(Payment, payment_id).state is PaymentState.EXPECTED
