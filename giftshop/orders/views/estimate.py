"""What an order would come to, as it stands beside every step of drawing it up."""

from __future__ import annotations

from dataclasses import dataclass

from giftshop.kernel.money import Money
from giftshop.orders import queries
from giftshop.orders.models import Order
from giftshop.orders.offers import Offer, offer_of
from giftshop.orders.presenting import tariff
from giftshop.orders.rules import MAX_CARDS, Line, total_of
from giftshop.web import reader


@dataclass(frozen=True, slots=True)
class Estimate:
    """Every line of what a number of books or cards comes to; no lines as long as it is not known how many."""

    offer: Offer | None
    lines: tuple[Line, ...] = ()
    is_digital: bool = False
    """Whether it is of e-cards."""
    budget: Money | None = None
    """What may be spent; None: nobody said."""

    @property
    def total(self) -> Money:
        """What the lines come to. Only for those that have some."""
        return total_of(self.lines, self.lines[0].amount.currency)


def estimate_of(order: Order) -> Estimate:
    """Return what a draft comes to as it stands."""
    offer = offer_of(reader(), order)
    budget = offer.budget_for(order.quantity, order.budget_minor)
    return Estimate(offer, queries.lines_for(reader(), order, tariff()), order.is_digital, budget)


def estimate_for(
    offer: Offer | None,
    quantity: int,
    *,
    has_logo: bool,
    is_digital: bool = False,
    budget_minor: int | None = None,
) -> Estimate:
    """Return what `quantity` of an offer would come to, held against a budget for all of them, in minor units.

    Raises nothing: a number out of range has no lines.
    """
    if offer is None:
        return Estimate(None, is_digital=is_digital)
    if not 0 < quantity <= MAX_CARDS:
        return Estimate(offer, (), is_digital, offer.budget_for(0, budget_minor))
    lines = offer.lines(quantity, has_logo=has_logo, tariff=tariff(), is_digital=is_digital)
    return Estimate(offer, lines, is_digital, offer.budget_for(quantity, budget_minor))
