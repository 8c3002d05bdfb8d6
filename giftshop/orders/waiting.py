"""What orders have waiting for somebody, and which were the last ones: for their home page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from giftshop import accounts
from giftshop.db import Reader
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.orders.models import Order
from giftshop.orders.offers import offers_of
from giftshop.orders.presenting import STATE_WORDS
from giftshop.orders.queries import (
    count_in_state,
    latest_orders,
    oldest_in_state,
    oldest_short,
    orders_by_id,
    placed_since,
    short_count,
)
from giftshop.orders.rules import OrderState
from giftshop.web import FEW, Piece, Waiting, Watched, localized, shown_count, staff


def _pieces(reader: Reader, orders: Sequence[Order], endpoint: str = "orders.show") -> list[Piece]:
    """Say which orders they are, to their firm by what is in them, and to us by whose they are."""
    if endpoint == "orders.show":
        notes = {key: localized(offer.names) for key, offer in offers_of(reader, orders).items()}
    else:
        firms = accounts.firms_by_id(reader, {order.firm_id for order in orders})
        notes = {order.id: firms[order.firm_id].name for order in orders}
    return [
        Piece(order.number, url_for(endpoint, number=order.number), notes[order.id], _since(order)) for order in orders
    ]


def _since(order: Order) -> datetime:
    return order.short_since or order.placed_at or order.created_at


def _first(state: OrderState) -> Callable[[Reader, Actor], Sequence[Piece]]:
    return lambda reader, person: _pieces(reader, oldest_in_state(reader, state, person.firm_id or 0, limit=FEW))


def last_orders(reader: Reader, person: Actor) -> list[Piece]:
    """Return the orders that a firm began last, with where each stands."""
    orders = latest_orders(reader, person.firm_id or 0, limit=5)
    return [
        replace(piece, state=(_(STATE_WORDS[order.state]), order.state.value), since=order.created_at)
        for piece, order in zip(_pieces(reader, orders), orders, strict=True)
    ]


def at_desk(reader: Reader, ids: Collection[int]) -> dict[int, Piece]:
    """Return orders as our people know them, by id."""
    orders = list(orders_by_id(reader, ids).values())
    return {order.id: piece for order, piece in zip(orders, _pieces(reader, orders, "orders.desk_order"), strict=True)}


def _new_words(count: int) -> str:
    shown = shown_count(count)
    return str(ngettext("%(count)s new order. Refresh", "%(count)s new orders. Refresh", count, count=shown))


def _placed_since(reader: Reader, second: int) -> int:
    try:
        return placed_since(reader, datetime.fromtimestamp(second, UTC))
    except (OverflowError, ValueError, OSError):  # a year that no calendar has: a hand-made address
        return 0


NEWS: Final = Watched(
    (staff(StaffRole.SALES, StaffRole.FINANCE, StaffRole.ADMINISTRATOR),),
    lambda _reader: int(clock.now().timestamp()),
    _placed_since,
    _new_words,
)
"""Orders that were placed since; the cursor is a second of the clock, as an order's number says nothing of when."""


def _standing(state: OrderState) -> Callable[[Reader, Actor], int]:
    return lambda reader, person: count_in_state(reader, state, person.firm_id)


def _to_approve(count: int) -> str:
    return str(
        ngettext(
            "%(count)s order waits for your approval",
            "%(count)s orders wait for your approval",
            count,
            count=shown_count(count),
        )
    )


def _to_pay(count: int) -> str:
    return str(
        ngettext("%(count)s order is to be paid", "%(count)s orders are to be paid", count, count=shown_count(count))
    )


def _to_finish(count: int) -> str:
    return str(
        ngettext(
            "%(count)s draft order to go on with",
            "%(count)s draft orders to go on with",
            count,
            count=shown_count(count),
        )
    )


def _to_procure(count: int) -> str:
    return str(
        ngettext(
            "%(count)s paid order waits for goods",
            "%(count)s paid orders wait for goods",
            count,
            count=shown_count(count),
        )
    )


def _waiting(role: MemberRole, state: OrderState, words: Callable[[int], str], icon: str) -> Waiting:
    return Waiting(
        frozenset({role}), _standing(state), words, "orders.index", {"state": state.value}, icon, first=_first(state)
    )


WAITING: Final = (
    _waiting(MemberRole.APPROVER, OrderState.AWAITING_APPROVAL, _to_approve, "checks"),
    _waiting(MemberRole.FINANCE, OrderState.AWAITING_PAYMENT, _to_pay, "receipt"),
    _waiting(MemberRole.BUYER, OrderState.AWAITING_PAYMENT, _to_pay, "receipt"),
    _waiting(MemberRole.BUYER, OrderState.DRAFT, _to_finish, "edit"),
    Waiting(
        frozenset({StaffRole.SALES}),
        lambda reader, _person: short_count(reader),
        _to_procure,
        "orders.desk",
        {"state": OrderState.PAID.value},
        "packages",
        is_pressing=True,
        first=lambda reader, _person: _pieces(reader, oldest_short(reader, limit=FEW), "orders.desk_order"),
    ),
)
