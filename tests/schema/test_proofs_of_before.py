"""What was ordered before there were proofs may be printed: the migration says so, and nothing else does."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from giftshop.db import Base, Database
from giftshop.schema.migrate import alembic_config
from tests.schema.rows import _put_one

PROOFS = "0020"
NEEDED = ("firms", "users", "suppliers", "items", "editions", "gift_sets", "programmes", "orders")


def test_what_was_placed_or_issued_by_then_is_from_before_and_drafts_are_not(bare: Database) -> None:
    before = ScriptDirectory.from_config(alembic_config(bare)).get_revision(PROOFS).down_revision
    assert isinstance(before, str)
    command.upgrade(alembic_config(bare), before)
    for name in NEEDED:
        bare.transact(_put_one, as_it_was(bare, name))
    bare.transact(lambda tx: tx.change(sa.update(Base.metadata.tables["orders"]).values(state="draft")))
    command.upgrade(alembic_config(bare), PROOFS)
    assert marked(bare) == [("gbp", 1)]  # the programme, which no order of ours bought
    command.downgrade(alembic_config(bare), before)
    placed = {"state": "awaiting_payment", "total_minor": 1, "is_digital": False}
    bare.transact(lambda tx: tx.change(sa.update(Base.metadata.tables["orders"]).values(placed)))
    command.upgrade(alembic_config(bare), PROOFS)
    assert marked(bare) == [("gbp", 1), ("order", 1)]


def as_it_was(database: Database, name: str) -> sa.Table:
    """A table without the columns that later migrations add, and with those that they drop."""
    had = sa.inspect(database.engine).get_columns(name)
    now = Base.metadata.tables[name].columns
    columns = [
        now[column["name"]]._copy()
        if column["name"] in now
        else sa.Column(column["name"], column["type"], nullable=column["nullable"])
        for column in had
    ]
    return sa.Table(name, sa.MetaData(), *columns)


def marked(database: Database) -> list[tuple[str, int]]:
    with database.engine.connect() as connection:
        rows = connection.execute(
            sa.text("SELECT subject_kind, subject_id FROM card_proofs WHERE state = 'from_before' ORDER BY 1")
        )
        return [(kind, number) for kind, number in rows]
