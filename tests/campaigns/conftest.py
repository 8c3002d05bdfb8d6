"""The plan of Liandong, as it was written, for the firm of the tests; and small campaigns to nominate for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from giftshop import campaigns, catalogue, giftsets
from giftshop.campaigns import CampaignFacts, GradeFacts, GroupFacts, Handover, Nomination, Terms, Window
from giftshop.campaigns.by_gift_set import ByGiftSet
from giftshop.db import Database, Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.lunar import LunarDay
from giftshop.kernel.market import GiftNature, GiftRules
from giftshop.kernel.money import Money
from tests.people import People

NOON = datetime(2026, 9, 1, 4, tzinfo=UTC)
"""Noon of 1 September 2026 in China: the list is open."""
TODAY = date(2026, 9, 1)
GREETING = "感谢您对我们的支持,中秋佳节之际,请接受全体联动员工深情的谢意和诚挚的祝福,愿您心想事成,财源滚滚!"
WINDOW = Window(2026, LunarDay(8, 8), LunarDay(8, 9), LunarDay(8, 13), 18)
FACTS = CampaignFacts(
    name="中秋送礼",
    occasion="中秋快乐",
    window=WINDOW,
    closes_on=date(2026, 9, 15),
    greeting=GREETING,
    card_price_minor=300,
    written_list_on=date(2026, 9, 21),
    written_starts_on=date(2026, 9, 22),
    written_last_on=date(2026, 9, 26),
)
TERMS = Terms(GiftRules(), GiftNature.GOODS, TODAY)
SUPPLY = ByGiftSet(parcel_limit_g=20_000)
ADDRESS = "广东省广州市天河区体育西路123号"


@dataclass(frozen=True)
class Gift:
    """A gift set, and the item that lies in it."""

    set_id: int
    item_id: int


@dataclass(frozen=True)
class Plan:
    """A campaign, and the ids of its groups and grades by name."""

    id: int
    firm_id: int
    groups: dict[str, int]
    grades: dict[str, int]

    def nomination(self, group: str, number: int = 0, **facts: Any) -> Nomination:
        """Somebody of a group, another one for each number."""
        somebody = Nomination(
            group_id=self.groups[group],
            kind=group,
            name=f"王小{'明华强丽敏芳'[number % 6]}",
            address=ADDRESS,
            phone=f"138{number:08d}",
            organisation=f"第{number}机械厂",
            reason="多年合作",
        )
        return replace(somebody, **facts)


def draw_up(tx: Transaction, people: People, /, **changed: Any) -> Plan:
    """Liandong's plan as it was written: ¥XX twice, 380 budgeted, 390 on the list."""
    firm = people.lantern.id
    who: dict[str, Any] = {"by": people.lantern.planning.actor, "at": NOON}
    campaign_id = campaigns.draw_up(tx, firm, replace(FACTS, **changed), currency="CNY", **who)
    grades = {
        name: campaigns.add_grade(tx, campaign_id, firm, GradeFacts(name, budgeted), **who)
        for name, budgeted in (("重点", 150), ("标准", 230))
    }
    usual, key = grades["标准"], grades["重点"]
    visits = (LunarDay(8, 5), LunarDay(8, 14))
    plans = (
        GroupFacts("老客户", 80, 80, asked_by="售后", grade_id=usual),
        GroupFacts("经销商", 50, 50, asked_by="客服", grade_id=usual),
        GroupFacts("重点准客户", 200, 200, grade_id=key),
        GroupFacts("到访客户", 20, 60, Handover.ON_SITE, visits_from=visits[0], visits_until=visits[1], grade_id=usual),
    )
    groups = {each.name: campaigns.add_group(tx, campaign_id, firm, each, **who) for each in plans}
    return Plan(campaign_id, firm, groups, grades)


@pytest.fixture
def plan(database: Database, people: People) -> Plan:
    """Liandong's plan, of the firm Lantern."""
    return database.transact(draw_up, people)


@pytest.fixture
def gift(database: Database, people: People) -> Gift:
    """A gift set of Lantern's for ¥200: tea, with a greeting card."""
    item_id = database.transact(offered, people)
    return Gift(database.transact(put_together, people, item_id), item_id)


def offered(tx: Transaction, people: People) -> int:
    """Offer an item. Returns its id."""
    sales: dict[str, Any] = {"by": people.staff.sales.actor, "at": NOON}
    names, price = {"en": "Longjing tea", "zh_Hans": "龙井茶"}, Money(20_000, "CNY")
    facts = catalogue.ItemFacts(sku="TEA-1", names=names, price=price, descriptions=names, picture="longjing-tin")
    item = catalogue.draw_up_item(tx, facts, **sales)
    catalogue.offer_item(tx, item.id, **sales)
    return item.id


def put_together(tx: Transaction, people: People, item_id: int) -> int:
    """Let Lantern's buyer put the set together. Returns its id."""
    firm, buyer = people.lantern.id, people.lantern.buyer.actor
    set_id = giftsets.draw_up(tx, firm, "中秋茶礼", by=buyer, at=NOON)
    giftsets.put_in(tx, set_id, firm, item_id)
    wishes = giftsets.Wishes("中秋茶礼", headline="中秋快乐", greeting="谢谢您", planned=50)
    giftsets.arrange(tx, set_id, firm, wishes)
    return set_id


def nominate(database: Database, plan: Plan, nomination: Nomination, by: Actor, *, terms: Terms = TERMS) -> int:
    """Put somebody on the list, declared true."""
    facts: dict[str, Any] = {"is_declared": True, "terms": terms, "by": by, "at": NOON}
    return database.transact(campaigns.nominate, plan.id, plan.firm_id, nomination, **facts)


def judge(database: Database, plan: Plan, people: People, step: campaigns.Step, *yes: int) -> campaigns.Outcome:
    """Let the step's reviewer of Lantern say yes to these nominees; planning gives the standard grade."""
    crew = people.lantern
    by = {"service": crew.service_manager, "sales": crew.sales_manager, "planning": crew.planning}[step]
    verdicts = [campaigns.Judgement(each, is_yes=True, grade_id=plan.grades["标准"]) for each in yes]
    return database.transact(campaigns.judge, plan.firm_id, step, verdicts, rules=GiftRules(), by=by.actor, at=NOON)


def accept(database: Database, plan: Plan, people: People, *nominees: int) -> None:
    """Let all three say yes."""
    for step in campaigns.Step:
        assert judge(database, plan, people, step, *nominees).skipped == []
