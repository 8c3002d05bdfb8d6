"""A firm that sends e-cards to the people of a list, from the draft to the mails in the outbox."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from giftshop import cards, ecards, orders, payments
from giftshop.db import Database, Transaction
from giftshop.ecards import Delivery, Mailing, Moment
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor
from giftshop.kernel.clock import local_day
from giftshop.kernel.market import MarketRules
from giftshop.kernel.money import Money
from giftshop.notifications import Message, latest_messages
from giftshop.orders import Holder, OrderState, Tariff, Value
from giftshop.web import GiftShop
from tests.mails import read_mail, words_of
from tests.orders.conftest import DESTINATION, WORDS
from tests.people import People
from tests.proofs import seen
from tests.redemption.conftest import Book, another, book, recipient

__all__ = ["another", "book", "recipient"]

WANG = {"name": "王小明", "phone": "", "email": "wang@lantern.example", "kind": "", "grade": "", "address": ""}
LI = {"name": "李雷", "phone": "+8613812345678", "email": "", "kind": "", "grade": "", "address": ""}
HAN = {
    "name": "韩梅梅",
    "phone": "+8613912345679",
    "email": "han@lantern.example",
    "kind": "",
    "grade": "",
    "address": "",
}
LINK = re.compile(r"http://localhost(/e/[\w-]+)")


def tomorrow(zone: str = "Europe/Berlin") -> Moment:
    """This hour of tomorrow, by the clock of a place."""
    return Moment.of(clock.now() + timedelta(days=1), zone)


def many(count: int) -> list[dict[str, str]]:
    return [{**WANG, "name": f"收礼人{place}", "email": f"person{place}@lantern.example"} for place in range(count)]


@dataclass
class Sender:
    """Chen of Lantern, who buys e-cards, and what a test wants to know of them."""

    app: GiftShop
    people: People
    book: Book

    @property
    def database(self) -> Database:
        return self.app.database

    @property
    def by(self) -> Actor:
        return self.people.lantern.buyer.actor

    @property
    def firm(self) -> int:
        return self.people.lantern.id

    def draft(self, rows: Sequence[dict[str, str]], *, face: Money | None = None, moment: Moment | None = None) -> int:
        """A complete draft. Returns the order's id."""
        return self.database.transact(self._draft, rows, face, moment)

    def sends(self, rows: Sequence[dict[str, str]], *, face: Money | None = None, moment: Moment | None = None) -> int:
        """E-cards for these people: drawn up, placed, paid, issued. Returns the programme's id."""
        order_id = self.draft(rows, face=face, moment=moment)
        self.database.transact(self._place_and_pay, order_id)
        self.app.jobs.run_due()
        with self.database.reading() as reader:
            programme = cards.programme_bought_by(reader, orders.KIND, order_id)
        assert programme is not None
        return programme.id

    def deliveries(self, programme_id: int) -> list[Delivery]:
        with self.database.reading() as reader:
            wanted = select(Delivery).join(Mailing, Mailing.batch_id == Delivery.batch_id)
            return list(reader.scalars(wanted.where(Mailing.programme_id == programme_id).order_by(Delivery.card_id)))

    def delivery(self, card_id: int) -> Delivery:
        with self.database.reading() as reader:
            return reader.get_one(Delivery, card_id)

    def card(self, card_id: int) -> cards.Card:
        with self.database.reading() as reader:
            return reader.get_one(cards.Card, card_id)

    def messages(self) -> list[Message]:
        """What was written, oldest first."""
        with self.database.reading() as reader:
            return list(reversed(latest_messages(reader, limit=2000)))

    def outbox(self) -> list[tuple[str, str]]:
        """Whom the mails and texts in the folder went to, and what they say, in the order they were written."""
        folder = self.app.settings.instance_path / "outbox"
        found = []
        for path in sorted(folder.iterdir()) if folder.exists() else []:
            if path.suffix == ".eml":
                mail = read_mail(path)
                found.append((str(mail["To"]), words_of(mail)))
            else:
                to, _, text = path.read_text(encoding="utf-8").partition("\n")
                found.append((to.removeprefix("To: "), text))
        return found

    def links(self, address: str) -> list[str]:
        """The paths of the links that an address was sent, oldest first."""
        return [path for to, text in self.outbox() if to == address for path in LINK.findall(text)]

    def resends(self, card_id: int, to: str) -> None:
        way = ecards.reach(to, country="CN")
        self.database.transact(ecards.resend, card_id, self.firm, *way, by=self.by, at=clock.now())
        self.app.jobs.run_due()

    def reminds(self, programme_id: int, *card_ids: int, at: datetime | None = None) -> int:
        at = at or clock.now()
        count = self.database.transact(ecards.remind, programme_id, self.firm, card_ids, by=self.by, at=at)
        self.app.jobs.run_due()
        return count

    def _draft(self, tx: Transaction, rows: Sequence[dict[str, str]], face: Money | None, moment: Moment | None) -> int:
        at, by = clock.now(), self.by
        if face is None:
            number = orders.start(
                tx, self.firm, self.book.edition_id, quantity=None, card_locale="zh_Hans", is_digital=True, by=by, at=at
            )
        else:
            value = Value(face, Holder.BEARER, None, list(self.book.items.values()), is_digital=True)
            number = orders.start_cards(
                tx, self.firm, value, market=MarketRules().stored_value, card_locale="zh_Hans", by=by, at=at
            )
        order_id = orders.order_of(tx, number, self.firm).id
        orders.keep_upload(tx, order_id, self.firm, "list.csv", rows, at=at)
        orders.accept_upload(tx, order_id, self.firm, by=by, at=at)
        last = local_day(at, "Asia/Shanghai") + timedelta(days=4 * 365 if face else 365)
        orders.brand(tx, order_id, self.firm, replace(WORDS, valid_until=last))
        orders.send_to(tx, order_id, self.firm, replace(DESTINATION, receiver=None))
        orders.send_when(tx, order_id, self.firm, moment, by=by, at=at)
        return order_id

    def _place_and_pay(self, tx: Transaction, order_id: int) -> None:
        at, today = clock.now(), local_day(clock.now(), "Asia/Shanghai")
        order = orders.order_by_id(tx, order_id)
        total = orders.total_of(orders.lines_for(tx, order, Tariff()), order.currency)
        orders.place(
            tx,
            order_id,
            self.firm,
            seen_total_minor=total.amount_minor,
            **seen(tx, order_id),
            tariff=Tariff(),
            market=MarketRules().stored_value,
            today=today,
            by=self.by,
            at=at,
        )
        if order.state is OrderState.AWAITING_APPROVAL:
            orders.approve(tx, order_id, self.firm, by=self.people.lantern.approver.actor, at=at)
        payment = payments.payment_of(tx, payments.Payable(orders.KIND, order_id))
        assert payment is not None
        finance = self.people.staff.finance.actor
        payments.mark_received(tx, payment.id, payment.amount_minor, today, "", today=today, by=finance, at=at)


@pytest.fixture
def chen(app: GiftShop, people: People, book: Book) -> Sender:
    return Sender(app, people, book)
