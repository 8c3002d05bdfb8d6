"""A real browser for any test that asks for `chromium`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tools.browser import browser_is_required, installed_browser, missing_packages

FLAGS = [
    "--headless",
    "--no-sandbox",  # as root, as in a container, Chromium has none to give
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or the one that CHROMIUM names. One for a test process: playwright allows no second."""
    path = installed_browser()
    if path is None or missing_packages():
        (pytest.fail if browser_is_required() else pytest.skip)("no browser on this machine: see `make test`")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()
