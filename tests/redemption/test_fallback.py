"""For a gift book that is about to lapse the firm is sent the gift it named, once, where its cards were sent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from giftshop import cards, fulfilment
from giftshop.cards import Addressed, CardState, PrintedCard, ProgrammeEnding
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from tests.redemption.conftest import HAN, Book

GUESTS = [Addressed("王小明"), Addressed("李华")]


@pytest.fixture
def waiting(book: Book) -> list[PrintedCard]:
    """Three books, of which one is redeemed; their parcel went to Han Meimei of the firm."""
    printed = book.cards(3, addressees=GUESTS, fallback_item_id=book.items["CUP-2"])
    book.redeemed(printed[1])
    with book.database.reading() as reader:
        batch_id = cards.card_with_serial(reader, printed[0].serial).batch_id
    book.database.transact(
        fulfilment.request_shipment,
        source=("batch", batch_id),
        receiver=HAN,
        lines=[fulfilment.Line(item_id=None, words={"en": "3 printed cards"}, quantity=1)],
        firm_id=book.people.lantern.id,
        promised_on=clock.now().date(),
        not_before=None,
        is_surprise=False,
        at=clock.now(),
        by=SYSTEM,
    )
    return printed


def the_end_is_near(book: Book, card: PrintedCard, days: int = 1) -> None:
    with book.database.reading() as reader:
        found = cards.held_card(reader, book.card_id(card), at=clock.now())
    book.database.transact(lambda tx: tx.publish(ProgrammeEnding(found.programme_id, days)))
    with book.app.app_context():
        book.app.jobs.run_due()


def test_it_is_sent_for_each_book_that_is_left_with_the_persons_name(book: Book, waiting: list[PrintedCard]) -> None:
    before = book.left("CUP-2")
    for _twice in range(2):
        the_end_is_near(book, waiting[0])
    assert book.left("CUP-2") == before - 2
    assert book.shipment(waiting[0]).receiver == replace(HAN, name="王小明 · 韩梅梅")
    assert book.shipment(waiting[2]).receiver == HAN
    assert book.redemption(waiting[1]).item_id == book.items["TEA-1"]


def test_a_week_before_nothing_is_sent(book: Book, waiting: list[PrintedCard]) -> None:
    the_end_is_near(book, waiting[0], days=7)
    with book.database.reading() as reader:
        assert cards.card_with_serial(reader, waiting[0].serial).state is CardState.ACTIVE


def test_when_the_gift_is_gone_the_book_goes_on_until_its_last_day(book: Book, waiting: list[PrintedCard]) -> None:
    book.take_all("CUP-2")
    the_end_is_near(book, waiting[0])
    with book.database.reading() as reader:
        assert cards.card_with_serial(reader, waiting[0].serial).state is CardState.ACTIVE
    book.redeemed(waiting[0])


def test_where_no_gift_was_named_nothing_is_sent(book: Book) -> None:
    card = book.cards()[0]
    the_end_is_near(book, card)
    with book.database.reading() as reader:
        assert cards.card_with_serial(reader, card.serial).state is CardState.ACTIVE
