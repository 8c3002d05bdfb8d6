from __future__ import annotations

from pathlib import Path

from giftshop import stock
from giftshop.catalogue import editions_on_offer, items_by_sku, items_of
from giftshop.db import Database
from giftshop.demo.goods import CATEGORIES, GOODS, LARGE_BOOK, LAST_YEARS_BOOK, NEXT_BOOK, load_goods
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


def test_about_sixty_gifts_lie_in_seven_categories_each_under_its_tag() -> None:
    assert len(GOODS) >= 60
    assert {category for category, goods in CATEGORIES.items() if len(goods) < 5} == set()
    for category, goods in CATEGORIES.items():
        assert [good.sku for good in goods if good.tags[0] != category] == []


def test_every_gift_is_another_one() -> None:
    for facts in (("sku",), ("picture",), ("name",), ("name_zh",)):
        told = [getattr(good, fact) for good in GOODS for fact in facts]
        assert len(set(told)) == len(told), facts


def test_every_gift_says_in_both_languages_what_it_is_and_what_it_weighs() -> None:
    for good in GOODS:
        assert len(good.text) > 60, good.sku
        assert len(good.text_zh) > 20, good.sku
        assert good.weight_g > 0, good.sku
        assert good.price_fen % 100 == 0, good.sku


def test_the_festivals_have_their_gifts() -> None:
    tags = {tag for good in CATEGORIES["festival"] for tag in good.tags}
    assert tags >= {"mid-autumn", "dragon-boat", "spring-festival", "lantern"}
    assert len([good for good in GOODS if "mid-autumn" in good.tags]) == 2


def test_what_a_supplier_sends_is_there_without_stock(database: Database) -> None:
    database.transact(load_goods, at=clock.now())
    theirs = {good.sku for good in GOODS if good.supplier}
    assert theirs == {"FOD-FR-5", "FOD-CY-25", "HEA-MC-1"}
    with database.reading() as reader:
        items = items_by_sku(reader, theirs)
        left = stock.available(reader, [item.id for item in items.values()])
    assert {item.sku for item in items.values() if item.supplier_id} == theirs
    assert set(left.values()) == {stock.UNLIMITED}
