from __future__ import annotations

from collections.abc import Callable

import pytest

from giftshop.catalogue import (
    EditionState,
    add_gift,
    close_edition,
    draw_up_next_edition,
    edition,
    editions_on_offer,
    items_of,
    offer_edition,
    withdraw_item,
)
from giftshop.catalogue.errors import (
    AlreadyInEdition,
    CodeTaken,
    EditionIsEmpty,
    EditionIsFixed,
    ItemNotOnOffer,
    NotAnEditionCode,
    NotInThatState,
)
from giftshop.catalogue.service import change_edition, draw_up_edition, draw_up_item, move_gift, remove_gift
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing
from tests.catalogue.conftest import LIN, book, tea

Make = Callable[..., int]
NOW = clock.now()


def skus(database: Database, edition_id: int) -> list[str]:
    with database.reading() as reader:
        return [gift.sku for gift in items_of(reader, edition_id)]


def put(database: Database, edition_id: int, *item_ids: int) -> None:
    for item_id in item_ids:
        database.transact(add_gift, edition_id, item_id, by=LIN, at=NOW)


def test_a_book_shows_its_gifts_in_the_order_lin_put_them(database: Database, offered: Make, drawn_up: Make) -> None:
    first, second, third = offered("A"), offered("B"), offered("C")
    edition_id = drawn_up()
    put(database, edition_id, first, second, third)
    database.transact(move_gift, edition_id, third, -2, by=LIN, at=NOW)
    assert skus(database, edition_id) == ["C", "A", "B"]
    database.transact(move_gift, edition_id, third, 99, by=LIN, at=NOW)
    assert skus(database, edition_id) == ["A", "B", "C"]
    database.transact(remove_gift, edition_id, second, by=LIN, at=NOW)
    assert skus(database, edition_id) == ["A", "C"]


def test_a_gift_stands_once_in_a_book(database: Database, offered: Make, drawn_up: Make) -> None:
    edition_id, gift = drawn_up(), offered()
    put(database, edition_id, gift)
    with pytest.raises(AlreadyInEdition):
        put(database, edition_id, gift)


def test_a_draft_is_not_put_into_a_book(database: Database, drawn_up: Make) -> None:
    draft = database.transact(draw_up_item, tea("DRAFT"), by=LIN, at=NOW)
    with pytest.raises(ItemNotOnOffer, match="DRAFT"):
        put(database, drawn_up(), draft.id)


def test_an_empty_book_is_not_offered(database: Database, drawn_up: Make) -> None:
    edition_id = drawn_up()
    with pytest.raises(EditionIsEmpty):
        database.transact(offer_edition, edition_id, by=LIN, at=NOW)
    with database.reading() as reader:
        assert edition(reader, edition_id).state is EditionState.DRAWN_UP


def test_a_book_with_a_gift_withdrawn_meanwhile_is_not_offered(
    database: Database, offered: Make, drawn_up: Make
) -> None:
    edition_id, gift = drawn_up(), offered()
    put(database, edition_id, gift)
    database.transact(withdraw_item, gift, by=LIN, at=NOW)
    with pytest.raises(ItemNotOnOffer):
        database.transact(offer_edition, edition_id, by=LIN, at=NOW)


def test_the_gifts_of_a_book_on_offer_are_fixed_since_it_may_be_printed(
    database: Database, offered: Make, drawn_up: Make
) -> None:
    edition_id, gift = drawn_up(), offered()
    put(database, edition_id, gift)
    database.transact(offer_edition, edition_id, by=LIN, at=NOW)
    changes: list[Callable[[], None]] = [
        lambda: put(database, edition_id, offered("B")),
        lambda: database.transact(remove_gift, edition_id, gift, by=LIN, at=NOW),
        lambda: database.transact(move_gift, edition_id, gift, 1, by=LIN, at=NOW),
        lambda: database.transact(change_edition, edition_id, book("OTHER"), by=LIN, at=NOW),
    ]
    for change in changes:
        with pytest.raises(EditionIsFixed):
            change()
    assert skus(database, edition_id) == ["TEA-1"]


def test_a_printed_book_keeps_its_gifts_when_the_next_edition_appears(
    database: Database, offered: Make, drawn_up: Make
) -> None:
    last_year, kept, gone = drawn_up("G200-2025"), offered("KEPT"), offered("GONE")
    put(database, last_year, kept, gone)
    database.transact(offer_edition, last_year, by=LIN, at=NOW)
    database.transact(withdraw_item, gone, by=LIN, at=NOW)
    this_year = database.transact(draw_up_next_edition, last_year, book("G200-2026"), by=LIN, at=NOW).id
    put(database, this_year, offered("NEW"))
    database.transact(offer_edition, this_year, by=LIN, at=NOW)
    database.transact(close_edition, last_year, by=LIN, at=NOW)
    assert skus(database, last_year) == ["KEPT", "GONE"]
    assert skus(database, this_year) == ["KEPT", "NEW"]
    with database.reading() as reader:
        assert [book.id for book in editions_on_offer(reader)] == [this_year]
        assert edition(reader, this_year).follows_id == last_year
        assert edition(reader, last_year).state is EditionState.CLOSED


def test_a_book_is_closed_once(database: Database, offered: Make, drawn_up: Make) -> None:
    edition_id = drawn_up()
    put(database, edition_id, offered())
    with pytest.raises(NotInThatState):
        database.transact(close_edition, edition_id, by=LIN, at=NOW)
    database.transact(offer_edition, edition_id, by=LIN, at=NOW)
    database.transact(close_edition, edition_id, by=LIN, at=NOW)
    with pytest.raises(NotInThatState):
        database.transact(close_edition, edition_id, by=LIN, at=NOW)


def test_two_books_never_share_a_code(database: Database, drawn_up: Make) -> None:
    drawn_up("G200")
    with pytest.raises(CodeTaken, match="G200"):
        drawn_up("g200")
    other = drawn_up("G500")
    with pytest.raises(CodeTaken):
        database.transact(change_edition, other, book("G200"), by=LIN, at=NOW)


def test_a_code_that_would_not_fit_an_address_is_refused(database: Database) -> None:
    for code in ("", "-", "A", "礼品", "a b", "X" * 33, "../.."):
        with pytest.raises(NotAnEditionCode):
            database.transact(draw_up_edition, book(code), by=LIN, at=NOW)


def test_a_book_that_does_not_exist_is_missing(database: Database, offered: Make) -> None:
    with pytest.raises(Missing):
        database.transact(add_gift, 999, offered(), by=LIN, at=NOW)
