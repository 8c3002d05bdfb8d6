"""Cards of two firms and two currencies, and half a year of what became of them, told day by day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest
from sqlalchemy import select, update

from giftshop import cards, ledger
from giftshop.cards import Card, CardState, ProgrammeKind
from giftshop.cards.models import Settlement
from giftshop.cards.service import ProgrammeTerms
from giftshop.db import Database, Transaction
from giftshop.kernel.actor import SYSTEM, Actor, ActorKind
from giftshop.kernel.money import Money
from giftshop.ledger import Account, EntryKind
from giftshop.liability import Asked, Report, report
from giftshop.web import GiftShop
from tests.cards.making import cards_in, edition
from tests.people import People

SHANGHAI = "Asia/Shanghai"
_orders = count(90_000)


def noon(month: int, day: int) -> datetime:
    """Noon in Shanghai, of 2026."""
    return datetime(2026, month, day, 4, tzinfo=UTC)


@dataclass
class Books:
    """What a test does to the books, in few words."""

    app: GiftShop
    people: People

    @property
    def database(self) -> Database:
        return self.app.database

    def sell(
        self,
        firm_id: int,
        name: str,
        quantity: int,
        face: Money,
        at: datetime,
        *,
        until: date | None,
        kind: ProgrammeKind = ProgrammeKind.STORED_VALUE,
        **changes: Any,
    ) -> int:
        """Cards that are printed and shipped, not open yet; returns the batch."""
        edition_id = edition(self.database) if kind is ProgrammeKind.VOUCHER else None
        facts: dict[str, Any] = {
            "order_kind": "order",
            "order_id": next(_orders),
            "hotline": "400",
            "sender_name": name,
        }
        terms = ProgrammeTerms(
            firm_id=firm_id, name=name, valid_until=until, time_zone=SHANGHAI, kind=kind, **(facts | changes)
        )
        programme_id = self.do(cards.start_programme, terms, at=at)
        worth = {"edition_id": edition_id} if edition_id else {"face": face}
        url = "https://gifts.example"
        batch_id: int = self.do(cards.draw_up, programme_id, quantity=quantity, public_url=url, at=at, **worth)
        self.do(cards.issue, batch_id, at=at)
        self.app.jobs.run_due(at=at)
        self.do(cards.mark_printed, batch_id, at=at)
        self.do(cards.mark_shipped, batch_id, at=at)
        return batch_id

    def open(self, batch_id: int, at: datetime) -> list[Card]:
        """The cards arrive, and are open; returns them by serial number."""
        self.do(cards.activate, batch_id, at=at)
        return cards_in(self.database, batch_id)

    def spend(self, card: Card, minor: int, at: datetime) -> None:
        cost = Money(minor, self.currency_of(card))
        self.do(cards.spend, card.id, cost, subject=("redemption", 1), at=at, by=holder(card))

    def put_back(self, card: Card, minor: int, at: datetime) -> None:
        amount = Money(minor, self.currency_of(card))
        self.do(cards.put_back, card.id, amount, subject=("redemption", 1), at=at, by=holder(card))

    def currency_of(self, card: Card) -> str:
        with self.database.reading() as reader:
            return cards.batch(reader, card.batch_id).currency

    def lapse(self, some: list[Card], at: datetime) -> None:
        """Their last day passed, and what they hold is booked out."""
        self.database.transact(_lapse, [card.id for card in some], at)

    def revive(self, card: Card, at: datetime) -> None:
        """It is extended, and holds again what it held."""
        self.database.transact(_revive, card.id, at)

    def settle(self, card: Card, at: datetime) -> None:
        """What expired on it is kept, as its firm chose."""
        self.database.transact(_settle, card.id, self.people.staff.finance.id, at)

    def replace(self, card: Card, by: Card, at: datetime) -> None:
        """It was lost: what it holds goes to another, which is not open yet."""
        self.database.transact(_replace, card.id, by.id, at)

    def on(self, day: date, *, firm_id: int | None = None, value_may_end: bool = False) -> Report:
        """What was owed on the evening of a day, asked long afterwards."""
        asked = Asked(day, SHANGHAI, datetime(2030, 1, 1, tzinfo=UTC), value_may_end, firm_id)
        with self.database.reading() as reader:
            return report(reader, asked)

    def do(self, command: Callable[..., Any], *args: Any, by: Actor = SYSTEM, **kwargs: Any) -> Any:
        return self.database.transact(command, *args, by=by, **kwargs)

    @contextmanager
    def tampering(self) -> Iterator[Transaction]:
        """A hand on the database, past the program."""
        with Transaction(self.database.engine, events=self.database.events) as tx:
            yield tx
            tx._keep()


def holder(card: Card) -> Actor:
    return Actor(ActorKind.RECIPIENT, card.id)


def _held(tx: Transaction, card_id: int) -> tuple[Card, Money]:
    card = tx.get_one(Card, card_id, populate_existing=True)
    return card, Money(card.balance_minor, cards.batch(tx, card.batch_id).currency)


def _lapse(tx: Transaction, card_ids: list[int], at: datetime) -> None:
    legs = []
    for card_id in card_ids:
        card, held = _held(tx, card_id)
        legs += ledger.move(held, Account.OUTSTANDING, Account.EXPIRED, batch_id=card.batch_id, card_id=card_id)
    tx.change(update(Card).where(Card.id.in_(card_ids)).values(state=CardState.LAPSED, balance_minor=0))
    ledger.post(tx, EntryKind.EXPIRE, legs, subject=("programme", 1), by=SYSTEM, at=at)


def _revive(tx: Transaction, card_id: int, at: datetime) -> None:
    card, amount = _expired(tx, card_id)
    legs = ledger.move(amount, Account.EXPIRED, Account.OUTSTANDING, batch_id=card.batch_id, card_id=card_id)
    alive = {"state": CardState.ACTIVE, "balance_minor": amount.amount_minor, "expires_at": noon(12, 31)}
    tx.change(update(Card).where(Card.id == card_id).values(alive))
    ledger.post(tx, EntryKind.REVIVE, legs, subject=("programme", 1), by=SYSTEM, at=at)


def _settle(tx: Transaction, card_id: int, who: int, at: datetime) -> None:
    card, amount = _expired(tx, card_id)
    batch = cards.batch(tx, card.batch_id)
    tx.change(update(Card).where(Card.id == card_id).values(state=CardState.VOID))
    settlement = Settlement(
        programme_id=batch.programme_id,
        choice=cards.Unredeemed.KEEP,
        cards=1,
        amount_minor=amount.amount_minor,
        currency=amount.currency,
        settled_by=who,
        settled_at=at,
    )
    tx.add(settlement)
    tx.flush()
    legs = ledger.move(amount, Account.EXPIRED, Account.KEPT, batch_id=card.batch_id, card_id=card_id)
    ledger.post(tx, EntryKind.SETTLE, legs, subject=("settlement", settlement.id), by=SYSTEM, at=at)


def _replace(tx: Transaction, old_id: int, new_id: int, at: datetime) -> None:
    old, held = _held(tx, old_id)
    new, _nothing = _held(tx, new_id)
    legs = [
        ledger.Leg(Account.OUTSTANDING, held, old.batch_id, old_id),
        ledger.Leg(Account.PENDING, -held, new.batch_id, new_id),
    ]
    tx.change(update(Card).where(Card.id == new_id).values(balance_minor=held.amount_minor))
    dead = {"state": CardState.VOID, "balance_minor": 0, "replaced_by_id": new_id}
    tx.change(update(Card).where(Card.id == old_id).values(dead))
    ledger.post(tx, EntryKind.REISSUE, legs, subject=("batch", new.batch_id), by=SYSTEM, at=at)


def _expired(tx: Transaction, card_id: int) -> tuple[Card, Money]:
    card = tx.get_one(Card, card_id, populate_existing=True)
    posted = select(ledger.Posting.amount_minor, ledger.Posting.currency)
    rows = tx.execute(posted.where(ledger.Posting.card_id == card_id, ledger.Posting.account == Account.EXPIRED)).all()
    return card, Money(-sum(row.amount_minor for row in rows), rows[0].currency)


@pytest.fixture
def books(app: GiftShop, people: People) -> Books:
    return Books(app, people)
