"""Before money is spent: every contradiction mended or answered, nobody left waiting; then an order for each grade."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from giftshop import campaigns, catalogue, giftsets, orders
from giftshop.campaigns import GradeFacts, Step, errors, figures, queries, visiting
from giftshop.campaigns.contradictions import Contradiction, Kind
from giftshop.db import Database
from giftshop.kernel.market import GiftRules
from giftshop.kernel.money import Money
from giftshop.orders import Tariff
from tests.campaigns.conftest import GREETING, NOON, SUPPLY, TODAY, Gift, Plan, accept, judge, nominate
from tests.people import People


def found(database: Database, plan: Plan) -> list[Contradiction]:
    with database.reading() as reader:
        campaign = campaigns.campaign_of(reader, plan.id, plan.firm_id)
        return campaigns.open_contradictions(reader, campaign, today=TODAY)


def choose_gifts(database: Database, plan: Plan, people: People, *grades: str) -> None:
    by = people.lantern.planning.actor
    with database.reading() as reader:
        [offer] = SUPPLY.offers(reader, plan.firm_id, "CNY")
    for grade, budgeted in (("重点", 150), ("标准", 230)):
        if grade in (grades or ("重点", "标准")):
            facts = GradeFacts(grade, budgeted, offer.price.amount_minor, offer.gift)
            database.transact(campaigns.change_grade, plan.id, plan.firm_id, plan.grades[grade], facts, by=by, at=NOON)


def answer_all(database: Database, plan: Plan, people: People) -> None:
    who: dict[str, Any] = {"today": TODAY, "by": people.lantern.planning.actor, "at": NOON}
    for each in found(database, plan):
        if each.is_answerable:
            database.transact(campaigns.answer, plan.id, plan.firm_id, each.key, "已核对", **who)


def close(database: Database, plan: Plan, people: People) -> None:
    who: dict[str, Any] = {"today": TODAY, "by": people.lantern.planning.actor, "at": NOON}
    database.transact(campaigns.close_decision, plan.id, plan.firm_id, **who)


def order(database: Database, plan: Plan, people: People, rules: GiftRules | None = None) -> int:
    return database.transact(
        campaigns.order,
        plan.id,
        plan.firm_id,
        SUPPLY,
        rules=rules or GiftRules(),
        today=TODAY,
        zone="Asia/Shanghai",
        by=people.lantern.planning.actor,
        at=NOON,
    )


@pytest.fixture
def decided(database: Database, plan: Plan, people: People, gift: Gift) -> Plan:
    """Two people by parcel and one visitor are accepted, and the decision is closed."""
    nominator = people.lantern.nominator.actor
    ids = [nominate(database, plan, plan.nomination("老客户", number), nominator) for number in range(2)]
    ids.append(nominate(database, plan, plan.nomination("到访客户", 2), nominator))
    accept(database, plan, people, *ids)
    choose_gifts(database, plan, people)
    answer_all(database, plan, people)
    close(database, plan, people)
    return plan


def test_the_plan_as_it_was_written_is_contradicted_nine_times(database: Database, plan: Plan) -> None:
    assert [each.kind for each in found(database, plan)] == [
        Kind.PEOPLE_AGAINST_BUDGET,
        Kind.FIRMS_AGAINST_PEOPLE,
        Kind.GRADE_SHORT,
        Kind.GRADE_OVER,
        Kind.VISITS_TOO_LATE,
        Kind.VISITS_TOO_EARLY,
        Kind.DATES_OF_ANOTHER_YEAR,
        Kind.PRICE_UNKNOWN,
        Kind.PRICE_UNKNOWN,
    ]


def test_an_answer_needs_a_word_and_is_good_for_its_figures_only(
    database: Database, plan: Plan, people: People
) -> None:
    who: dict[str, Any] = {"by": people.lantern.planning.actor, "at": NOON}
    first = found(database, plan)[0]
    with pytest.raises(errors.WordMissing):
        database.transact(campaigns.answer, plan.id, plan.firm_id, first.key, " ", today=TODAY, **who)
    database.transact(campaigns.answer, plan.id, plan.firm_id, first.key, "多备十份", today=TODAY, **who)
    assert first.key not in {each.key for each in found(database, plan)}
    facts = GradeFacts("标准", 231)
    database.transact(campaigns.change_grade, plan.id, plan.firm_id, plan.grades["标准"], facts, **who)
    assert found(database, plan)[0].figures["budgeted"] == 381


def test_no_word_answers_an_unknown_price(database: Database, plan: Plan, people: People) -> None:
    unknown = next(each for each in found(database, plan) if each.kind is Kind.PRICE_UNKNOWN)
    who: dict[str, Any] = {"today": TODAY, "by": people.lantern.planning.actor, "at": NOON}
    with pytest.raises(errors.OnlyMended):
        database.transact(campaigns.answer, plan.id, plan.firm_id, unknown.key, "没关系", **who)
    with pytest.raises(errors.ContradictionGone):
        database.transact(campaigns.answer, plan.id, plan.firm_id, "people_against_budget:0", "没关系", **who)


def test_the_decision_is_not_closed_before_its_time(database: Database, plan: Plan, people: People, gift: Gift) -> None:
    nominee = nominate(database, plan, plan.nomination("老客户"), people.lantern.nominator.actor)
    with pytest.raises(errors.StillWaiting):
        close(database, plan, people)
    accept(database, plan, people, nominee)
    with pytest.raises(errors.ContradictionsOpen):
        close(database, plan, people)
    choose_gifts(database, plan, people)
    answer_all(database, plan, people)
    close(database, plan, people)
    with pytest.raises(errors.NotOpen):
        close(database, plan, people)


def test_a_decision_without_anybody_or_without_a_gift_is_not_closed(
    database: Database, plan: Plan, people: People, gift: Gift
) -> None:
    with pytest.raises(errors.NobodyAccepted):
        close(database, plan, people)
    accept(database, plan, people, nominate(database, plan, plan.nomination("老客户"), people.lantern.nominator.actor))
    by = people.lantern.planning.actor
    for grade, budgeted in (("重点", 150), ("标准", 230)):
        facts = GradeFacts(grade, budgeted, 20_000)
        database.transact(campaigns.change_grade, plan.id, plan.firm_id, plan.grades[grade], facts, by=by, at=NOON)
    answer_all(database, plan, people)
    with pytest.raises(errors.GiftMissing):
        close(database, plan, people)


def test_nothing_is_ordered_before_the_decision_and_never_twice(
    database: Database, decided: Plan, people: People
) -> None:
    database.transact(campaigns.reopen, decided.id, decided.firm_id, by=people.lantern.planning.actor, at=NOON)
    with pytest.raises(errors.NotDecided):
        order(database, decided, people)
    close(database, decided, people)
    assert order(database, decided, people) == 2
    with pytest.raises(errors.NotDecided):
        order(database, decided, people)


def drawn_orders(database: Database, plan: Plan) -> dict[bool, orders.Order]:
    """The orders of the standard grade: to people's doors, and to the firm for its visitors."""
    with database.reading() as reader:
        by_grade = campaigns.orders_by_grade(reader, plan.id)
        assert list(by_grade) == [plan.grades["标准"]]
        return {
            each.is_on_site: orders.order_of(reader, each.number, plan.firm_id)
            for each in by_grade[plan.grades["标准"]]
        }


def test_the_order_goes_to_the_doors_of_its_grade_inside_the_window_as_a_surprise_with_the_greeting(
    database: Database, decided: Plan, people: People
) -> None:
    order(database, decided, people)
    to_doors = drawn_orders(database, decided)[False]
    with database.reading() as reader:
        named = [(person.phone, person.ref) for person in orders.recipients_of(reader, to_doors.id)]
        entries = queries.accepted_entries(reader, decided.id, group_ids=[decided.groups["老客户"]])
    assert named == [(f"+86138{place:08d}", str(entries[place].nominee.id)) for place in range(2)]
    assert (to_doors.delivery, to_doors.quantity, to_doors.is_surprise) == (orders.Delivery.DIRECT, 2, True)
    assert (to_doors.headline, to_doors.greeting) == ("中秋快乐", GREETING)
    assert (to_doors.not_before, to_doors.arrives_by) == (date(2026, 9, 19), datetime(2026, 9, 23, 10, tzinfo=UTC))


def test_what_visitors_are_handed_goes_to_the_firm_before_the_first_of_them_comes(
    database: Database, decided: Plan, people: People
) -> None:
    order(database, decided, people)
    to_firm = drawn_orders(database, decided)[True]
    with database.reading() as reader:
        assert [person.phone for person in orders.recipients_of(reader, to_firm.id)] == ["+8613800000002"]
    assert (to_firm.delivery, to_firm.quantity, to_firm.is_surprise) == (orders.Delivery.FIRM, 1, False)
    assert (to_firm.not_before, to_firm.greeting) == (None, GREETING)
    assert to_firm.arrives_by == datetime(2026, 9, 14, 16, tzinfo=UTC), "midnight in China before 15 September, 8/5"


def test_the_card_is_counted_once_by_the_campaign_and_once_on_the_order(
    database: Database, decided: Plan, people: People
) -> None:
    order(database, decided, people)
    to_doors = drawn_orders(database, decided)[False]
    with database.reading() as reader:
        campaign = campaigns.campaign_of(reader, decided.id, decided.firm_id)
        report = figures.report_of(reader, campaign, SUPPLY, zone="Asia/Shanghai", at=NOON)
        lines = {line.kind.value: line.amount.amount_minor for line in orders.lines_for(reader, to_doors, Tariff())}
    of_doors = report.cost.amount_minor // 3 * 2
    assert lines["items"] + lines["card"] == of_doors == 2 * (20_000 + 300)


def test_only_sets_that_come_with_a_card_and_can_be_ordered_are_offered_to_their_own_firm(
    database: Database, decided: Plan, people: People, gift: Gift
) -> None:
    who: dict[str, Any] = {"by": people.lantern.buyer.actor, "at": NOON}
    empty = database.transact(giftsets.draw_up, decided.firm_id, "空", **who)
    plain = database.transact(giftsets.copy, gift.set_id, decided.firm_id, "无卡", **who)
    wishes = giftsets.Wishes("无卡", has_card=False)
    database.transact(giftsets.arrange, plain, decided.firm_id, wishes)
    with database.reading() as reader:
        assert [offer.gift for offer in SUPPLY.offers(reader, decided.firm_id, "CNY")] == [str(gift.set_id)]
        assert SUPPLY.offers(reader, people.harbour.id, "CNY") == []
        assert SUPPLY.offers(reader, decided.firm_id, "EUR") == []
    assert empty != gift.set_id


def test_a_cap_that_is_lower_by_now_stops_the_order(database: Database, decided: Plan, people: People) -> None:
    with pytest.raises(errors.SomeOverTheYear):
        order(database, decided, people, GiftRules(yearly_cap_minor=19_999))


def test_a_gift_that_is_no_longer_offered_stops_the_order(
    database: Database, decided: Plan, people: People, gift: Gift
) -> None:
    database.transact(catalogue.withdraw_item, gift.item_id, by=people.staff.sales.actor, at=NOON)
    with pytest.raises(errors.GiftNotOffered):
        order(database, decided, people)


def test_a_set_that_became_dearer_after_the_decision_stops_the_order(
    database: Database, decided: Plan, people: People, gift: Gift
) -> None:
    wishes = giftsets.Wishes("中秋茶礼", {gift.item_id: 2}, headline="中秋快乐", greeting="谢谢您")
    database.transact(giftsets.arrange, gift.set_id, decided.firm_id, wishes)
    with pytest.raises(errors.GiftPriceChanged) as refused:
        order(database, decided, people)
    assert (refused.value.facts["planned"], refused.value.facts["current"]) == (
        Money(20_000, "CNY"),
        Money(40_000, "CNY"),
    )


def test_a_visitor_is_handed_the_gift_once_and_it_counts_as_delivered(
    database: Database, decided: Plan, people: People
) -> None:
    with database.reading() as reader:
        visitors = queries.accepted_entries(reader, decided.id, group_ids=[decided.groups["到访客户"]])
        others = queries.accepted_entries(reader, decided.id, group_ids=[decided.groups["老客户"]])
    facts: dict[str, Any] = {"received_by": "王小强", "signature": None, "by": people.lantern.nominator.actor}
    place = (decided.id, decided.firm_id)
    database.transact(visiting.hand_over, *place, visitors[0].nominee.id, at=NOON, **facts)
    with pytest.raises(errors.AlreadyHandedOver):
        database.transact(visiting.hand_over, *place, visitors[0].nominee.id, at=NOON, **facts)
    with pytest.raises(errors.NotOnSite):
        database.transact(visiting.hand_over, *place, others[0].nominee.id, at=NOON, **facts)
    with database.reading() as reader:
        campaign = campaigns.campaign_of(reader, *place)
        report = figures.report_of(reader, campaign, SUPPLY, zone="Asia/Shanghai", at=NOON)
    assert (report.total.accepted, report.total.handed_over, report.total.delivered, report.total.late) == (3, 1, 1, 0)
    assert report.cost.amount_minor == 3 * (20_000 + 300)
    assert report.budget.amount_minor == 380 * 20_300


def test_what_was_not_delivered_by_the_hour_is_late(database: Database, decided: Plan, people: People) -> None:
    order(database, decided, people)
    with database.reading() as reader:
        campaign = campaigns.campaign_of(reader, decided.id, decided.firm_id)
        ends_at = campaign.window.ends_at("Asia/Shanghai")
        late = [
            figures.report_of(reader, campaign, SUPPLY, zone="Asia/Shanghai", at=at).total.late
            for at in (ends_at, ends_at.replace(second=1))
        ]
    assert (ends_at.isoformat(), late) == ("2026-09-23T10:00:00+00:00", [0, 2])


def test_the_plan_of_a_decided_campaign_stands(database: Database, decided: Plan, people: People) -> None:
    who: dict[str, Any] = {"by": people.lantern.planning.actor, "at": NOON}
    with pytest.raises(errors.NotOpen):
        database.transact(
            campaigns.change_grade,
            decided.id,
            decided.firm_id,
            decided.grades["标准"],
            GradeFacts("标准", 1),
            **who,
        )
    with pytest.raises(errors.ListClosed):
        nominate(database, decided, decided.nomination("老客户", 9), people.lantern.nominator.actor)


def test_a_verdict_on_somebody_of_a_decided_campaign_changes_nothing(
    database: Database, decided: Plan, people: People
) -> None:
    with database.reading() as reader:
        ids = [entry.nominee.id for entry in queries.accepted_entries(reader, decided.id)]
    assert judge(database, decided, people, Step.PLANNING, *ids).accepted == 0
