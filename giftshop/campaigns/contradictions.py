"""What does not fit together in a plan, with its figures, before money is spent. Pure.

`contradictions_of(plan)` names each one. Its `key` holds the figures: a word why it is all right is good for these
figures only, and when the plan is mended the contradiction is gone or another one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from giftshop.campaigns.rules import Window
from giftshop.kernel.lunar import LunarDay


class Kind(StrEnum):
    """What can contradict what."""

    PEOPLE_AGAINST_BUDGET = "people_against_budget"
    """The list adds up to other people than the budget is for."""
    FIRMS_AGAINST_PEOPLE = "firms_against_people"
    """Firms and people differ, and the budget is for neither."""
    GRADE_SHORT = "grade_short"
    """A grade's budget is below the people meant for it."""
    GRADE_OVER = "grade_over"
    """A grade's budget is above the people meant for it."""
    VISITS_TOO_LATE = "visits_too_late"
    """Visits go on after the last delivery."""
    VISITS_TOO_EARLY = "visits_too_early"
    """Visits begin before gifts and cards are there."""
    DATES_OF_ANOTHER_YEAR = "dates_of_another_year"
    """The dates written in the plan are not those of the year."""
    GROUP_COUNT = "group_count"
    """Other people were nominated or accepted than a group is planned for."""
    GRADE_COUNT = "grade_count"
    """Other people were accepted into a grade than it is budgeted for."""
    PRICE_UNKNOWN = "price_unknown"
    """¥XX, while money is to be spent."""


MENDED_ONLY: Final = frozenset({Kind.PRICE_UNKNOWN})
"""No word answers these."""

Figure = int | str | date | LunarDay
Figures = Mapping[str, Figure | Sequence[Figure]]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something that does not fit, and its figures, for the sentence that says so."""

    kind: Kind
    figures: Figures

    @property
    def key(self) -> str:
        """What an answer to it is kept under: the kind, and these figures."""
        told = repr(sorted((name, _told(figure)) for name, figure in self.figures.items()))
        return f"{self.kind}:{hashlib.sha256(told.encode()).hexdigest()[:16]}"

    @property
    def is_answerable(self) -> bool:
        """Whether a word why it is all right is enough."""
        return self.kind not in MENDED_ONLY


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """A group as planned, and as it came."""

    name: str
    expected_firms: int
    expected_people: int
    grade: str | None
    """The grade that its people are meant to get."""
    visits: tuple[LunarDay, LunarDay] | None = None
    nominated: int = 0
    """Without those turned down."""
    accepted: int = 0


@dataclass(frozen=True, slots=True)
class GradePlan:
    """A grade as budgeted, and as it came."""

    name: str
    budgeted: int
    is_priced: bool
    accepted: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything in a campaign that figures are compared of."""

    window: Window
    groups: Sequence[GroupPlan]
    grades: Sequence[GradePlan]
    written_days: tuple[date | None, date | None, date | None] = (None, None, None)
    """What the plan on paper says, in the order of `Window.days`."""
    is_complete: bool = False
    """Whether nobody more is to come or to be judged: only then is too few a contradiction."""

    @property
    def people(self) -> int:
        """The people that the list adds up to."""
        return sum(group.expected_people for group in self.groups)

    @property
    def firms(self) -> int:
        """The firms that the list adds up to."""
        return sum(group.expected_firms for group in self.groups)

    @property
    def budgeted(self) -> int:
        """The people that the budget is for."""
        return sum(grade.budgeted for grade in self.grades)


def contradictions_of(plan: Plan) -> tuple[Contradiction, ...]:
    """Return every contradiction of a plan, those of the list against the budget first."""
    looks: tuple[Callable[[Plan], Iterator[Contradiction]], ...] = (
        _people_against_budget,
        _firms_against_people,
        _grades_against_groups,
        _visits,
        _dates,
        _group_counts,
        _grade_counts,
        _prices,
    )
    return tuple(found for look in looks for found in look(plan))


def _people_against_budget(plan: Plan) -> Iterator[Contradiction]:
    if plan.people != plan.budgeted:
        yield Contradiction(
            Kind.PEOPLE_AGAINST_BUDGET,
            {
                "people": plan.people,
                "groups": [group.expected_people for group in plan.groups],
                "budgeted": plan.budgeted,
                "grades": [grade.budgeted for grade in plan.grades],
            },
        )


def _firms_against_people(plan: Plan) -> Iterator[Contradiction]:
    if plan.budgeted not in {plan.people, plan.firms} and plan.firms != plan.people:
        yield Contradiction(
            Kind.FIRMS_AGAINST_PEOPLE,
            {
                "firms": plan.firms,
                "groups": [group.expected_firms for group in plan.groups],
                "people": plan.people,
                "budgeted": plan.budgeted,
            },
        )


def _grades_against_groups(plan: Plan) -> Iterator[Contradiction]:
    for grade in plan.grades:
        meant = [group for group in plan.groups if group.grade == grade.name]
        people = sum(group.expected_people for group in meant)
        if meant and people != grade.budgeted:
            yield Contradiction(
                Kind.GRADE_SHORT if grade.budgeted < people else Kind.GRADE_OVER,
                {
                    "grade": grade.name,
                    "budgeted": grade.budgeted,
                    "people": people,
                    "names": [group.name for group in meant],
                    "groups": [group.expected_people for group in meant],
                },
            )


def _visits(plan: Plan) -> Iterator[Contradiction]:
    window = plan.window
    for group in plan.groups:
        if group.visits is None:
            continue
        first, last = group.visits
        if last > window.last:
            yield Contradiction(
                Kind.VISITS_TOO_LATE,
                {
                    "group": group.name,
                    "people": group.expected_people,
                    "visits": last,
                    "visits_on": last.in_year(window.year),
                    "last": window.last,
                    "last_on": window.last_day,
                },
            )
        if first < window.listed_by:
            yield Contradiction(
                Kind.VISITS_TOO_EARLY,
                {
                    "group": group.name,
                    "people": group.expected_people,
                    "visits": first,
                    "visits_on": first.in_year(window.year),
                    "listed": window.listed_by,
                    "listed_on": window.list_day,
                },
            )


def _dates(plan: Plan) -> Iterator[Contradiction]:
    pairs = [(said, day) for said, day in zip(plan.written_days, plan.window.days, strict=True) if said]
    if any(said != day for said, day in pairs):
        yield Contradiction(
            Kind.DATES_OF_ANOTHER_YEAR,
            {
                "written": [said for said, _day in pairs],
                "days": [day for _said, day in pairs],
                "year": str(plan.window.year),
            },
        )


def _group_counts(plan: Plan) -> Iterator[Contradiction]:
    for group in plan.groups:
        is_short = plan.is_complete and group.accepted < group.expected_people
        if group.nominated > group.expected_people or is_short:
            yield Contradiction(
                Kind.GROUP_COUNT,
                {
                    "group": group.name,
                    "expected": group.expected_people,
                    "nominated": group.nominated,
                    "accepted": group.accepted,
                },
            )


def _grade_counts(plan: Plan) -> Iterator[Contradiction]:
    for grade in plan.grades:
        is_short = plan.is_complete and grade.accepted < grade.budgeted
        if grade.accepted > grade.budgeted or is_short:
            yield Contradiction(
                Kind.GRADE_COUNT, {"grade": grade.name, "budgeted": grade.budgeted, "accepted": grade.accepted}
            )


def _prices(plan: Plan) -> Iterator[Contradiction]:
    for grade in plan.grades:
        if not grade.is_priced and (grade.budgeted or grade.accepted):
            yield Contradiction(Kind.PRICE_UNKNOWN, {"grade": grade.name, "count": max(grade.budgeted, grade.accepted)})


def _told(figure: Figure | Sequence[Figure]) -> str:
    if isinstance(figure, (str, int, date, LunarDay)):
        return str(figure)
    return "+".join(str(each) for each in figure)
