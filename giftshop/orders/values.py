"""Commands on drafts of shopping cards: how much each holds, whose it is, what it can be spent on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from giftshop import catalogue
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.market import StoredValueRules
from giftshop.kernel.money import Money
from giftshop.orders.drafts import begin, locked_draft, refuse_listless, refuse_products, set_quantity
from giftshop.orders.errors import (
    FaceNotPositive,
    FaceTooHigh,
    NamedNeedsList,
    NoProducts,
    NothingWithin,
    OtherKind,
    TooManyProducts,
)
from giftshop.orders.models import Order, OrderProduct
from giftshop.orders.rules import MAX_PRODUCTS, Holder, OrderKind, cap_of, expires


@dataclass(frozen=True, slots=True)
class Value:
    """What shopping cards are to be."""

    face: Money
    """What each holds."""
    holder: Holder
    quantity: int | None
    """None: one for each person of a list."""
    products: Sequence[int]
    """Ids of the items it can be spent on, in the order they are shown."""
    allows_difference: bool = False
    is_digital: bool = False
    """Whether they are e-cards, sent to the people of the list."""
    budget_minor: int | None = None
    """What may be spent on all of them, in minor units; None: nobody said."""


def start_cards(
    tx: Transaction,
    firm_id: int,
    value: Value,
    *,
    market: StoredValueRules,
    card_locale: str,
    by: Actor,
    at: datetime,
) -> str:
    """Begin a draft of shopping cards. Returns its number. Raises what `set_value` raises."""
    _refuse(tx, firm_id, value, market)
    what = {"kind": OrderKind.SHOPPING_CARD, "currency": value.face.currency, **_columns(value)}
    order = begin(tx, firm_id, what, quantity=value.quantity, card_locale=card_locale, by=by, at=at)
    _write_products(tx, order.id, value.products)
    return order.number


def set_value(tx: Transaction, order_id: int, firm_id: int, value: Value, *, market: StoredValueRules) -> None:
    """Set what a draft's cards hold, whose they are and what they can be spent on.

    A last day that cards of the new kind cannot have is forgotten. Raises EcardsNeedList, FaceNotPositive, FaceTooHigh,
    NamedNeedsList, NoProducts, TooManyProducts, NothingWithin, ProductGone, NoStoredValue, TooManyCards, OtherKind.
    """
    order = locked_draft(tx, order_id, firm_id)
    if order.kind is not OrderKind.SHOPPING_CARD:
        raise OtherKind(number=order.number)
    _refuse(tx, firm_id, value, market)
    for name, held in _columns(value).items():
        setattr(order, name, held)
    if not expires(value.holder, market):
        order.valid_until = None
    set_quantity(tx, order, value.quantity)
    _write_products(tx, order_id, value.products)


def _columns(value: Value) -> dict[str, object]:
    return {
        "face_minor": value.face.amount_minor,
        "holder": value.holder,
        "allows_difference": value.allows_difference,
        "is_digital": value.is_digital,
        "budget_minor": value.budget_minor,
    }


def _refuse(tx: Transaction, firm_id: int, value: Value, market: StoredValueRules) -> None:
    if value.face.amount_minor <= 0:
        raise FaceNotPositive(field="face")
    cap = cap_of(value.holder, market)
    if value.face.amount_minor > cap:
        raise FaceTooHigh(field="face", cap=Money(cap, value.face.currency))
    refuse_listless(value.quantity, is_digital=value.is_digital)
    if value.holder is Holder.NAMED and value.quantity is not None:
        raise NamedNeedsList(field="mode")
    if not value.products:
        raise NoProducts(field="products")
    if len(value.products) > MAX_PRODUCTS:
        raise TooManyProducts(field="products", most=MAX_PRODUCTS)
    refuse_products(tx, firm_id, value.products)
    prices = [item.price for item in catalogue.items_by_id(tx, value.products).values()]
    affordable = [price for price in prices if price.currency == value.face.currency and price <= value.face]
    if not affordable:
        raise NothingWithin(field="products", face=value.face)


def _write_products(tx: Transaction, order_id: int, item_ids: Sequence[int]) -> None:
    tx.change(delete(OrderProduct).where(OrderProduct.order_id == order_id))
    for place, item_id in enumerate(dict.fromkeys(item_ids), start=1):
        tx.add(OrderProduct(order_id=order_id, item_id=item_id, position=place))
    tx.flush()


def is_of_cards(order: Order) -> bool:
    """Whether an order is for shopping cards."""
    return order.kind is OrderKind.SHOPPING_CARD
