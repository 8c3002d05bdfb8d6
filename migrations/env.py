"""Alembic's environment: takes the database from whoever calls it (giftshop.schema.migrate)."""

import sqlalchemy as sa
from alembic import context
from sqlalchemy import Connection

from giftshop.application import import_features
from giftshop.db import Base, Database, UtcDateTime


def plain_type(kind: str, item: object, _context: object) -> str | bool:
    """Write our own column types as the plain ones they are, so that a migration depends on no code of ours."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, sa.JSON):
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return False


def run(connection: Connection) -> None:
    """Run the migrations on one connection, in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=plain_type,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


import_features()  # every room declares its tables
database: Database = context.config.attributes["database"]
with database.engine.begin() as connection:
    run(connection)
