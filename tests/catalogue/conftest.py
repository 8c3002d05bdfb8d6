"""People and goods of the catalogue's tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from giftshop.catalogue import EditionFacts, ItemFacts, draw_up_edition, draw_up_item, offer_item
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor, ActorKind
from giftshop.kernel.money import Money
from giftshop.kernel.role import StaffRole

LIN = Actor(ActorKind.STAFF, 1, roles=frozenset({StaffRole.SALES}), name="Lin, who keeps the catalogue")


def tea(sku: str = "TEA-1", **changes: object) -> ItemFacts:
    """What Lin writes about a tin of tea."""
    facts: dict[str, object] = {
        "sku": sku,
        "names": {"en": "West Lake Longjing", "zh_Hans": "西湖龙井"},
        "descriptions": {"en": "Picked before Qingming.", "zh_Hans": "明前采摘。"},
        "price": Money(16800, "CNY"),
        "picture": "longjing-tea",
        "weight_g": 420,
        "tags": ("tea",),
    }
    return ItemFacts(**(facts | changes))  # type: ignore[arg-type]


def book(code: str = "G200-2026") -> EditionFacts:
    """What Lin writes about a gift book."""
    return EditionFacts(code=code, names={"en": "Good wishes", "zh_Hans": "心意"}, tier=Money(20000, "CNY"))


@pytest.fixture
def offered(database: Database) -> Callable[..., int]:
    """Make items that are on offer, and give their ids."""

    def offer(sku: str = "TEA-1", **changes: object) -> int:
        item = database.transact(draw_up_item, tea(sku, **changes), by=LIN, at=clock.now())
        database.transact(offer_item, item.id, by=LIN, at=clock.now())
        return item.id

    return offer


@pytest.fixture
def drawn_up(database: Database) -> Callable[..., int]:
    """Make an edition that is being drawn up, and give its id."""
    return lambda code="G200-2026": database.transact(draw_up_edition, book(code), by=LIN, at=clock.now()).id
