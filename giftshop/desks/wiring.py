"""Puts the desks onto the app."""

from __future__ import annotations

from flask_babel import ngettext

from giftshop import jobs
from giftshop.db import Reader
from giftshop.desks import record
from giftshop.desks.cli import audit, books
from giftshop.desks.views import bp
from giftshop.kernel.actor import Actor
from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.web import GiftShop, MenuItem, Waiting


def init_app(app: GiftShop) -> None:
    """Add the machine room, and the commands that check the record and the ledger."""
    app.register_blueprint(bp)
    record.init_app(app)
    app.cli.add_command(audit)
    app.cli.add_command(books)
    hint = N_("Whether the worker lives, and what could not be done")
    administrators = frozenset({StaffRole.ADMINISTRATOR})
    app.menu.append(MenuItem(N_("Machine room"), "desks.machine", administrators, 90, "settings", hint))
    app.waiting.append(
        Waiting(administrators, _failed, _failed_words, "desks.machine", icon="alert-triangle", is_pressing=True)
    )


def _failed(reader: Reader, _person: Actor) -> int:
    return len(jobs.failed_jobs(reader))


def _failed_words(count: int) -> str:
    return str(ngettext("%(num)s job could not be done", "%(num)s jobs could not be done", count))
