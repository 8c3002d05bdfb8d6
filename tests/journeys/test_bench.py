"""A packer at the bench, with a scanner and no mouse."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.live import DESK, FULFILMENT, PHONE, LiveSite, Someone, assert_accessible, assert_fits


def scan(page: Page, code: str) -> None:
    """What a scanner does: it types into whatever has the focus, then sends Enter."""
    page.wait_for_load_state()
    expect(page.get_by_label("Scan or type")).to_be_focused()
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def test_a_packer_takes_confirms_closes_and_prints_without_a_mouse(live_site: LiveSite, desk: Page) -> None:
    live_site.sign_in(desk, FULFILMENT)
    desk.goto("/dispatch?lang=en")
    number = desk.locator("tbody th a.code").first.inner_text()
    scan(desk, number)
    expect(desk.locator("h1")).to_have_text(number)
    expect(desk.get_by_text("Being packed")).to_be_visible()

    scan(desk, "WRONG-9")
    expect(desk.get_by_role("alert")).to_contain_text("STOP. WRONG-9 does not belong in")
    assert_accessible(desk)

    for line in desk.locator(".contents li").all():
        pieces = int(re.findall(r"\d+", line.locator(".how-many").inner_text())[-1])
        for _ in range(pieces):
            scan(desk, line.locator(".code").inner_text())
    expect(desk.get_by_text("All of it is in.")).to_be_visible()
    desk.wait_for_load_state()  # its words are there before its script is, and before the focus
    desk.keyboard.press("Enter")
    expect(desk.get_by_text(f"{number} is packed.")).to_be_visible()

    desk.wait_for_load_state()
    desk.locator("[name=code]").focus()
    with desk.context.expect_page() as printed:
        desk.keyboard.press("Enter")
    assert "/dispatch/printouts/" in printed.value.url or printed.value.url == "about:blank"


def test_keys_lead_through_the_queue(live_site: LiveSite, desk: Page) -> None:
    live_site.sign_in(desk, FULFILMENT)
    desk.goto("/dispatch?view=&lang=en")
    numbers = desk.locator("tbody th a.code").all_inner_texts()
    expect(desk.get_by_label("Scan or type")).to_be_focused()
    desk.keyboard.press("/")
    expect(desk.locator("[data-search]")).to_be_focused()
    desk.keyboard.press("Escape")
    desk.locator("h1").click()
    desk.keyboard.press("?")
    expect(desk.get_by_text("Down and up the rows")).to_be_visible()
    expect(desk.get_by_text("To the scan box")).to_be_visible()
    assert_accessible(desk)
    desk.keyboard.press("Escape")
    expect(desk.get_by_text("Down and up the rows")).to_be_hidden()
    desk.locator("h1").click()
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("k")
    desk.locator("tr.is-at a.code").press("Enter")
    expect(desk.locator("h1")).to_have_text(numbers[0])


def test_a_desk_is_worked_by_keys_that_can_be_switched_off(live_site: LiveSite, desk: Page) -> None:
    live_site.sign_in(desk, FULFILMENT)
    desk.goto("/dispatch?view=waiting&lang=en")
    number = desk.locator("tbody th a.code").first.inner_text()
    desk.locator("h1").click()
    desk.keyboard.press("j")
    desk.keyboard.press("x")
    desk.get_by_role("button", name="Take", exact=True).focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("1 parcel is yours.")).to_be_visible()
    desk.wait_for_load_state()
    desk.locator("h1").click()
    desk.keyboard.press("u")
    expect(desk.get_by_text("They are back in the queue.")).to_be_visible()
    expect(desk.locator("tbody th a.code").first).to_have_text(number)
    desk.wait_for_load_state()
    desk.locator("h1").click()
    desk.keyboard.press("?")
    desk.get_by_label("Single keys do things here").uncheck()
    desk.keyboard.press("Escape")
    desk.keyboard.press("j")
    expect(desk.locator("tr.is-at")).to_have_count(0)
    desk.reload()
    desk.locator("h1").click()
    desk.keyboard.press("?")
    expect(desk.locator("#keys-help")).to_be_hidden()
    desk.get_by_role("button", name="Keys").click()
    desk.get_by_label("Single keys do things here").check()
    desk.keyboard.press("Escape")
    desk.locator("h1").click()
    desk.keyboard.press("g")
    desk.keyboard.press("h")
    expect(desk.locator("h1")).to_contain_text("Hello")


def test_every_page_of_the_bench_can_be_used_by_everybody(live_site: LiveSite, someone: Someone) -> None:
    for viewport, locale in ((DESK, "en-GB"), (PHONE, "zh-CN")):
        page = someone(viewport, locale=locale)
        live_site.sign_in(page, FULFILMENT)
        page.goto("/dispatch?view=")
        shipments = {row.get_attribute("href") or "" for row in page.locator("tbody th a.code").all()}
        page.goto("/dispatch/manifests")
        manifests = {row.get_attribute("href") or "" for row in page.locator("tbody th a.code").all()}
        places = ["", "?view=late&q=zzz", "/manifests", "/files", "/carriers", "/carriers/SF", "/carriers/new"]
        for address in [*(f"/dispatch{place}" for place in places), *sorted(shipments)[:6], *sorted(manifests)[:1]]:
            page.goto(address)
            assert_fits(page)
            assert_accessible(page)
