"""Anybody who opens the address, before they sign in."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.live import DESK, PHONE, Someone, assert_accessible, assert_fits


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
