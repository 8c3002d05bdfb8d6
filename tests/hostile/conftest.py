"""One world a database for all tests of a module here, and everybody's browsers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.conftest import WIPE
from tests.hostile.making import keep_nothing, world_on
from tests.hostile.world import World


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world that stays as it was made as long as its tests ask for `nothing_kept`."""
    folder: Path = tmp_path_factory.mktemp("world")
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), folder / "giftshop.db")
        url = f"sqlite:///{folder / 'giftshop.db'}"
    else:
        url = request.getfixturevalue("postgres_database")
    with world_on(url, folder) as made:
        yield made
    if request.param == "postgresql":
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(WIPE)


@pytest.fixture
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every transaction be carried out to the end, constraints and all, and then undone."""
    keep_nothing(monkeypatch)
