"""`flask --app app migrate`."""

from __future__ import annotations

import click
from alembic import command

import giftshop.audit  # noqa: F401  -- has tables and no wiring of its own
from giftshop.schema.migrate import alembic_config, migrate
from giftshop.web import GiftShop


def init_app(app: GiftShop) -> None:
    """Add the commands that look after the schema."""

    @app.cli.command("migrate")
    def migrate_command() -> None:
        """Bring the database to the newest schema."""
        migrate(app.database, app.settings)
        click.echo("The database is up to date.")

    @app.cli.command("draft-migration")
    @click.argument("what")
    def draft_migration(what: str) -> None:
        """Draft the migration from the database as it is to the models as they are."""
        command.revision(alembic_config(app.database), message=what, autogenerate=True)
