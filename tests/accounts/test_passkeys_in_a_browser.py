"""Passkeys as a real browser makes them, with an authenticator that DevTools pretends to have plugged in."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from giftshop.application import create_app
from tests.conftest import settings_for
from tests.people import PASSWORD, People, settle
from tools.services import free_port


@pytest.fixture
def site(sqlite_template: Path, tmp_path: Path) -> Iterator[tuple[str, People]]:
    """The site where staff must have a second factor, listening on this machine."""
    shutil.copy(sqlite_template, tmp_path / "giftshop.db")
    address = f"http://localhost:{(port := free_port())}"
    settings = settings_for(f"sqlite:///{tmp_path / 'giftshop.db'}", tmp_path)
    app = create_app(replace(settings, public_url=address, is_second_factor_needed=True))
    server = make_server("localhost", port, app, threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield address, settle(app.database)
    server.shutdown()
    serving.join()
    app.database.dispose()


def plug_in(page: Page) -> None:
    """Give the browser an authenticator that is always touched."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in_by_form(page: Page, address: str, email: str) -> None:
    page.goto(f"{address}/sign-in")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")


def test_the_hotline_sets_up_a_passkey_on_the_way_in_and_comes_in_with_it_from_then_on(
    site: tuple[str, People], chromium: Browser
) -> None:
    address, people = site
    page = chromium.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    plug_in(page)
    sign_in_by_form(page, address, people.staff.hotline.email)
    page.get_by_role("link", name="Set up a passkey").click()
    page.locator("[name=name]").fill("Desk computer")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name=re.compile("Desk computer")).click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    page.get_by_role("link", name="I have stored them safely").click()
    expect(page).to_have_url(f"{address}/desk")

    page.context.clear_cookies()
    sign_in_by_form(page, address, people.staff.hotline.email)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(f"{address}/desk")
    page.goto(f"{address}/me/second-factor")
    expect(page.locator(".passkeys strong")).to_have_text("Desk computer")
    assert troubles == []
    page.close()
