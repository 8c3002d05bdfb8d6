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
from giftshop.production import (
    custody_views,
    decorating,
    decoration_views,
    goods_views,
    house_views,
    paper_views,
    printing,
    proof_privacy,
    proof_queries,
    proof_views,
    queries,
    samples,
    service,
    waiting,
)
from giftshop.production.views import bp
from giftshop.web import GiftShop, MenuItem, Place, Waiting, shown_count

PAGES = (custody_views, decoration_views, goods_views, house_views, paper_views, proof_views)
"""Modules whose routes stand on the blueprint by being imported."""


def init_app(app: GiftShop) -> None:
    """Add the desk of production and the jobs that write and remove print files."""
    settings = app.settings
    app.kept_folders.add(printing.FOLDER)
    app.register_blueprint(bp)
    app.sample_papers |= samples.samples()
    app.erasers += proof_privacy.erasers(settings.retention)
    press = partial(printing.print_batch, keyring=settings.keyring, instance_path=settings.instance_path)
    app.jobs.register(service.PRINT, press)
    app.jobs.register(service.DISCARD, partial(printing.discard, instance_path=settings.instance_path))
    app.events.subscribe(BatchIssued, _await_printing)
    production = frozenset({StaffRole.PRODUCTION})
    hint = N_("Open a batch for printing, and hand its file to the print house.")
    app.menu.append(MenuItem(N_("Print runs"), "production.index", production, 40, "printer", hint))
    app.waiting.append(
        Waiting(production, _to_print, _to_print_words, "production.index", icon="printer", first=waiting.first_runs)
    )
    app.places["batch"] = Place("production.show", waiting.runs_by_batch)
    hint = N_("Printing, stickers, engraving and greeting cards of gift sets, by the day they are due.")
    app.menu.append(MenuItem(N_("Decoration jobs"), "production.decorations", production, 41, "edit", hint))
    keepers = frozenset({StaffRole.PRODUCTION, StaffRole.ADMINISTRATOR})
    hint = N_("Who prints for us, how they want their files, and the keys of those who print their own data.")
    app.menu.append(MenuItem(N_("Print houses"), "production.house_list", keepers, 42, "building", hint))
    app.waiting.append(
        Waiting(
            production,
            _to_decorate,
            _to_decorate_words,
            "production.decorations",
            icon="edit",
            first=waiting.first_jobs,
        )
    )
    answerers = frozenset({StaffRole.SALES, StaffRole.PRODUCTION})
    hint = N_("What firms want changed on their cards, to be answered; and every version of every proof.")
    app.menu.append(MenuItem(N_("Proofs"), "production.proof_desk", answerers, 39, "file-text", hint))
    app.waiting.append(
        Waiting(
            answerers, _to_answer, _to_answer_words, "production.proof_desk", icon="edit", first=waiting.first_proofs
        )
    )


def _to_answer(reader: Reader, _person: Actor) -> int:
    return proof_queries.asked_count(reader)


def _to_answer_words(count: int) -> str:
    words = ngettext(
        "%(count)s firm wants its card changed",
        "%(count)s firms want their cards changed",
        count,
        count=shown_count(count),
    )
    return str(words)


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
