"""One card and many hands, one gift and two choosers: somebody wins, nobody twice, and no one sees an error of ours."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import func, select

from giftshop import cards, stock
from giftshop.addresses import Receiver
from giftshop.cards import AlreadyClaimed, PrintedCard
from giftshop.db import Transaction
from giftshop.fulfilment import Shipment
from giftshop.kernel import clock
from giftshop.redemption import JustTaken, Redemption, redeem
from giftshop.stock import available
from tests.redemption.conftest import HAN, LI_LEI, Book, Recipient, holder
from tests.torture import figure

HANDS = 64 if os.environ.get("TORTURE") else 32


def together(attempts: Sequence[Callable[[], bool]]) -> int:
    """How many of the attempts, let go at the same moment, succeeded."""
    start = threading.Barrier(len(attempts))

    def one(attempt: Callable[[], bool]) -> bool:
        start.wait()
        return attempt()

    with ThreadPoolExecutor(len(attempts)) as hands:
        return sum(hands.map(one, attempts))


def redeemed(book: Book, card_id: int, item_id: int, *, receiver: Receiver = LI_LEI) -> bool:
    """Whether this hand was the one."""
    by, at = holder(card_id), clock.now()
    try:
        book.database.transact(redeem, card_id, item_id, receiver, locale="en", by=by, at=at)
    except (AlreadyClaimed, JustTaken):
        return False
    return True


def counts(book: Book) -> tuple[int, int]:
    with book.database.reading() as reader:
        redemptions = reader.scalar(select(func.count()).select_from(Redemption)) or 0
        return redemptions, reader.scalar(select(func.count()).select_from(Shipment)) or 0


@pytest.mark.torture
def test_of_many_who_redeem_one_code_at_once_exactly_one_does(book: Book) -> None:
    codes = figure(200)
    book.stock_up("TEA-1", codes)
    for card in book.cards(codes):
        card_id, item_id = book.card_id(card), book.items["TEA-1"]
        assert together([partial(redeemed, book, card_id, item_id)] * HANDS) == 1
    assert counts(book) == (codes, codes)
    assert book.left("TEA-1") == 10


def test_a_control_that_reads_and_then_writes_redeems_one_code_several_times(book: Book, card: PrintedCard) -> None:
    """What the test above would see if redeeming decided by reading: this is the race, so that test can fail."""
    card_id, item_id = book.card_id(card), book.items["TEA-1"]
    book.stock_up("TEA-1", HANDS)
    all_have_read = threading.Barrier(HANDS)

    def send(tx: Transaction, hand: int) -> bool:
        stock.reserve(tx, item_id, 1, purpose=("control", hand))
        return True

    def attempt(hand: int) -> bool:
        with book.database.reading() as reader:
            is_free = cards.held_card(reader, card_id, at=clock.now()).standing is cards.Standing.OPEN
        all_have_read.wait()
        return is_free and book.database.transact(send, hand)

    assert together([partial(attempt, hand) for hand in range(HANDS)]) > 1
    assert book.left("TEA-1") < HANDS + 10 - 1


@pytest.mark.torture
def test_of_two_who_want_the_last_one_one_gets_it_and_the_other_keeps_the_card(book: Book) -> None:
    rounds, item_id = figure(500), book.items["TEA-1"]
    book.take_all("TEA-1")
    for first, second in zip(book.cards(rounds), book.cards(rounds), strict=True):
        book.stock_up("TEA-1", 1)
        hands = [(book.card_id(first), LI_LEI), (book.card_id(second), HAN)]
        attempts = [partial(redeemed, book, card_id, item_id, receiver=receiver) for card_id, receiver in hands]
        assert together(attempts) == 1
        with book.database.reading() as reader:
            assert available(reader, [item_id]) == {item_id: 0}
            standings = [cards.held_card(reader, card_id, at=clock.now()).standing for card_id, _ in hands]
        assert sorted(standings) == ["claimed", "open"]
    assert counts(book) == (rounds, rounds)


def test_eight_browsers_with_one_code_confirm_at_once_and_every_page_makes_sense(book: Book, card: PrintedCard) -> None:
    people = [Recipient(book.app.test_client()) for _ in range(8)]
    forms = []
    for somebody in people:
        somebody.opens_card(card)
        somebody.chooses(book.items["CUP-2"])
        somebody.writes_address()
        forms.append(somebody.form_to_confirm())

    def confirms(somebody: Recipient, form: dict[str, str]) -> bool:
        page = somebody.confirms(**form)
        assert page.status_code == 200
        return "A good choice!" in page.text

    attempts = [partial(confirms, somebody, form) for somebody, form in zip(people, forms, strict=True)]
    assert together(attempts) == 1
    assert counts(book) == (1, 1)


def test_one_browser_that_confirms_eight_times_at_once_sees_one_number(book: Book, card: PrintedCard) -> None:
    somebody = Recipient(book.app.test_client())
    somebody.opens_card(card)
    somebody.chooses(book.items["CUP-2"])
    somebody.writes_address()
    form = somebody.form_to_confirm()
    cookie = somebody.client.get_cookie("session")
    assert cookie is not None

    def confirms() -> bool:
        tab = Recipient(book.app.test_client())
        tab.client.set_cookie("session", cookie.value)
        return "A good choice!" in tab.confirms(**form).text

    assert together([confirms] * 8) == 8
    assert counts(book) == (1, 1)
    assert book.left("CUP-2") == 9
