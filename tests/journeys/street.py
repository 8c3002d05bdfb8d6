"""What each person on the street does: a firm's buyer and approver, finance, production, the packer, the recipient.

They find their way as people do, along the links and buttons of the pages.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pypdfium2
import zxingcpp
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.journeys.live import APPROVER, BUYER, FINANCE, FULFILMENT, HOTLINE, PRODUCTION, LiveSite
from tests.journeys.walking import Walk, continue_button, reload_until

HEADLINE: Final = "中秋快乐"
GREETING: Final = "感谢您对我们的支持,中秋佳节之际,请接受全体联动员工深情的谢意和诚挚的祝福,愿您心想事成,财源滚滚!"
"""The campaign's own words."""
SHIPMENT: Final = re.compile(r"S-\d{4}-\d{3}-\d{3}")


class Buyer:
    """Who orders for the firm, sees the proof, and says when the cards have come."""

    def __init__(self, walk: Walk) -> None:
        self.walk, self.page = walk, walk.at_desk(BUYER)

    def begins(self) -> None:
        """Open the first step of a new order, with the first gift book chosen."""
        self.walk.follow(self.page, "/orders")
        self.walk.follow(self.page, "/orders/new")
        self.page.locator("[name=edition] + label").first.click()

    def begins_cards(self, face: str, quantity: int) -> None:
        """Open the first step of an order of shopping cards, and fill it in: bearer cards for four products."""
        self.walk.follow(self.page, "/orders")
        self.walk.follow(self.page, "/orders/new")
        self.walk.follow(self.page, "/orders/new-cards")
        self.page.locator("[name=face]").fill(face)
        self.page.locator("[name=mode][value=number] + label").click()
        self.page.locator("[name=quantity]").fill(str(quantity))
        for label in self.page.locator("[name=products] + label").all()[:4]:
            label.click()
        self.walk.press(self.page, continue_button(self.page))

    def chooses_a_number(self, quantity: int) -> None:
        """Order so many books that bear no name."""
        self.page.locator("[name=mode][value=number] + label").click()
        self.page.locator("[name=quantity]").fill(str(quantity))
        self.walk.press(self.page, continue_button(self.page))

    def uploads(self, name: str, content: bytes, people: int) -> None:
        """Order for a list: upload the file, look at what was read of it, and take it."""
        self.page.locator("[name=mode][value=list] + label").click()
        self.walk.press(self.page, continue_button(self.page))
        file = FilePayload(name=name, mimeType="text/csv", buffer=content)
        self.page.locator("[name=file]").set_input_files(file)
        self.walk.press(self.page, continue_button(self.page))
        expect(self.page.locator("main")).to_contain_text(str(people))
        self.walk.press(self.page, "/recipients/accept")

    def writes_the_card(self) -> None:
        """Say what the card says."""
        self.page.locator("[name=card_locale][value=zh_Hans] + label").click()
        self.page.locator("[name=headline]").fill(HEADLINE)
        self.page.locator("[name=greeting]").fill(GREETING)
        self.walk.press(self.page, continue_button(self.page))

    def says_where_the_cards_go(self) -> None:
        """Give the firm's address through the lists of places."""
        self.page.locator("[name=address-name]").fill("陈婉仪")
        self.page.locator("[name=address-phone]").fill("13800138000")
        choose_place(self.walk, self.page, "address", "广东省", "广州市", "天河区")
        self.page.locator("[name=address-street]").fill("体育西路 123 号")
        self.walk.press(self.page, continue_button(self.page))

    def places(self) -> str:
        """Look at the proof, and place the order. Returns its number."""
        proof = self.page.locator("img.proof").first
        expect(proof).to_be_visible()
        self.page.wait_for_function("image => image.naturalWidth > 0", arg=proof.element_handle())
        self.walk.press(self.page, continue_button(self.page))
        return self.page.url.rstrip("/").rpartition("/")[2]

    def sees_them_issued(self) -> None:
        """Load the order again until its cards exist."""
        reload_until(self.page, ".timeline")
        self.walk.look(self.page)

    def receives_the_cards(self) -> None:
        """Say that the parcel of cards has come."""
        reload_until(self.page, "form[action$='/received']")
        self.walk.press(self.page, "/received")

    def sees_redeemed(self, order: str, count: int) -> None:
        """Read on the programme's page how many have chosen."""
        self.walk.follow(self.page, "/programmes")
        self.walk.follow(self.page, self.page.locator("main a").filter(has_text=order).first)
        expect(self.page.locator(".stat").nth(1).locator("dd").first).to_have_text(str(count))


class Packer:
    """Who packs and hands over, at the bench."""

    def __init__(self, walk: Walk) -> None:
        self.walk, self.page = walk, walk.at_desk(FULFILMENT)

    def takes(self, shipment: str) -> None:
        """Go to the bench and take a parcel by its number, in the scan box."""
        self.walk.follow(self.page, "/dispatch")
        self.scans(shipment)
        expect(self.page.locator("h1")).to_contain_text(shipment)
        self.walk.look(self.page)

    def finds_the_cards_of(self, order: str) -> str:
        """Find the parcel of an order's cards in the queue, turning pages: others fill it. Returns its number."""
        self.walk.follow(self.page, "/dispatch")
        row = self.page.locator("tbody tr").filter(has_text=order)
        while not row.count():
            self.walk.follow(self.page, self.page.locator("a[rel=next]"))
        found = SHIPMENT.search(row.inner_text())
        assert found is not None
        return found[0]

    def scans(self, text: str) -> None:
        """Scan, or type as a scanner does."""
        self.page.locator("[data-scan]").fill(text)
        with self.page.expect_navigation():
            self.page.locator("[data-scan]").press("Enter")

    def packs(self) -> None:
        """Confirm what goes in, by barcode or by hand, and close the parcel with an empty scan."""
        for code in self.page.locator(".contents .code").all_inner_texts():
            self.scans(code)
        for button in self.page.locator("form[action*='/lines/'] [type=submit]").all():
            self.walk.press(self.page, button)
        self.scans("")
        expect(self.page.locator("form[action$='/carrier']")).to_be_visible()
        self.walk.look(self.page)

    def labels(self, carrier: str, number: str) -> None:
        """Write down carrier and tracking number, and print the label."""
        self.page.locator("[name=carrier]").select_option(carrier)
        self.page.locator("[name=tracking_number]").fill(number)
        self.walk.press(self.page, self.page.locator("form[action$='/carrier'] [type=submit]"))
        expect(self.page.locator("main")).to_contain_text(number)

    def hands_over(self, shipment: str) -> None:
        """Put the parcel onto a manifest, have it signed, and hand it over."""
        self.walk.follow(self.page, "/dispatch")
        self.walk.follow(self.page, self.page.locator("a[href*='view=packed']").first)
        self.page.locator("tbody tr").filter(has_text=shipment).locator("[type=checkbox]").check()
        self.walk.press(self.page, self.page.locator("[name=action][value=draw_up]"))
        self.walk.press(self.page, "/hand-over")
        expect(self.page.locator("tbody")).to_contain_text(shipment)

    def delivers(self, shipment: str) -> None:
        """Write down that the receiver has it."""
        self.walk.follow(self.page, self.page.get_by_role("link", name=shipment))
        self.walk.press(self.page, "/deliver")


class Recipient:
    """Who holds a card, with a phone."""

    def __init__(self, walk: Walk, page: Page) -> None:
        self.walk, self.page = walk, page

    def opens(self, link: str) -> None:
        """Scan the QR code: the phone opens what it says."""
        self.page.goto(link)
        self.page.wait_for_url("**/r/gift")
        self.walk.look(self.page)
        assert "#" not in self.page.url

    def types(self, code: str) -> None:
        """Type the code instead, in small letters and with hyphens."""
        self.page.goto("/r")
        self.walk.look(self.page)
        self.page.locator("[name=code]").fill("-".join(code[start : start + 4] for start in range(0, 16, 4)).lower())
        self.walk.press(self.page, continue_button(self.page))

    def chooses(self) -> str:
        """Choose the first gift that is to be had. Returns its name."""
        self.walk.follow(self.page, "/r/gift/choice")
        label = self.page.locator("[name=gift]:enabled + label").first
        name = label.locator(".name").inner_text()
        label.click()
        self.walk.press(self.page, self.page.locator("main form [type=submit]").first)
        return name

    def fills_the_basket(self, count: int) -> str:
        """Choose so many of the first product of the choice. Returns its name."""
        self.walk.follow(self.page, "/r/gift/choice")
        self.page.locator(".basket-item .control").first.fill(str(count))
        name = self.page.locator(".basket-item .name").first.inner_text()
        self.walk.press(self.page, self.page.locator(".choosing-bar [type=submit]"))
        return name

    def gives(self, name: str, phone: str) -> None:
        """Give name, phone and address, place by place."""
        self.page.locator("[name=to-name]").fill(name)
        self.page.locator("[name=to-phone]").fill(phone)
        choose_place(self.walk, self.page, "to", "广东省", "佛山市", "顺德区")
        self.page.locator("[name=to-street]").fill("大良街道文秀路 18 号 3 座 502")
        self.walk.press(self.page, continue_button(self.page))

    def adds_a_card(self, link: str) -> None:
        """Type a further card's code in before confirming, so that both pay; see what each gives."""
        self.page.locator("main details summary").first.click()
        self.page.locator("[name=code]").fill(link.partition("#")[2])
        self.walk.press(self.page, "/r/gift/cards")
        expect(self.page.locator(".paying-cards li")).to_have_count(2)

    def confirms(self) -> str:
        """Look at everything once more and confirm. Returns the parcel's number."""
        self.walk.press(self.page, continue_button(self.page))
        found = SHIPMENT.search(self.page.locator("main").inner_text())
        assert found is not None
        return found[0]

    def follows_it_at(self, carrier_number: str) -> None:
        """Load the page of the gift again, until the carrier has it, under this number."""
        reload_until(self.page, f".timeline a[href*='{carrier_number}']")
        self.walk.look(self.page)

    def sees_it_delivered(self) -> None:
        """Load the page of the gift again, until its last stop is reached."""
        reload_until(self.page, ".timeline > li.done:last-child")
        self.walk.look(self.page)

    def keeps_the_link(self) -> str:
        """Return the link to this page that the recipient may keep."""
        return str(self.page.locator(".kept-link a").get_attribute("href"))


def choose_place(walk: Walk, page: Page, part: str, *places: str) -> None:
    """Choose a Chinese place, from large to small; each list is filled from the one before it.

    A script does that, and takes away the button that does it without.
    """
    fill_next = page.locator("[data-address-more=list] button")
    if walk.has_scripts:
        expect(fill_next).to_have_count(0)
    for level, place in zip(("region", "city", "district"), places, strict=True):
        choices = page.locator(f"[name={part}-{level}]")
        if not walk.has_scripts and level != "region":
            walk.press(page, fill_next)
        choices.select_option(place)


def approve(walk: Walk, order: str) -> None:
    """Approve an order above its buyer's limit."""
    page = walk.at_desk(APPROVER)
    walk.follow(page, "/orders")
    walk.follow(page, f"/orders/{order}")
    walk.press(page, "/approve")


def receive_transfer(walk: Walk, order: str) -> None:
    """Find the transfer that an order waits for, and mark it as received."""
    page = walk.at_desk(FINANCE)
    walk.follow(page, "/desk/payments")
    walk.follow(page, page.locator("tbody tr").filter(has_text=order).locator("th a"))
    walk.press(page, continue_button(page))


def print_cards(walk: Walk, order: str, target: Path) -> list[str]:
    """Open the print run of an order, fetch its file and confirm receipt. Returns what the QR codes of it say."""
    page = walk.at_desk(PRODUCTION)
    walk.follow(page, "/desk/print-runs")
    walk.follow(page, page.locator("tbody tr").filter(has_text=order).locator("a").first)
    page.locator("[name=reason]").fill("首次印制")
    walk.press(page, "/start")
    fetch = reload_until(page, "form[action$='/file'] [type=submit]")
    walk.look(page)
    with page.expect_download() as fetched:
        fetch.click()
    fetched.value.save_as(target)
    page.reload()
    walk.press(page, "/confirm")
    return links_on(target)


def links_on(pdf: Path, *, pages: int = 2) -> list[str]:
    """Return what an independent decoder reads on the first pages of a print file."""
    with pypdfium2.PdfDocument(pdf) as document:
        shown = [document[number].render(scale=300 / 72).to_pil() for number in range(pages)]
    return [barcode.text for picture in shown for barcode in zxingcpp.read_barcodes(picture)]


def find_messages(walk: Walk, phone: str) -> Locator:
    """Look up what was written to a phone, as the hotline does. Returns the rows that were found."""
    page = walk.at_desk(HOTLINE)
    walk.follow(page, "/desk/messages")
    page.locator("[name=q]").fill(phone)
    page.locator("[name=q]").press("Enter")
    page.wait_for_url("**q=*")
    walk.look(page)
    return page.locator("tbody tr")


def code_to_try(site: LiveSite) -> str:
    """Return a code of the demonstration that nobody has redeemed, as it introduces one."""
    found = re.search(r"/r#([0-9A-Z]{16})", site.flask("demo", "sign-ins"))
    assert found is not None
    return found[1]
