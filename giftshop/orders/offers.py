"""What an order is for, told alike whichever kind it is: its name, its price, what can be chosen with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from giftshop import catalogue
from giftshop.catalogue import Edition, Item
from giftshop.db import Reader
from giftshop.kernel.money import Money
from giftshop.orders.models import Order, OrderProduct
from giftshop.orders.rules import Line, LineKind, OrderKind, Tariff, lines_of

CARD_NAMES: Final = {"en": "Shopping card", "zh_Hans": "购物卡"}


@dataclass(frozen=True, slots=True)
class Offer:
    """One of what is ordered."""

    kind: OrderKind
    names: Mapping[str, str]
    price: Money
    """Of one, without its printed card."""
    labels: Mapping[str, str]
    """Which edition of a gift book; empty for cards."""

    def lines(self, quantity: int, *, has_logo: bool, tariff: Tariff) -> tuple[Line, ...]:
        """Return what so many come to today, line by line."""
        kind = LineKind.BOOKS if self.kind is OrderKind.GIFT_BOOK else LineKind.VALUE
        return lines_of(self.price, quantity, has_logo=has_logo, tariff=tariff, kind=kind)


def offer_of_edition(edition: Edition) -> Offer:
    """Return a gift book as an offer."""
    return Offer(OrderKind.GIFT_BOOK, edition.names, edition.tier, edition.labels)


def offer_of_value(face: Money) -> Offer:
    """Return a shopping card of that face value as an offer."""
    return Offer(OrderKind.SHOPPING_CARD, CARD_NAMES, face, {})


def offer_of(reader: Reader, order: Order) -> Offer:
    """Return what an order is for."""
    return offers_of(reader, [order])[order.id]


def offers_of(reader: Reader, orders: Collection[Order]) -> dict[int, Offer]:
    """Return what each order is for, by order, in one statement for any number of them."""
    editions = catalogue.editions_by_id(reader, {order.edition_id for order in orders if order.edition_id})
    return {
        order.id: offer_of_edition(editions[order.edition_id]) if order.edition_id else offer_of_value(order.face)
        for order in orders
    }


def goods_of(reader: Reader, order: Order) -> Sequence[Item]:
    """Return what recipients can choose: the gifts of the book, or the products of the card, in their order."""
    if order.edition_id is not None:
        return catalogue.items_of(reader, order.edition_id)
    ids = products_of(reader, order.id)
    items = catalogue.items_by_id(reader, ids)
    return [items[item_id] for item_id in ids]


def products_of(reader: Reader, order_id: int) -> list[int]:
    """Return the ids of what a shopping card of this order can be spent on, in their order."""
    of_order = select(OrderProduct.item_id).where(OrderProduct.order_id == order_id)
    return list(reader.scalars(of_order.order_by(OrderProduct.position)))
