"""A shop whose every program, the database included, is the test's own to kill."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.conftest import database_url, migrated
from tests.crashes.postgres import Postgres
from tests.redemption.conftest import book

__all__ = ["book"]


@pytest.fixture(params=["sqlite", "postgresql"])
def postgres(request: pytest.FixtureRequest) -> Iterator[Postgres | None]:
    """A server to kill, or None where the database is a file."""
    if request.param == "sqlite":
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="giftshop-crash-"))
    server = Postgres(folder / "data")
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def fresh_database_url(postgres: Postgres | None, tmp_path: Path) -> str:
    """A migrated database on that server, or in a file."""
    url = f"sqlite:///{tmp_path / 'giftshop.db'}"
    if postgres is not None:
        with psycopg.connect(postgres.url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE giftshop")
        url = database_url(postgres.url, "giftshop")
    migrated(url, tmp_path)
    return url
