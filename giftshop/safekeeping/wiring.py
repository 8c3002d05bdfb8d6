"""Puts safekeeping onto the app."""

from __future__ import annotations

from datetime import datetime

import structlog

from giftshop.safekeeping import cli, keys_cli
from giftshop.safekeeping.completing import complete
from giftshop.safekeeping.journal import Journal
from giftshop.safekeeping.recording import listen
from giftshop.web import GiftShop

log = structlog.get_logger()


def init_app(app: GiftShop) -> None:
    """Write the journal, have the worker complete it, and add the commands."""
    journal = Journal(app.settings.journal_folder)
    listen(app.events, journal)

    def keep_complete(at: datetime) -> None:
        missed = complete(app.database, journal, at=at)
        if missed:
            log.info("journal completed", notes=missed)

    app.chores.append(keep_complete)
    for command in (cli.backup_command, cli.restore_command, cli.journal, keys_cli.group):
        app.cli.add_command(command)
