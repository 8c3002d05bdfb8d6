"""Puts privacy onto the app."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from giftshop.db import Transaction
from giftshop.jobs import JobRun, enqueue_nightly
from giftshop.kernel.locale import N_
from giftshop.privacy import cli, service
from giftshop.privacy.views import ROLES, bp
from giftshop.web import GiftShop, MenuItem

FORGET: Final = "privacy.forget"
"""The job that erases each night what is past its purpose."""


def init_app(app: GiftShop) -> None:
    """Add the page, the commands, and the job of each night."""

    def forget(run: JobRun) -> None:
        service.forget_what_is_past(run.database, app.erasers, at=run.at)
        run.database.scrub()

    def promise(tx: Transaction, at: datetime) -> None:
        enqueue_nightly(tx, FORGET, at=at, zone=app.settings.time_zone)

    app.jobs.register(FORGET, forget)
    app.rounds.append(promise)
    app.register_blueprint(bp)
    app.cli.add_command(cli.group)
    hint = N_("When somebody asks to be forgotten; and how long what is kept.")
    app.menu.append(MenuItem(N_("Erasure"), "privacy.index", frozenset(ROLES), 88, "lock", hint))
