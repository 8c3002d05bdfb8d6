"""Whoever holds a card, on a phone: from the QR code to the number, and back to change their mind."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.journeys.live import PHONE, LiveSite, Someone, assert_accessible, assert_fits

SMALL: ViewportSize = {"width": 320, "height": 640}
"""The smallest phone, and what a desk of 640 px has left at 200% zoom."""


@dataclass(frozen=True)
class Words:
    """What a recipient looks for on the pages."""

    locale: str
    choose: str
    this_one: str
    go_on: str
    check: str
    confirm: str
    done: str
    change_address: str
    save: str
    changed: str


ENGLISH = Words(
    locale="en-GB",
    choose="Choose your gift",
    this_one="Choose this one",
    go_on="Go on",
    check="Is everything right?",
    confirm="Confirm, and send it to me",
    done="A good choice!",
    change_address="Change the address",
    save="Save the address",
    changed="Changed. This is where we send it now.",
)
CHINESE = Words(
    locale="zh-CN",
    choose="挑一份心仪的礼物",
    this_one="就选这件",
    go_on="继续",
    check="请核对",
    confirm="确认，寄给我",
    done="选好了！",
    change_address="更改地址",
    save="保存地址",
    changed="已更改，我们将寄到新的地址。",
)


def fresh_code(live_site: LiveSite) -> str:
    """A code that nobody has redeemed, as whoever starts the demonstration is told."""
    told = re.search(r"/r#([0-9A-Z]{16})", live_site.flask("demo", "sign-ins"))
    assert told, "every code that was kept to try is redeemed"
    return told[1]


def looks_right(page: Page) -> None:
    """Fits, and accessible once the letter has opened."""
    page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished)).then(() => true)")
    assert_fits(page)
    assert_accessible(page)


def write_address(page: Page, street: str) -> None:
    page.locator("#to-name").fill("李雷")
    page.locator("#to-phone").fill("138 1234 5678")
    for field, place in (("region", "广东省"), ("city", "广州市"), ("district", "天河区")):
        page.locator(f"#to-{field}").select_option(place)
    page.locator("#to-street").fill(street)


@pytest.mark.parametrize("words", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_a_recipient_scans_chooses_gives_an_address_confirms_and_changes_it(
    live_site: LiveSite, someone: Someone, words: Words
) -> None:
    phone = someone(PHONE, has_touch=True, is_mobile=True, locale=words.locale)
    phone.goto(f"/r#{fresh_code(live_site)}")
    phone.wait_for_url("**/r/gift")
    assert "#" not in phone.url
    expect(phone.locator(".letter")).to_be_visible()
    looks_right(phone)
    phone.get_by_role("link", name=words.choose).click()
    looks_right(phone)
    chosen = phone.locator(".picture-choice").nth(1)
    gift = chosen.locator(".name").inner_text()
    chosen.click()
    expect(phone.locator("[data-chosen]")).to_contain_text(gift)
    phone.get_by_role("button", name=words.this_one).click()
    phone.wait_for_url("**/r/gift/address")
    looks_right(phone)
    phone.get_by_role("button", name=words.go_on).click()
    expect(phone.locator(".error-summary")).to_be_focused()
    expect(phone).to_have_title(re.compile("^(Error|错误)[:：]"))
    looks_right(phone)
    write_address(phone, "体育西路123号 南方大厦 1501")
    phone.get_by_role("button", name=words.go_on).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(words.check)
    expect(phone.get_by_text(gift)).to_be_visible()
    looks_right(phone)
    phone.get_by_role("button", name=words.confirm).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(words.done)
    number = phone.locator(".reference .code").inner_text()
    assert re.fullmatch(r"S-\d{4}-\d{3}-\d{3}", number)
    looks_right(phone)
    phone.reload()
    expect(phone.locator(".reference .code")).to_have_text(number)
    phone.get_by_role("link", name=words.change_address).click()
    looks_right(phone)
    phone.locator("#to-street").fill("天河路385号 太古汇")
    phone.get_by_role("button", name=words.save).click()
    expect(phone.get_by_text(words.changed)).to_be_visible()
    expect(phone.get_by_text("天河路385号")).to_be_visible()


def test_the_code_of_a_qr_leaves_the_address_bar_and_never_the_phone_in_an_address(
    live_site: LiveSite, phone: Page
) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url + str(request.headers.get("referer", ""))))
    code = fresh_code(live_site)
    phone.goto(f"/r#{code}")
    phone.wait_for_url("**/r/gift")
    assert asked
    assert not any(code in address.replace(f"#{code}", "") for address in asked)
    assert code not in phone.evaluate("document.referrer + window.location.href")


def test_a_second_card_scanned_on_the_open_page_opens_too(live_site: LiveSite, phone: Page) -> None:
    phone.goto("/r")
    phone.evaluate("code => { window.location.hash = code }", fresh_code(live_site))
    phone.wait_for_url("**/r/gift")


def test_a_damaged_qr_leaves_the_code_in_the_box_with_a_hint(phone: Page) -> None:
    phone.goto("/r#K7QM2M9XRD4T8WHB")
    expect(phone.locator("#code")).to_have_value("K7QM2M9XRD4T8WHB")
    expect(phone.locator(".field-error")).to_contain_text("There is a typing slip in it")
    assert "#" not in phone.url
    looks_right(phone)


def test_a_recipient_without_javascript_types_the_code_and_asks_for_each_list(
    live_site: LiveSite, phone_without_javascript: Page
) -> None:
    phone = phone_without_javascript
    phone.goto("/r")
    phone.get_by_label("Your gift code").fill(fresh_code(live_site).lower())
    phone.get_by_role("button", name="Open it").click()
    phone.get_by_role("link", name=ENGLISH.choose).click()
    phone.locator(".picture-choice input").first.check()
    phone.get_by_role("button", name=ENGLISH.this_one).click()
    phone.locator("#to-name").fill("李雷")
    phone.locator("#to-phone").fill("13812345678")
    phone.locator("#to-street").fill("体育西路123号")
    for language, name in (("zh-Hans", "简体中文"), ("en", "English")):
        phone.get_by_role("button", name=name).click()
        expect(phone.locator("html")).to_have_attribute("lang", language)
        expect(phone.locator("#to-street")).to_have_value("体育西路123号")
        expect(phone.locator(".error-summary")).to_have_count(0)
    phone.locator("#to-name").press("Enter")
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    for field, place in (("region", "广东省"), ("city", "广州市")):
        phone.locator(f"#to-{field}").select_option(place)
        phone.get_by_role("button", name="Show the next list").click()
    phone.locator("#to-district").select_option("天河区")
    phone.get_by_role("button", name=ENGLISH.go_on).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(ENGLISH.check)
    phone.get_by_role("button", name=ENGLISH.confirm).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(ENGLISH.done)


def test_an_address_half_written_is_still_there_in_the_other_language_and_a_pasted_one_fills_the_rest(
    live_site: LiveSite, phone: Page
) -> None:
    phone.goto(f"/r#{fresh_code(live_site)}")
    phone.wait_for_url("**/r/gift")
    phone.goto("/r/gift/choice")
    phone.locator(".picture-choice").first.click()
    phone.get_by_role("button", name=ENGLISH.this_one).click()
    phone.get_by_role("button", name=ENGLISH.go_on).click()
    expect(phone.locator(".error-summary")).to_be_focused()
    phone.locator("#to-name").fill("李雷")
    phone.locator("#to-region").select_option("广东省")
    phone.locator("#to-city").select_option("广州市")
    phone.get_by_role("button", name="简体中文").click()
    expect(phone.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(phone.locator("#to-name")).to_have_value("李雷")
    expect(phone.locator("#to-city")).to_have_value("广州市")
    expect(phone.locator("#to-district option", has_text="天河区")).to_have_count(1)
    assert phone.evaluate("window.sessionStorage.length") == 0
    phone.get_by_text("粘贴地址，自动识别").click()
    phone.locator("#pasted").fill("13812345678 浙江省杭州市西湖区文三路8号")
    phone.get_by_role("button", name="识别并填写").click()
    expect(phone.locator("#to-city")).to_have_value("杭州市")
    expect(phone.locator("#to-name")).to_have_value("李雷")
    looks_right(phone)
    phone.get_by_role("button", name=CHINESE.go_on).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(CHINESE.check)


def test_every_page_fits_the_smallest_phone_and_a_desk_at_double_size(live_site: LiveSite, someone: Someone) -> None:
    code = fresh_code(live_site)
    for words in (ENGLISH, CHINESE):
        small = someone(SMALL, locale=words.locale)
        for path in ("/r", "/r/not-open"):
            small.goto(path)
            looks_right(small)
        small.goto(f"/r#{code}")
        small.wait_for_url("**/r/gift")
        looks_right(small)
        for path in ("/r/gift/choice", "/r/gift/problem"):
            small.goto(path)
            looks_right(small)
        small.goto("/r/gift/choice")
        small.locator(".picture-choice").first.click()
        small.get_by_role("button", name=words.this_one).click()
        looks_right(small)
        write_address(small, "体育西路123号 南方大厦 1501 室，前台代收")
        small.get_by_role("button", name=words.go_on).click()
        looks_right(small)
