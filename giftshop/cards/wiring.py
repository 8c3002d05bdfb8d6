"""Puts cards onto the app."""

from __future__ import annotations

from functools import partial

from flask_babel import ngettext

from giftshop.cards import card_views, desk, guessing_views, watching
from giftshop.cards.desk.queries import to_be_agreed_count
from giftshop.cards.ending import LAPSE_JOB, REMIND_JOB, find_ended, lapse, remind
from giftshop.cards.issuing import issue_batch
from giftshop.cards.resealing import reseal_batch_keys
from giftshop.cards.samples import samples
from giftshop.cards.service import ISSUE_JOB
from giftshop.cards.views import READERS, bp
from giftshop.db import Reader
from giftshop.kernel.actor import Actor
from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.notifications import add_samples
from giftshop.web import GiftShop, MenuItem, Waiting

PAGES = (card_views, guessing_views)
"""Each hangs its routes on the blueprint when it is imported."""


def init_app(app: GiftShop) -> None:
    """Let the worker issue batches and watch for odd patterns, and people see what concerns them."""
    add_samples(app, "cards", samples())
    app.jobs.register(ISSUE_JOB, partial(issue_batch, keyring=app.settings.keyring))
    app.jobs.register(LAPSE_JOB, lapse)
    app.jobs.register(REMIND_JOB, remind)
    app.rounds.append(partial(find_ended, time_zone=app.settings.time_zone))
    app.jobs.register(watching.WATCH_JOB, watching.watch)
    app.rounds.append(watching.promise_to_watch)
    app.resealers.append(reseal_batch_keys)
    app.register_blueprint(bp)
    app.register_blueprint(desk.bp)
    hint = N_("What you have given, and how many have chosen their gift.")
    desk_hint = N_("Every firm's cards: opened, stopped, replaced, extended, settled.")
    lookers = frozenset(desk.LOOKERS)
    app.menu.append(MenuItem(N_("Cards"), "card_desk.index", lookers, 45, "gift-card", desk_hint))
    second = frozenset({StaffRole.FINANCE, StaffRole.ADMINISTRATOR})
    app.waiting.append(Waiting(second, _to_be_agreed, _to_be_agreed_words, "card_desk.index", icon="gift-card"))
    app.menu.append(MenuItem(N_("Programmes"), "cards.programmes", frozenset(READERS), 40, "gift-card", hint))
    guesses = N_("Who tries codes that open nothing, and whom we let in again.")
    lookers = frozenset(guessing_views.LOOKERS)
    app.menu.append(MenuItem(N_("Wrong codes"), "cards.wrong_codes", lookers, 70, "lock", guesses))


def _to_be_agreed(reader: Reader, _person: Actor) -> int:
    return to_be_agreed_count(reader)


def _to_be_agreed_words(count: int) -> str:
    return str(
        ngettext(
            "%(num)s large batch waits for a second person", "%(num)s large batches wait for a second person", count
        )
    )
