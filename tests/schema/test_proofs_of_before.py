"""What was ordered before there were proofs may be printed: the migration says so, and nothing else does."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import command

from giftshop.db import Base, Database
from giftshop.schema.migrate import alembic_config
from tests.schema.rows import fill

BEFORE = "0018"


def test_what_was_placed_or_issued_by_then_is_from_before_and_drafts_are_not(bare: Database) -> None:
    command.upgrade(alembic_config(bare), BEFORE)
    known = set(sa.inspect(bare.engine).get_table_names()) & {"firms", "users", "editions", "gift_sets", "programmes"}
    fill(bare, only=known | {"items", "orders"})
    bare.transact(lambda tx: tx.change(sa.update(Base.metadata.tables["orders"]).values(state="draft")))
    command.upgrade(alembic_config(bare), "0020")
    assert marked(bare) == [("gbp", 1)]  # the programme, which no order of ours bought
    command.downgrade(alembic_config(bare), BEFORE)
    placed = {"state": "awaiting_payment", "total_minor": 1, "is_digital": False}
    bare.transact(lambda tx: tx.change(sa.update(Base.metadata.tables["orders"]).values(placed)))
    command.upgrade(alembic_config(bare), "0020")
    assert marked(bare) == [("gbp", 1), ("order", 1)]


def marked(database: Database) -> list[tuple[str, int]]:
    with database.engine.connect() as connection:
        rows = connection.execute(
            sa.text("SELECT subject_kind, subject_id FROM card_proofs WHERE state = 'from_before' ORDER BY 1")
        )
        return [(kind, number) for kind, number in rows]
