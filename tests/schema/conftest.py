"""Databases in which nothing has been made yet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from giftshop.config import Settings
from giftshop.db import Database
from giftshop.events import Events
from tests.conftest import database_url, settings_for

_names = count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without a single table."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'bare.db'}"
    else:
        server: str = request.getfixturevalue("postgres_server")
        url = database_url(server, name := f"bare_{next(_names)}")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
    database = Database(url, Events())
    yield database
    database.dispose()


@pytest.fixture
def its_settings(bare: Database, tmp_path: Path) -> Settings:
    """Settings that point to the bare database."""
    return settings_for(bare.url.render_as_string(hide_password=False), tmp_path)
