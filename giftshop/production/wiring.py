"""Puts production onto the app."""

from __future__ import annotations

from functools import partial

from giftshop.cards import BatchIssued
from giftshop.db import Transaction
from giftshop.kernel import clock
from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.production import printing, service
from giftshop.production.views import bp
from giftshop.web import GiftShop, MenuItem


def init_app(app: GiftShop) -> None:
    """Add the desk of production and the jobs that write and remove print files."""
    settings = app.settings
    app.register_blueprint(bp)
    press = partial(printing.print_batch, keyring=settings.keyring, instance_path=settings.instance_path)
    app.jobs.register(service.PRINT, press)
    app.jobs.register(service.DISCARD, partial(printing.discard, instance_path=settings.instance_path))
    app.events.subscribe(BatchIssued, _await_printing)
    app.menu.append(MenuItem(N_("Print runs"), "production.index", frozenset({StaffRole.PRODUCTION}), 40, "printer"))


def _await_printing(tx: Transaction, news: BatchIssued) -> None:
    service.await_printing(tx, news, at=clock.now())
