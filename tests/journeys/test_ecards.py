"""An e-card on a phone: from the mail to the gift that was chosen; and its buyer, who sees it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.live import PHONE, LiveSite, Someone
from tests.journeys.test_recipient import ENGLISH, looks_right, write_address
from tests.mails import read_mail, words_of


def newest_link(live_site: LiveSite) -> str:
    """The path of the link in the last e-card that was mailed: nobody of the story opens that one."""
    mails = sorted((live_site.instance / "outbox").glob("*.eml"), reverse=True)
    texts = (words_of(read_mail(path)) for path in mails)
    return next(found[0] for text in texts if (found := re.search(r"/e/[\w-]{46}", text)))


def test_a_mail_opens_the_gift_on_a_phone(someone: Someone, live_site: LiveSite) -> None:
    page: Page = someone(PHONE)
    page.goto(newest_link(live_site))
    expect(page.get_by_role("heading", level=1)).to_contain_text("A gift from")
    looks_right(page)
    page.get_by_role("button", name="Open it").click()
    expect(page).to_have_url(re.compile("/r/gift$"))
    page.get_by_role("link", name=ENGLISH.choose).click()
    page.locator(".picture-choice").nth(1).click()
    page.get_by_role("button", name=ENGLISH.this_one).click()
    write_address(page, "体育西路123号 1501")
    page.get_by_role("button", name=ENGLISH.go_on).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ENGLISH.check)
    page.get_by_role("button", name=ENGLISH.confirm).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ENGLISH.done)
