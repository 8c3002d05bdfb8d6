"""The real site in a real browser: web server and worker as processes, people with a desk or a phone."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from giftshop.config import demonstration_environ
from tests.journeys.live import DESK, PHONE, ROOT, LiveSite, Someone, Watch
from tools.services import Services, fake_stripe, free_port, site, stripe_environ

SCREENSHOTS = ROOT / "test-results"
START_SECONDS = 60
WAIT_MS = 30_000
"""How long a page may take on a machine that has other things to do; nobody waits longer than it takes."""
FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def live_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """The site with its demonstration data. All tests of a process share it: order and redeem things of your own."""
    instance, port = tmp_path_factory.mktemp("site"), free_port()
    inherited = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "PUBLIC_URL"}}
    environ = {**inherited, "GIFTSHOP_MODE": "demo", "INSTANCE_PATH": str(instance), "PORT": str(port)}
    beside, logs = free_port(), instance / "logs"
    here = LiveSite(f"http://127.0.0.1:{port}", instance, environ, f"http://127.0.0.1:{beside}")
    here.flask("demo", "load")
    environ |= stripe_environ(demonstration_environ(instance), beside)
    stripe = fake_stripe(sys.executable, port=beside, site_port=port, file=instance / "stripe.json", logs=logs)
    with Services([*site(sys.executable, port=port, logs=logs), stripe], environ).running() as services:
        services.wait_until_healthy(f"{here.url}/healthz", seconds=START_SECONDS)
        yield here


@pytest.fixture
def someone(live_site: LiveSite, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Someone]:
    """Make a person's page: `someone(PHONE, locale="zh-CN")`. Each has cookies of their own.

    When the test ends, every script error, server error, missing file and request to another server fails it.
    """
    watch = Watch((live_site.url, live_site.stripe))
    pages: list[Page] = []

    def make(viewport: ViewportSize = DESK, *, locale: str = "en-GB", **options: Any) -> Page:
        context = chromium.new_context(
            base_url=live_site.url, viewport=viewport, locale=locale, timezone_id="Asia/Shanghai", **options
        )
        context.set_default_timeout(WAIT_MS)
        expect.set_options(timeout=WAIT_MS)
        context.on("page", watch.over)
        pages.append(context.new_page())
        return pages[-1]

    yield make
    for number, page in enumerate(pages):
        if request.node.stash.get(FAILED, False):
            SCREENSHOTS.mkdir(exist_ok=True)
            name = re.sub(r"\W+", "-", request.node.name)
            page.screenshot(path=SCREENSHOTS / f"{name}-{number}.png", full_page=True)
        page.context.close()
    assert watch.findings == []


@pytest.fixture
def desk(someone: Someone) -> Page:
    """Somebody at a desk, reading English."""
    return someone(DESK)


@pytest.fixture
def phone(someone: Someone) -> Page:
    """Somebody with a phone, reading English."""
    return someone(PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def phone_in_chinese(someone: Someone) -> Page:
    """Somebody with a phone, reading Chinese."""
    return someone(PHONE, has_touch=True, is_mobile=True, locale="zh-CN")


@pytest.fixture
def phone_without_javascript(someone: Someone) -> Page:
    """Somebody whose phone runs no scripts."""
    return someone(PHONE, has_touch=True, is_mobile=True, java_script_enabled=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember a failure, for the screenshot at the end."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report
