"""Looking through five thousand items: what is typed, understood and found, beside reading every name.

The other side is what a list without an index does: every item whose names hold the word as it was typed. It finds
neither sounds nor what is mistyped; both sides are asked for 24 items. Mistyped words are shown by themselves.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import String, cast, func, insert, select, text

from benchmarks._site import postgres, site
from giftshop import catalogue
from giftshop.catalogue import Item, ItemState
from giftshop.catalogue.indexing import index_items
from giftshop.catalogue.service import item_columns
from giftshop.db import Reader, Transaction
from giftshop.demo.goods import GOODS

ITEMS = 5_000
ROUNDS = 30
TYPED = ("龙井", "longjing", "pen", "保温壶", "kettle", "TEA-LJ-150")
MISTYPED = ("longjng", "龙景", "umbrela")


def run() -> None:
    """Print the milliseconds of both sides, of mistyped words, and the ratio to reading every name."""
    with postgres() as url:
        app = site(url)
        began = time.perf_counter()
        for start in range(0, ITEMS, 500):
            app.database.transact(fill, start, start + 500)
        print(f"{ITEMS:,} items written in {time.perf_counter() - began:.1f} s")
        app.database.transact(lambda tx: tx.execute(text("ANALYZE")))  # as PostgreSQL does by itself a minute later
        with app.database.reading() as reader:
            ours = [median(reader, by_index, word) for word in TYPED]
            theirs = [median(reader, by_scan, word) for word in TYPED]
            mended = [median(reader, by_index, word) for word in MISTYPED]
        app.database.dispose()
    for word, mine, other in zip(TYPED, ours, theirs, strict=True):
        print(f"{word}: {mine:.1f} ms, by reading every name {other:.1f} ms")
    for word, mine in zip(MISTYPED, mended, strict=True):
        print(f"{word}: {mine:.1f} ms, mended")
    print(f"ratio: {statistics.mean(theirs) / statistics.mean(ours):.2f}")


def fill(tx: Transaction, start: int, end: int) -> None:
    """Write items that are called like the demonstration's, each with a number of its own."""
    rows = []
    for number in range(start, end):
        good = GOODS[number % len(GOODS)].facts
        names = {locale: f"{name} {number}" for locale, name in good.names.items()}
        facts = replace(good, sku=f"{good.sku}-{number}", names=names)
        rows.append({**item_columns(facts), "state": ItemState.ON_OFFER})
    index_items(tx, tx.scalars(insert(Item).returning(Item.id), rows).all())


def median(reader: Reader, find: Callable[[Reader, str], object], word: str) -> float:
    """Return how long a search takes, in milliseconds."""
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        find(reader, word)
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def by_index(reader: Reader, word: str) -> object:
    """Search as the shop does."""
    return catalogue.items_to_choose(reader, "CNY", wanted=word)


def by_scan(reader: Reader, word: str) -> object:
    """Read every name."""
    held = func.lower(cast(Item.names, String) + Item.sku).contains(word.lower(), autoescape=True)
    statement = select(Item).where(Item.state == ItemState.ON_OFFER, Item.currency == "CNY", held)
    return reader.scalars(statement.order_by(Item.price_minor, Item.id).limit(24)).all()
