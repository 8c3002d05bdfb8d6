"""A small shop: gifts on offer, collections, and a buyer's browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from giftshop.catalogue import CollectionFacts, CollectionKind, ItemFacts, add_collection, draw_up_item, offer_item
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.money import Money

Make = Callable[..., int]


@pytest.fixture
def offer(database: Database) -> Make:
    """Make gifts that are on offer, and give their ids."""

    def make(sku: str, price_minor: int = 16800, *tags: str, name: str = "", **more: object) -> int:
        name = name or sku.title()
        facts = ItemFacts(
            sku=sku,
            names={"en": name, "zh_Hans": name},
            descriptions={"en": "Good.", "zh_Hans": "好。"},
            price=Money(price_minor, "CNY"),
            picture="longjing-tin",
            tags=tags,
            **more,  # type: ignore[arg-type]
        )
        item = database.transact(draw_up_item, facts, by=SYSTEM, at=clock.now())
        database.transact(offer_item, item.id, by=SYSTEM, at=clock.now())
        return item.id

    return make


@pytest.fixture
def collected(database: Database) -> None:
    """Three collections: one of each kind."""
    named = {"tea": CollectionKind.SORT, "clients": CollectionKind.RECIPIENT, "mid-autumn": CollectionKind.OCCASION}
    for tag, kind in named.items():
        facts = CollectionFacts(tag, kind, {"en": f"All {tag}", "zh_Hans": f"全部{tag}"})
        database.transact(add_collection, facts, by=SYSTEM, at=clock.now())
