"""From a firm's first click to the parcel at the door: web server, worker, print file and all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from playwright.sync_api import expect

from giftshop.demo.nominations import nominations_file, nominees
from tests.journeys.live import DESK, PHONE, LiveSite, Someone
from tests.journeys.street import (
    Buyer,
    Packer,
    Recipient,
    approve,
    code_to_try,
    find_messages,
    print_cards,
    receive_transfer,
)
from tests.journeys.walking import Walk

CHOSEN_SENT_DELIVERED: Final = 3
"""Text messages that a recipient gets."""


def test_the_campaign_goes_from_a_file_of_390_people_to_a_parcel_at_the_door(
    live_site: LiveSite, someone: Someone, tmp_path: Path
) -> None:
    walk = Walk(live_site, someone, "en-GB", widths=(DESK, PHONE))
    buyer = Buyer(walk)
    buyer.begins()
    buyer.uploads("中秋名单.csv", nominations_file("gbk"), people=390)
    buyer.writes_the_card()
    buyer.says_where_the_cards_go()
    order = buyer.places()

    approve(walk, order)
    receive_transfer(walk, order)
    buyer.sees_them_issued()
    links = print_cards(walk, order, tmp_path / "cards.pdf")
    assert links[0].startswith(f"{live_site.url}/r#")

    packer = Packer(walk)
    cards = packer.finds_the_cards_of(order)
    packer.takes(cards)
    packer.packs()
    packer.labels("SF", "SF1390000000001")
    packer.hands_over(cards)
    buyer.receives_the_cards()

    recipient = Recipient(walk, walk.with_phone())
    recipient.opens(links[0])
    expect(recipient.page.locator("h1")).to_contain_text(nominees()[0].name)
    gift = recipient.chooses()
    recipient.gives("王小明", "13912345678")
    parcel = recipient.confirms()

    packer.takes(parcel)
    expect(packer.page.locator(".contents")).to_contain_text(gift)
    packer.packs()
    packer.labels("SF", "SF1390000000002")
    packer.hands_over(parcel)
    recipient.follows_it_at("SF1390000000002")
    packer.delivers(parcel)
    recipient.sees_it_delivered()

    messages = find_messages(walk, "+8613912345678")
    expect(messages).to_have_count(CHOSEN_SENT_DELIVERED)
    buyer.sees_redeemed(order, 1)


def test_a_small_order_goes_the_whole_way_in_chinese(live_site: LiveSite, someone: Someone, tmp_path: Path) -> None:
    walk = Walk(live_site, someone, "zh-CN")
    buyer = Buyer(walk)
    buyer.begins()
    buyer.chooses_a_number(2)
    buyer.writes_the_card()
    buyer.says_where_the_cards_go()
    order = buyer.places()

    receive_transfer(walk, order)
    buyer.sees_them_issued()
    links = print_cards(walk, order, tmp_path / "cards.pdf")

    packer = Packer(walk)
    cards = packer.finds_the_cards_of(order)
    packer.takes(cards)
    packer.packs()
    packer.labels("EMS", "EMS1390000000003")
    packer.hands_over(cards)
    packer.delivers(cards)

    recipient = Recipient(walk, walk.with_phone())
    recipient.opens(links[1])
    recipient.chooses()
    recipient.gives("李慧", "13912345679")
    parcel = recipient.confirms()
    tracking = recipient.keeps_the_link()

    packer.takes(parcel)
    packer.packs()
    packer.labels("JD", "JD1390000000004")
    packer.hands_over(parcel)
    packer.delivers(parcel)

    message = find_messages(walk, "+8613912345679").first
    walk.follow(message.page, message.get_by_role("link"))
    expect(message.page.locator("main")).to_contain_text(tracking)
    stranger = Recipient(walk, walk.with_phone())
    stranger.page.goto(tracking)
    stranger.sees_it_delivered()
    expect(stranger.page.locator("main")).not_to_contain_text("李慧")


def test_a_recipient_without_javascript_types_the_code_and_chooses(live_site: LiveSite, someone: Someone) -> None:
    walk = Walk(live_site, someone, "zh-CN", has_scripts=False)
    recipient = Recipient(walk, walk.with_phone())
    recipient.types(code_to_try(live_site))
    gift = recipient.chooses()
    recipient.gives("王小明", "13912345680")
    assert re.fullmatch(r"S-\d{4}-\d{3}-\d{3}", recipient.confirms())
    expect(recipient.page.locator("main")).to_contain_text(gift)
    recipient.page.reload()
    expect(recipient.page.locator("main")).to_contain_text(gift)
