"""Before money is spent: every contradiction mended or answered, nobody left waiting; then an order for each grade."""

from __future__ import annotations

from typing import Any

import pytest
from giftshop.campaigns.by_gift_book import ByGiftBook

from giftshop import campaigns, catalogue, orders
from giftshop.campaigns import GradeFacts, Step, errors, figures, queries, visiting
from giftshop.campaigns.contradictions import Contradiction, Kind
from giftshop.db import Database
from giftshop.kernel.market import GiftRules
from tests.campaigns.conftest import GREETING, NOON, TODAY, Plan, accept, judge, nominate
from tests.people import People


def found(database: Database, plan: Plan) -> list[Contradiction]:
    with database.reading() as reader:
        campaign = campaigns.campaign_of(reader, plan.id, plan.firm_id)
        return campaigns.open_contradictions(reader, campaign, today=TODAY)


def choose_gifts(database: Database, plan: Plan, people: People, *grades: str) -> None:
    by = people.lantern.planning.actor
    for grade, budgeted in (("重点", 150), ("标准", 230)):
        if grade in (grades or ("重点", "标准")):
            facts = GradeFacts(grade, budgeted, 20_000, "AUTUMN-200")
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
        ByGiftBook(),
        rules=rules or GiftRules(),
        today=TODAY,
        by=people.lantern.planning.actor,
        at=NOON,
    )


@pytest.fixture
def decided(database: Database, plan: Plan, people: People, book: catalogue.Edition) -> Plan:
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


def test_the_decision_is_not_closed_before_its_time(
    database: Database, plan: Plan, people: People, book: catalogue.Edition
) -> None:
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
    database: Database, plan: Plan, people: People, book: catalogue.Edition
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
    assert order(database, decided, people) == 1
    with pytest.raises(errors.NotDecided):
        order(database, decided, people)


def test_the_order_has_the_people_of_its_grade_and_the_greeting(
    database: Database, decided: Plan, people: People
) -> None:
    order(database, decided, people)
    with database.reading() as reader:
        number = {grade.name: grade.order_number for grade in queries.grades_of(reader, decided.id)}
        drawn_up = orders.order_of(reader, number["标准"] or "", decided.firm_id)
        named = [(person.name, person.phone) for person in orders.recipients_of(reader, drawn_up.id)]
    assert (number["重点"], drawn_up.quantity, drawn_up.greeting) == (None, 3, GREETING)
    assert (drawn_up.headline, drawn_up.is_surprise) == ("中秋快乐", True)
    assert [phone for _name, phone in named] == [f"+86138{place:08d}" for place in range(3)]


def test_a_cap_that_is_lower_by_now_stops_the_order(database: Database, decided: Plan, people: People) -> None:
    with pytest.raises(errors.SomeOverTheYear):
        order(database, decided, people, GiftRules(yearly_cap_minor=19_999))


def test_a_gift_that_is_no_longer_offered_stops_the_order(
    database: Database, decided: Plan, people: People, book: catalogue.Edition
) -> None:
    by = people.staff.sales.actor
    database.transact(catalogue.close_edition, book.id, by=by, at=NOON)
    with pytest.raises(errors.GiftNotOffered):
        order(database, decided, people)


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
        report = figures.report_of(reader, campaign, ByGiftBook(), zone="Asia/Shanghai", at=NOON)
    assert (report.total.accepted, report.total.handed_over, report.total.delivered, report.total.late) == (3, 1, 1, 0)
    assert report.cost.amount_minor == 3 * (20_000 + 300)
    assert report.budget.amount_minor == 380 * 20_300


def test_what_was_not_delivered_by_the_hour_is_late(database: Database, decided: Plan, people: People) -> None:
    order(database, decided, people)
    with database.reading() as reader:
        campaign = campaigns.campaign_of(reader, decided.id, decided.firm_id)
        ends_at = campaign.window.ends_at("Asia/Shanghai")
        late = [
            figures.report_of(reader, campaign, ByGiftBook(), zone="Asia/Shanghai", at=at).total.late
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
