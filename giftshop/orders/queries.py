"""Reads of orders. Every one of a firm goes through the firm."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, func, or_, select

from giftshop import accounts, cards, giftsets
from giftshop.db import Reader
from giftshop.ecards import best_way
from giftshop.kernel.errors import Missing
from giftshop.kernel.locale import N_
from giftshop.listing import Choice, Column, Days, Field, Listing, Words
from giftshop.orders.models import ListUpload, Order, OrderLine, OrderRecipient
from giftshop.orders.offers import branches_of, offer_of, products_of
from giftshop.orders.rules import CARD_DAYS, NUMBERS, Filled, Line, OrderState, Tariff
from giftshop.paging import Page, bounded_count, keyset_page

KIND: Final = "order"
"""What orders call themselves to payments, cards and audit."""
BATCH: Final = "batch"
"""What a parcel of cards calls its source."""
PARCEL: Final = "parcel"
"""What a parcel of gift sets calls its source."""


def order_of(reader: Reader, number: str, firm_id: int | None) -> Order:
    """Return an order by its number; of `firm_id` only, unless None (staff). Raises Missing."""
    order_id = NUMBERS.id_in(number)
    order = reader.get(Order, order_id) if order_id else None
    if order is None or (firm_id is not None and order.firm_id != firm_id):
        raise Missing
    return order


def order_by_id(reader: Reader, order_id: int) -> Order:
    """Return an order by its id, for rooms that hold one. Raises Missing."""
    order = reader.get(Order, order_id)
    if order is None:
        raise Missing
    return order


def orders_page(
    reader: Reader, *, firm_id: int | None, state: OrderState | None = None, after: str | None = None
) -> Page[Order]:
    """Return orders, newest first: a firm's, or everybody's for staff (without their drafts)."""
    statement = select(Order)
    if firm_id is None:
        statement = statement.where(Order.state != OrderState.DRAFT)
    else:
        statement = statement.where(Order.firm_id == firm_id)
    if state is not None:
        statement = statement.where(Order.state == state)
    return keyset_page(reader, statement, Order.id, after=after)


def orders_list(reader: Reader, *, firm_id: int | None, state: OrderState | None) -> Listing[Order]:
    """Return the list of a firm's orders, or of everybody's for staff (without their drafts).

    Of all firms' orders it sorts by what has an index; a firm's are few enough to be sorted by anything. What an order
    is for is written down in other rooms, so that nothing sorts by it.
    """
    of_firm = firm_id is not None
    statement = select(Order).where(Order.firm_id == firm_id if of_firm else Order.state != OrderState.DRAFT)
    if state is not None:
        statement = statement.where(Order.state == state)
    return Listing(
        "orders",
        statement,
        Order.id,
        columns=(
            Column("number", N_("Number"), by=Order.id, falls=True),
            *(() if of_firm else (Column("firm", N_("Firm")),)),
            Column("what", N_("What")),
            Column("pieces", N_("Pieces"), "number", by=Order.quantity if of_firm else None, falls=True),
            Column("total", N_("Total"), "number", by=Order.total_minor, falls=True),
            Column("state", N_("State"), by=Order.state if of_firm else None),
            Column("begun", N_("Begun"), by=Order.created_at, falls=True)
            if of_firm
            else Column("placed", N_("Placed"), by=Order.placed_at, falls=True),
        ),
        fields=(
            Words(N_("Order number or headline"), _matching, hint="O-…"),
            _by_buyer(reader, firm_id) if firm_id is not None else accounts.by_firm(reader, Order.firm_id),
            Days("placed", N_("Placed"), Order.placed_at),
        ),
        first="-number",
    )


def _by_buyer(reader: Reader, firm_id: int) -> Field:
    people = {str(each.user.id): each.user.name for each in accounts.people_of(reader, firm_id)}
    return Choice("buyer", N_("Drawn up by"), people, lambda buyer: Order.buyer_id == int(buyer), are_names=True)


def _matching(wanted: str) -> ColumnElement[bool]:
    return or_(Order.id == (NUMBERS.id_in(wanted) or 0), Order.headline.icontains(wanted, autoescape=True))


def count_in_state(reader: Reader, state: OrderState, firm_id: int | None) -> int:
    """Return how many orders stand there, of a firm or of all, counted as far as a page needs it."""
    statement = select(Order.id).where(Order.state == state)
    return bounded_count(reader, statement if firm_id is None else statement.where(Order.firm_id == firm_id))


def oldest_in_state(reader: Reader, state: OrderState, firm_id: int, *, limit: int) -> Sequence[Order]:
    """Return a firm's orders that stand there, those begun first before the others."""
    standing = select(Order).where(Order.firm_id == firm_id, Order.state == state)
    return reader.scalars(standing.order_by(Order.id).limit(limit)).all()


def oldest_short(reader: Reader, *, limit: int) -> Sequence[Order]:
    """Return paid orders of all firms that wait for goods, those waiting longest first."""
    short = select(Order).where(Order.short_since.is_not(None))
    return reader.scalars(short.order_by(Order.short_since).limit(limit)).all()


def latest_orders(reader: Reader, firm_id: int, *, limit: int) -> Sequence[Order]:
    """Return a firm's orders that were not called off, the newest first."""
    theirs = select(Order).where(Order.firm_id == firm_id, Order.state != OrderState.CANCELLED)
    return reader.scalars(theirs.order_by(Order.id.desc()).limit(limit)).all()


def orders_by_id(reader: Reader, ids: Collection[int]) -> dict[int, Order]:
    """Return those of `ids` that exist, in one query."""
    return {found.id: found for found in reader.scalars(select(Order).where(Order.id.in_(ids)))} if ids else {}


def placed_since(reader: Reader, moment: datetime) -> int:
    """Return how many orders were placed after a moment and are not paid yet, counted as far as a page needs it."""
    states = (OrderState.AWAITING_APPROVAL, OrderState.AWAITING_PAYMENT)
    return bounded_count(reader, select(Order.id).where(Order.state.in_(states), Order.placed_at > moment))


def short_count(reader: Reader) -> int:
    """Return how many paid orders of all firms wait for goods, counted as far as a page needs it."""
    return bounded_count(reader, select(Order.id).where(Order.short_since.is_not(None)))


def agreed_lines(reader: Reader, order_id: int) -> tuple[Line, ...]:
    """Return the lines of a placed order."""
    rows = reader.scalars(select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.position))
    return tuple(row.line for row in rows)


def lines_for(reader: Reader, order: Order, tariff: Tariff) -> tuple[Line, ...]:
    """Return the agreed lines of a placed order, or today's lines of a draft."""
    if order.state is OrderState.DRAFT:
        has_logo = order.logo_id is not None
        return offer_of(reader, order).lines(
            order.quantity, has_logo=has_logo, tariff=tariff, is_digital=order.is_digital
        )
    return agreed_lines(reader, order.id)


def filled(reader: Reader, order: Order) -> Filled:
    """Return how far an order is filled in, for the rules."""
    if order.gift_set_id is None:
        unreached = _without_reach(reader, order.id) if order.is_digital else 0
        return replace(order.filled, products=len(products_of(reader, order.id)), without_reach=unreached)
    if order.gift_set_id is not None:
        contents = giftsets.contents_of(reader, order.gift_set_id)
        return replace(
            order.filled,
            has_card=contents.has_card,
            lead_days=max(contents.lead_days, CARD_DAYS if contents.has_card else 0),
            in_branches=sum(branch.quantity for branch in branches_of(reader, order.id)),
            without_address=_without_address(reader, order.id),
            arrives_on=order.arrives_by.date() if order.arrives_by else None,
        )
    return order.filled


def _without_address(reader: Reader, order_id: int) -> int:
    lacking = (OrderRecipient.order_id == order_id, OrderRecipient.address == "")
    return reader.scalar(select(func.count()).select_from(OrderRecipient).where(*lacking)) or 0


def _without_reach(reader: Reader, order_id: int) -> int:
    """How many of a list have no e-mail address and no mobile: a list that was read for printed cards may have some."""
    without_mail = (OrderRecipient.order_id == order_id, OrderRecipient.email == "")
    phones = reader.scalars(select(OrderRecipient.phone).where(*without_mail))
    return sum(1 for phone in phones if best_way("", phone) is None)


def recipients_of(reader: Reader, order_id: int, *, limit: int | None = None) -> Sequence[OrderRecipient]:
    """Return the people of an order's list, in the order of the file."""
    statement = select(OrderRecipient).where(OrderRecipient.order_id == order_id).order_by(OrderRecipient.position)
    return reader.scalars(statement.limit(limit)).all()


def upload_of(reader: Reader, order_id: int) -> ListUpload | None:
    """Return the list that waits for the buyer's yes."""
    return reader.get(ListUpload, order_id)


def batch_of(reader: Reader, order_id: int) -> cards.Batch | None:
    """Return the batch of cards that an order was issued as."""
    programme = cards.programme_bought_by(reader, KIND, order_id)
    return next(iter(cards.batches_of(reader, [programme.id])), None) if programme else None
