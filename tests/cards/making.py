"""Batches for tests, brought to where a test begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count

from sqlalchemy import select

from giftshop import cards
from giftshop.cards import Addressed, BatchState, PrintedCard, ProgrammeTerms
from giftshop.cards.models import Card
from giftshop.catalogue import EditionFacts, draw_up_edition
from giftshop.db import Database
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.codes import Secret
from giftshop.kernel.money import Money
from giftshop.web import GiftShop
from tests.people import People

NOW = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
LAST_DAY = date(2026, 12, 31)
AFTER_LAST_DAY = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
"""Midnight in Shanghai."""

_orders = count(1)


@dataclass(frozen=True)
class Made:
    """A batch, and what a test may know of it: the printed cards, as their holders do."""

    programme_id: int
    batch_id: int
    printed: list[PrintedCard]

    @property
    def codes(self) -> list[Secret]:
        return [card.secret for card in self.printed]


def terms(firm_id: int, **changes: object) -> ProgrammeTerms:
    given: dict[str, object] = {
        "firm_id": firm_id,
        "order_kind": "order",
        "order_id": next(_orders),
        "name": "Mid-Autumn 2026",
        "sender_name": "灯塔仪器",
        "hotline": "400-820-0000",
        "valid_until": LAST_DAY,
        "time_zone": "Asia/Shanghai",
        "greeting": "中秋快乐",
    }
    return ProgrammeTerms(**{**given, **changes})  # type: ignore[arg-type]


def make(
    app: GiftShop,
    people: People,
    quantity: int = 3,
    *,
    to: BatchState = BatchState.ACTIVE,
    addressees: Sequence[Addressed] = (),
    programme_id: int | None = None,
    firm_id: int | None = None,
    edition_id: int | None = None,
) -> Made:
    """A batch of Lantern's (or of another firm), in state `to`, sealed at least. An edition of its own has no gifts."""
    transact = app.database.transact
    if programme_id is None:
        programme_id = transact(cards.start_programme, terms(firm_id or people.lantern.id), by=SYSTEM, at=NOW)
    batch_id = transact(
        cards.draw_up,
        programme_id,
        edition_id=edition_id or edition(app.database),
        quantity=quantity,
        public_url="https://gifts.example",
        addressees=addressees,
        by=SYSTEM,
        at=NOW,
    )
    transact(cards.issue, batch_id, by=SYSTEM, at=NOW)
    app.jobs.run_due(at=NOW + timedelta(seconds=1))
    printed = read_print_file(app, people, batch_id)
    moves = {
        BatchState.PRINTED: cards.mark_printed,
        BatchState.SHIPPED: cards.mark_shipped,
        BatchState.ACTIVE: cards.activate,
    }
    order = list(BatchState)
    for state, move in moves.items():
        if order.index(state) <= order.index(to):
            assert transact(move, batch_id, by=SYSTEM, at=NOW)
    return Made(programme_id, batch_id, printed)


def read_print_file(app: GiftShop, people: People, batch_id: int) -> list[PrintedCard]:
    """What the print house gets."""
    opening = app.database.transact(
        cards.open_for_print, batch_id, reason="first print run", by=people.staff.production.actor, at=NOW
    )
    with app.database.reading() as reader:
        return list(cards.open_secrets(reader, opening, keyring=app.settings.keyring))


def edition(database: Database) -> int:
    """A gift book's edition, which the batches are of."""
    facts = EditionFacts(f"G{next(_orders)}", {"en": "Good wishes", "zh_Hans": "心意"}, Money(20_000, "CNY"))
    return database.transact(draw_up_edition, facts, by=SYSTEM, at=NOW).id


def cards_in(database: Database, batch_id: int) -> list[Card]:
    with database.reading() as reader:
        return list(reader.scalars(select(Card).where(Card.batch_id == batch_id).order_by(Card.serial)))
