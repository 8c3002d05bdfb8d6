"""Three verdicts, each by its role and none on one's own; of two at the same moment the first one counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from giftshop import campaigns
from giftshop.campaigns import Judgement, NomineeState, Step, errors, queries
from giftshop.campaigns.rules import AFTER, BEFORE, ROLE_OF, WAITS_FOR, after
from giftshop.db import Database
from giftshop.kernel.actor import Actor
from giftshop.kernel.market import GiftRules
from giftshop.kernel.role import MemberRole
from tests.campaigns.conftest import NOON, Plan, accept, judge, nominate
from tests.people import People


def state_of(database: Database, plan: Plan, nominee: int) -> NomineeState:
    with database.reading() as reader:
        return queries.entry_of(reader, plan.id, nominee).nominee.state


def say(database: Database, plan: Plan, step: Step, by: Actor, *verdicts: Judgement) -> campaigns.Outcome:
    return database.transact(campaigns.judge, plan.firm_id, step, verdicts, rules=GiftRules(), by=by, at=NOON)


def test_every_state_leads_on_until_it_is_accepted() -> None:
    state, passed = NomineeState.NOMINATED, []
    while state in WAITS_FOR:
        passed.append(state)
        state = after(WAITS_FOR[state], is_yes=True)
    assert (len(passed), state) == (3, NomineeState.ACCEPTED)
    assert {after(step, is_yes=False) for step in Step} == {NomineeState.TURNED_DOWN}
    assert set(BEFORE) == set(AFTER) == set(ROLE_OF) == set(Step)


def test_two_reviews_and_a_decision_accept_somebody_with_a_grade(
    database: Database, plan: Plan, people: People
) -> None:
    nominee = nominate(database, plan, plan.nomination("老客户"), people.lantern.nominator.actor)
    accept(database, plan, people, nominee)
    with database.reading() as reader:
        entry = queries.entry_of(reader, plan.id, nominee)
        said = queries.reviews_by_nominee(reader, [nominee])[nominee]
    assert (entry.nominee.state, entry.nominee.grade_id) == (NomineeState.ACCEPTED, plan.grades["标准"])
    assert [(each.step, each.is_yes) for each in said] == [(step, True) for step in Step]


def test_a_no_needs_a_reason_and_ends_it(database: Database, plan: Plan, people: People) -> None:
    nominee = nominate(database, plan, plan.nomination("老客户"), people.lantern.nominator.actor)
    manager = people.lantern.service_manager.actor
    silent = say(database, plan, Step.SERVICE, manager, Judgement(nominee, is_yes=False, reason="  "))
    assert [type(why) for _id, why in silent.skipped] == [errors.ReasonMissing]
    said = say(database, plan, Step.SERVICE, manager, Judgement(nominee, is_yes=False, reason="已离职"))
    assert (said.turned_down, state_of(database, plan, nominee)) == (1, NomineeState.TURNED_DOWN)
    assert judge(database, plan, people, Step.SALES, nominee).accepted == 0


def test_nobody_judges_whom_they_nominated_themselves(database: Database, plan: Plan, people: People) -> None:
    both = replace(
        people.lantern.service_manager.actor, roles=frozenset({MemberRole.SERVICE_MANAGER, MemberRole.NOMINATOR})
    )
    nominee = nominate(database, plan, plan.nomination("老客户"), both)
    outcome = say(database, plan, Step.SERVICE, both, Judgement(nominee, is_yes=True))
    assert [type(why) for _id, why in outcome.skipped] == [errors.OwnNomination]


def test_each_step_has_its_role(database: Database, plan: Plan, people: People) -> None:
    nominee = nominate(database, plan, plan.nomination("老客户"), people.lantern.nominator.actor)
    for step, somebody in ((Step.SERVICE, people.lantern.sales_manager), (Step.PLANNING, people.lantern.nominator)):
        with pytest.raises(errors.NotYourStep):
            say(database, plan, step, somebody.actor, Judgement(nominee, is_yes=True))


def test_nobody_is_judged_out_of_turn_or_twice(database: Database, plan: Plan, people: People) -> None:
    nominee = nominate(database, plan, plan.nomination("老客户"), people.lantern.nominator.actor)
    assert judge(database, plan, people, Step.SALES, nominee).accepted == 0
    assert judge(database, plan, people, Step.SERVICE, nominee).accepted == 1
    again = judge(database, plan, people, Step.SERVICE, nominee)
    assert [type(why) for _id, why in again.skipped] == [errors.AlreadyJudged]


def test_planning_needs_a_grade_of_the_same_campaign(database: Database, plan: Plan, people: People) -> None:
    nominee = nominate(database, plan, plan.nomination("老客户"), people.lantern.nominator.actor)
    for step in (Step.SERVICE, Step.SALES):
        judge(database, plan, people, step, nominee)
    planner = people.lantern.planning.actor
    outcome = say(database, plan, Step.PLANNING, planner, Judgement(nominee, is_yes=True, grade_id=987654))
    assert [type(why) for _id, why in outcome.skipped] == [errors.GradeMissing]


def test_one_that_cannot_be_kept_leaves_the_others_standing(database: Database, plan: Plan, people: People) -> None:
    nominator = people.lantern.nominator.actor
    ids = [nominate(database, plan, plan.nomination("老客户", number), nominator) for number in range(3)]
    judge(database, plan, people, Step.SERVICE, ids[1])
    outcome = judge(database, plan, people, Step.SERVICE, *ids)
    assert (outcome.accepted, [nominee for nominee, _why in outcome.skipped]) == (2, [ids[1]])


def test_another_firms_nominee_is_not_there(database: Database, plan: Plan, people: People) -> None:
    nominee = nominate(database, plan, plan.nomination("老客户"), people.lantern.nominator.actor)
    stranger = people.harbour.service_manager
    outcome = database.transact(
        campaigns.judge,
        people.harbour.id,
        Step.SERVICE,
        [Judgement(nominee, is_yes=True)],
        rules=GiftRules(),
        by=stranger.actor,
        at=NOON,
    )
    assert (outcome.accepted, state_of(database, plan, nominee)) == (0, NomineeState.NOMINATED)
