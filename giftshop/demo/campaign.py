"""The campaign of mooncakes for Mid-Autumn as its plan was written, and the steps that its people take in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from giftshop import campaigns
from giftshop.campaigns import (
    CampaignFacts,
    GradeFacts,
    GroupFacts,
    Handover,
    Judgement,
    Nomination,
    Step,
    Terms,
    Window,
)
from giftshop.db import Transaction
from giftshop.demo import people
from giftshop.demo.nominations import Nominee, nominees
from giftshop.demo.sets import MOONCAKES
from giftshop.kernel import clock
from giftshop.kernel.lunar import LunarDay, year_to_come
from giftshop.kernel.role import MemberRole
from giftshop.web import GiftShop

KEY, USUAL = "重点", "标准"
GREETING: Final = (
    "感谢您对我们的支持，中秋佳节之际，请接受全体{firm}员工深情的谢意和诚挚的祝福，愿您心想事成，财源滚滚！"
)
MID_AUTUMN: Final = LunarDay(8, 15)
GROUPS: Final = (
    GroupFacts("老客户", 80, 80, about="已成交的老客户", asked_by="售后服务部"),
    GroupFacts("经销商", 50, 50, about="现有经销商", asked_by="客户服务部"),
    GroupFacts("重点准客户", 200, 200, about="已确认的重点准客户，决策人或有重要影响的人", asked_by="业务员、业务助理"),
    GroupFacts(
        "到访客户",
        20,
        60,
        Handover.ON_SITE,
        about="前来看机的客户，每家 3 人",
        asked_by="业务助理",
        visits_from=LunarDay(8, 5),
        visits_until=LunarDay(8, 14),
    ),
)
"""The list: 350 firms, 390 people."""
BUDGETED: Final = {KEY: 150, USUAL: 230}
"""The budget: 380 people."""
WRITTEN: Final = ((9, 21), (9, 22), (9, 26))
"""Month and day that the plan writes: those of 2004."""
REVIEWERS: Final = {
    Step.SERVICE: MemberRole.SERVICE_MANAGER,
    Step.SALES: MemberRole.SALES_MANAGER,
    Step.PLANNING: MemberRole.PLANNING,
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A campaign that was drawn up, and the ids of its groups and grades by name."""

    id: int
    firm_id: int
    groups: dict[str, int]
    grades: dict[str, int]


def facts_of(year: int, firm: str) -> CampaignFacts:
    """Return the plan for a year: its lunar window, and the solar dates of 2004 that it writes."""
    window = Window(year, LunarDay(8, 8), LunarDay(8, 9), LunarDay(8, 13), 18)
    written = [date(year, month, day) for month, day in WRITTEN]
    return CampaignFacts(
        name=f"{year} 年中秋送礼",
        occasion="中秋快乐",
        window=window,
        closes_on=LunarDay(8, 7).in_year(year),
        greeting=GREETING.format(firm=firm),
        card_price_minor=300,
        written_list_on=written[0],
        written_starts_on=written[1],
        written_last_on=written[2],
    )


def draw_up(tx: Transaction, facts: CampaignFacts, *, at: datetime) -> Drawn:
    """Let planning write the plan down as it is: ¥XX for both grades."""
    planner, firm = people.member(tx, MemberRole.PLANNING), people.firm_id(tx)
    campaign_id = campaigns.draw_up(tx, firm, facts, currency=people.BUYER_LIMIT.currency, by=planner, at=at)
    grades = {
        name: campaigns.add_grade(tx, campaign_id, firm, GradeFacts(name, budgeted), by=planner, at=at)
        for name, budgeted in BUDGETED.items()
    }
    meant = {group.name: grades[KEY if group.name == "重点准客户" else USUAL] for group in GROUPS}
    groups = {
        group.name: campaigns.add_group(
            tx, campaign_id, firm, replace(group, grade_id=meant[group.name]), by=planner, at=at
        )
        for group in GROUPS
    }
    return Drawn(campaign_id, firm, groups, grades)


def choose_gift(tx: Transaction, shop: GiftShop, drawn: Drawn, grade: str, *, at: datetime) -> None:
    """Let planning choose the mooncakes of a grade among the firm's sets: ¥XX becomes a price."""
    planner, name = people.member(tx, MemberRole.PLANNING), MOONCAKES[grade][0]
    offers = campaigns.supplier_of(shop).offers(tx, drawn.firm_id, people.BUYER_LIMIT.currency)
    chosen = next(offer for offer in offers if offer.names[people.LOCALE] == name)
    facts = GradeFacts(grade, BUDGETED[grade], chosen.price.amount_minor, chosen.gift)
    campaigns.change_grade(tx, drawn.id, drawn.firm_id, drawn.grades[grade], facts, by=planner, at=at)


def judge(
    tx: Transaction, shop: GiftShop, drawn: Drawn, step: Step, judgements: Sequence[Judgement], *, at: datetime
) -> campaigns.Outcome:
    """Let the step's reviewer say what they say."""
    reviewer = people.member(tx, REVIEWERS[step])
    return campaigns.judge(tx, drawn.firm_id, step, judgements, rules=shop.settings.market.gifts, by=reviewer, at=at)


def terms_of(shop: GiftShop, at: datetime) -> Terms:
    """Return what nominations are judged by at that moment."""
    today = clock.local_day(at, shop.settings.time_zone)
    return Terms(shop.settings.market.gifts, campaigns.supplier_of(shop).nature, today)


NOMINATED, REVIEWED_ONCE, REVIEWED_TWICE, ACCEPTED = 24, 16, 12, 8
"""How many of the demonstration's nominees wait for whom; the last were accepted."""
TURNED_DOWN: Final = "已离职，无法确认决策权"
EACH: Final = (26, 16, 15, 4)
"""How many of each group sales people have nominated so far."""


def prepare(shop: GiftShop) -> Callable[[Transaction], None]:
    """Return the telling: the coming Mid-Autumn's campaign, with some nominees waiting for each reviewer."""

    def telling(tx: Transaction) -> None:
        at = clock.now()
        year = year_to_come(MID_AUTUMN, clock.local_day(at, shop.settings.time_zone))
        drawn = draw_up(tx, facts_of(year, "岭南光学"), at=at)
        choose_gift(tx, shop, drawn, USUAL, at=at)
        ids = _nominate_some(tx, shop, drawn, at)
        _say_yes(tx, shop, drawn, Step.SERVICE, ids[NOMINATED:], at=at)
        _say_yes(tx, shop, drawn, Step.SALES, ids[NOMINATED + REVIEWED_ONCE :], at=at)
        decided = ids[NOMINATED + REVIEWED_ONCE + REVIEWED_TWICE :]
        _say_yes(tx, shop, drawn, Step.PLANNING, decided[:ACCEPTED], at=at)
        no = [Judgement(decided[ACCEPTED], is_yes=False, reason=TURNED_DOWN)]
        judge(tx, shop, drawn, Step.PLANNING, no, at=at)
        campaigns.share_link(tx, drawn.id, drawn.firm_id, by=people.member(tx, MemberRole.PLANNING), at=at)

    return telling


def _nominate_some(tx: Transaction, shop: GiftShop, drawn: Drawn, at: datetime) -> list[int]:
    """Nominate some of each group, taken in turns, so that everybody's queue has a bit of each."""
    by_group = {group.name: [each for each in nominees() if each.kind == group.name] for group in GROUPS}
    chosen = [each for group, count in zip(GROUPS, EACH, strict=True) for each in by_group[group.name][:count]]
    chosen.sort(key=lambda each: by_group[each.kind].index(each) / len(by_group[each.kind]))
    nominator = people.member(tx, MemberRole.NOMINATOR)
    facts: dict[str, Any] = {"is_declared": True, "terms": terms_of(shop, at), "by": nominator, "at": at}
    return [
        campaigns.nominate(tx, drawn.id, drawn.firm_id, nomination_of(drawn, each, place), **facts)
        for place, each in enumerate(chosen)
    ]


def nomination_of(drawn: Drawn, person: Nominee, place: int) -> Nomination:
    """Return somebody of the list as their nominator fills in the form."""
    return Nomination(
        group_id=drawn.groups[person.kind],
        kind=person.kind,
        name=person.name,
        address=person.address,
        phone=person.phone,
        influence=campaigns.Influence.DECIDES if place % 3 else campaigns.Influence.STRONG,
        reason=("多年合作，续约在即", "正在比选设备，意向明确", "区域销售主力")[place % 3],
    )


def _say_yes(tx: Transaction, shop: GiftShop, drawn: Drawn, step: Step, ids: Sequence[int], *, at: datetime) -> None:
    verdicts = [Judgement(each, is_yes=True, grade_id=drawn.grades[USUAL]) for each in ids]
    judge(tx, shop, drawn, step, verdicts, at=at)
