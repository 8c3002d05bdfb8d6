"""A page of the site, printed: what it says, and nothing that a finger would want to press."""

from __future__ import annotations

import pytest
from playwright.sync_api import ViewportSize

from tests.journeys.live import BUYER, FINANCE, FULFILMENT, LiveSite, Someone

A4: ViewportSize = {"width": 794, "height": 1123}
TO_PRESS = "nav, .site-header, .site-footer, .demo-banner, button, .button, .back-link, input[type=checkbox]"
SEEN = """selector => [...document.querySelectorAll(selector)]
    .filter((each) => each.checkVisibility() && !each.closest('.visually-hidden'))
    .map((each) => each.outerHTML.slice(0, 120))"""
CUT = """() => [...document.querySelectorAll('.table')]
    .filter((each) => each.checkVisibility() && each.getBoundingClientRect().right > window.innerWidth).length"""
INK = "() => [getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"


@pytest.mark.parametrize(
    ("who", "path", "follow"),
    [
        (BUYER, "/orders", ""),
        (BUYER, "/orders", "tbody a"),
        (BUYER, "/programmes", "tbody a"),
        (BUYER, "/lists/1", ""),
        (FULFILMENT, "/dispatch", ""),
        (FINANCE, "/desk/owed", ""),
    ],
)
def test_what_is_printed_is_black_on_white_whole_and_has_nothing_to_press(
    live_site: LiveSite, someone: Someone, who: str, path: str, follow: str
) -> None:
    page = someone(A4, color_scheme="dark")
    live_site.sign_in(page, who)
    page.goto(path)
    if follow:
        page.locator(follow).first.click()
        page.wait_for_load_state()
    assert page.evaluate(SEEN, TO_PRESS), "there is something to press before it is printed"
    page.emulate_media(media="print")
    assert page.evaluate(SEEN, TO_PRESS) == []
    assert page.evaluate(CUT) == 0
    assert page.evaluate(INK) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
