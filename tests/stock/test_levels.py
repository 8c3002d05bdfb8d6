from __future__ import annotations

from collections.abc import Callable

import pytest

from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing
from giftshop.stock import (
    AlreadyReserved,
    Level,
    OutOfStock,
    available,
    consume,
    correct,
    levels,
    put_back,
    receive,
    release,
    reserve,
)
from giftshop.stock.errors import CountedMeanwhile, FewerThanReserved, QuantityNotPositive, ReasonMissing, TooMany
from giftshop.stock.models import MOST
from giftshop.stock.queries import movements
from tests.stock.conftest import WEI

Shelve = Callable[..., int]
NOW = clock.now()
PARCEL = ("shipment", 1)


def level(database: Database, item_id: int) -> Level:
    with database.reading() as reader:
        return levels(reader, [item_id])[item_id]


def hold(database: Database, item_id: int, quantity: int, shipment: int = 1) -> None:
    database.transact(reserve, item_id, quantity, purpose=("shipment", shipment))


def test_what_comes_in_is_on_the_shelf_and_noted(database: Database, shelved: Shelve) -> None:
    umbrella = shelved(5)
    database.transact(receive, umbrella, 3, "delivery note 17", by=WEI, at=NOW)
    assert level(database, umbrella) == Level(on_hand=8, reserved=0)
    with database.reading() as reader:
        assert [(move.change, move.reason) for move in movements(reader, umbrella)] == [
            (3, "delivery note 17"),
            (5, "first delivery"),
        ]


def test_what_never_came_in_is_not_available(database: Database, shelved: Shelve) -> None:
    umbrella = shelved(0)
    with database.reading() as reader:
        assert available(reader, [umbrella]) == {umbrella: 0}
    with pytest.raises(OutOfStock):
        hold(database, umbrella, 1)


def test_a_parcel_holds_then_takes_what_it_was_promised(database: Database, shelved: Shelve) -> None:
    umbrella = shelved(5)
    hold(database, umbrella, 2)
    assert level(database, umbrella) == Level(on_hand=5, reserved=2)
    assert database.transact(consume, PARCEL) == 1
    assert level(database, umbrella) == Level(on_hand=3, reserved=0)


def test_a_cancelled_parcel_gives_back_what_it_held(database: Database, shelved: Shelve) -> None:
    umbrella, mug = shelved(5), shelved(1, "MUG")
    hold(database, umbrella, 2)
    hold(database, mug, 1)
    assert database.transact(release, PARCEL) == 2
    assert level(database, umbrella) == Level(on_hand=5, reserved=0)
    assert level(database, mug) == Level(on_hand=1, reserved=0)


@pytest.mark.parametrize("step", [release, consume, put_back])
def test_a_step_done_twice_does_nothing_more(database: Database, shelved: Shelve, step: Callable[..., int]) -> None:
    umbrella = shelved(5)
    hold(database, umbrella, 2)
    if step is put_back:
        database.transact(consume, PARCEL)
    database.transact(step, PARCEL)
    after_once = level(database, umbrella)
    assert database.transact(step, PARCEL) == 0
    assert level(database, umbrella) == after_once


def test_a_dispatch_undone_puts_the_goods_back_and_keeps_the_promise(database: Database, shelved: Shelve) -> None:
    umbrella = shelved(5)
    hold(database, umbrella, 2)
    database.transact(consume, PARCEL)
    database.transact(put_back, PARCEL)
    assert level(database, umbrella) == Level(on_hand=5, reserved=2)
    database.transact(release, PARCEL)
    assert level(database, umbrella) == Level(on_hand=5, reserved=0)


def test_what_left_is_not_released(database: Database, shelved: Shelve) -> None:
    umbrella = shelved(5)
    hold(database, umbrella, 2)
    database.transact(consume, PARCEL)
    assert database.transact(release, PARCEL) == 0
    assert level(database, umbrella) == Level(on_hand=3, reserved=0)


def test_more_than_is_free_is_refused_with_the_facts(database: Database, shelved: Shelve) -> None:
    umbrella = shelved(5)
    hold(database, umbrella, 4)
    with pytest.raises(OutOfStock) as refused:
        hold(database, umbrella, 2, shipment=2)
    assert refused.value.facts == {"item_id": umbrella, "sku": "UMBRELLA", "wanted": 2}
    hold(database, umbrella, 1, shipment=2)


def test_a_parcel_holds_an_item_once(database: Database, shelved: Shelve) -> None:
    umbrella = shelved(5)
    hold(database, umbrella, 2)
    with pytest.raises(AlreadyReserved):
        hold(database, umbrella, 2)
    assert level(database, umbrella) == Level(on_hand=5, reserved=2)


def test_a_count_replaces_what_the_page_said(database: Database, shelved: Shelve) -> None:
    umbrella = shelved(5)
    database.transact(correct, umbrella, 3, "two were wet", seen=5, by=WEI, at=NOW)
    assert level(database, umbrella) == Level(on_hand=3, reserved=0)
    never_received = shelved(0, "MUG")
    database.transact(correct, never_received, 4, "found behind the door", seen=0, by=WEI, at=NOW)
    assert level(database, never_received) == Level(on_hand=4, reserved=0)


def test_a_count_that_would_break_a_promise_is_refused(database: Database, shelved: Shelve) -> None:
    umbrella = shelved(5)
    hold(database, umbrella, 4)
    with pytest.raises(FewerThanReserved, match="4 are reserved"):
        database.transact(correct, umbrella, 3, "two were wet", seen=5, by=WEI, at=NOW)


def test_a_count_of_a_shelf_that_moved_meanwhile_is_refused(database: Database, shelved: Shelve) -> None:
    umbrella = shelved(5)
    database.transact(receive, umbrella, 1, "late delivery", by=WEI, at=NOW)
    with pytest.raises(CountedMeanwhile, match="now says 6"):
        database.transact(correct, umbrella, 4, "counted", seen=5, by=WEI, at=NOW)


def test_nonsense_is_refused_at_its_field(database: Database, shelved: Shelve) -> None:
    umbrella = shelved(5)
    for quantity, refusal in (
        (0, QuantityNotPositive),
        (-3, QuantityNotPositive),
        (MOST + 1, TooMany),
        (MOST, TooMany),
    ):
        with pytest.raises(refusal) as refused:
            database.transact(receive, umbrella, quantity, "", by=WEI, at=NOW)
        assert refused.value.field == "quantity"
    with pytest.raises(ReasonMissing):
        database.transact(correct, umbrella, 3, " ", seen=5, by=WEI, at=NOW)
    with pytest.raises(FewerThanReserved):
        database.transact(correct, umbrella, -1, "?", seen=5, by=WEI, at=NOW)
    with pytest.raises(Missing):
        database.transact(receive, 999, 1, "", by=WEI, at=NOW)
    assert level(database, umbrella) == Level(on_hand=5, reserved=0)
