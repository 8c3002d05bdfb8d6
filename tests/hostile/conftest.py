"""One world a database for all tests of a module here, and everybody's browsers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.orm import Session

from giftshop.application import create_app
from giftshop.config import StripeAccount
from giftshop.db import Transaction
from tests.conftest import WIPE, settings_for
from tests.hostile.world import World, make_world
from tests.people import Browser, settle

STRIPE = StripeAccount("sk_test_nobody", "whsec_nobody", "http://127.0.0.1:9")
"""An account where nobody answers."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world that stays as it was made as long as its tests ask for `nothing_kept`."""
    folder: Path = tmp_path_factory.mktemp("world")
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), folder / "giftshop.db")
        url = f"sqlite:///{folder / 'giftshop.db'}"
    else:
        url = request.getfixturevalue("postgres_database")
    app = create_app(replace(settings_for(url, folder), stripe=STRIPE))
    app.test_client_class = Browser
    with app.app_context():
        yield make_world(app, settle(app.database))
    app.database.dispose()
    if request.param == "postgresql":
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(WIPE)


@pytest.fixture
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every transaction be carried out to the end, constraints and all, and then undone."""

    def undo(tx: Transaction) -> list[Any]:
        tx.flush()
        tx.expunge_all()  # what a command returns stays readable, as after a commit
        Session.rollback(tx)
        return []

    monkeypatch.setattr(Transaction, "_keep", undo)
