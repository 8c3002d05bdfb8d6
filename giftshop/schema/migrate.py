"""Bring a database to the newest schema."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from giftshop.config import Settings
from giftshop.db import Database
from giftshop.schema.marks import mark, refuse_another_mode

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def alembic_config(database: Database) -> Config:
    """Return Alembic's configuration for `database`."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["database"] = database
    return config


def migrate(database: Database, settings: Settings, revision: str = "head") -> None:
    """Upgrade `database` to `revision`, and mark a new one with its mode. Refuses one of another mode."""
    refuse_another_mode(database, settings.mode)
    command.upgrade(alembic_config(database), revision)
    database.transact(mark, settings.mode)


def newest_revision(database: Database) -> str | None:
    """Return the revision that `migrate` brings a database to."""
    return ScriptDirectory.from_config(alembic_config(database)).get_current_head()


def revision_of(database: Database) -> str | None:
    """Return the revision that `database` is at; None when it has no schema yet."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
