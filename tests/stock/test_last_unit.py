"""The last unit and two who want it, many rounds; and a control that shows the race these rounds would find."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select, update

from giftshop.db import Database, Transaction
from giftshop.kernel.errors import Refused
from giftshop.stock import AlreadyReserved, Level, OutOfStock, levels, release, reserve
from giftshop.stock.models import StockLevel

Shelve = Callable[..., int]
ROUNDS = 500 if os.environ.get("TORTURE") else 50


def race(choosers: int, choose: Callable[[int], bool]) -> list[bool]:
    """Let `choosers` choose at the same moment."""
    with ThreadPoolExecutor(choosers) as together:
        return list(together.map(choose, range(choosers)))


def test_of_two_who_want_the_last_one_exactly_one_gets_it(database: Database, shelved: Shelve) -> None:
    umbrella = shelved(1)
    for number in range(ROUNDS):
        start = Barrier(2)

        def choose(who: int, start: Barrier = start, number: int = number) -> bool:
            start.wait()
            try:
                database.transact(reserve, umbrella, 1, purpose=(f"chooser {who}", number))
            except OutOfStock:
                return False
            return True

        assert sorted(race(2, choose)) == [False, True]
        for who in range(2):
            database.transact(release, (f"chooser {who}", number))
    with database.reading() as reader:
        assert levels(reader, [umbrella])[umbrella] == Level(on_hand=1, reserved=0)


def test_sixteen_who_want_ten_get_ten(database: Database, shelved: Shelve) -> None:
    umbrella, start = shelved(10), Barrier(16)

    def choose(who: int) -> bool:
        start.wait()
        try:
            database.transact(reserve, umbrella, 1, purpose=("shipment", who))
        except OutOfStock:
            return False
        return True

    assert sum(race(16, choose)) == 10
    with database.reading() as reader:
        assert levels(reader, [umbrella])[umbrella].available == 0


def test_one_parcel_promised_twice_at_once_holds_it_once(database: Database, shelved: Shelve) -> None:
    umbrella, start = shelved(10), Barrier(8)

    def choose(_who: int) -> bool:
        start.wait()
        try:
            database.transact(reserve, umbrella, 1, purpose=("shipment", 1))
        except AlreadyReserved:
            return False
        return True

    assert sum(race(8, choose)) == 1
    with database.reading() as reader:
        assert levels(reader, [umbrella])[umbrella] == Level(on_hand=10, reserved=1)


def test_control_reading_first_and_writing_then_sells_the_last_one_twice(database: Database, shelved: Shelve) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite has one writer at a time: only PostgreSQL can show this race")
    umbrella, both_have_read = shelved(1), Barrier(2)

    def careless(tx: Transaction) -> None:
        free = tx.scalars(select(StockLevel.on_hand - StockLevel.reserved).where(StockLevel.item_id == umbrella)).one()
        both_have_read.wait()
        if free < 1:
            raise OutOfStock
        tx.change(update(StockLevel).where(StockLevel.item_id == umbrella).values(reserved=1))

    def choose(_who: int) -> bool:
        try:
            database.transact(careless)
        except Refused:
            return False
        return True

    assert race(2, choose) == [True, True], "the control must show the race that `reserve` decides"
