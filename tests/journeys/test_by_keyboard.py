"""The main ways through the site with the Tab key, arrows, Space and Enter alone. The bench has its own: test_bench."""

from __future__ import annotations

import re

from playwright.sync_api import Dialog, Locator, Page, expect

from tests.journeys.live import APPROVER, BUYER, DESK, LiveSite, Someone
from tests.journeys.test_recipient import ENGLISH, fresh_code
from tests.journeys.walking import continue_button

MOST_STOPS = 150
"""Tab stops of the longest page: whoever has not arrived by then never will."""
IS_FOCUSED = "node => node === document.activeElement"


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus."""
    for _ in range(MOST_STOPS):
        if wanted.evaluate(IS_FOCUSED):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no Tab key leads to {wanted} on {page.url}")


def enter(page: Page, wanted: Locator) -> None:
    """Go to a link or a button and press Enter; wait for the page it leads to."""
    tab_to(page, wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_visible()


def write(page: Page, field: str, words: str) -> None:
    """Go to a field and type."""
    tab_to(page, page.locator(f"[name='{field}']"))
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(words)


def pick_places(page: Page, prefix: str) -> None:
    """Take the first of each list of places, as soon as the list is there."""
    for name in ("region", "city", "district"):
        box = page.locator(f"[name='{prefix}-{name}']")
        expect(box.locator("option").nth(1)).to_be_attached()
        tab_to(page, box)
        page.keyboard.press("ArrowDown")
        expect(box).not_to_have_value("")


def take(page: Page, radio: Locator) -> None:
    """Choose one of several: Tab leads to the group, arrows to the one that is meant."""
    group = page.locator(f"[name='{radio.get_attribute('name')}']")
    page.keyboard.press("Tab")
    for _ in range(MOST_STOPS):
        if any(each.evaluate(IS_FOCUSED) for each in group.all()):
            break
        page.keyboard.press("Tab")
    for _ in range(group.count()):
        if radio.evaluate(IS_FOCUSED):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(radio).to_be_checked()


def test_a_recipient_comes_from_the_code_to_the_confirmation(live_site: LiveSite, someone: Someone) -> None:
    page = someone(DESK)
    page.goto("/r")
    write(page, "code", fresh_code(live_site))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    enter(page, page.get_by_role("link", name=ENGLISH.choose))
    take(page, page.locator(".picture-choice input").nth(1))
    enter(page, page.get_by_role("button", name=ENGLISH.this_one))
    write(page, "to-name", "李雷")
    write(page, "to-phone", "138 1234 5678")
    pick_places(page, "to")
    write(page, "to-street", "体育西路123号")
    enter(page, page.get_by_role("button", name=ENGLISH.go_on))
    enter(page, page.get_by_role("button", name=ENGLISH.confirm))
    expect(page.locator("h1")).to_have_text(ENGLISH.done)


def test_a_buyer_orders_and_an_approver_approves(live_site: LiveSite, someone: Someone) -> None:
    buyer = someone(DESK)
    live_site.sign_in(buyer, BUYER)
    buyer.goto("/orders/new")
    take(buyer, buyer.locator("[name=edition]").first)
    take(buyer, buyer.locator("[name=mode][value=number]"))
    write(buyer, "quantity", "390")
    enter(buyer, continue_button(buyer))
    write(buyer, "headline", "中秋快乐")
    write(buyer, "greeting", "花好月圆")
    enter(buyer, continue_button(buyer))
    write(buyer, "address-name", "陈婉仪")
    write(buyer, "address-phone", "13800138000")
    pick_places(buyer, "address")
    write(buyer, "address-street", "体育西路 123 号")
    enter(buyer, continue_button(buyer))
    expect(buyer.locator("img.proof").first).to_be_visible()
    enter(buyer, continue_button(buyer))
    order = buyer.url.rstrip("/").rpartition("/")[2]
    assert re.fullmatch(r"O-\d{4}-\d{3}-\d{3}", order)

    approver = someone(DESK)
    approver.on("dialog", Dialog.accept)
    live_site.sign_in(approver, APPROVER)
    approver.goto(f"/orders/{order}")
    enter(approver, approver.locator("form[action$='/approve'] [type=submit]"))
    expect(approver.locator("form[action$='/approve']")).to_have_count(0)
