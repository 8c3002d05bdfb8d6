"""A small campaign in a browser: nominated through a link, reviewed twice, decided, its contradictions answered."""

from __future__ import annotations

from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.live import PLANNING, SALES_MANAGER, SERVICE_MANAGER, LiveSite, Someone
from tests.journeys.walking import Walk, continue_button

WAY: Final = {"en-GB": "Straight to the people of the list", "zh-CN": "直接寄给名单上的人"}
ADDRESS: Final = "广东省广州市天河区体育西路123号"
GREETING: Final = "感谢您对我们的支持,中秋佳节之际,请接受全体联动员工深情的谢意和诚挚的祝福!"


class Planner:
    """Who draws the campaign up, decides, and answers its contradictions."""

    def __init__(self, walk: Walk, name: str) -> None:
        self.walk, self.page, self.name = walk, walk.at_desk(PLANNING), name
        self.place = ""

    def draws_up(self, last_day: str) -> str:
        """Draw up a campaign for one person, with dates of another year. Returns the link that it is shared by."""
        self.walk.follow(self.page, "/campaigns")
        self.walk.follow(self.page, "/campaigns/new")
        self._fill(name=self.name, closes_on=last_day, occasion="中秋快乐", greeting=GREETING)
        self._fill(written_list_on="2004-09-21", written_starts_on="2004-09-22", written_last_on="2004-09-26")
        self.walk.press(self.page, continue_button(self.page))
        self.place = self.page.url.partition("?")[0]
        path = self.place[len(self.walk.site.url) :]
        self.walk.follow(self.page, f"{path}/grades/new")
        self._fill(name="标准", budgeted="1")
        self.page.locator("[name=gift]").select_option(index=1)
        self.walk.press(self.page, continue_button(self.page))
        self.walk.follow(self.page, f"{path}/groups/new")
        self._fill(name="老客户", expected_firms="1", expected_people="1")
        self.page.locator("[name=grade]").select_option(label="标准")
        self.walk.press(self.page, continue_button(self.page))
        self.walk.press(self.page, "/link")
        return self.page.locator(".shared-link").inner_text()

    def decides(self) -> None:
        """Accept whoever came through both reviews."""
        self.page.goto("/campaigns/reviews/planning")
        accept(self.walk, self.page, self.name)

    def answers(self) -> None:
        """Read what does not fit, the dates of 2004 among it, say why it is all right, and close the decision."""
        self.page.goto(f"{self.place}/contradictions")
        self.walk.look(self.page)
        expect(self.page.locator(".contradictions")).to_contain_text("21")
        while self.page.locator(".contradictions .answering").count():
            form = self.page.locator(".contradictions .answering").first
            form.locator("[name=read]").check()
            form.locator("[name=word]").fill("日期以当年农历为准")
            self.walk.press(self.page, form.locator("[type=submit]"))
        self.walk.press(self.page, "/close")

    def orders(self) -> str:
        """Have the order drawn up. Returns its number."""
        self.walk.press(self.page, "/order")
        return self.page.locator("dd", has_text="O-").first.inner_text()

    def _fill(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"[name={name}]").fill(value)


def accept(walk: Walk, page: Page, campaign: str) -> None:
    """Tick whoever waits of that campaign, and send the verdict."""
    walk.look(page)
    row = page.locator("tbody tr", has_text=campaign)
    row.locator("[name=accept]").check()
    walk.press(page, continue_button(page))
    expect(page.locator("tbody tr", has_text=campaign)).to_have_count(0)


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_a_small_campaign_from_the_link_to_the_order(live_site: LiveSite, someone: Someone, locale: str) -> None:
    walk = Walk(live_site, someone, locale)
    campaign = f"小中秋 {locale}"
    planner = Planner(walk, campaign)
    link = planner.draws_up("2098-01-31")

    phone = walk.with_phone()
    phone.goto(link)
    walk.look(phone)
    phone.locator("[name=nominator]").fill("小刘")
    phone.locator("[name=group]").select_option(label="老客户")
    for name, value in {"name": "王小明", "address": ADDRESS, "phone": "13800138000", "reason": "多年合作"}.items():
        phone.locator(f"[name={name}]").fill(value)
    phone.locator("[name=influence][value=decides] + label").click()
    walk.press(phone, continue_button(phone))
    expect(phone.locator("[name=declared]")).to_have_attribute("aria-invalid", "true")
    phone.locator("[name=declared]").check()
    walk.press(phone, continue_button(phone))
    expect(phone.locator(".alert")).to_contain_text("王小明")

    for email, step in ((SERVICE_MANAGER, "service"), (SALES_MANAGER, "sales")):
        page = walk.at_desk(email)
        page.goto(f"/campaigns/reviews/{step}")
        accept(walk, page, campaign)
    planner.decides()
    planner.answers()
    number = planner.orders()
    planner.page.goto(f"/orders/{number}")
    walk.look(planner.page)
    expect(planner.page.locator("main")).to_contain_text(GREETING)
    expect(planner.page.locator("main")).to_contain_text(WAY[locale])
