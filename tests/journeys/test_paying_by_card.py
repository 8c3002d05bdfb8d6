"""A buyer pays by card in a browser and the gift books get issued, in both languages; a declined card comes first."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from giftshop.config import StripeAccount, demonstration_environ
from tests.journeys.live import FINANCE, LiveSite, Someone, assert_accessible, assert_fits
from tests.journeys.street import Buyer
from tests.journeys.walking import Walk, reload_until
from tests.payments.beside import StripeBeside

NOT_STRIPE = {"en-GB": "This is not Stripe. No money moves.", "zh-CN": "这不是 Stripe，不会动用任何资金。"}


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_a_buyer_pays_by_card_and_the_cards_are_issued(live_site: LiveSite, someone: Someone, locale: str) -> None:
    walk = Walk(live_site, someone, locale)
    buyer = Buyer(walk)
    order = ordered(buyer)
    to_the_page_to_pay_on(buyer, live_site)
    expect(buyer.page.locator("body")).to_contain_text(NOT_STRIPE[locale])
    assert_fits(buyer.page)
    assert_accessible(buyer.page)
    buyer.page.locator("[name=number]").fill("4000 0000 0000 0002")
    buyer.page.locator("button").click()
    expect(buyer.page.get_by_role("alert")).to_be_visible()
    buyer.page.locator("[name=number]").fill("4242 4242 4242 4242")
    buyer.page.locator("button").click()
    buyer.page.wait_for_url(f"{live_site.url}/orders/{order}")
    walk.look(buyer.page)
    reload_until(buyer.page, ".timeline")
    walk.look(buyer.page)
    finance = walk.at_desk(FINANCE)
    walk.follow(finance, "/desk/payments")
    walk.follow(finance, finance.locator(".views a[href*='state=settled']"))
    walk.follow(finance, finance.locator("tbody tr").filter(has_text=order).locator("a").first)
    expect(finance.locator("main")).to_contain_text(re.compile("pi_"))


def test_who_turns_back_has_paid_nothing_and_goes_on_where_they_were(live_site: LiveSite, someone: Someone) -> None:
    walk = Walk(live_site, someone, "en-GB")
    buyer = Buyer(walk)
    order = ordered(buyer)
    first = to_the_page_to_pay_on(buyer, live_site)
    buyer.page.locator("a").click()
    buyer.page.wait_for_url(f"{live_site.url}/orders/{order}")
    walk.look(buyer.page)
    assert to_the_page_to_pay_on(buyer, live_site) == first


def ordered(buyer: Buyer) -> str:
    """Order five gift books, and come to the page that says how to pay. Returns the order's number."""
    buyer.begins()
    buyer.chooses_a_number(5)
    buyer.writes_the_card()
    buyer.says_where_the_cards_go()
    return buyer.places()


def to_the_page_to_pay_on(buyer: Buyer, live_site: LiveSite) -> str:
    """Press "Pay by card" and be at the stand-in's page, which no rule of ours keeps a browser from."""
    buyer.page.locator("form[action$='/pay-by-card'] [type=submit]").click()
    buyer.page.wait_for_url(f"{live_site.stripe}/c/pay/*")
    return buyer.page.url


def test_who_pays_and_closes_the_window_has_paid(live_site: LiveSite, someone: Someone) -> None:
    buyer = Buyer(Walk(live_site, someone, "en-GB"))
    ordered(buyer)
    order = buyer.page.url
    url = to_the_page_to_pay_on(buyer, live_site)
    made = demonstration_environ(live_site.instance)
    account = StripeAccount(made["STRIPE_SECRET_KEY"], made["STRIPE_WEBHOOK_SECRET"], live_site.stripe)
    StripeBeside(account).pay(url)
    buyer.page.goto(order)
    reload_until(buyer.page, ".timeline")
