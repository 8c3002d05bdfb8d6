"""Papers about money: each once, numbered without a gap, and never another than was handed out."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from giftshop import billing, orders, payments
from giftshop.accounts.models import Firm
from giftshop.billing.models import Bill, BillCounter, BillLine
from giftshop.billing.papers import bill_pdf
from giftshop.billing.statements import statement_of
from giftshop.catalogue.models import Edition
from giftshop.db import Transaction
from giftshop.kernel import clock
from giftshop.kernel.money import Money
from giftshop.orders.models import OrderLine
from giftshop.payments import MoneyPaidBack, Payable, PaymentMethod, PaymentReversed
from giftshop.web import GiftShop, in_locale
from tests.billing.conftest import Counter, text_of
from tests.people import People, sign_in

MARKUP = "<b>49 & {{7*7}}</b>"


def printed(app: GiftShop, bill_id: int, locale: str = "en") -> str:
    with in_locale(locale), app.test_request_context(), app.database.reading() as reader:
        return text_of(bill_pdf(reader, reader.get_one(Bill, bill_id)))


def test_money_that_comes_brings_an_invoice_of_the_orders_lines_and_a_receipt(app: GiftShop, counter: Counter) -> None:
    order_id = counter.places()
    assert counter.bills(order_id) == []
    counter.pays(order_id)
    invoice, receipt = counter.bills(order_id)
    assert invoice.number == f"INV-{invoice.year}-00001"
    assert receipt.number == f"RCT-{invoice.year}-00001"
    assert invoice.total == receipt.total == counter.payment(order_id).amount == Money(611_000, "CNY")
    assert (invoice.title, invoice.tax_number) == ("联动科技有限公司", "91440101MA5DEMO00X")
    assert invoice.paid_on == date(2026, 7, 31)
    with app.database.reading() as reader:
        lines = billing.lines_of(reader, invoice.id)
        assert sum(line.amount.amount_minor for line in lines) == invoice.total_minor
    said = printed(app, invoice.id)
    assert "Autumn" in said
    assert "CN¥6,110.00" in said
    assert "not a tax invoice" in said
    said = printed(app, receipt.id, "zh_Hans")
    assert "收款收据" in said
    assert "人民币陆仟壹佰壹拾元整" in said


def test_an_invoice_stays_as_it_was_issued_whatever_names_and_prices_become(app: GiftShop, counter: Counter) -> None:
    order_id = counter.places()
    counter.pays(order_id)
    before = [printed(app, bill.id, locale) for bill in counter.bills(order_id) for locale in ("en", "zh_Hans")]

    def change(tx: Transaction) -> None:
        tx.execute(update(Firm).values(name="Another name"))
        tx.execute(update(Edition).values(names={"en": "Renamed"}, tier_minor=1))
        tx.execute(update(OrderLine).values(unit_minor=1, words={"en": "Renamed"}))
        tx.execute(update(orders.Order).values(invoice_title="Another title", tax_number=""))

    app.database.transact(change)
    assert [printed(app, bill.id, each) for bill in counter.bills(order_id) for each in ("en", "zh_Hans")] == before


def test_a_title_holding_markup_is_text_on_paper(app: GiftShop, counter: Counter) -> None:
    order_id = counter.places()
    app.database.transact(lambda tx: tx.execute(update(orders.Order).values(invoice_title=MARKUP)))
    counter.pays(order_id)
    assert all(MARKUP in printed(app, bill.id) for bill in counter.bills(order_id))


def test_a_character_that_no_font_has_is_a_box_and_no_refusal(app: GiftShop, counter: Counter) -> None:
    order_id = counter.places()
    app.database.transact(lambda tx: tx.execute(update(orders.Order).values(invoice_title="Gifts \U0001f381 礼品")))
    counter.pays(order_id)
    assert "礼品" in printed(app, counter.bills(order_id)[0].id)


def test_payments_at_the_same_moment_get_numbers_without_a_gap(app: GiftShop, counter: Counter) -> None:
    placed = [counter.places() for _ in range(6)]
    start = threading.Barrier(len(placed))

    def pays(order_id: int) -> None:
        with app.app_context():
            start.wait()
            counter.pays(order_id)

    with ThreadPoolExecutor(len(placed)) as hands:
        list(hands.map(pays, placed))
    for kind in (billing.BillKind.INVOICE, billing.BillKind.RECEIPT):
        with app.database.reading() as reader:
            issued = reader.scalars(select(Bill.sequence).where(Bill.kind == kind).order_by(Bill.sequence)).all()
        assert list(issued) == [1, 2, 3, 4, 5, 6]


def test_a_transaction_that_is_undone_gives_its_number_back(app: GiftShop, counter: Counter) -> None:
    first, second = counter.places(), counter.places()

    def stumble(_tx: Transaction, news: payments.PaymentSettled) -> None:
        if news.payable.id == first:
            raise RuntimeError("after the number was taken")

    app.events.subscribe(payments.PaymentSettled, stumble)
    with pytest.raises(RuntimeError):
        counter.pays(first)
    counter.pays(second)
    assert [bill.sequence for bill in counter.bills(second)] == [1, 1]
    assert counter.bills(first) == []


def test_each_year_counts_from_one(app: GiftShop, counter: Counter) -> None:
    """By the operator's calendar: at 16:30 UTC it is the next year in Shanghai."""
    for moment in (datetime(2026, 12, 31, 15, 30, tzinfo=UTC), datetime(2026, 12, 31, 16, 30, tzinfo=UTC)):
        order_id = counter.places()
        with clock.standing_at(moment):
            counter.pays(order_id)
    with app.database.reading() as reader:
        found = reader.execute(select(BillCounter.year, BillCounter.last).order_by(BillCounter.year)).all()
    assert {(year, last) for year, last in found} == {(2026, 1), (2027, 1)}


def test_an_order_that_is_undone_has_its_invoice_corrected_line_by_line(app: GiftShop, counter: Counter) -> None:
    order_id = counter.places()
    counter.pays(order_id)
    payment, by = counter.payment(order_id), counter.people.staff.finance.actor
    news = PaymentReversed(payment.payable, payment.amount, by, clock.now())
    app.database.transact(lambda tx: tx.publish(news))
    back = MoneyPaidBack(payment.payable, payment.amount, "refund/7", PaymentMethod.CARD, by, clock.now())
    for _heard_twice in range(2):
        app.database.transact(lambda tx: tx.publish(back))
    invoice, receipt, note, refund = counter.bills(order_id)
    assert [receipt.kind, note.kind, refund.kind] == ["receipt", "credit_note", "refund_receipt"]
    assert note.corrects_id == invoice.id
    with app.database.reading() as reader:
        of_both = [[line.amount for line in billing.lines_of(reader, bill.id)] for bill in (invoice, note)]
    assert of_both[0] == of_both[1]
    assert invoice.number in printed(app, note.id)
    assert "by bank card" in printed(app, refund.id)


def test_what_was_paid_before_there_were_papers_is_caught_up_with_once(app: GiftShop, counter: Counter) -> None:
    order_id = counter.places()
    counter.pays(order_id)

    def forget(tx: Transaction) -> None:
        for table in (BillLine, Bill, BillCounter):
            if table is Bill:
                tx.execute(update(Bill).values(corrects_id=None))
            tx.execute(delete(table))

    app.database.transact(forget)
    for _again in range(2):
        done = app.test_cli_runner().invoke(args=["billing", "catch-up"])
        assert done.exit_code == 0, done.output
        assert [bill.kind for bill in counter.bills(order_id)] == ["invoice", "receipt"]


def test_a_statement_tells_what_was_ordered_paid_and_is_open(app: GiftShop, counter: Counter) -> None:
    paid, open_ = counter.places(30), counter.places(60)
    counter.pays(paid)
    firm, by = counter.people.lantern.id, counter.people.staff.finance.actor
    to, how, minor = Payable(orders.KIND, paid), PaymentMethod.TRANSFER, Money(123, "CNY")
    part = MoneyPaidBack(to, minor, "top_up/1", how, by, clock.now(), undoes_sale=True)
    app.database.transact(lambda tx: tx.publish(part))
    today = clock.local_day(clock.now(), "Asia/Shanghai")
    with app.database.reading() as reader:
        (account,) = statement_of(reader, firm, date(2026, 1, 1), today, zone="Asia/Shanghai").accounts
        assert [(line.kind, line.amount.amount_minor) for line, _after in account.lines] == [
            ("asked", 611_000),
            ("asked", 1_218_000),
            ("paid", -611_000),
            ("undone", -123),
            ("given_back", 123),
        ]
        assert account.closing == counter.payment(open_).amount
        (empty,) = statement_of(reader, counter.people.harbour.id, date(2026, 1, 1), today, zone="UTC").accounts
        assert (empty.lines, empty.closing) == ([], Money.zero("CNY"))


Open = Callable[..., Any]


@pytest.fixture
def addresses(counter: Counter) -> list[str]:
    """Everything that tells of Lantern's money."""
    order_id = counter.places()
    counter.pays(order_id)
    number = counter.number(order_id)
    papers = [f"/papers/{bill.number}.pdf" for bill in counter.bills(order_id)]
    return [*papers, f"/orders/{number}/papers", f"/orders/{number}/confirmation.pdf"]


def test_the_firms_finance_and_ours_open_every_paper(client: FlaskClient, people: People, addresses: list[str]) -> None:
    sign_in(client, people.lantern.finance)
    for address in [*addresses, "/papers", "/papers?kind=receipt", "/papers/statement.pdf?lang=zh_Hans"]:
        assert client.get(address).status_code == 200, address
    number = addresses[0].removeprefix("/papers/").removesuffix(".pdf")
    assert number in client.get(f"/papers?q={number.lower()}").text
    sign_in(client, people.staff.finance)
    for address in [*addresses, "/desk/papers", f"/desk/papers/statement.pdf?firm={people.lantern.id}"]:
        assert client.get(address).status_code == 200, address


def test_another_firm_finds_none_of_it(client: FlaskClient, people: People, addresses: list[str]) -> None:
    sign_in(client, people.harbour.finance)
    assert {client.get(address).status_code for address in addresses} == {404}
    assert not re.search(r"INV-\d", client.get("/papers").text)
    assert client.get(f"/desk/papers/statement.pdf?firm={people.lantern.id}").status_code == 403
    assert (
        client.get(f"/papers/statement.pdf?firm={people.lantern.id}").status_code == 200
    )  # its own, whatever is asked


def test_a_period_that_is_none_is_not_found(client: FlaskClient, people: People) -> None:
    sign_in(client, people.lantern.finance)
    for asked in ("from=x", "to=2026-99-01", "from=2026-09-01&to=2026-08-01", "from=1999-01-01", "to=9999-12-31"):
        assert client.get(f"/papers/statement.pdf?{asked}").status_code == 404, asked
        assert client.get(f"/papers?{asked}").status_code == 200
