"""Puts production onto the app."""

from __future__ import annotations

from functools import partial

from flask_babel import ngettext

from giftshop.cards import BatchIssued
from giftshop.db import Reader, Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor
from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.production import decorating, decoration_views, goods_views, printing, queries, service
from giftshop.production.views import bp
from giftshop.web import GiftShop, MenuItem, Waiting, shown_count

PAGES = (decoration_views, goods_views)
"""Modules whose routes stand on the blueprint by being imported."""


def init_app(app: GiftShop) -> None:
    """Add the desk of production and the jobs that write and remove print files."""
    settings = app.settings
    app.kept_folders.add(printing.FOLDER)
    app.register_blueprint(bp)
    press = partial(printing.print_batch, keyring=settings.keyring, instance_path=settings.instance_path)
    app.jobs.register(service.PRINT, press)
    app.jobs.register(service.DISCARD, partial(printing.discard, instance_path=settings.instance_path))
    app.events.subscribe(BatchIssued, _await_printing)
    production = frozenset({StaffRole.PRODUCTION})
    hint = N_("Open a batch for printing, and hand its file to the print house.")
    app.menu.append(MenuItem(N_("Print runs"), "production.index", production, 40, "printer", hint))
    app.waiting.append(Waiting(production, _to_print, _to_print_words, "production.index", icon="printer"))
    hint = N_("Printing, stickers, engraving and greeting cards of gift sets, by the day they are due.")
    app.menu.append(MenuItem(N_("Decoration jobs"), "production.decorations", production, 41, "edit", hint))
    app.waiting.append(Waiting(production, _to_decorate, _to_decorate_words, "production.decorations", icon="edit"))


def _to_print(reader: Reader, _person: Actor) -> int:
    return queries.open_count(reader)


def _to_print_words(count: int) -> str:
    words = ngettext(
        "%(count)s batch is to be printed", "%(count)s batches are to be printed", count, count=shown_count(count)
    )
    return str(words)


def _to_decorate(reader: Reader, _person: Actor) -> int:
    return decorating.open_count(reader)


def _to_decorate_words(count: int) -> str:
    words = ngettext(
        "%(count)s decoration job is to be done",
        "%(count)s decoration jobs are to be done",
        count,
        count=shown_count(count),
    )
    return str(words)


def _await_printing(tx: Transaction, news: BatchIssued) -> None:
    service.await_printing(tx, news, at=clock.now())
