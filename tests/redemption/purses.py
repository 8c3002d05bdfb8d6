"""A shopping card of ¥500 in somebody's hand, and what a test does with it in few words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from giftshop import cards, fulfilment, ledger
from giftshop.addresses import Receiver
from giftshop.cards import HeldCard, PrintedCard, ProgrammeKind
from giftshop.db import Reader
from giftshop.fulfilment import Shipment
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.clock import local_day
from giftshop.kernel.money import Money
from giftshop.redemption import buy, cancel_purchase, change_basket
from giftshop.redemption.models import Redemption
from giftshop.redemption.queries import nth_redemption_of
from tests.cards.making import read_print_file, terms
from tests.redemption.conftest import LI_LEI, Book, holder

FACE = Money(50_000, "CNY")
_orders = count(5000)


@dataclass
class Purses:
    """A programme of shopping cards that can be spent on the three gifts of a book, ¥168.00 each."""

    book: Book

    def cards(self, quantity: int = 1, *, face: Money = FACE, **changes: object) -> list[PrintedCard]:
        """Active shopping cards of a new programme."""
        facts = {
            "kind": ProgrammeKind.STORED_VALUE,
            "products": list(self.book.items.values()),
            "order_id": next(_orders),
            "valid_until": local_day(clock.now(), "Asia/Shanghai") + timedelta(days=1200),
        }
        transact, at = self.book.database.transact, clock.now()
        programme = terms(self.book.people.lantern.id, **(facts | changes))
        programme_id = transact(cards.start_programme, programme, by=SYSTEM, at=at)
        batch_id = transact(
            cards.draw_up,
            programme_id,
            face=face,
            quantity=quantity,
            public_url="https://gifts.example",
            by=SYSTEM,
            at=at,
        )
        transact(cards.issue, batch_id, by=SYSTEM, at=at)
        self.book.app.jobs.run_due()
        printed = read_print_file(self.book.app, self.book.people, batch_id)
        for move in (cards.mark_printed, cards.mark_shipped, cards.activate):
            transact(move, batch_id, by=SYSTEM, at=at)
        return printed

    def basket(self, wanted: Mapping[str, int]) -> dict[int, int]:
        """How many of which item, from SKUs."""
        return {self.book.items[sku]: number for sku, number in wanted.items()}

    def buys(self, card: PrintedCard, wanted: Mapping[str, int], receiver: Receiver = LI_LEI) -> int:
        """Spend a card at once; returns which visit it was."""
        card_id = self.book.card_id(card)
        return self.book.database.transact(
            buy,
            card_id,
            self.basket(wanted),
            receiver,
            not_before=None,
            email=None,
            locale="en",
            draft_key=None,
            by=holder(card_id),
            at=clock.now(),
        )

    def changes(self, card: PrintedCard, nth: int, wanted: Mapping[str, int]) -> None:
        card_id, found = self.book.card_id(card), self.visit(card, nth)
        basket = self.basket(wanted)
        self.book.database.transact(change_basket, found.id, basket, by=holder(card_id), at=clock.now())

    def cancels(self, card: PrintedCard, nth: int) -> None:
        card_id, found = self.book.card_id(card), self.visit(card, nth)
        self.book.database.transact(cancel_purchase, found.id, by=holder(card_id), at=clock.now())

    def held(self, card: PrintedCard) -> HeldCard:
        with self.book.database.reading() as reader:
            return cards.held_card(reader, self.book.card_id(card), at=clock.now())

    def left(self, card: PrintedCard) -> int:
        """What it holds, in fen."""
        return self.held(card).balance.amount_minor

    def visit(self, card: PrintedCard, nth: int) -> Redemption:
        with self.book.database.reading() as reader:
            found = nth_redemption_of(reader, self.book.card_id(card), nth)
        assert found is not None
        return found

    def shipment(self, card: PrintedCard, nth: int) -> Shipment:
        with self.book.database.reading() as reader:
            found = fulfilment.shipment_by_source(reader, self.visit(card, nth).source)
        assert found is not None
        return found

    def prove(self) -> None:
        """Everything adds up."""
        with self.book.database.reading() as reader:
            prove(reader)


def prove(reader: Reader) -> None:
    """Entries sum to zero, and cards and batches hold what was posted."""
    assert list(ledger.imbalances(reader)) == []
    assert list(cards.differences(reader)) == []
    assert sum(total.amount_minor for total in ledger.standing_of(reader).values()) == 0
