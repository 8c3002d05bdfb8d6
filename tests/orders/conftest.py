"""An edition to order, and orders at each step of their way."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import pytest

from giftshop import catalogue, orders
from giftshop.addresses import Address, Receiver
from giftshop.db import Database, Transaction
from giftshop.kernel import clock
from giftshop.kernel.market import MarketRules
from giftshop.kernel.money import Money
from giftshop.orders import Brand, Destination, Tariff
from tests.people import People
from tests.proofs import seen

TODAY = date(2026, 8, 1)
RECEIVER = Receiver("陈婉仪", "+8613800138000", Address("CN", "广东省", "广州市", "天河区", "体育西路123号"))
WORDS = Brand(
    sender_name="联动",
    headline="中秋快乐",
    greeting="感谢您对我们的支持,愿您心想事成,财源滚滚!",
    card_locale="zh_Hans",
    contact_line="客户服务 020-0000 0000",
    valid_until=date(2027, 7, 31),
    is_surprise=False,
)
DESTINATION = Destination(asdict(RECEIVER), "联动科技有限公司", "91440101MA5DEMO00X", "finance@lantern.example")
WANG = {"name": "王小明", "phone": "+8613800138000", "kind": "老客户", "grade": "标准", "address": ""}


@pytest.fixture
def edition(database: Database, people: People) -> catalogue.Edition:
    """A gift book of ¥200 on offer."""
    by, at = people.staff.sales.actor, clock.now()
    names = {"en": "Longjing tea", "zh_Hans": "龙井茶"}
    price = Money(20_000, "CNY")
    facts = catalogue.ItemFacts(sku="TEA-1", names=names, price=price, descriptions=names, picture="longjing-tin")
    item = database.transact(catalogue.draw_up_item, facts, by=by, at=at)
    database.transact(catalogue.offer_item, item.id, by=by, at=at)
    words = {"en": "Autumn", "zh_Hans": "金秋"}
    book = catalogue.EditionFacts(code="AUTUMN-200", names=words, tier=price, labels=words)
    edition = database.transact(catalogue.draw_up_edition, book, by=by, at=at)
    database.transact(catalogue.add_gift, edition.id, item.id, by=by, at=at)
    database.transact(catalogue.offer_edition, edition.id, by=by, at=at)
    return edition


def draft(tx: Transaction, people: People, edition_id: int, *, quantity: int = 30) -> int:
    """A complete draft of the buyer of Lantern, for a number of books. Returns its id."""
    firm, by, at = people.lantern.id, people.lantern.buyer.actor, clock.now()
    number = orders.start(tx, firm, edition_id, quantity=quantity, card_locale="zh_Hans", by=by, at=at)
    order_id = orders.order_of(tx, number, firm).id
    orders.brand(tx, order_id, firm, WORDS)
    orders.send_to(tx, order_id, firm, DESTINATION)
    return order_id


def place(tx: Transaction, people: People, order_id: int, seen_total_minor: int) -> str:
    """Place a draft at the total that was shown."""
    return orders.place(
        tx,
        order_id,
        people.lantern.id,
        seen_total_minor=seen_total_minor,
        **seen(tx, order_id),
        tariff=Tariff(),
        market=MarketRules().stored_value,
        today=TODAY,
        by=people.lantern.buyer.actor,
        at=clock.now(),
    )
