"""Making the world on a database, and letting nothing that happens in it last."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from giftshop.application import create_app
from giftshop.config import StripeAccount
from giftshop.db import Transaction
from giftshop.kernel.market import MarketRules
from tests.conftest import settings_for
from tests.hostile.world import World, make_world
from tests.people import Browser, settle

STRIPE = StripeAccount("sk_test_nobody", "whsec_nobody", "http://127.0.0.1:9")
"""An account where nobody answers."""


@contextmanager
def world_on(url: str, folder: Path) -> Iterator[World]:
    """Make the world in the migrated, empty database at `url`."""
    app = create_app(replace(settings_for(url, folder), stripe=STRIPE, market=MarketRules()))
    app.test_client_class = Browser
    with app.app_context():
        yield make_world(app, settle(app.database))
    app.database.dispose()


def keep_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every transaction be carried out to the end, constraints and all, and then undone."""

    def undo(tx: Transaction) -> list[Any]:
        tx.flush()
        tx.expunge_all()  # what a command returns stays readable, as after a commit
        Session.rollback(tx)
        return []

    monkeypatch.setattr(Transaction, "_keep", undo)
