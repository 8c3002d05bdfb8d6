"""A world to look at, in which nothing that is tried lasts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.access.stage import Stage
from tests.access.stage import stage as set_up
from tests.hostile.making import keep_nothing, world_on
from tests.hostile.world import World


@pytest.fixture(scope="module")
def world(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Two firms with something at every step of the street. On one kind of database: a page looks the same on both."""
    folder = tmp_path_factory.mktemp("world")
    shutil.copy(sqlite_template, folder / "giftshop.db")
    with world_on(f"sqlite:///{folder / 'giftshop.db'}", folder) as made, pytest.MonkeyPatch.context() as patch:
        keep_nothing(patch)
        yield made


@pytest.fixture(scope="module")
def stage(chromium: Browser) -> Iterator[Stage]:
    """Where pages are shown to Chromium."""
    with set_up(chromium) as shown:
        yield shown
