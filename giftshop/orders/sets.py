"""Commands on drafts of gift sets: which set, for how many, where they go, and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete

from giftshop import audit, giftsets
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.orders.drafts import begin, locked_draft, set_quantity
from giftshop.orders.errors import (
    BranchesTooMany,
    DayTooFar,
    DirectNeedsList,
    OtherKind,
    TooManyBranches,
    WindowTurned,
)
from giftshop.orders.models import Order, OrderBranch
from giftshop.orders.offers import branches_of
from giftshop.orders.queries import KIND
from giftshop.orders.rules import Delivery, OrderKind, unbalanced

MAX_BRANCHES: Final = 200
"""Branches of one order: what a page shows."""
FARTHEST: Final = timedelta(days=3 * 365)
"""A first day of sending lies no further ahead."""


def start_set(
    tx: Transaction,
    firm_id: int,
    gift_set_id: int,
    *,
    quantity: int | None,
    card_locale: str,
    delivery: Delivery | None = None,
    budget_minor: int | None = None,
    by: Actor,
    at: datetime,
) -> str:
    """Begin a draft for a gift set of the firm: so many, or None for the people of a list. Returns its number.

    Where nothing else is said, sets for a list go to its people's doors and a number of them to the firm; cards say
    what the set's card says; its budget for each person holds. `budget_minor` is for all of them, in minor units.
    Raises NoSuchGiftSet, DirectNeedsList, TooManyCards.
    """
    found = giftsets.gift_set(tx, firm_id, gift_set_id)
    delivery = delivery or (Delivery.DIRECT if quantity is None else Delivery.FIRM)
    _refuse_without_list(delivery, quantity)
    what = {
        "kind": OrderKind.GIFT_SET,
        "gift_set_id": gift_set_id,
        "currency": found.currency,
        "delivery": delivery,
        "budget_minor": budget_minor,
        "headline": found.headline,
        "greeting": found.greeting,
    }
    return begin(tx, firm_id, what, quantity=quantity, card_locale=card_locale, by=by, at=at).number


def choose_set(
    tx: Transaction,
    order_id: int,
    firm_id: int,
    *,
    gift_set_id: int,
    quantity: int | None,
    delivery: Delivery,
    budget_minor: int | None = None,
) -> None:
    """Set which gift set a draft is for, how many, where they go, and the budget for them, in minor units.

    None: for a list, which is kept if there is one; for the budget, that the set's own holds, if it has one. Raises
    NoSuchGiftSet, DirectNeedsList, OtherKind, TooManyCards.
    """
    order = _draft_of_sets(tx, order_id, firm_id)
    found = giftsets.gift_set(tx, firm_id, gift_set_id)
    _refuse_without_list(delivery, quantity)
    if not (order.headline or order.greeting):
        order.headline, order.greeting = found.headline, found.greeting
    order.gift_set_id, order.currency, order.delivery = gift_set_id, found.currency, delivery
    order.budget_minor = budget_minor
    set_quantity(tx, order, quantity)


def dispatch_window(
    tx: Transaction,
    order_id: int,
    firm_id: int,
    *,
    not_before: date | None,
    arrives_by: datetime | None,
    is_surprise: bool,
) -> None:
    """Set the first day of sending of a draft of gift sets, when all are to be there, and whether nobody is told.

    Raises WindowTurned, DayTooFar, OtherKind.
    """
    order = _draft_of_sets(tx, order_id, firm_id)
    if not_before is not None and not_before > (order.created_at + FARTHEST).date():
        raise DayTooFar(field="not_before", years=FARTHEST.days // 365)
    if not_before is not None and arrives_by is not None and arrives_by.date() < not_before:
        raise WindowTurned(field="arrives_on")
    order.not_before, order.arrives_by, order.is_surprise = not_before, arrives_by, is_surprise


def add_branch(
    tx: Transaction, order_id: int, firm_id: int, receiver: Mapping[str, Any], quantity: int, *, by: Actor, at: datetime
) -> None:
    """Let so many sets of a draft go to a branch. Raises BranchesTooMany when fewer are left, TooManyBranches."""
    order = _draft_of_sets(tx, order_id, firm_id)
    known = [branch.quantity for branch in branches_of(tx, order_id)]
    if len(known) >= MAX_BRANCHES:
        raise TooManyBranches(field="quantity", most=MAX_BRANCHES)
    left = unbalanced(order.quantity, known)
    if not 0 < quantity <= left:
        raise BranchesTooMany(field="quantity", left=left, quantity=order.quantity)
    tx.add(OrderBranch(order_id=order_id, quantity=quantity, receiver=dict(receiver)))
    audit.record(tx, "orders.add_branch", (KIND, order_id), by=by, at=at, quantity=quantity)


def drop_branch(tx: Transaction, order_id: int, firm_id: int, branch_id: int) -> None:
    """Let nothing go to a branch; one that is gone is no matter."""
    _draft_of_sets(tx, order_id, firm_id)
    tx.change(delete(OrderBranch).where(OrderBranch.id == branch_id, OrderBranch.order_id == order_id))


def _draft_of_sets(tx: Transaction, order_id: int, firm_id: int) -> Order:
    order = locked_draft(tx, order_id, firm_id)
    if order.kind is not OrderKind.GIFT_SET:
        raise OtherKind(number=order.number)
    return order


def _refuse_without_list(delivery: Delivery, quantity: int | None) -> None:
    if delivery is Delivery.DIRECT and quantity is not None:
        raise DirectNeedsList(field="mode")
