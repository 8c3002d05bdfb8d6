"""The whole street, walked once on its pages: ordered, paid, issued, printed, received, redeemed, sent, delivered."""

from __future__ import annotations

import io
import logging
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import structlog
import zxingcpp
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from giftshop import fulfilment, stock
from giftshop.catalogue import Edition
from giftshop.db import Transaction
from giftshop.demo.bench import Bench
from giftshop.fulfilment import Shipment
from giftshop.kernel import clock
from giftshop.kernel.codes import Secret, parse
from giftshop.payments.models import Payment
from giftshop.web import GiftShop
from giftshop.web.logs import configure
from tests.orders.conftest import edition
from tests.people import People, Somebody, sign_in
from tests.redemption.conftest import hidden_fields

__all__ = ["edition"]

NAMES = ("欧阳小燕", "司徒建国", "上官婉儿")
PHONES = ("13800007771", "13800007772", "13800007773")
STREET = "金雀巷771号"
MAIL = "yan.ouyang@recipient.example"
CANARIES = (*NAMES, *PHONES, STREET, MAIL, "一七七一")
"""Personal data that appear nowhere else: whoever finds one knows where it came from."""

LIST = "客户类型,客户姓名,地址,联系电话,等级\n" + "".join(
    f"老客户,{name},广东省广州市天河区{STREET},{phone},标准\n" for name, phone in zip(NAMES, PHONES, strict=True)
)
CARD = {
    "card_locale": "zh_Hans",
    "headline": "中秋快乐",
    "greeting": "感谢您对我们的支持",
    "sender_name": "联动",
    "contact_line": "020-0000 0000",
    "valid_until": "2027-07-31",
}
TO_THE_FIRM = {
    "address-country": "CN",
    "address-shown_for": "CN",
    "address-name": "陈婉仪",
    "address-phone": "13800138000",
    "address-region": "广东省",
    "address-city": "广州市",
    "address-district": "天河区",
    "address-street": "体育西路123号",
    "invoice_title": "联动科技有限公司",
    "tax_number": "91440101MA5DEMO00X",
}
TO_THE_RECIPIENT = {
    "to-country": "CN",
    "to-shown_for": "CN",
    "to-name": NAMES[0],
    "to-phone": PHONES[0],
    "to-region": "广东省",
    "to-city": "广州市",
    "to-district": "天河区",
    "to-street": f"{STREET} 一七七一",
    "email": MAIL,
}


@dataclass
class Street:
    """Everybody's way along it, and what they saw."""

    app: GiftShop
    people: People
    edition: Edition
    log: Path
    codes: list[Secret] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    """Every address that a browser was sent to."""

    def walk(self) -> None:
        self.order()
        self.pay()
        self.print_cards()
        self.send("batch")
        self.redeem()
        self.send("redemption")

    def order(self) -> None:
        """The buyer uploads a list, writes the card, says where it goes, and places the order."""
        buyer = self.browser(self.people.lantern.buyer)
        start = self.post(buyer, "/orders/new", edition=str(self.edition.id), mode="list", request_key="begin")
        found = re.search(r"/orders/(O-[\d-]+)/", start.location)
        assert found
        number = found[1]
        self.post(buyer, f"/orders/{number}/recipients", file=(io.BytesIO(LIST.encode("gbk")), "名单.csv"))
        self.post(buyer, f"/orders/{number}/recipients/accept")
        self.post(buyer, f"/orders/{number}/brand", **CARD)
        self.post(buyer, f"/orders/{number}/delivery", **TO_THE_FIRM)
        placing = hidden_fields(buyer.get(f"/orders/{number}/review").text)
        self.post(buyer, f"/orders/{number}/review", **placing)

    def pay(self) -> None:
        """Finance sees the transfer on the bank's statement."""
        with self.app.database.reading() as reader:
            payment = reader.scalars(select(Payment)).one()
        finance = self.browser(self.people.staff.finance)
        amount = f"{payment.amount_minor / 100:.2f}"
        today = clock.local_day(clock.now(), "Asia/Shanghai").isoformat()
        self.post(finance, f"/desk/payments/{payment.reference}", amount=amount, received_on=today, request_key="paid")
        self.app.jobs.run_due()

    def print_cards(self) -> None:
        """Production opens the batch, fetches the file, sends it to the print house, which confirms receipt."""
        printer = self.browser(self.people.staff.production)
        self.post(printer, "/desk/print-runs/1/start", reason="first printing")
        self.app.jobs.run_due()
        self.codes = codes_on(printer.post("/desk/print-runs/1/file").data)
        self.post(printer, "/desk/print-runs/1/confirm", request_key="confirmed")
        self.app.jobs.run_due()

    def send(self, kind: str) -> None:
        """The bench packs the one parcel of this kind, the carrier takes it away and delivers it."""
        packer = self.people.staff.fulfilment.actor

        def at_the_bench(tx: Transaction) -> None:
            parcel = tx.scalars(select(Shipment).where(Shipment.source_kind == kind)).one()
            bench = Bench(tx, packer)
            bench.dispatch([parcel])
            bench.deliver(parcel)

        self.app.database.transact(at_the_bench)
        self.app.jobs.run_due()

    def redeem(self) -> None:
        """A recipient tries this and that, as people do, then scans, chooses, gives an address and confirms."""
        secret, recipient = self.codes[0], self.app.test_client()
        recipient.get(f"/r?code={secret.printed}")
        recipient.get(f"/r/{secret.printed}")
        recipient.get(f"/{secret.printed.lower()}")
        recipient.post("/r", data={"code": secret.printed[:-1]})
        self.post(recipient, "/r", code=secret.printed.lower().replace("-", " "))
        self.post(recipient, "/r/gift/choice", gift="1")
        recipient.post("/r/gift/address", data=TO_THE_RECIPIENT | {"to-phone": "77"})
        self.post(recipient, "/r/gift/address", **TO_THE_RECIPIENT)
        self.post(recipient, "/r/gift/check", **hidden_fields(recipient.get("/r/gift/check").text))
        self.post(self.app.test_client(), "/r", code=secret.canonical)
        self.app.jobs.run_due()

    def browser(self, somebody: Somebody) -> FlaskClient:
        client = self.app.test_client()
        sign_in(client, somebody)
        return client

    def post(self, browser: FlaskClient, path: str, **fields: Any) -> TestResponse:
        """Send a form that must be taken."""
        answer = browser.post(path, data=fields)
        assert answer.status_code in {302, 303}, f"{path}: {answer.status_code} {answer.text[:4000]}"
        self.addresses.append(answer.location)
        return answer


def codes_on(pdf: bytes) -> list[Secret]:
    """What the print house puts on paper."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            (barcode,) = zxingcpp.read_barcodes(page.render(scale=300 / 72).to_pil())
            secret = parse(barcode.text)
            assert isinstance(secret, Secret)
            found.append(secret)
    return found


@pytest.fixture
def street(
    app: GiftShop, people: People, edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Street]:
    """The street before anybody walked it: a gift book on offer, goods on the shelf, carriers, and a log."""
    by, at = people.staff.sales.actor, clock.now()
    app.database.transact(stock.receive, 1, 10, "delivery note", by=by, at=at)
    app.database.transact(fulfilment.add_usual_carriers, by=by, at=at)
    log = tmp_path / "log.jsonl"
    with log.open("w", encoding="utf-8") as written:
        monkeypatch.setattr(sys, "stderr", written)
        configure(readable=False)
        everybody_else = logging.StreamHandler(written)
        logging.getLogger().addHandler(everybody_else)
        yield Street(app, people, edition, log)
        logging.getLogger().removeHandler(everybody_else)
        structlog.reset_defaults()
