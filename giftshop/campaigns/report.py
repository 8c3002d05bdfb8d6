"""The budget of a campaign, and what came of it: by group and by grade, every amount explained. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from giftshop.kernel.money import Money


@dataclass(frozen=True, slots=True)
class GradeFigures:
    """A grade as budgeted."""

    id: int
    name: str
    budgeted: int
    price: Money | None
    """Of one gift; None: not known yet."""


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """A group as planned, and how many were nominated for it."""

    id: int
    name: str
    expected_firms: int
    expected: int
    nominated: int
    """Everybody who was proposed, turned down or not."""
    grade_id: int | None
    """The grade that its people are meant to get."""


@dataclass(frozen=True, slots=True)
class Gift:
    """One accepted nominee's gift, as far as it has come."""

    group_id: int
    grade_id: int
    ends_at: datetime
    """After this it is late."""
    is_printed: bool = False
    dispatched_at: datetime | None = None
    delivered_at: datetime | None = None
    is_returned: bool = False
    is_on_site: bool = False

    def is_late(self, at: datetime) -> bool:
        """Whether it came after its time, or has not come though its time is over at `at`. One returned is neither."""
        return not self.is_returned and (self.delivered_at or at) > self.ends_at


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of some gifts got how far."""

    accepted: int
    printed: int
    dispatched: int
    handed_over: int
    delivered: int
    late: int
    returned: int


@dataclass(frozen=True, slots=True)
class CostLine:
    """What one grade costs for one group: so many times the gift and its card."""

    grade: GradeFigures
    group: GroupFigures
    expected: int
    """People of the group, where it is meant for this grade."""
    accepted: int
    unit: Money | None
    """Gift and card; None as long as the gift's price is not known."""
    amount: Money | None
    """`unit` for everybody accepted."""


@dataclass(frozen=True, slots=True)
class GradeBudget:
    """A grade's budget, what its people come to, and what is left."""

    grade: GradeFigures
    accepted: int
    budget: Money | None
    spent: Money | None
    left: Money | None


@dataclass(frozen=True, slots=True)
class Report:
    """A campaign in figures, at one moment."""

    groups: Sequence[GroupFigures]
    grades: Sequence[GradeFigures]
    gifts: Sequence[Gift]
    card_price: Money
    at: datetime

    @property
    def expected(self) -> int:
        """The people that the list adds up to: 390 in the plan."""
        return sum(group.expected for group in self.groups)

    @property
    def expected_firms(self) -> int:
        """The firms that the list adds up to: 350 in the plan."""
        return sum(group.expected_firms for group in self.groups)

    @property
    def nominated(self) -> int:
        """Everybody who was proposed."""
        return sum(group.nominated for group in self.groups)

    @property
    def budgeted(self) -> int:
        """The people that the budget is for: 380 in the plan."""
        return sum(grade.budgeted for grade in self.grades)

    @property
    def total(self) -> Tally:
        """Of all gifts."""
        return self._tally(lambda _gift: True)

    def of_group(self, group: GroupFigures) -> Tally:
        """Of one group's gifts."""
        return self._tally(lambda gift: gift.group_id == group.id)

    def of_grade(self, grade: GradeFigures) -> Tally:
        """Of one grade's gifts."""
        return self._tally(lambda gift: gift.grade_id == grade.id)

    def unit_of(self, grade: GradeFigures) -> Money | None:
        """Return what one gift of a grade comes to, its card included."""
        return grade.price + self.card_price if grade.price is not None else None

    def budgets(self) -> list[GradeBudget]:
        """Return each grade's budget against what its people come to."""
        return [self._budget(grade, self.of_grade(grade).accepted) for grade in self.grades]

    def cost_lines(self) -> list[CostLine]:
        """Return what each grade costs for each group, where anybody is expected or accepted."""
        lines = [self._line(grade, group) for grade in self.grades for group in self.groups]
        return [line for line in lines if line.expected or line.accepted]

    @property
    def cost(self) -> Money:
        """What everybody accepted comes to, as far as prices are known."""
        return _sum((each.spent for each in self.budgets()), self.card_price.currency)

    @property
    def budget(self) -> Money:
        """What the plan has for everybody it budgets, as far as prices are known."""
        return _sum((each.budget for each in self.budgets()), self.card_price.currency)

    @property
    def has_unknown_price(self) -> bool:
        """Whether some grade has no price yet, so that sums are too small."""
        return any(grade.price is None for grade in self.grades)

    def _line(self, grade: GradeFigures, group: GroupFigures) -> CostLine:
        accepted = self._tally(lambda gift: (gift.grade_id, gift.group_id) == (grade.id, group.id)).accepted
        unit = self.unit_of(grade)
        expected = group.expected if group.grade_id == grade.id else 0
        return CostLine(grade, group, expected, accepted, unit, unit * accepted if unit is not None else None)

    def _budget(self, grade: GradeFigures, accepted: int) -> GradeBudget:
        unit = self.unit_of(grade)
        if unit is None:
            return GradeBudget(grade, accepted, None, None, None)
        budget, spent = unit * grade.budgeted, unit * accepted
        return GradeBudget(grade, accepted, budget, spent, budget - spent)

    def _tally(self, wanted: Callable[[Gift], bool]) -> Tally:
        gifts = [gift for gift in self.gifts if wanted(gift)]
        return Tally(
            accepted=len(gifts),
            printed=sum(gift.is_printed for gift in gifts),
            dispatched=sum(gift.dispatched_at is not None for gift in gifts),
            handed_over=sum(gift.is_on_site and gift.delivered_at is not None for gift in gifts),
            delivered=sum(gift.delivered_at is not None for gift in gifts),
            late=sum(gift.is_late(self.at) for gift in gifts),
            returned=sum(gift.is_returned for gift in gifts),
        )


def _sum(amounts: Iterable[Money | None], currency: str) -> Money:
    total = Money.zero(currency)
    for amount in amounts:
        total += amount or Money.zero(currency)
    return total
