"""A firm orders shopping cards; whoever holds one spends it in two visits, and gives one of them up."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.live import LiveSite, Someone
from tests.journeys.street import Buyer, Packer, Recipient, print_cards, receive_transfer
from tests.journeys.walking import Walk


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_a_shopping_card_is_ordered_and_spent_in_two_visits(
    live_site: LiveSite, someone: Someone, tmp_path: Path, locale: str
) -> None:
    walk = Walk(live_site, someone, locale)
    buyer = Buyer(walk)
    buyer.begins_cards("500", 2)
    buyer.writes_the_card()
    buyer.says_where_the_cards_go()
    order = buyer.places()
    receive_transfer(walk, order)
    buyer.sees_them_issued()
    link, other_link = print_cards(walk, order, tmp_path / "cards.pdf")

    packer = Packer(walk)
    cards = packer.finds_the_cards_of(order)
    packer.takes(cards)
    packer.packs()
    packer.labels("SF", f"SF139000000{order[-3:]}1")
    packer.hands_over(cards)
    buyer.receives_the_cards()

    holder = Recipient(walk, walk.with_phone())
    holder.opens(link)
    expect(holder.page.locator(".purse-balance")).to_contain_text("500.00")
    chosen = holder.fills_the_basket(1)
    holder.gives("韩梅梅", "13612345678")
    parcel = holder.confirms()

    walk.follow(holder.page, "/r/gift")
    left = holder.page.locator(".purse-balance").inner_text()
    assert "500.00" not in left
    holder.fills_the_basket(1)
    holder.gives("李雷", "13512345678")
    second = holder.confirms()
    assert second != parcel
    walk.press(holder.page, "/cancel")
    walk.follow(holder.page, "/r/gift")
    expect(holder.page.locator(".purse-balance")).to_have_text(left)
    expect(holder.page.locator(".visits li")).to_have_count(2)

    holder.fills_the_basket(1)
    holder.gives("李雷", "13512345678")
    holder.adds_a_card(other_link)
    holder.confirms()
    walk.follow(holder.page, "/r/gift")
    expect(holder.page.locator(".visits li")).to_have_count(3)

    packer.takes(parcel)
    expect(packer.page.locator(".contents")).to_contain_text(chosen)
