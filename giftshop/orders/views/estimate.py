"""What an order would come to, as it stands beside every step of drawing it up."""

from __future__ import annotations

from dataclasses import dataclass

from giftshop import catalogue
from giftshop.kernel.money import Money
from giftshop.orders import queries
from giftshop.orders.models import Order
from giftshop.orders.presenting import tariff
from giftshop.orders.rules import MAX_BOOKS, Line, lines_of, total_of
from giftshop.web import reader


@dataclass(frozen=True, slots=True)
class Estimate:
    """Every line of what a number of gift books comes to; no lines as long as it is not known how many."""

    edition: catalogue.Edition | None
    lines: tuple[Line, ...] = ()

    @property
    def total(self) -> Money:
        """What the lines come to. Only for those that have some."""
        return total_of(self.lines, self.lines[0].amount.currency)


def estimate_of(order: Order) -> Estimate:
    """Return what a draft comes to as it stands."""
    edition = catalogue.edition(reader(), order.edition_id)
    return Estimate(edition, queries.lines_for(reader(), order, edition.tier, tariff()))


def estimate_for(edition: catalogue.Edition | None, quantity: int, *, has_logo: bool) -> Estimate:
    """Return what `quantity` books of an edition would come to. Raises nothing: a number out of range has no lines."""
    if edition is None or not 0 < quantity <= MAX_BOOKS:
        return Estimate(edition)
    return Estimate(edition, lines_of(edition.tier, quantity, has_logo=has_logo, tariff=tariff()))
