"""Puts cards onto the app."""

from __future__ import annotations

from functools import partial

from giftshop.cards.issuing import issue_batch
from giftshop.cards.resealing import reseal_batch_keys
from giftshop.cards.service import ISSUE_JOB
from giftshop.cards.views import READERS, bp
from giftshop.kernel.locale import N_
from giftshop.web import GiftShop, MenuItem


def init_app(app: GiftShop) -> None:
    """Let the worker issue batches, and buyers see what became of theirs."""
    app.jobs.register(ISSUE_JOB, partial(issue_batch, keyring=app.settings.keyring))
    app.resealers.append(reseal_batch_keys)
    app.register_blueprint(bp)
    hint = N_("What you have given, and how many have chosen their gift.")
    app.menu.append(MenuItem(N_("Programmes"), "cards.programmes", frozenset(READERS), 40, "gift-card", hint))
