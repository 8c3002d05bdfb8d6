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


def run_on(database: Database) -> None:
    """Run the migrations. SQLite changes a table by rebuilding it, which its foreign keys must not hinder.

    They can be let go only before a transaction begins; whether all still hold is looked at before it ends.
    """
    if not database.is_sqlite:
        with database.engine.begin() as connection:
            run(connection)
        return
    with database.engine.connect() as connection:
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                run(connection)
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise RuntimeError(f"a migration left references to nothing: {broken[:5]}")
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


import_features()  # every room declares its tables
run_on(context.config.attributes["database"])
