"""People who walk through the site in one language; whatever page they come to, it is looked at."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Error, Locator, Page, ViewportSize, expect

from tests.journeys.live import DESK, PHONE, LiveSite, Someone, assert_accessible, assert_fits

PATIENCE = 45.0
"""Seconds that a job of the worker may take on a machine that has other things to do."""


@dataclass(frozen=True)
class Walk:
    """One journey: its site, its language, and the widths that its pages are looked at in.

    Without `widths`, a page is looked at as wide as the window of whoever came to it.
    """

    site: LiveSite
    someone: Someone
    locale: str
    widths: Sequence[ViewportSize] = ()
    has_scripts: bool = True
    """Without, pages are not judged by axe, which is a script."""

    def at_desk(self, email: str) -> Page:
        """Return the page of somebody who has signed in, in the language of this walk."""
        page = self.someone(DESK, locale=self.locale)
        self.site.sign_in(page, email)
        if page.locator("html").get_attribute("lang") != self.lang:
            page.locator(f"a[hreflang={self.lang}]").click()
        self.look(page)
        return page

    def with_phone(self, **options: Any) -> Page:
        """Return the page of somebody who holds a phone."""
        options["java_script_enabled"] = self.has_scripts
        return self.someone(PHONE, locale=self.locale, has_touch=True, is_mobile=True, **options)

    @property
    def lang(self) -> str:
        """The language as pages say it in their `lang`."""
        return "zh-Hans" if self.locale.startswith("zh") else "en"

    def look(self, page: Page) -> None:
        """Judge the page that somebody has come to: it is one, in their language, and anybody can use it."""
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", self.lang)
        own = page.viewport_size
        assert own is not None
        for size in self.widths or (own,):
            page.set_viewport_size(size)
            assert_fits(page)
            if self.has_scripts:
                assert_accessible(page)
        page.set_viewport_size(own)

    def follow(self, page: Page, link: str | Locator) -> None:
        """Follow a link, given as where it leads, and look at the page behind it."""
        found = page.locator(f"a[href='{link}']:visible").first if isinstance(link, str) else link
        with page.expect_navigation():
            found.click()
        self.look(page)

    def press(self, page: Page, button: str | Locator) -> None:
        """Press a button, given as the end of the address that its form is sent to, and look at what comes.

        What is asked before something that cannot be undone is answered with yes.
        """
        found = page.locator(f"form[action$='{button}'] [type=submit]").first if isinstance(button, str) else button
        with page.expect_navigation():
            found.click()
            asked = page.locator("#asks[open] [value=yes]")
            if asked.is_visible():
                asked.click()
        self.look(page)


def continue_button(page: Page) -> Locator:
    """Return the button that ends the form of the page."""
    return page.locator("main form .form-actions [type=submit], main form .button.block[type=submit]").last


def reload_until(page: Page, wanted: str) -> Locator:
    """Load the page again until something is on it that a job brings about."""
    deadline = time.monotonic() + PATIENCE
    while not page.locator(wanted).count():
        assert time.monotonic() < deadline, f"no {wanted} on {page.url}"
        page.wait_for_timeout(200)
        with suppress(Error):  # a page that loads itself again at this moment lets ours go
            page.reload()
    return page.locator(wanted)
