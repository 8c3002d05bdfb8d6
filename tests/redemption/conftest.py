"""A gift book with three gifts, a card in somebody's hand, and the recipient Li Lei who takes what comes in turn."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from giftshop import cards, fulfilment, stock
from giftshop.addresses import Address, Receiver
from giftshop.cards import Addressed, BatchState, PrintedCard
from giftshop.catalogue import (
    EditionFacts,
    ItemFacts,
    add_gift,
    draw_up_edition,
    draw_up_item,
    offer_edition,
    offer_item,
)
from giftshop.db import Database, Transaction
from giftshop.fulfilment import Shipment
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM, Actor, ActorKind
from giftshop.kernel.clock import local_day
from giftshop.kernel.money import Money
from giftshop.redemption import Redemption, redeem, redemption_of
from giftshop.redemption.links import TrackingLink
from giftshop.web import GiftShop
from tests.cards.making import make, terms
from tests.people import People

LI_LEI = Receiver("李雷", "+8613812345678", Address("CN", "广东省", "广州市", "天河区", "体育西路123号 1501", ""))
HAN = Receiver("韩梅梅", "+8613912345679", Address("CN", "浙江省", "杭州市", "西湖区", "文三路8号", ""))
ADDRESS_TYPED = {
    "to-country": "CN",
    "to-shown_for": "CN",
    "to-name": "李雷",
    "to-phone": "138 1234 5678",
    "to-region": "广东省",
    "to-city": "广州市",
    "to-district": "天河区",
    "to-street": "体育西路123号 1501",
}
GOODS = {
    "TEA-1": ("West Lake Longjing", "西湖龙井", "longjing-tin"),
    "CUP-2": ("Pair of celadon mugs", "青瓷对杯", "mug-pair"),
    "SILK-3": ("Silk scarf", "真丝围巾", "silk-scarf"),
}
PRICE = Money(16_800, "CNY")

_codes = itertools.count(1)


@dataclass
class Book:
    """A programme of gift books, and what a test does with its cards in few words."""

    app: GiftShop
    people: People
    edition_id: int
    items: dict[str, int]
    """By SKU."""

    @property
    def database(self) -> Database:
        return self.app.database

    def cards(
        self,
        quantity: int = 1,
        *,
        to: BatchState = BatchState.ACTIVE,
        addressees: Sequence[Addressed] = (),
        **changes: Any,
    ) -> list[PrintedCard]:
        """Printed cards of a new programme; its terms may be changed."""
        facts: dict[str, Any] = {"valid_until": local_day(clock.now(), "Asia/Shanghai") + timedelta(days=60)}
        programme = terms(self.people.lantern.id, **(facts | changes))
        programme_id = self.database.transact(cards.start_programme, programme, by=SYSTEM, at=clock.now() - YEAR)
        return make(
            self.app,
            self.people,
            quantity,
            to=to,
            addressees=addressees,
            programme_id=programme_id,
            edition_id=self.edition_id,
        ).printed

    def card_id(self, card: PrintedCard) -> int:
        with self.database.reading() as reader:
            return cards.card_with_serial(reader, card.serial).id

    def redeemed(self, card: PrintedCard, sku: str = "TEA-1", receiver: Receiver = LI_LEI, **facts: Any) -> int:
        """Redeem a card at once; returns the redemption's id."""
        given: dict[str, Any] = {"locale": "en", "at": clock.now()} | facts
        card_id = self.card_id(card)
        return self.database.transact(redeem, card_id, self.items[sku], receiver, by=holder(card_id), **given)

    def redemption(self, card: PrintedCard) -> Redemption:
        with self.database.reading() as reader:
            found = redemption_of(reader, self.card_id(card))
        assert found is not None
        return found

    def shipment(self, card: PrintedCard) -> Shipment:
        with self.database.reading() as reader:
            found = fulfilment.shipment_by_source(reader, self.redemption(card).source)
        assert found is not None
        return found

    def left(self, sku: str) -> int:
        with self.database.reading() as reader:
            return stock.available(reader, [self.items[sku]])[self.items[sku]]

    def stock_up(self, sku: str, quantity: int) -> None:
        self.database.transact(
            stock.receive, self.items[sku], quantity, "delivery note", by=self.people.staff.sales.actor, at=clock.now()
        )

    def take_all(self, sku: str) -> None:
        """Somebody else takes all that are left."""
        self.database.transact(stock.reserve, self.items[sku], self.left(sku), purpose=("test", next(_codes)))

    def take_to_pack(self, card: PrintedCard) -> None:
        self.database.transact(fulfilment.claim, self.shipment(card).id, by=self._packer, at=clock.now())

    def dispatch(self, card: PrintedCard, sku: str = "TEA-1") -> None:
        """Pack it and hand it to SF, whose number begins with SF."""
        shipment = self.shipment(card)
        carrier = self._carrier()
        steps: list[Callable[[Transaction], object]] = [
            lambda tx: fulfilment.claim(tx, shipment.id, by=self._packer, at=clock.now()),
            lambda tx: fulfilment.scan(tx, shipment.id, sku, by=self._packer, at=clock.now()),
            lambda tx: fulfilment.pack(tx, shipment.id, by=self._packer, at=clock.now()),
            lambda tx: fulfilment.assign(
                tx,
                shipment.id,
                carrier_id=carrier,
                tracking_number=f"SF{shipment.id:010d}",
                by=self._packer,
                at=clock.now(),
            ),
        ]
        for step in steps:
            self.database.transact(step)
        leaving = self.database.transact(fulfilment.draw_up, [shipment.id], by=self._packer, at=clock.now())
        self.database.transact(fulfilment.hand_over, leaving.manifests[0], 1, by=self._packer, at=clock.now())

    def deliver(self, card: PrintedCard) -> None:
        self.database.transact(fulfilment.deliver, self.shipment(card).id, by=self._packer, at=clock.now())

    @property
    def _packer(self) -> Actor:
        return self.people.staff.fulfilment.actor

    def _carrier(self) -> int:
        with self.database.reading() as reader:
            known = {carrier.code: carrier.id for carrier in fulfilment.all_carriers(reader)}
        if not known:
            self.database.transact(fulfilment.add_usual_carriers, by=self._packer, at=clock.now())
            return self._carrier()
        return known["SF"]


YEAR = timedelta(days=365)


def holder(card_id: int) -> Actor:
    return Actor(ActorKind.RECIPIENT, card_id)


@pytest.fixture
def book(app: GiftShop, people: People) -> Book:
    """Three gifts, ten of each."""
    lin = people.staff.sales.actor
    edition = app.database.transact(
        draw_up_edition,
        EditionFacts(f"B{next(_codes)}", {"en": "Good wishes", "zh_Hans": "心意"}, Money(20_000, "CNY")),
        by=lin,
        at=clock.now(),
    )
    items = {}
    for sku, (english, chinese, picture) in GOODS.items():
        facts = ItemFacts(
            sku=sku,
            names={"en": english, "zh_Hans": chinese},
            descriptions={"en": f"{english}, as they make it at home.", "zh_Hans": f"{chinese}，匠心之作。"},
            price=PRICE,
            picture=picture,
        )
        items[sku] = app.database.transact(draw_up_item, facts, by=lin, at=clock.now()).id
        app.database.transact(offer_item, items[sku], by=lin, at=clock.now())
        app.database.transact(add_gift, edition.id, items[sku], by=lin, at=clock.now())
    app.database.transact(offer_edition, edition.id, by=lin, at=clock.now())
    book = Book(app, people, edition.id, items)
    for sku in GOODS:
        book.stock_up(sku, 10)
    return book


@pytest.fixture
def card(book: Book) -> PrintedCard:
    """One card, active, in Li Lei's hand."""
    return book.cards(1)[0]


@dataclass
class Recipient:
    """Somebody with a browser without JavaScript."""

    client: FlaskClient

    def opens(self, code: str) -> TestResponse:
        return self.client.post("/r", data={"code": code}, follow_redirects=True)

    def reads(self, path: str = "/r/gift") -> str:
        """The page at `path`, as the browser shows it."""
        return self.client.get(path, follow_redirects=True).text

    def opens_card(self, card: PrintedCard) -> TestResponse:
        return self.opens(card.secret.printed)

    def chooses(self, item_id: int) -> TestResponse:
        return self.client.post("/r/gift/choice", data={"gift": str(item_id)}, follow_redirects=True)

    def writes_address(self, **changes: str) -> TestResponse:
        return self.client.post("/r/gift/address", data=ADDRESS_TYPED | changes, follow_redirects=True)

    def confirms(self, **data: str) -> TestResponse:
        return self.client.post("/r/gift/check", data=data or self.form_to_confirm(), follow_redirects=True)

    def form_to_confirm(self) -> dict[str, str]:
        return hidden_fields(self.client.get("/r/gift/check").text)

    def goes_all_the_way(self, card: PrintedCard, item_id: int) -> TestResponse:
        self.opens_card(card)
        self.chooses(item_id)
        self.writes_address()
        return self.confirms()


@pytest.fixture
def recipient(client: FlaskClient) -> Recipient:
    return Recipient(client)


@pytest.fixture
def another(app: GiftShop) -> Recipient:
    """Somebody else, elsewhere."""
    return Recipient(app.test_client())


def link_of(book: Book, card: PrintedCard, *, version: int = 1) -> str:
    """The path that a tracking link leads to."""
    with book.database.reading() as reader:
        held = cards.held_card(reader, book.card_id(card), at=clock.now())
    return f"/t/{TrackingLink(held.public_id, version).signed(book.app.settings.link_key)}"


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden fields of the page, without its token."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: value for name, value in found if name != "csrf_token"}


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Collect what the database is asked, but for the beginnings of transactions."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield asked
    event.remove(database.engine, "before_cursor_execute", note)
