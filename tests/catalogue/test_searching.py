"""Items are found by what people type, on both databases, and as soon as they are written."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from giftshop.catalogue import (
    CollectionFacts,
    CollectionKind,
    add_collection,
    drop_collection,
    items_to_choose,
    understand,
)
from giftshop.catalogue.importing import import_items, upload_items
from giftshop.catalogue.service import change_item
from giftshop.db import Database
from giftshop.kernel import clock
from tests.catalogue.conftest import LIN, tea

Make = Callable[..., int]
NOW = clock.now()


@pytest.fixture(autouse=True)
def shelf(offered: Make) -> None:
    """Five gifts and a collection."""
    offered("TEA-LJ-150")
    offered("MOO-1", names={"en": "Mooncakes in a chest", "zh_Hans": "中秋月饼"}, tags=("food", "mid-autumn"))
    offered("PEN-1", names={"en": "Fountain pen", "zh_Hans": "钢笔"}, tags=("office",))
    offered("BAS-1", names={"en": "Basin", "zh_Hans": "恒温足浴盆"}, tags=("health",))
    offered("POT-1", names={"en": "Teapot of purple clay", "zh_Hans": "紫砂壶"}, tags=("tea",))


def found(database: Database, words: str) -> list[str]:
    with database.reading() as reader:
        return [item.sku for item in items_to_choose(reader, "CNY", wanted=words)]


def call_tea(database: Database) -> int:
    facts = CollectionFacts("tea", CollectionKind.SORT, {"en": "Tea", "zh_Hans": "茶与茶具"}, also="茶叶")
    return database.transact(add_collection, facts, by=LIN, at=NOW).id


@pytest.mark.parametrize(
    ("words", "skus"),
    [
        ("longjing", ["TEA-LJ-150"]),
        ("龙井", ["TEA-LJ-150"]),
        ("ＬＯＮＧＪＩＮＧ", ["TEA-LJ-150"]),
        ("xihu longjing", ["TEA-LJ-150"]),
        ("西湖longjing", ["TEA-LJ-150"]),
        ("xhlj", ["TEA-LJ-150"]),
        ("lj", ["TEA-LJ-150"]),
        ("tea-lj-150", ["TEA-LJ-150"]),
        ("tealj150", ["TEA-LJ-150"]),
        ("moon cake", ["MOO-1"]),
        ("mooncakes", ["MOO-1"]),
        ("yuebing", ["MOO-1"]),
        ("pen", ["PEN-1"]),
        ("gangbi", ["PEN-1"]),
        ("mid-autumn", ["MOO-1"]),
        ("unicorn", []),
        ("%", []),
        ("\x00", []),
    ],
)
def test_what_people_type_finds_what_they_mean(database: Database, words: str, skus: list[str]) -> None:
    assert found(database, words) == skus


@pytest.mark.parametrize(
    ("words", "mended", "sku"),
    [
        ("longjng", "longjing", "TEA-LJ-150"),
        ("龙景", "龙井", "TEA-LJ-150"),
        ("foutnain", "fountain", "PEN-1"),
        ("月饼盒", "月饼", "MOO-1"),
        ("pen xyzzyx", "pen", "PEN-1"),
    ],
)
def test_what_is_mistyped_is_mended_and_said(database: Database, words: str, mended: str, sku: str) -> None:
    with database.reading() as reader:
        assert understand(reader, words).mended == mended
        assert not understand(reader, mended).mended
    assert found(database, words) == [sku]


def test_a_whole_word_comes_before_the_beginning_of_one(database: Database) -> None:
    assert found(database, "tea") == ["TEA-LJ-150", "POT-1"]
    assert found(database, "teap") == ["POT-1"]


def test_what_a_collection_is_called_finds_its_gifts_until_it_is_dropped(database: Database) -> None:
    assert found(database, "茶叶") == []
    collection_id = call_tea(database)
    assert sorted(found(database, "茶叶")) == ["POT-1", "TEA-LJ-150"]
    assert sorted(found(database, "chaye")) == ["POT-1", "TEA-LJ-150"]
    database.transact(drop_collection, collection_id, by=LIN, at=NOW)
    assert found(database, "茶叶") == []


def test_a_changed_item_is_found_by_its_new_words_only(database: Database, offered: Make) -> None:
    item_id = offered("CUP-1", names={"en": "Cup", "zh_Hans": "对杯"})
    renamed = tea("CUP-1", names={"en": "Mug", "zh_Hans": "马克杯"})
    database.transact(change_item, item_id, renamed, by=LIN, at=NOW)
    assert (found(database, "mug"), found(database, "cup"), found(database, "duibei")) == (["CUP-1"], ["CUP-1"], [])


def test_imported_items_are_found(database: Database) -> None:
    raw = "SKU,Name,Price\nHON-1,长白山椴树蜜,148\n".encode()
    file_id = database.transact(upload_items, "honey.csv", raw, by=LIN, at=NOW)
    database.transact(import_items, file_id, currency="CNY", by=LIN, at=NOW)
    with database.reading() as reader:
        search = understand(reader, "changbaishan")
        assert search
        assert not search.mended
        assert reader.scalar(select(func.count()).select_from(search.matches())) == 1
