from __future__ import annotations

from pathlib import Path

from giftshop.catalogue import editions_on_offer, items_of
from giftshop.db import Database
from giftshop.demo.goods import GOODS, LARGE_BOOK, LAST_YEARS_BOOK, NEXT_BOOK, load_goods
from giftshop.kernel import clock


def test_the_demonstration_has_two_books_to_order_and_an_older_one_that_stays_valid(database: Database) -> None:
    database.transact(load_goods, at=clock.now())
    with database.reading() as reader:
        books = {book.code: [gift.sku for gift in items_of(reader, book.id)] for book in editions_on_offer(reader)}
    assert books == {
        NEXT_BOOK.code: [*LAST_YEARS_BOOK.skus, *NEXT_BOOK.skus],
        LARGE_BOOK.code: list(LARGE_BOOK.skus),
    }


def test_loading_twice_adds_nothing(database: Database) -> None:
    for _ in range(2):
        database.transact(load_goods, at=clock.now())
    with database.reading() as reader:
        assert len(editions_on_offer(reader)) == 2


def test_no_gift_costs_more_than_its_book() -> None:
    prices = {good.sku: good.price_fen for good in GOODS}
    for book in (LAST_YEARS_BOOK, NEXT_BOOK, LARGE_BOOK):
        assert all(prices[sku] <= book.tier_fen for sku in book.skus), book.code


def test_every_gift_has_its_picture() -> None:
    pictures = Path(__file__).parents[2] / "static" / "goods"
    assert [good.sku for good in GOODS if not (pictures / f"{good.picture}.svg").is_file()] == []
