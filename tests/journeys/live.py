"""The site as processes, and what a test can see of it in a browser."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, Response, ViewportSize

ROOT = Path(__file__).parents[2]
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}

NOMINATOR, SERVICE_MANAGER, SALES_MANAGER, PLANNING = (
    f"{role}@lingnan.example" for role in ("nominator", "service_manager", "sales_manager", "planning")
)
BUYER, APPROVER, FIRM_FINANCE, FIRM_ADMINISTRATOR = (
    f"{role}@lingnan.example" for role in ("buyer", "approver", "finance", "administrator")
)
SALES, FINANCE, PRODUCTION, FULFILMENT, HOTLINE, ADMINISTRATOR = (
    f"{role}@giftshop.example" for role in ("sales", "finance", "production", "fulfilment", "hotline", "administrator")
)

Someone = Callable[..., Page]
"""Makes a person's page: `someone(PHONE, locale="zh-CN")`."""


@dataclass(frozen=True)
class LiveSite:
    """The demonstration, running for these tests alone."""

    url: str
    instance: Path
    environ: dict[str, str]
    stripe: str
    """Where the stand-in for Stripe is."""

    def flask(self, *arguments: str) -> str:
        """Run one of the site's own commands beside it; return what it printed."""
        command = [sys.executable, "-m", "flask", "--app", "app", *arguments]
        done = subprocess.run(command, check=False, env=self.environ, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @property
    def password(self) -> str:
        """What everybody of the demonstration signs in with."""
        return str(json.loads((self.instance / "demo.json").read_text())["DEMO_PASSWORD"])

    def sign_in(self, page: Page, email: str) -> None:
        """Sign somebody in as they would themselves: `live_site.sign_in(desk, BUYER)`."""
        page.goto("/sign-in")
        page.locator("[name=email]").fill(email)
        page.locator("[name=password]").fill(self.password)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url(lambda url: urlsplit(url).path != "/sign-in")


@dataclass
class Watch:
    """What went wrong on a page without anybody seeing it."""

    own_addresses: tuple[str, ...]
    findings: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Listen to everything this page and its scripts do."""
        page.on("pageerror", lambda error: self.findings.append(f"script error on {page.url}: {error}"))
        page.on("console", lambda word: self._note_console(page, word.type, word.text))
        page.on("request", self._note_request)
        page.on("response", self._note_response)

    def _note_console(self, page: Page, kind: str, text: str) -> None:
        # A refused form answers 4xx, which the browser reports too; responses are judged below.
        if kind == "error" and not text.startswith("Failed to load resource"):
            self.findings.append(f"console on {page.url}: {text}")

    def _note_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and not request.url.startswith(self.own_addresses):
            self.findings.append(f"asked another server: {request.url}")

    def _note_response(self, response: Response) -> None:
        is_static = urlsplit(response.url).path.startswith("/static/")
        if response.status >= 500 or (is_static and response.status >= 400):
            self.findings.append(f"{response.status} for {response.url}")


def assert_accessible(page: Page) -> None:
    """Fail with axe's own words if it finds anything on the page as it is now."""
    # What still fades in has the contrast of a moment only.
    page.evaluate("Promise.all(document.getAnimations().map((movement) => movement.finished.catch(() => null)))")
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def assert_fits(page: Page) -> None:
    """Fail when somebody has to scroll sideways."""
    page.wait_for_load_state()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert page.viewport_size is not None
    assert width <= page.viewport_size["width"], f"{page.url} is {width} px wide"
