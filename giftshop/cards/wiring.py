"""Puts cards onto the app."""

from __future__ import annotations

from functools import partial

from giftshop.cards.issuing import issue_batch
from giftshop.cards.service import ISSUE_JOB
from giftshop.web import GiftShop


def init_app(app: GiftShop) -> None:
    """Let the worker issue batches."""
    app.jobs.register(ISSUE_JOB, partial(issue_batch, keyring=app.settings.keyring))
