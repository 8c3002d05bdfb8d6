"""What keeps cards fast in a table of millions: each hot read and claim goes through an index."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from giftshop import cards
from giftshop.cards.progress import Shown, card_lines
from giftshop.db import Database, Transaction
from giftshop.kernel.actor import SYSTEM
from giftshop.web import GiftShop
from tests.cards.making import NOW, Made, cards_in, make
from tests.people import People

Work = Callable[[Transaction, GiftShop, Made], object]

HOT: dict[str, Work] = {
    "a code is looked up": lambda tx, app, made: cards.card_by_code(
        tx, made.codes[0].printed, keyring=app.settings.keyring, address="10.0.0.1", at=NOW
    ),
    "a card is claimed": lambda tx, app, made: cards.claim(
        tx, cards_in(app.database, made.batch_id)[0].id, by=SYSTEM, at=NOW
    ),
    "a buyer opens the list": lambda tx, app, made: card_lines(tx, made.programme_id, at=NOW),
    "a buyer narrows the list": lambda tx, app, made: card_lines(tx, made.programme_id, shown=Shown.CLAIMED, at=NOW),
    "a serial number is read out": lambda tx, app, made: cards.card_with_serial(tx, made.printed[0].serial),
}


def plans(database: Database, work: Callable[[Transaction], object]) -> list[str]:
    """How the database would run each statement of `work` that touches cards, had it no cheaper way than an index."""
    said: list[tuple[str, Any]] = []

    def hear(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if "cards" in statement and statement.startswith(("SELECT", "UPDATE")):
            said.append((statement, parameters))

    def explain(tx: Transaction) -> list[str]:
        connection = tx.connection()
        if not database.is_sqlite:
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        word = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"
        return [
            "\n".join(str(row) for row in connection.exec_driver_sql(f"{word} {statement}", parameters))
            for statement, parameters in said
        ]

    event.listen(database.engine, "before_cursor_execute", hear)
    try:
        database.transact(work)
    finally:
        event.remove(database.engine, "before_cursor_execute", hear)
    return database.transact(explain)


@pytest.mark.parametrize("work", HOT.values(), ids=HOT.keys())
def test_cards_are_found_through_an_index(app: GiftShop, people: People, work: Work) -> None:
    made = make(app, people, 3)
    seen = plans(app.database, lambda tx: work(tx, app, made))
    assert seen
    for plan in seen:
        assert "SCAN cards" not in plan, plan
        assert "Seq Scan on cards" not in plan, plan


def test_a_search_without_an_index_would_be_seen(app: GiftShop, people: People) -> None:
    make(app, people, 3)
    (plan,) = plans(app.database, lambda tx: tx.connection().exec_driver_sql("SELECT * FROM cards WHERE last4 = ''"))
    assert "SCAN cards" in plan or "Seq Scan on cards" in plan
