"""The lists of Chinese places in a browser with JavaScript."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect
from werkzeug.serving import make_server

from giftshop.web import GiftShop


@pytest.fixture
def page(shop: GiftShop, chromium: Browser) -> Iterator[Page]:
    """A phone that has opened the form; what its console says is an error."""
    server = make_server("127.0.0.1", 0, shop, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    said: list[str] = []
    page = chromium.new_page(viewport={"width": 320, "height": 700}, locale="en-GB")
    page.on("console", lambda word: said.append(word.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"http://127.0.0.1:{server.port}/china")
    yield page
    page.close()
    server.shutdown()
    thread.join()
    assert said == []


def test_a_recipient_chooses_province_city_and_district_without_a_round_trip(page: Page) -> None:
    expect(page.locator("[data-address-more]")).to_have_count(0)
    page.get_by_label("Province").select_option("广东省")
    page.get_by_label("City").select_option("广州市")
    page.get_by_label("District").select_option("天河区")
    page.get_by_label("City").select_option("深圳市")
    expect(page.get_by_label("District")).to_have_value("")
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_district_is_optional_in_dongguan_gone_in_xiantao_and_back_in_beijing(page: Page) -> None:
    expect(page.locator("[data-address-more]")).to_have_count(0)
    district = page.locator("[data-part=district]")
    page.get_by_label("Province").select_option("广东省")
    page.get_by_label("City").select_option("东莞市")
    expect(district).to_contain_text("(optional)")
    page.get_by_label("Province").select_option("湖北省")
    page.get_by_label("City").select_option("仙桃市")
    expect(district).to_be_hidden()
    page.get_by_label("Province").select_option("北京市")
    expect(page.get_by_label("City")).to_have_value("北京市")
    expect(district).to_be_visible()
    expect(district).not_to_contain_text("(optional)")


def test_another_country_brings_its_own_fields_and_keeps_the_name(page: Page) -> None:
    expect(page.locator("[data-address-more]")).to_have_count(0)
    page.get_by_label("Receiver").fill("李雷")
    page.get_by_label("Country or region").select_option("HK")
    page.get_by_label("Area").select_option("九龙")
    expect(page.get_by_label("Receiver")).to_have_value("李雷")
    page.locator("#address-city").select_option("油尖旺区")
    expect(page.locator(".error-summary")).to_have_count(0)


def test_a_province_chosen_before_the_lists_have_arrived_is_followed_when_they_do(page: Page) -> None:
    held: list[Route] = []
    page.route("**/divisions.json?*", lambda route: held.append(route))  # noqa: PLW0108 -- playwright wants a function
    page.reload()
    page.get_by_label("Province").select_option("广东省")
    page.wait_for_timeout(300)
    expect(page.get_by_role("button", name="Show the next list")).to_be_visible()
    for route in held:
        route.continue_()
    page.get_by_label("City").select_option("广州市")
    page.get_by_label("District").select_option("天河区")


def test_a_development_zone_that_was_known_survives_the_script(page: Page) -> None:
    page.goto(page.url.replace("/china", "/known"))
    expect(page.get_by_label("City")).to_have_value("成都市")
    expect(page.locator('[data-address-more="country"]')).to_have_count(0)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_label("District")).to_have_value("高新区")
