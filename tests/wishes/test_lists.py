"""Lists and favourites in the database: what two do at once, what another firm may not, and how much there may be."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from giftshop import catalogue, giftsets
from giftshop.catalogue import ItemFacts, NoSuchItem
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.errors import DomainError
from giftshop.kernel.money import Money
from giftshop.wishes import favourites, queries, rules, service
from giftshop.wishes.errors import (
    ListFull,
    NameMissing,
    NoSuchList,
    NothingToPack,
    TooManyFavourites,
    TooManyLists,
)
from giftshop.wishes.service import Placed, Wanted
from tests.giftsets.making import Shelf
from tests.people import People


@pytest.fixture
def list_id(database: Database, people: People, shelf: Shelf) -> int:
    """Lantern's list with tea and a thermos on it."""
    return database.transact(service.draw_up, people.lantern.id, "中秋", [shelf.tea, shelf.cup], **who(people))


def who(people: People) -> dict[str, Any]:
    return {"by": people.lantern.buyer.actor, "at": clock.now()}


def order_of(database: Database, list_id: int) -> list[int]:
    with database.reading() as reader:
        lines = queries.lines_of(reader, list_id)
    assert [line.row.position for line in lines] == list(range(1, len(lines) + 1))
    return [line.item.id for line in lines]


def at_once(command: Callable[[], Any], times: int = 4) -> list[Any]:
    def tried(_turn: int) -> Any:
        try:
            return command()
        except DomainError as refusal:
            return type(refusal)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(tried, range(times)))


def draft(database: Database, people: People) -> int:
    facts = ItemFacts(sku="DRAFT-1", names={"en": "Secret"}, price=Money(100, "CNY"))
    by: dict[str, Any] = {"by": people.staff.sales.actor, "at": clock.now()}
    return database.transact(lambda tx: catalogue.draw_up_item(tx, facts, **by).id)


def test_the_same_gift_by_many_at_once_is_on_the_list_once(
    database: Database, people: People, shelf: Shelf, list_id: int
) -> None:
    place = (list_id, people.lantern.id, Placed(shelf.mooncakes))
    answers = at_once(lambda: database.transact(service.put_in, *place, **who(people)))
    assert sorted(answers) == [False, False, False, True]
    assert order_of(database, list_id) == [shelf.tea, shelf.cup, shelf.mooncakes]


def test_the_same_favourite_by_many_at_once_is_kept_once(database: Database, people: People, shelf: Shelf) -> None:
    user_id = people.lantern.buyer.id
    at_once(lambda: database.transact(favourites.keep, user_id, shelf.tea, at=clock.now()))
    with database.reading() as reader:
        assert favourites.favourites_of(reader, user_id) == [shelf.tea]
        assert favourites.favourites_of(reader, people.lantern.approver.id) == []
    database.transact(favourites.let_go, user_id, shelf.tea)
    database.transact(favourites.let_go, user_id, shelf.tea)
    with database.reading() as reader:
        assert favourites.favourites_of(reader, user_id) == []


def test_another_firms_list_is_none(database: Database, people: People, shelf: Shelf, list_id: int) -> None:
    theirs: dict[str, Any] = {"by": people.harbour.buyer.actor, "at": clock.now()}
    firm = people.harbour.id
    commands: list[tuple[Any, tuple[Any, ...], dict[str, Any]]] = [
        (service.put_in, (Placed(shelf.mooncakes),), theirs),
        (service.take_out, (shelf.tea,), theirs),
        (service.arrange, (Wanted("Ours", 1),), {}),
        (service.move, (shelf.tea, 1), {}),
        (service.drop, (), theirs),
        (service.bring_back, (), theirs),
        (service.make_set, (), theirs),
    ]
    for command, facts, more in commands:
        with pytest.raises(NoSuchList):
            database.transact(command, list_id, firm, *facts, **more)
    assert order_of(database, list_id) == [shelf.tea, shelf.cup]


def test_a_draft_is_nobodys_to_wish_for(database: Database, people: People, list_id: int) -> None:
    item_id = draft(database, people)
    with pytest.raises(NoSuchItem):
        database.transact(service.put_in, list_id, people.lantern.id, Placed(item_id), **who(people))
    with pytest.raises(NoSuchItem):
        database.transact(favourites.keep, people.lantern.buyer.id, item_id, at=clock.now())
    with pytest.raises(NoSuchItem):
        database.transact(service.draw_up, people.lantern.id, "New", [item_id], **who(people))
    database.transact(favourites.carry_over, people.lantern.buyer.id, [item_id, 10**11], at=clock.now())
    with database.reading() as reader:
        assert favourites.favourites_of(reader, people.lantern.buyer.id) == []


def test_a_list_is_arranged_and_what_is_not_named_stays(
    database: Database, people: People, shelf: Shelf, list_id: int
) -> None:
    wanted = Wanted("Spring", 12, {shelf.cup: 3, 999: 5}, {shelf.cup: " for the desk "}, [shelf.cup])
    database.transact(service.arrange, list_id, people.lantern.id, wanted)
    with database.reading() as reader:
        found = queries.own_list(reader, people.lantern.id, list_id)
        lines = [(line.item.id, line.row.quantity, line.row.note) for line in queries.lines_of(reader, list_id)]
    assert (found.name, found.people) == ("Spring", 12)
    assert lines == [(shelf.cup, 3, "for the desk"), (shelf.tea, 1, "")]
    with pytest.raises(NameMissing):
        database.transact(service.arrange, list_id, people.lantern.id, Wanted("  ", 1))
    database.transact(service.move, list_id, people.lantern.id, shelf.tea, -1)
    assert order_of(database, list_id) == [shelf.tea, shelf.cup]


def test_what_was_taken_off_goes_back_where_it_stood(
    database: Database, people: People, shelf: Shelf, list_id: int
) -> None:
    place = (list_id, people.lantern.id)
    database.transact(service.put_in, *place, Placed(shelf.mooncakes, 2, "sweet", 1), **who(people))
    assert order_of(database, list_id) == [shelf.mooncakes, shelf.tea, shelf.cup]
    stood = database.transact(service.take_out, *place, shelf.mooncakes, **who(people))
    assert stood == Placed(shelf.mooncakes, 2, "sweet", 1)
    assert order_of(database, list_id) == [shelf.tea, shelf.cup]
    assert database.transact(service.take_out, *place, shelf.mooncakes, **who(people)) is None
    database.transact(service.put_in, *place, stood, **who(people))
    assert order_of(database, list_id) == [shelf.mooncakes, shelf.tea, shelf.cup]


def test_a_deleted_list_is_gone_until_it_is_brought_back(database: Database, people: People, list_id: int) -> None:
    place = (list_id, people.lantern.id)
    database.transact(service.drop, *place, **who(people))
    with database.reading() as reader:
        assert queries.lists_of(reader, people.lantern.id) == []
    with pytest.raises(NoSuchList):
        database.transact(service.drop, *place, **who(people))
    database.transact(service.bring_back, *place, **who(people))
    database.transact(service.bring_back, *place, **who(people))
    assert len(order_of(database, list_id)) == 2


def test_there_are_so_many_lists_gifts_and_favourites(
    database: Database, people: People, shelf: Shelf, list_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MAX_LISTS", 3)
    monkeypatch.setattr(service, "MAX_ITEMS", 2)
    monkeypatch.setattr(favourites, "MAX_FAVOURITES", 1)
    firm = people.lantern.id
    answers = at_once(lambda: database.transact(service.draw_up, firm, "New", **who(people)))
    assert answers.count(TooManyLists) == 2, "one was there, three may be"
    database.transact(service.drop, list_id, firm, **who(people))
    database.transact(service.draw_up, firm, "In its place", **who(people))
    with pytest.raises(TooManyLists):
        database.transact(service.bring_back, list_id, firm, **who(people))
    (newest, *_others) = [each.id for each in database.transact(queries.lists_of, firm)]
    for item_id in (shelf.tea, shelf.cup):
        database.transact(service.put_in, newest, firm, Placed(item_id), **who(people))
    with pytest.raises(ListFull):
        database.transact(service.put_in, newest, firm, Placed(shelf.mooncakes), **who(people))
    user_id = people.lantern.buyer.id
    database.transact(favourites.keep, user_id, shelf.tea, at=clock.now())
    database.transact(favourites.keep, user_id, shelf.tea, at=clock.now())
    with pytest.raises(TooManyFavourites):
        database.transact(favourites.keep, user_id, shelf.cup, at=clock.now())
    assert (rules.MAX_LISTS, rules.MAX_ITEMS) == (50, 100)


def test_a_gift_set_is_made_of_what_is_offered(database: Database, people: People, shelf: Shelf, list_id: int) -> None:
    firm = people.lantern.id
    database.transact(service.arrange, list_id, firm, Wanted("中秋", 40, {shelf.cup: 2}))
    set_id = database.transact(service.make_set, list_id, firm, **who(people))
    with database.reading() as reader:
        made = giftsets.gift_set(reader, firm, set_id)
        parts = {part.item_id: part.quantity for part in giftsets.contents_of(reader, set_id).parts}
    assert (made.name, made.planned, parts) == ("中秋", 40, {shelf.tea: 1, shelf.cup: 2})
    sales: dict[str, Any] = {"by": people.staff.sales.actor, "at": clock.now() + timedelta(minutes=1)}
    for item_id in (shelf.tea, shelf.cup):
        database.transact(catalogue.withdraw_item, item_id, **sales)
    with pytest.raises(NothingToPack):
        database.transact(service.make_set, list_id, firm, **who(people))
