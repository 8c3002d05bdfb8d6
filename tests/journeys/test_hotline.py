"""An agent at the hotline with both hands on the keyboard, a caller at the ear."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.live import HOTLINE, LiveSite, assert_accessible, assert_fits
from tests.journeys.test_recipient import fresh_code


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the field of this name has the focus."""
    for _ in range(40):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {name}")


def test_a_call_from_hello_to_goodbye_without_a_mouse(live_site: LiveSite, desk: Page) -> None:
    live_site.sign_in(desk, HOTLINE)
    desk.goto("/desk/hotline?lang=en")
    desk.get_by_role("button", name="Take a call").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_label("Find the card")).to_be_focused()
    assert_accessible(desk)

    code = fresh_code(live_site)
    tab_to(desk, "code")
    desk.keyboard.type(code)
    desk.keyboard.press("Enter")
    choose = desk.get_by_role("link", name="Choose with the caller")
    expect(choose).to_be_focused()
    assert code.split()[0] not in desk.content()
    assert_accessible(desk)
    assert_fits(desk)
    desk.keyboard.press("Enter")

    expect(desk.locator("[name=gift]").first).to_be_focused()
    desk.keyboard.press("ArrowDown")
    for name, typed in [
        ("to-name", "王小明"),
        ("to-phone", "13812345678"),
        ("to-region", "广东省"),
        ("to-city", "广州市"),
        ("to-district", "天河区"),
        ("to-street", "体育西路123号 1501"),
    ]:
        tab_to(desk, name)
        if desk.evaluate("document.activeElement.localName") == "select":
            desk.locator(f"[name={name}]").select_option(
                typed
            )  # its keys are the browser's own, and not on every system
        else:
            desk.keyboard.insert_text(typed)
    assert_accessible(desk)
    desk.locator("[name=to-phone]").press("Enter")

    expect(desk.get_by_role("button", name="The caller says yes: confirm")).to_be_focused()
    expect(desk.locator(".read-back")).to_contain_text("王，小，明")
    assert_accessible(desk)
    desk.keyboard.press("Enter")
    expect(desk.locator("h1")).to_have_text(re.compile(r"Noted: S-\d{4}-\d{3}-\d{3}"))
    desk.keyboard.press("Enter")

    expect(desk.get_by_text("by the hotline,")).to_be_visible()
    tab_to(desk, "outcome")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("The call is noted.")).to_be_visible()
    assert_accessible(desk)
