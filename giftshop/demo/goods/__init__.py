"""The goods of the demonstration: what Chinese firms give, by category, three editions of gift books, and the
collections of the shop."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from giftshop import catalogue, stock
from giftshop.db import Transaction
from giftshop.demo.goods.books import LARGE_BOOK, LAST_YEARS_BOOK, NEXT_BOOK, Book
from giftshop.demo.goods.collections import collections, tags_of
from giftshop.demo.goods.electronics import ELECTRONICS
from giftshop.demo.goods.festival import FESTIVAL
from giftshop.demo.goods.food import FOOD
from giftshop.demo.goods.good import Good
from giftshop.demo.goods.health import HEALTH
from giftshop.demo.goods.household import HOUSEHOLD
from giftshop.demo.goods.stationery import STATIONERY
from giftshop.demo.goods.suppliers import SUPPLIERS
from giftshop.demo.goods.tea import TEA
from giftshop.kernel.actor import SYSTEM

CATEGORIES: Final = {
    "tea": TEA,
    "food": FOOD,
    "household": HOUSEHOLD,
    "electronics": ELECTRONICS,
    "health": HEALTH,
    "stationery": STATIONERY,
    "festival": FESTIVAL,
}
"""What is given, by the tag that every gift of a category has."""
GOODS: Final = tuple(good for goods in CATEGORIES.values() for good in goods)


def load_goods(tx: Transaction, *, at: datetime) -> None:
    """Write the demonstration's suppliers, collections, items, stock and editions into an empty catalogue.

    One with goods stays as it is.
    """
    if catalogue.items_by_sku(tx, [GOODS[0].sku]):
        return
    suppliers = {facts.code: catalogue.add_supplier(tx, facts, by=SYSTEM, at=at).id for facts in SUPPLIERS}
    for collection in collections():
        catalogue.add_collection(tx, collection, by=SYSTEM, at=at)
    ids = {good.sku: _shelve(tx, good, suppliers, at) for good in GOODS}
    last_year = catalogue.draw_up_edition(tx, LAST_YEARS_BOOK.facts, by=SYSTEM, at=at).id
    _publish(tx, last_year, LAST_YEARS_BOOK, ids, at)
    this_year = catalogue.draw_up_next_edition(tx, last_year, NEXT_BOOK.facts, by=SYSTEM, at=at).id
    _publish(tx, this_year, NEXT_BOOK, ids, at)
    catalogue.close_edition(tx, last_year, by=SYSTEM, at=at)
    large = catalogue.draw_up_edition(tx, LARGE_BOOK.facts, by=SYSTEM, at=at).id
    _publish(tx, large, LARGE_BOOK, ids, at)


def _shelve(tx: Transaction, good: Good, suppliers: dict[str, int], at: datetime) -> int:
    supplier_id = suppliers[good.supplier] if good.supplier else None
    facts = replace(good.facts, supplier_id=supplier_id, tags=tags_of(good.sku, good.tags))
    item = catalogue.draw_up_item(tx, facts, by=SYSTEM, at=at)
    catalogue.offer_item(tx, item.id, by=SYSTEM, at=at)
    if good.on_hand:
        stock.receive(tx, item.id, good.on_hand, "首批到货 First delivery", by=SYSTEM, at=at)
    return item.id


def _publish(tx: Transaction, edition_id: int, book: Book, ids: dict[str, int], at: datetime) -> None:
    for sku in book.skus:
        catalogue.add_gift(tx, edition_id, ids[sku], by=SYSTEM, at=at)
    catalogue.offer_edition(tx, edition_id, by=SYSTEM, at=at)


__all__ = ["CATEGORIES", "GOODS", "LARGE_BOOK", "LAST_YEARS_BOOK", "NEXT_BOOK", "Book", "load_goods"]
