"""The plan of Liandong is read by somebody who does sums: what does not fit is named, with its figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from giftshop.campaigns.contradictions import Contradiction, GradePlan, GroupPlan, Kind, Plan, contradictions_of
from giftshop.campaigns.rules import Window
from giftshop.kernel.lunar import LunarDay

WRITTEN = (date(2026, 9, 21), date(2026, 9, 22), date(2026, 9, 26))
LIANDONG = Plan(
    Window(2026, LunarDay(8, 8), LunarDay(8, 9), LunarDay(8, 13), 18),
    [
        GroupPlan("老客户", 80, 80, "标准"),
        GroupPlan("经销商", 50, 50, "标准"),
        GroupPlan("重点准客户", 200, 200, "重点"),
        GroupPlan("到访客户", 20, 60, "标准", (LunarDay(8, 5), LunarDay(8, 14))),
    ],
    [GradePlan("重点", 150, is_priced=False), GradePlan("标准", 230, is_priced=False)],
    WRITTEN,
)
MENDED = replace(
    LIANDONG,
    groups=[*LIANDONG.groups[:3], replace(LIANDONG.groups[3], visits=(LunarDay(8, 9), LunarDay(8, 13)))],
    grades=[GradePlan("重点", 200, is_priced=True), GradePlan("标准", 190, is_priced=True)],
    written_days=(None, None, None),
)


def figures(plan: Plan) -> dict[tuple[Kind, object], dict[str, object]]:
    """What was found, by its kind and the group or grade it is about."""
    return {
        (each.kind, each.figures.get("grade") or each.figures.get("group")): dict(each.figures)
        for each in contradictions_of(plan)
    }


def test_the_list_adds_up_to_390_people_and_the_budget_to_380() -> None:
    found = figures(LIANDONG)[Kind.PEOPLE_AGAINST_BUDGET, None]
    assert found == {"people": 390, "groups": [80, 50, 200, 60], "budgeted": 380, "grades": [150, 230]}


def test_350_firms_are_neither_the_390_people_nor_the_380_of_the_budget() -> None:
    found = figures(LIANDONG)[Kind.FIRMS_AGAINST_PEOPLE, None]
    assert found == {"firms": 350, "groups": [80, 50, 200, 20], "people": 390, "budgeted": 380}


def test_150_key_recipients_are_budgeted_while_the_key_prospects_alone_are_200() -> None:
    short = figures(LIANDONG)[Kind.GRADE_SHORT, "重点"]
    assert (short["budgeted"], short["people"], short["names"]) == (150, 200, ["重点准客户"])
    over = figures(LIANDONG)[Kind.GRADE_OVER, "标准"]
    assert (over["budgeted"], over["people"], over["groups"]) == (230, 190, [80, 50, 60])


def test_visits_go_on_after_the_last_delivery_and_begin_before_the_gifts_are_there() -> None:
    late = figures(LIANDONG)[Kind.VISITS_TOO_LATE, "到访客户"]
    assert (late["visits"], late["visits_on"]) == (LunarDay(8, 14), date(2026, 9, 24))
    assert (late["last"], late["last_on"]) == (LunarDay(8, 13), date(2026, 9, 23))
    early = figures(LIANDONG)[Kind.VISITS_TOO_EARLY, "到访客户"]
    assert (early["visits_on"], early["listed_on"]) == (date(2026, 9, 15), date(2026, 9, 18))


def test_the_dates_of_2004_are_wrong_in_2026_and_right_in_2004() -> None:
    found = figures(LIANDONG)[Kind.DATES_OF_ANOTHER_YEAR, None]
    assert found["days"] == [date(2026, 9, 18), date(2026, 9, 19), date(2026, 9, 23)]
    in_2004 = replace(
        LIANDONG,
        window=replace(LIANDONG.window, year=2004),
        written_days=tuple(day.replace(year=2004) for day in WRITTEN),  # type: ignore[arg-type]  # three of three
    )
    assert (Kind.DATES_OF_ANOTHER_YEAR, None) not in figures(in_2004)


def test_an_unknown_price_is_named_and_no_word_answers_it() -> None:
    unknown = [each for each in contradictions_of(LIANDONG) if each.kind is Kind.PRICE_UNKNOWN]
    assert [each.figures for each in unknown] == [{"grade": "重点", "count": 150}, {"grade": "标准", "count": 230}]
    assert not any(each.is_answerable for each in unknown)


def test_a_mended_plan_has_nothing_left_to_say() -> None:
    assert contradictions_of(MENDED) == ()


def test_more_nominated_than_planned_is_said_at_once_and_fewer_only_when_nobody_is_to_come() -> None:
    more = replace(MENDED, groups=[replace(MENDED.groups[0], nominated=81), *MENDED.groups[1:]])
    assert figures(more)[Kind.GROUP_COUNT, "老客户"]["nominated"] == 81
    assert len(contradictions_of(replace(MENDED, is_complete=True))) == len(MENDED.groups) + len(MENDED.grades)


def test_more_accepted_into_a_grade_than_it_is_budgeted_for_is_said() -> None:
    more = replace(MENDED, grades=[replace(MENDED.grades[0], accepted=201), MENDED.grades[1]])
    assert figures(more)[Kind.GRADE_COUNT, "重点"] == {"grade": "重点", "budgeted": 200, "accepted": 201}


@pytest.mark.parametrize("figure", ["people", "budgeted"])
def test_other_figures_are_another_contradiction(figure: str) -> None:
    one = Contradiction(Kind.PEOPLE_AGAINST_BUDGET, {"people": 390, "budgeted": 380})
    other = Contradiction(one.kind, {**one.figures, figure: 391})
    assert one.key == Contradiction(one.kind, dict(one.figures)).key != other.key
