"""Anybody who opens the address, before they sign in."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.live import BUYER, DESK, FULFILMENT, PHONE, LiveSite, Someone, assert_accessible, assert_fits


def test_a_visitor_reads_the_home_page_in_their_language_on_a_desk_and_a_phone(someone: Someone) -> None:
    for locale, language in (("en-GB", "en"), ("zh-CN", "zh-Hans")):
        for viewport in (DESK, PHONE):
            page = someone(viewport, locale=locale)
            page.goto("/")
            expect(page.locator("html")).to_have_attribute("lang", language)
            expect(page.locator("h1")).to_be_visible()
            assert_fits(page)
            assert_accessible(page)


def test_a_visitor_without_javascript_reads_the_home_page(phone_without_javascript: Page) -> None:
    phone_without_javascript.goto("/")
    expect(phone_without_javascript.locator("h1")).to_be_visible()


def test_everybody_who_was_introduced_can_sign_in(live_site: LiveSite, someone: Someone) -> None:
    introduced = re.findall(r"\S+@\S+", live_site.flask("demo", "sign-ins"))
    assert {BUYER, FULFILMENT} < set(introduced)
    for email in (BUYER, FULFILMENT):
        page = someone()
        live_site.sign_in(page, email)
        expect(page.locator("h1")).to_be_visible()
        assert_fits(page)
        assert_accessible(page)
