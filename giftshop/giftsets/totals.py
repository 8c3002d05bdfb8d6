"""The total of a set while it is put together: lines in groups, for each person, and the budget. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from giftshop.giftsets.rules import Charge, ChargeKind, Contents, Rates
from giftshop.kernel.locale import N_
from giftshop.kernel.money import Money

GROUPS: Final[Mapping[str, frozenset[ChargeKind]]] = {
    N_("The gifts"): frozenset({ChargeKind.ITEMS}),
    N_("Packaging"): frozenset({ChargeKind.PACKAGING}),
    N_("Your branding"): frozenset({ChargeKind.SETUP, ChargeKind.DECORATION}),
    N_("Greeting cards"): frozenset({ChargeKind.CARD}),
    N_("Delivery, a parcel for each"): frozenset({ChargeKind.PARCELS}),
}
"""What lines are shown under, as msgids, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its words by language, and the charges it comes from: a decoration has its setting up besides."""

    words: Mapping[str, str]
    charges: tuple[Charge, ...]

    @property
    def amount(self) -> Money:
        """What the line comes to."""
        return _sum(self.charges)


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one kind under a title (a msgid)."""

    title: str
    rows: tuple[Row, ...]

    @property
    def amount(self) -> Money:
        """What they come to together."""
        return _sum([charge for row in self.rows for charge in row.charges])


@dataclass(frozen=True, slots=True)
class Total:
    """What a number of sets come to, a parcel for each person."""

    groups: tuple[Group, ...]
    amount: Money
    quantity: int
    budget: Money | None = None
    """What may be spent on each."""

    @property
    def each(self) -> Money:
        """What each person costs, all in, rounded up to the smallest coin."""
        return Money(-(-self.amount.amount_minor // self.quantity), self.amount.currency)

    @property
    def left(self) -> Money | None:
        """What the budget leaves for each; below zero if it is overspent; None without a budget."""
        return self.budget - self.each if self.budget else None


def total_of(contents: Contents, quantity: int, *, rates: Rates, budget_minor: int | None = None) -> Total | None:
    """Return the total of `quantity` sets; None while nothing is inside."""
    charges = contents.charges(quantity, parcels=quantity, rates=rates)
    if not charges:
        return None
    groups = tuple(
        Group(title, rows)
        for title, kinds in GROUPS.items()
        if (rows := tuple(_rows(contents, [charge for charge in charges if charge.kind in kinds])))
    )
    budget = Money(budget_minor, contents.currency) if budget_minor else None
    return Total(groups, _sum(charges), quantity, budget)


def _rows(contents: Contents, charges: list[Charge]) -> Iterator[Row]:
    """Yield a line for each charge; a decoration's setting up shares its line, which is named without what it is on."""
    setups = [charge for charge in charges if charge.kind is ChargeKind.SETUP]
    if setups:
        pieces = [charge for charge in charges if charge.kind is ChargeKind.DECORATION]
        for craft, setup, piece in zip(contents.crafts, setups, pieces, strict=True):
            yield Row(craft.names, (piece, setup))
        return
    yield from (Row(charge.words, (charge,)) for charge in charges)


def _sum(charges: tuple[Charge, ...] | list[Charge]) -> Money:
    total = charges[0].amount
    for charge in charges[1:]:
        total += charge.amount
    return total
