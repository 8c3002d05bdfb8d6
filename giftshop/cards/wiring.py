"""Puts cards onto the app."""

from __future__ import annotations

from functools import partial

from giftshop.cards import card_views, guessing_views, watching
from giftshop.cards.issuing import issue_batch
from giftshop.cards.service import ISSUE_JOB
from giftshop.cards.views import READERS, bp
from giftshop.kernel.locale import N_
from giftshop.web import GiftShop, MenuItem

PAGES = (card_views, guessing_views)
"""Each hangs its routes on the blueprint when it is imported."""


def init_app(app: GiftShop) -> None:
    """Let the worker issue batches and watch for odd patterns, and people see what concerns them."""
    app.jobs.register(ISSUE_JOB, partial(issue_batch, keyring=app.settings.keyring))
    app.jobs.register(watching.WATCH_JOB, watching.watch)
    app.rounds.append(watching.promise_to_watch)
    app.register_blueprint(bp)
    hint = N_("What you have given, and how many have chosen their gift.")
    app.menu.append(MenuItem(N_("Programmes"), "cards.programmes", frozenset(READERS), 40, "gift-card", hint))
    guesses = N_("Who tries codes that open nothing, and whom we let in again.")
    lookers = frozenset(guessing_views.LOOKERS)
    app.menu.append(MenuItem(N_("Wrong codes"), "cards.wrong_codes", lookers, 70, "lock", guesses))
