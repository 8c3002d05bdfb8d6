"""A decorated gift set for thirty people, paid by transfer: put together, ordered, decorated, and brought to a door."""

from __future__ import annotations

import csv
import io
from dataclasses import astuple
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from giftshop.demo.nominations import HEADINGS, nominees
from tests.journeys.live import BUYER, DESK, PHONE, PRODUCTION, LiveSite, Someone
from tests.journeys.street import GREETING, HEADLINE, SHIPMENT, Packer, links_on, receive_transfer
from tests.journeys.walking import Walk, continue_button, reload_until

PEOPLE: Final = nominees()[200:230]


def list_file() -> bytes:
    """Thirty people of the campaign, as a spreadsheet writes them."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([HEADINGS, *(astuple(person) for person in PEOPLE)])
    return out.getvalue().encode("gbk")


WANTED = {"en": ("West Lake Longjing", "Vacuum flask"), "zh-Hans": ("西湖龙井", "保温壶")}
"""What is looked for among the gifts."""


class SetBuyer:
    """Who puts a set together and orders it for a list."""

    def __init__(self, walk: Walk) -> None:
        self.walk, self.page = walk, walk.at_desk(BUYER)

    def puts_together(self, name: str) -> None:
        """Begin a set, put two gifts in, choose the bag, have the flask engraved and the bag printed, write a card."""
        self.walk.follow(self.page, "/gift-sets")
        self.walk.follow(self.page, "/gift-sets/new")
        self.page.locator("[name=name]").fill(name)
        self.walk.press(self.page, self.page.locator("#empty [type=submit]"))
        self.page.locator("[name=quantity]").fill(str(len(PEOPLE)))
        for words in WANTED[self.walk.lang]:
            self.page.locator("[name=q]").fill(words)
            self.walk.press(self.page, self.page.locator("#add form [type=submit]").first)
            self.walk.press(self.page, self.page.locator("#add [name=add]").first)
        self.page.locator("[name=packaging] + label").nth(2).click()
        for craft in self.offered():
            craft.check()
        self.page.locator("[name=has_card]").check()
        self.page.locator("[name=headline]").fill(HEADLINE)
        self.page.locator("[name=greeting]").fill(GREETING)
        expect(self.page.locator("[data-saved]")).to_be_visible()
        self.walk.press(self.page, self.page.locator("#arrange .form-actions [type=submit]"))
        expect(self.page.locator("[data-total] .alert")).to_have_count(0)
        self.sees(self.page.locator("img.view-all"))
        self.page.locator("#view-card").check(force=True)
        self.sees(self.page.locator(".view-card img"))

    def offered(self) -> list[Locator]:
        """The decorations that can be chosen now: those of a packaging only when it is chosen."""
        shown = self.page.locator("fieldset:not([hidden]) [name=decorations]")
        return [craft for craft in shown.all() if craft.is_visible()][1:]

    def sees(self, picture: Locator) -> None:
        expect(picture).to_be_visible()
        self.page.wait_for_function("image => image.naturalWidth > 0", arg=picture.element_handle())

    def orders(self) -> str:
        """Order it straight to the people of a list. Returns the order's number."""
        self.walk.follow(self.page, self.page.locator("aside a.button[href*='/orders/new-set']"))
        self.walk.press(self.page, continue_button(self.page))
        file = FilePayload(name="名单.csv", mimeType="text/csv", buffer=list_file())
        self.page.locator("[name=file]").set_input_files(file)
        self.walk.press(self.page, continue_button(self.page))
        self.walk.press(self.page, "/recipients/accept")
        expect(self.page.locator("[name=headline]")).to_have_value(HEADLINE)
        self.walk.press(self.page, continue_button(self.page))
        self.walk.press(self.page, continue_button(self.page))
        for picture in self.page.locator("img.proof").all():
            self.sees(picture)
        self.walk.press(self.page, continue_button(self.page))
        return self.page.url.rstrip("/").rpartition("/")[2]

    def finds_a_parcel(self) -> str:
        """Load the order until its parcels are at the bench. Returns the number of the first one."""
        reload_until(self.page, "a[href$='/parcels']")
        self.walk.follow(self.page, self.page.locator("a[href$='/parcels']"))
        expect(self.page.locator("tbody tr").first).to_contain_text(PEOPLE[0].name)
        while not SHIPMENT.search(self.page.locator("tbody tr").first.inner_text()):
            self.page.wait_for_timeout(300)
            self.page.reload()
        found = SHIPMENT.search(self.page.locator("tbody tr").first.inner_text())
        assert found is not None
        return found[0]


def decorate(walk: Walk, order: str, target: Path) -> None:
    """Do every job of an order at the desk of decorations, with the greeting cards fetched and read."""
    page = walk.at_desk(PRODUCTION)
    walk.follow(page, "/desk/decorations")
    rows = page.locator("tbody tr").filter(has_text=order)
    expect(rows).to_have_count(3)
    link = rows.locator("a[href$='greeting-cards.pdf']").get_attribute("href")
    target.write_bytes(page.request.get(str(link)).body())
    assert all(code.startswith("G-") for code in links_on(target))
    for end in ("/begin", "/finish"):
        while (button := rows.locator(f"form[action$='{end}'] [type=submit]")).count():
            walk.press(page, button.first)


def packs_by_scan(packer: Packer, page: Page) -> None:
    """A wrong card is refused; then everything goes in by its code."""
    packer.scans("G-0000-000-000")
    expect(page.locator("main")).to_contain_text("G-0000-000-000")
    packer.packs()


@pytest.mark.parametrize(("locale", "name"), [("en-GB", "Mid-Autumn, by hand"), ("zh-CN", "中秋·手工组合")])
def test_a_decorated_set_for_thirty_people_goes_from_the_builder_to_a_door(
    live_site: LiveSite, someone: Someone, tmp_path: Path, locale: str, name: str
) -> None:
    walk = Walk(live_site, someone, locale, widths=(DESK, PHONE))
    buyer = SetBuyer(walk)
    buyer.puts_together(name)
    order = buyer.orders()
    receive_transfer(walk, order)
    reload_until(buyer.page, ".progress")
    walk.look(buyer.page)
    decorate(walk, order, tmp_path / "cards.pdf")
    parcel = buyer.finds_a_parcel()

    packer = Packer(walk)
    packer.takes(parcel)
    packs_by_scan(packer, packer.page)
    packer.labels("SF", f"SF139000000{len(locale + name):04d}")
    packer.hands_over(parcel)
    packer.delivers(parcel)
    buyer.page.reload()
    expect(buyer.page.locator("tbody tr").filter(has_text=parcel).locator(".badge.success")).to_be_visible()
