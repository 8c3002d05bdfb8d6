"""Goods of the stock's tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from giftshop.catalogue import ItemFacts, draw_up_item
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor, ActorKind
from giftshop.kernel.money import Money
from giftshop.kernel.role import StaffRole
from giftshop.stock import receive

WEI = Actor(ActorKind.STAFF, 2, roles=frozenset({StaffRole.FULFILMENT}), name="Wei, who packs")


@pytest.fixture
def shelved(database: Database) -> Callable[..., int]:
    """Put `quantity` of a new item on the shelf, and give its id."""

    def shelve(quantity: int, sku: str = "UMBRELLA") -> int:
        facts = ItemFacts(sku=sku, names={"en": "Umbrella", "zh_Hans": "晴雨伞"}, price=Money(9900, "CNY"))
        item = database.transact(draw_up_item, facts, by=WEI, at=clock.now())
        if quantity:
            database.transact(receive, item.id, quantity, "first delivery", by=WEI, at=clock.now())
        return item.id

    return shelve
