"""One shopping card in many hands: never more is spent than it holds, and the ledger always adds up."""

from __future__ import annotations

import os
import threading
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import update

from giftshop import cards
from giftshop.cards import NotEnoughLeft, NothingToGiveBack
from giftshop.cards.models import Card
from giftshop.kernel import clock
from giftshop.kernel.money import Money
from giftshop.redemption import JustTaken
from giftshop.redemption.errors import NotChangeable
from tests.races.test_redeeming import HANDS, together
from tests.redemption.conftest import Book, holder
from tests.redemption.purses import Purses, prove
from tests.torture import figure

SEVEN = Money(7, "CNY")


def spends(book: Book, card_id: int) -> bool:
    """Whether this hand got its seven fen."""
    by, at = holder(card_id), clock.now()
    try:
        book.database.transact(cards.spend, card_id, SEVEN, subject=("card", card_id), by=by, at=at)
    except NotEnoughLeft:
        return False
    return True


@pytest.mark.torture
def test_of_64_who_spend_seven_from_a_hundred_fourteen_do_and_two_are_left(book: Book) -> None:
    purses = Purses(book)
    for card in purses.cards(figure(50), face=Money(100, "CNY")):
        card_id = book.card_id(card)
        assert together([partial(spends, book, card_id)] * HANDS) == 14
        assert purses.left(card) == 2
    purses.prove()


def test_a_control_that_reads_and_then_writes_overspends(book: Book) -> None:
    """What the test above would see if `spend` decided by reading: this is the race, so that test can fail."""
    purses = Purses(book)
    (card,) = purses.cards(face=Money(100, "CNY"))
    card_id, all_have_read = book.card_id(card), threading.Barrier(HANDS)

    def attempt() -> bool:
        left = purses.left(card)
        all_have_read.wait()
        if left < SEVEN.amount_minor:
            return False
        written = update(Card).where(Card.id == card_id).values(balance_minor=left - SEVEN.amount_minor)
        return book.database.transact(lambda tx: tx.change(written)) == 1

    assert together([attempt] * HANDS) > 14


def test_a_visit_cancelled_by_many_at_once_comes_back_once(book: Book) -> None:
    purses = Purses(book)
    (card,) = purses.cards()
    purses.buys(card, {"TEA-1": 2})

    def cancels() -> bool:
        try:
            purses.cancels(card, 1)
        except (NotChangeable, NothingToGiveBack):
            return False
        return True

    assert together([cancels] * HANDS) == 1
    assert (purses.left(card), book.left("TEA-1")) == (50_000, 10)
    purses.prove()


def test_buying_changing_and_cancelling_at_once_never_lose_a_fen(book: Book) -> None:
    purses = Purses(book)
    (card,) = purses.cards(face=Money(200_000, "CNY"))
    for sku in ("TEA-1", "CUP-2", "SILK-3"):
        book.stock_up(sku, 90)
    for _ in range(4):
        purses.buys(card, {"TEA-1": 1})

    def does(hand: int) -> bool:
        nth = hand % 4 + 1
        try:
            match hand % 3:
                case 0:
                    purses.buys(card, {"CUP-2": 1})
                case 1:
                    purses.changes(card, nth, {"SILK-3": hand % 2 + 1})
                case _:
                    purses.cancels(card, nth)
        except (NotEnoughLeft, NotChangeable, JustTaken):
            return False
        return True

    together([partial(does, hand) for hand in range(24)])
    purses.prove()


class Purse(RuleBasedStateMachine):
    """A card bought with, changed and given up in any order, beside a plain sum that says what it must hold."""

    purses: Purses
    """Set by the test that runs it."""

    @initialize()
    def begins(self) -> None:
        (self.card,) = self.purses.cards(face=Money(100_000, "CNY"))
        self.visits: dict[int, int] = {}

    @property
    def left(self) -> int:
        return 100_000 - 16_800 * sum(self.visits.values())

    @rule(count=st.integers(1, 4))
    def buys(self, count: int) -> None:
        if self.left < 16_800 * count:
            with pytest.raises(NotEnoughLeft):
                self.purses.buys(self.card, {"TEA-1": count})
        else:
            self.visits[self.purses.buys(self.card, {"TEA-1": count})] = count

    @precondition(lambda self: bool(self.visits))
    @rule(data=st.data(), count=st.integers(1, 4))
    def changes(self, data: st.DataObject, count: int) -> None:
        nth = data.draw(st.sampled_from(sorted(self.visits)))
        before = self.visits[nth]
        if self.left + 16_800 * before < 16_800 * count:
            with pytest.raises(NotEnoughLeft):
                self.purses.changes(self.card, nth, {"SILK-3": count})
        else:
            self.purses.changes(self.card, nth, {"SILK-3": count})
            self.visits[nth] = count

    @precondition(lambda self: bool(self.visits))
    @rule(data=st.data())
    def cancels(self, data: st.DataObject) -> None:
        nth = data.draw(st.sampled_from(sorted(self.visits)))
        self.purses.cancels(self.card, nth)
        del self.visits[nth]

    @invariant()
    def adds_up(self) -> None:
        if hasattr(self, "card"):
            assert self.purses.left(self.card) == self.left
            with self.purses.book.database.reading() as reader:
                prove(reader)


@pytest.mark.torture
def test_whatever_is_done_in_whatever_order_the_ledger_adds_up(book: Book) -> None:
    for sku in ("TEA-1", "SILK-3"):
        book.stock_up(sku, 100_000)
    steps = {"max_examples": 200, "stateful_step_count": 50} if os.environ.get("TORTURE") else {"max_examples": 8}
    machine: Any = type("PurseOfThisBook", (Purse,), {"purses": Purses(book)})
    checks = list(HealthCheck)
    run_state_machine_as_test(machine, settings=settings(**steps, deadline=None, suppress_health_check=checks))  # type: ignore[arg-type]
