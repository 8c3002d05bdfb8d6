"""A small warehouse: two packers, two gifts on the shelf, the usual carriers, and shipments to be asked for."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from giftshop import fulfilment, stock
from giftshop.accounts.models import User, UserRole, UserState
from giftshop.addresses import Address, Receiver
from giftshop.catalogue import (
    ItemFacts,
    Supplier,
    SupplierFacts,
    add_supplier,
    draw_up_item,
    offer_item,
)
from giftshop.db import Database, Transaction
from giftshop.fulfilment import Carrier, Line, Shipment, ShipmentLine, ShipmentState, queries
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor
from giftshop.kernel.money import Money
from giftshop.kernel.role import StaffRole
from tests.people import People, Somebody, password_hash, sign_in

ZHANG = Receiver(
    "张伟", "+8613812345678", Address("CN", "广东省", "广州市", "天河区", "体育西路123号 南方大厦 1501", "510620")
)
LI = Receiver("李娜", "+8613912345679", Address("CN", "广东省", "深圳市", "南山区", "科技园路8号", "518057"))
TODAY = date(2026, 9, 21)
NOON = datetime.fromisoformat("2026-09-21T12:00:00+08:00")


@dataclass
class Warehouse:
    """What a test does at the bench, in few words."""

    database: Database
    people: People
    packer: Actor
    colleague: Actor
    tea: int
    cup: int
    fruit: int
    """Sent by the growers of `supplier`."""
    chair: int
    """Sent by another supplier."""
    supplier: Supplier
    carriers: dict[str, Carrier]
    sources: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def request(self, *lines: Line, receiver: Receiver = ZHANG, at: datetime = NOON, **facts: Any) -> Shipment:
        """Ask for a shipment: one tin of tea, unless lines are given. Returns it as it is then."""
        shipment_id = self.ask(*lines, receiver=receiver, at=at, **facts)
        with self.database.reading() as reader:
            return fulfilment.shipment(reader, shipment_id)

    def ask(self, *lines: Line, receiver: Receiver = ZHANG, at: datetime = NOON, **facts: Any) -> int:
        """The same, and no more than the command does; returns its id."""
        wanted: dict[str, Any] = {
            "source": ("redemption", next(self.sources)),
            "firm_id": self.people.lantern.id,
            "promised_on": TODAY,
            "by": self.people.lantern.buyer.actor,
        }
        chosen = lines or (self.line_of_tea(),)
        return self.database.transact(
            fulfilment.request_shipment, receiver=receiver, lines=chosen, at=at, **(wanted | facts)
        )

    def line_of_tea(self, quantity: int = 1) -> Line:
        return Line(self.tea, {"en": "West Lake Longjing", "zh_Hans": "西湖龙井"}, quantity)

    def line_of_cups(self, quantity: int = 1) -> Line:
        return Line(self.cup, {"en": "A pair of celadon cups", "zh_Hans": "青瓷对杯"}, quantity)

    def line_of_fruit(self, quantity: int = 1) -> Line:
        return Line(self.fruit, {"en": "Crate of fruit", "zh_Hans": "时令鲜果"}, quantity)

    def line_of_a_chair(self) -> Line:
        return Line(self.chair, {"en": "Massage chair", "zh_Hans": "按摩椅"})

    def ordered(self, shipment: Shipment) -> Shipment:
        """Write down that its supplier was told to send it."""
        seen = {shipment.id: self.now(shipment).revision}
        assert self.do(fulfilment.order_from_supplier, shipment.supplier_id, seen) == 1
        return self.now(shipment)

    def do(self, command: Any, *args: Any, by: Actor | None = None, at: datetime = NOON, **kwargs: Any) -> Any:
        """Run one command as the packer, unless another does it."""
        return self.database.transact(command, *args, by=by or self.packer, at=at, **kwargs)

    def packed(self, *, carrier: str | None = "SF", tracking_number: str | None = None, **facts: Any) -> Shipment:
        """Ask for a shipment of tea and pack it."""
        shipment = self.request(**facts)
        self.do(fulfilment.claim, shipment.id)
        self.do(fulfilment.scan, shipment.id, "TEA-1")
        self.do(fulfilment.pack, shipment.id)
        if carrier:
            number = tracking_number or f"SF{shipment.id:012d}"
            self.do(fulfilment.assign, shipment.id, carrier_id=self.carriers[carrier].id, tracking_number=number)
        return self.now(shipment)

    def dispatched(self, **facts: Any) -> Shipment:
        """Ask for a shipment of tea, pack it and hand it over."""
        shipment = self.packed(**facts)
        leaving = self.do(fulfilment.draw_up, [shipment.id])
        self.do(fulfilment.hand_over, leaving.manifests[0], 1)
        return self.now(shipment)

    def now(self, shipment: Shipment) -> Shipment:
        """The shipment as the database has it."""
        with self.database.reading() as reader:
            return reader.get_one(Shipment, shipment.id)

    def state(self, shipment: Shipment) -> ShipmentState:
        return self.now(shipment).state

    def lines(self, shipment: Shipment) -> list[ShipmentLine]:
        with self.database.reading() as reader:
            return queries.lines_by_shipment(reader, [shipment.id])[shipment.id]

    def free(self, item_id: int) -> int:
        """How many of an item are not promised to anybody."""
        with self.database.reading() as reader:
            return stock.available(reader, [item_id])[item_id]

    def on_hand(self, item_id: int) -> int:
        from giftshop.stock.models import StockLevel

        with self.database.reading() as reader:
            return reader.get_one(StockLevel, item_id).on_hand


@pytest.fixture
def warehouse(database: Database, people: People) -> Warehouse:
    return database.transact(_build, database, people)


@pytest.fixture
def packer(client: FlaskClient, warehouse: Warehouse) -> FlaskClient:
    """The packer's browser."""
    sign_in(client, warehouse.people.staff.fulfilment)
    return client


def _build(tx: Transaction, database: Database, people: People) -> Warehouse:
    at = NOON - timedelta(days=30)
    by = people.staff.sales.actor
    tea = draw_up_item(tx, _facts("TEA-1", "West Lake Longjing", "西湖龙井"), by=by, at=at).id
    cup = draw_up_item(tx, _facts("CUP-2", "A pair of celadon cups", "青瓷对杯"), by=by, at=at).id
    for item_id in (tea, cup):
        stock.receive(tx, item_id, 10, "opening stock", by=by, at=at)
    fulfilment.add_usual_carriers(tx, by=people.staff.fulfilment.actor, at=at)
    carriers = {carrier.code: carrier for carrier in fulfilment.all_carriers(tx)}
    growers, chairs = (
        add_supplier(tx, SupplierFacts(code, {"en": name, "zh_Hans": name_zh}, "Liu, 0797 555 0134"), by=by, at=at)
        for code, name, name_zh in (("GANNAN", "Gannan Orchards", "赣南果园"), ("ANYI", "Anyi Chairs", "安逸按摩椅"))
    )
    fruit = _offered(tx, _facts("FRU-5", "Crate of fruit", "时令鲜果"), growers.id, by, at)
    chair = _offered(tx, _facts("CHA-1", "Massage chair", "按摩椅"), chairs.id, by, at)
    packer, colleague = people.staff.fulfilment.actor, _colleague(tx).actor
    return Warehouse(database, people, packer, colleague, tea, cup, fruit, chair, growers, carriers)


def _offered(tx: Transaction, facts: ItemFacts, supplier_id: int, by: Actor, at: datetime) -> int:
    words = {"en": "Sent by who makes it.", "zh_Hans": "厂家直发。"}
    item = draw_up_item(
        tx, replace(facts, descriptions=words, picture="fruit-box", supplier_id=supplier_id), by=by, at=at
    )
    offer_item(tx, item.id, by=by, at=at)
    return item.id


def _colleague(tx: Transaction) -> Somebody:
    user = User(
        email="qin@giftshop.example",
        name="Qin Fang",
        firm_id=None,
        state=UserState.ACTIVE,
        password_hash=password_hash(),
        created_at=clock.now(),
    )
    tx.add(user)
    tx.flush()
    tx.add(UserRole(user_id=user.id, role=StaffRole.FULFILMENT.value))
    return Somebody(user.id, user.email, user.name, None, frozenset({StaffRole.FULFILMENT}))


def _facts(sku: str, english: str, chinese: str) -> ItemFacts:
    facts = ItemFacts(sku=sku, names={"en": english, "zh_Hans": chinese}, price=Money(16800, "CNY"))
    return replace(facts, weight_g=420)
