from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from giftshop.catalogue import ItemState, draw_up_item, item, items_by_id, items_by_sku, offer_item, withdraw_item
from giftshop.catalogue.errors import AmountNotPositive, NameMissing, NotASku, NotComplete, NotInThatState, SkuTaken
from giftshop.catalogue.service import change_item
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing, Refused
from giftshop.kernel.money import Money
from tests.catalogue.conftest import LIN, tea

Make = Callable[..., int]
NOW = clock.now()


def test_a_new_item_is_a_draft_in_its_usual_form(database: Database) -> None:
    written = database.transact(draw_up_item, tea(" ｔｅａ-9 ", tags=(" Tea ", "tea", "")), by=LIN, at=NOW)
    with database.reading() as reader:
        found = item(reader, written.id)
    assert (found.sku, found.state, found.tags) == ("TEA-9", ItemState.DRAFT, ["tea"])
    assert found.price == Money(16800, "CNY")


def test_two_items_never_share_a_sku(database: Database, offered: Make) -> None:
    offered("TEA-1")
    with pytest.raises(SkuTaken):
        database.transact(draw_up_item, tea("tea-1"), by=LIN, at=NOW)
    other = offered("TEA-2")
    with pytest.raises(SkuTaken):
        database.transact(change_item, other, tea("TEA-1"), by=LIN, at=NOW)


def test_of_two_who_write_the_same_sku_at_once_one_is_told(database: Database) -> None:
    start = Barrier(2)

    def write(_who: int) -> str:
        start.wait()
        try:
            return database.transact(draw_up_item, tea("SAME"), by=LIN, at=NOW).sku
        except Refused as refusal:
            return type(refusal).__name__

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(write, range(2))) == ["SAME", "SkuTaken"]


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"sku": "a b"}, NotASku, "sku"),
        ({"sku": ""}, NotASku, "sku"),
        ({"names": {"en": "  "}}, NameMissing, "name_en"),
        ({"price": Money(0, "CNY")}, AmountNotPositive, "price"),
        ({"price": Money(-1, "CNY")}, AmountNotPositive, "price"),
    ],
)
def test_a_wrong_fact_is_refused_at_its_field(
    database: Database, changes: dict[str, object], refusal: type[Refused], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        database.transact(draw_up_item, tea(**changes), by=LIN, at=NOW)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_an_item_without_words_or_picture_does_not_go_on_offer(database: Database) -> None:
    for changes in ({"picture": None}, {"names": {"en": "Tea"}}, {"descriptions": {"zh_Hans": "茶"}}):
        sku = f"T{len(str(changes))}"
        draft = database.transact(draw_up_item, tea(sku, **changes), by=LIN, at=NOW)
        with pytest.raises(NotComplete):
            database.transact(offer_item, draft.id, by=LIN, at=NOW)


def test_an_item_on_offer_stays_complete(database: Database, offered: Make) -> None:
    item_id = offered()
    with pytest.raises(NotComplete):
        database.transact(change_item, item_id, tea(picture=None), by=LIN, at=NOW)


def test_a_withdrawn_item_comes_back_and_is_withdrawn_once(database: Database, offered: Make) -> None:
    item_id = offered()
    database.transact(withdraw_item, item_id, by=LIN, at=NOW)
    with pytest.raises(NotInThatState):
        database.transact(withdraw_item, item_id, by=LIN, at=NOW)
    database.transact(offer_item, item_id, by=LIN, at=NOW)
    with database.reading() as reader:
        assert item(reader, item_id).state is ItemState.ON_OFFER


def test_items_are_read_many_at_a_time(database: Database, offered: Make) -> None:
    one, two = offered("ONE"), offered("TWO")
    with database.reading() as reader:
        assert set(items_by_id(reader, [one, two, 999])) == {one, two}
        assert items_by_id(reader, []) == {}
        assert set(items_by_sku(reader, ["ONE", "TWO", "NONE"])) == {"ONE", "TWO"}
        with pytest.raises(Missing):
            item(reader, 999)
