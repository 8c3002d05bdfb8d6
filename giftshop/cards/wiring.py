"""Puts cards onto the app."""

from __future__ import annotations

from functools import partial

from giftshop.cards import card_views
from giftshop.cards.issuing import issue_batch
from giftshop.cards.service import ISSUE_JOB
from giftshop.cards.views import READERS, bp
from giftshop.kernel.locale import N_
from giftshop.web import GiftShop, MenuItem


def init_app(app: GiftShop) -> None:
    """Let the worker issue batches, and buyers see what became of theirs."""
    app.jobs.register(ISSUE_JOB, partial(issue_batch, keyring=app.settings.keyring))
    app.register_blueprint(bp)
    hint = N_("What you have given, and how many have chosen their gift.")
    found = N_("One card, by its serial number, and what happened to it")
    app.menu.append(MenuItem(N_("Cards"), "cards.find", frozenset(card_views.DESK), 45, "gift-card", found))
    app.menu.append(MenuItem(N_("Programmes"), "cards.programmes", frozenset(READERS), 40, "gift-card", hint))
