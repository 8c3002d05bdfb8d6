"""What an order is for, told alike whichever kind it is: its name, its price, what can be chosen with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from giftshop import catalogue, giftsets
from giftshop.catalogue import Edition, Item
from giftshop.db import Reader
from giftshop.giftsets import ChargeKind, Contents, GiftSet, Rates
from giftshop.kernel.money import MAX_MINOR, Money
from giftshop.orders.models import Order, OrderBranch, OrderProduct
from giftshop.orders.rules import Delivery, Line, LineKind, Load, OrderKind, Tariff, lines_of

SETUP_NAMES: Final = {"en": "Setting up: %s", "zh_Hans": "制版：%s"}
CARD_NAMES: Final = {"en": "Shopping card", "zh_Hans": "购物卡"}


@dataclass(frozen=True, slots=True)
class Bundle:
    """A gift set as it is ordered: what is in it, and where it goes."""

    contents: Contents
    delivery: Delivery = Delivery.FIRM
    branches: Sequence[int] = ()
    """How many sets each branch gets."""

    def loads(self, quantity: int, limit_g: int) -> list[Load]:
        """Return the parcels of `quantity` sets: one a person, or as few as the weight allows for each place."""
        if self.delivery is Delivery.DIRECT:
            return [Load(1)] * max(quantity, 0)
        weight = self.contents.weight_g
        if self.delivery is Delivery.BRANCHES and self.branches:
            return [
                Load(sets, place)
                for place, each in enumerate(self.branches)
                for sets in giftsets.fill_parcels(each, weight, limit_g)
            ]
        return [Load(sets) for sets in giftsets.fill_parcels(quantity, weight, limit_g)]

    def lines(self, quantity: int, tariff: Tariff) -> tuple[Line, ...]:
        """Return what `quantity` sets come to today, line by line."""
        parcels = quantity if self.delivery is Delivery.DIRECT else len(self.loads(quantity, tariff.parcel_limit_g))
        rates = Rates(tariff.card_minor, tariff.parcel_minor)
        return tuple(
            Line(LineKind(charge.kind.value), charge.unit, charge.quantity, _line_words(charge.kind, charge.words))
            for charge in self.contents.charges(quantity, parcels=parcels, rates=rates)
        )


def _line_words(kind: ChargeKind, words: Mapping[str, str]) -> Mapping[str, str]:
    if kind is not ChargeKind.SETUP:
        return words
    return {locale: SETUP_NAMES.get(locale, "%s") % said for locale, said in words.items()}


@dataclass(frozen=True, slots=True)
class Offer:
    """One of what is ordered."""

    kind: OrderKind
    names: Mapping[str, str]
    price: Money
    """Of one, without its printed card."""
    labels: Mapping[str, str]
    """Which edition of a gift book; empty for others."""
    bundle: Bundle | None = None
    """Of a gift set."""
    budget: Money | None = None
    """What its firm means to spend on each, all in, as it said while putting a gift set together."""

    def lines(self, quantity: int, *, has_logo: bool, tariff: Tariff, is_digital: bool = False) -> tuple[Line, ...]:
        """Return what so many come to today, line by line."""
        if self.bundle is not None:
            return self.bundle.lines(quantity, tariff)
        kind = LineKind.BOOKS if self.kind is OrderKind.GIFT_BOOK else LineKind.VALUE
        return lines_of(self.price, quantity, has_logo=has_logo, tariff=tariff, kind=kind, is_digital=is_digital)

    def budget_for(self, quantity: int, budget_minor: int | None) -> Money | None:
        """Return what may be spent on so many: `budget_minor`, if that was said of the order, else so much for each.

        None where neither was said, or the budget is for each and nobody knows how many.
        """
        if budget_minor is not None:
            return Money(budget_minor, self.price.currency)
        if self.budget is None or quantity <= 0:
            return None
        return Money(min(self.budget.amount_minor * quantity, MAX_MINOR), self.budget.currency)


def offer_of_edition(edition: Edition) -> Offer:
    """Return a gift book as an offer."""
    return Offer(OrderKind.GIFT_BOOK, edition.names, edition.tier, edition.labels)


def offer_of_value(face: Money) -> Offer:
    """Return a shopping card of that face value as an offer."""
    return Offer(OrderKind.SHOPPING_CARD, CARD_NAMES, face, {})


def offer_of_set(found: GiftSet, bundle: Bundle) -> Offer:
    """Return a firm's gift set as an offer, under the firm's own name for it, with the firm's budget for each."""
    names = {"en": found.name, "zh_Hans": found.name}
    budget = Money(found.budget_minor, found.currency) if found.budget_minor else None
    return Offer(OrderKind.GIFT_SET, names, bundle.contents.unit, {}, bundle, budget)


def offer_of(reader: Reader, order: Order) -> Offer:
    """Return what an order is for."""
    return offers_of(reader, [order])[order.id]


def offers_of(reader: Reader, orders: Collection[Order]) -> dict[int, Offer]:
    """Return what each order is for, by order, in a few statements for any number of them."""
    editions = catalogue.editions_by_id(reader, {order.edition_id for order in orders if order.edition_id})
    bundles = bundles_of(reader, [order for order in orders if order.gift_set_id])
    sets = giftsets.gift_sets_by_id(reader, {order.gift_set_id for order in orders if order.gift_set_id})
    offers = {}
    for order in orders:
        if order.gift_set_id is not None:
            offers[order.id] = offer_of_set(sets[order.gift_set_id], bundles[order.id])
        elif order.edition_id is not None:
            offers[order.id] = offer_of_edition(editions[order.edition_id])
        else:
            offers[order.id] = offer_of_value(order.face)
    return offers


def bundles_of(reader: Reader, orders: Collection[Order]) -> dict[int, Bundle]:
    """Return the gift sets of orders that are for some, by order."""
    contents = giftsets.contents_by_id(reader, {order.gift_set_id for order in orders if order.gift_set_id})
    branches: dict[int, list[int]] = {order.id: [] for order in orders}
    for branch in branches_of(reader, *branches):
        branches[branch.order_id].append(branch.quantity)
    return {order.id: Bundle(contents[order.gift_set_id or 0], order.delivery, branches[order.id]) for order in orders}


def branches_of(reader: Reader, *order_ids: int) -> Sequence[OrderBranch]:
    """Return the branches that gift sets of these orders go to, in the order they were written down."""
    if not order_ids:
        return []
    wanted = select(OrderBranch).where(OrderBranch.order_id.in_(order_ids))
    return reader.scalars(wanted.order_by(OrderBranch.order_id, OrderBranch.id)).all()


def goods_of(reader: Reader, order: Order) -> Sequence[Item]:
    """Return the gifts of the book, the products of the card, or what lies in the set, in their order."""
    if order.edition_id is not None:
        return catalogue.items_of(reader, order.edition_id)
    if order.gift_set_id is not None:
        inside = [part.item_id for part in giftsets.contents_of(reader, order.gift_set_id).parts]
        known = catalogue.items_by_id(reader, inside)
        return [known[item_id] for item_id in inside]
    ids = products_of(reader, order.id)
    items = catalogue.items_by_id(reader, ids)
    return [items[item_id] for item_id in ids]


def products_of(reader: Reader, order_id: int) -> list[int]:
    """Return the ids of what a shopping card of this order can be spent on, in their order."""
    of_order = select(OrderProduct.item_id).where(OrderProduct.order_id == order_id)
    return list(reader.scalars(of_order.order_by(OrderProduct.position)))
