"""Lists of orders as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from flask_babel import gettext as _

from giftshop import accounts
from giftshop.db import Reader
from giftshop.kernel.locale import N_
from giftshop.kernel.money import Money
from giftshop.listing import Export
from giftshop.orders.models import Order
from giftshop.orders.offers import offers_of
from giftshop.orders.presenting import STATE_WORDS
from giftshop.web import localized
from giftshop.web.filters import money_number

FACTS: Final = (
    N_("What"),
    N_("Pieces"),
    N_("Total"),
    N_("Currency"),
    N_("State"),
    N_("Begun"),
    N_("Placed"),
    N_("Paid"),
)


def _cells(reader: Reader, orders: Sequence[Order]) -> Iterator[Sequence[object]]:
    for order, facts in _facts(reader, orders):
        yield [order.number, *facts]


def _cells_of_all(reader: Reader, orders: Sequence[Order]) -> Iterator[Sequence[object]]:
    firms = accounts.firms_by_id(reader, {order.firm_id for order in orders})
    for order, facts in _facts(reader, orders):
        yield [order.number, firms[order.firm_id].name, *facts]


def _facts(reader: Reader, orders: Sequence[Order]) -> Iterator[tuple[Order, Sequence[object]]]:
    offers = offers_of(reader, orders)
    for order in orders:
        total = None if order.total_minor is None else money_number(Money(order.total_minor, order.currency))
        what, state = localized(offers[order.id].names), _(STATE_WORDS[order.state])
        dates = [order.created_at, order.placed_at, order.paid_at]
        yield order, [what, order.quantity, total, order.currency, state, *dates]


ORDERS: Final = Export((N_("Number"), *FACTS), _cells)
"""A firm's own."""
ORDERS_OF_ALL: Final = Export((N_("Number"), N_("Firm"), *FACTS), _cells_of_all)
"""For staff."""
