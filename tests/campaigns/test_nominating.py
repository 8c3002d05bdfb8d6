"""Sales people put somebody on the list; whoever may not be there is refused, at the field that says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from giftshop import campaigns
from giftshop.campaigns import Influence, errors, nominating, queries
from giftshop.db import Database
from giftshop.kernel.actor import VISITOR
from giftshop.kernel.errors import DomainError, Missing, Refused
from giftshop.kernel.market import Counterparty, GiftRules
from tests.campaigns.conftest import NOON, TERMS, Plan, accept, draw_up, judge, nominate
from tests.people import People


def refusal(database: Database, plan: Plan, people: People, nomination: campaigns.Nomination) -> DomainError:
    """Why a nominator of Lantern is refused."""
    with pytest.raises(Refused) as refused:
        nominate(database, plan, nomination, people.lantern.nominator.actor)
    return refused.value


def test_a_nominator_puts_a_client_on_the_list(database: Database, plan: Plan, people: People) -> None:
    nominee = nominate(database, plan, plan.nomination("老客户"), people.lantern.nominator.actor)
    with database.reading() as reader:
        entry = queries.entry_of(reader, plan.id, nominee)
    assert entry.person is not None
    assert (entry.person.phone, entry.nominee.declared_at) == ("+8613800000000", NOON)
    assert entry.person.address == "广东省广州市天河区体育西路123号"


def test_an_entry_that_nobody_declared_true_is_refused(database: Database, plan: Plan, people: People) -> None:
    with pytest.raises(errors.NotDeclared) as refused:
        database.transact(
            campaigns.nominate,
            plan.id,
            plan.firm_id,
            plan.nomination("老客户"),
            is_declared=False,
            terms=TERMS,
            by=people.lantern.nominator.actor,
            at=NOON,
        )
    assert refused.value.field == "declared"


@pytest.mark.parametrize(
    ("facts", "why", "field"),
    [
        ({"counterparty": Counterparty.OFFICIAL}, errors.MayNotBeGiven, "counterparty"),
        ({"influence": Influence.NEITHER}, errors.NoInfluence, "influence"),
        ({"phone": "12"}, Refused, "phone"),
        ({"address": "街上"}, Refused, "address"),
        ({"address": ""}, Refused, "address"),
    ],
)
def test_whoever_may_not_be_given_anything_is_refused_at_the_field(
    database: Database,
    plan: Plan,
    people: People,
    facts: dict[str, Any],
    why: type[DomainError],
    field: str,
) -> None:
    refused = refusal(database, plan, people, plan.nomination("老客户", **facts))
    assert isinstance(refused, why)
    assert refused.field == field


def test_a_state_body_is_given_goods_unless_the_market_rules_block_them(
    database: Database, plan: Plan, people: People
) -> None:
    somebody = plan.nomination("老客户", counterparty=Counterparty.STATE_BODY)
    blocking = replace(TERMS, rules=GiftRules(blocked=("state_body:goods",)))
    with pytest.raises(errors.MayNotBeGiven):
        nominate(database, plan, somebody, people.lantern.nominator.actor, terms=blocking)
    assert nominate(database, plan, somebody, people.lantern.nominator.actor)


def test_a_visitor_needs_no_address(database: Database, plan: Plan, people: People) -> None:
    assert nominate(database, plan, plan.nomination("到访客户", address=""), people.lantern.nominator.actor)


@pytest.mark.parametrize(
    "same", [{"name": "别人", "organisation": "别处"}, {"phone": "13900139000"}], ids=["phone", "name and firm"]
)
def test_the_same_person_twice_is_refused(database: Database, plan: Plan, people: People, same: dict[str, Any]) -> None:
    nominate(database, plan, plan.nomination("老客户"), people.lantern.nominator.actor)
    assert isinstance(refusal(database, plan, people, plan.nomination("经销商", **same)), errors.AlreadyNominated)


def test_two_of_one_name_without_a_firm_are_two_people(database: Database, plan: Plan, people: People) -> None:
    for phone in ("13900139000", "13900139001"):
        somebody = plan.nomination("老客户", organisation="", phone=phone)
        nominate(database, plan, somebody, people.lantern.nominator.actor)


def test_nobody_is_nominated_after_the_list_closed(database: Database, plan: Plan, people: People) -> None:
    late = replace(TERMS, today=date(2026, 9, 16))
    with pytest.raises(errors.ListClosed):
        nominate(database, plan, plan.nomination("老客户"), people.lantern.nominator.actor, terms=late)


def test_what_a_year_allows_counts_every_campaign_of_the_firm(database: Database, plan: Plan, people: People) -> None:
    by = people.lantern.planning.actor
    other = database.transact(draw_up, people, name="周年")
    facts = campaigns.GradeFacts("标准", 230, 150_000)
    for each in (plan, other):
        database.transact(campaigns.change_grade, each.id, each.firm_id, each.grades["标准"], facts, by=by, at=NOON)
    accept(database, plan, people, nominate(database, plan, plan.nomination("老客户"), people.lantern.nominator.actor))
    refused = refusal(database, other, people, other.nomination("老客户"))
    assert isinstance(refused, errors.OverTheYear)
    assert refused.field == "phone"
    assert nominate(database, other, other.nomination("老客户", 1), people.lantern.nominator.actor)


def test_what_a_year_allows_is_looked_at_again_by_planning(database: Database, plan: Plan, people: People) -> None:
    other = database.transact(draw_up, people, name="周年")
    nominator = people.lantern.nominator.actor
    first, second = (nominate(database, each, each.nomination("老客户"), nominator) for each in (plan, other))
    facts = campaigns.GradeFacts("标准", 230, 150_000)
    for each in (plan, other):
        who: dict[str, Any] = {"by": people.lantern.planning.actor, "at": NOON}
        database.transact(campaigns.change_grade, each.id, each.firm_id, each.grades["标准"], facts, **who)
    accept(database, plan, people, first)
    for step in (campaigns.Step.SERVICE, campaigns.Step.SALES):
        judge(database, other, people, step, second)
    outcome = judge(database, other, people, campaigns.Step.PLANNING, second)
    assert (outcome.accepted, [type(why) for _id, why in outcome.skipped]) == (0, [errors.OverTheYear])


def test_a_link_tells_nobody_who_is_on_the_list(database: Database, plan: Plan, people: People) -> None:
    nominate(database, plan, plan.nomination("老客户"), people.lantern.nominator.actor)
    facts: dict[str, Any] = {"is_declared": True, "terms": TERMS, "by": VISITOR, "at": NOON}
    again = plan.nomination("老客户", nominator="小刘")
    assert database.transact(nominating.nominate_by_link, plan.id, plan.firm_id, again, **facts) is None
    new = plan.nomination("老客户", 7, nominator="小刘")
    assert database.transact(nominating.nominate_by_link, plan.id, plan.firm_id, new, **facts)
    with database.reading() as reader:
        assert len(queries.people_nominated(reader, plan.id)) == 2


def test_one_network_hands_in_so_many_and_no_more(database: Database) -> None:
    for _ in range(61):
        database.transact(nominating.book_try, "203.0.113.9", at=NOON)
    with database.reading() as reader:
        with pytest.raises(errors.TooManyEntries):
            nominating.refuse_too_many(reader, "203.0.113.9", at=NOON)
        nominating.refuse_too_many(reader, "203.0.113.10", at=NOON)


def test_another_firm_cannot_nominate_for_it(database: Database, plan: Plan, people: People) -> None:
    stranger = people.harbour.nominator
    with pytest.raises(Missing):
        database.transact(
            campaigns.nominate,
            plan.id,
            people.harbour.id,
            plan.nomination("老客户"),
            is_declared=True,
            terms=TERMS,
            by=stranger.actor,
            at=NOON,
        )


def test_the_cap_is_a_setting_of_the_market(database: Database, plan: Plan, people: People) -> None:
    by = people.lantern.planning.actor
    facts = campaigns.GradeFacts("标准", 230, 20_000)
    database.transact(campaigns.change_grade, plan.id, plan.firm_id, plan.grades["标准"], facts, by=by, at=NOON)
    strict = replace(TERMS, rules=GiftRules(yearly_cap_minor=19_999))
    with pytest.raises(errors.OverTheYear):
        nominate(database, plan, plan.nomination("老客户"), people.lantern.nominator.actor, terms=strict)
