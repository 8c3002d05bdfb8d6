"""The parcels of an order's gift sets: which there are, how far each is, and what the bench tells of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select, update

from giftshop import fulfilment, jobs
from giftshop.db import Reader, Transaction
from giftshop.fulfilment import (
    Shipment,
    ShipmentDelivered,
    ShipmentDispatched,
    ShipmentExcepted,
    ShipmentReturned,
    ShipmentState,
    ShipmentStepUndone,
)
from giftshop.kernel import clock
from giftshop.orders.models import Order, OrderParcel, OrderRecipient
from giftshop.orders.queries import PARCEL
from giftshop.orders.rules import OrderState, ParcelState
from giftshop.paging import Page, keyset_page

TELL = "orders.tell"
"""The job that writes mails about orders."""
_STATES: Mapping[ShipmentState, ParcelState] = {
    ShipmentState.DISPATCHED: ParcelState.SENT,
    ShipmentState.DELIVERED: ParcelState.DELIVERED,
    ShipmentState.RETURNED: ParcelState.RETURNED,
    ShipmentState.EXCEPTION: ParcelState.STOPPED,
    ShipmentState.CANCELLED: ParcelState.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class Parcel:
    """One parcel, for rooms that ask: whose it is, what it is called, and when it came how far."""

    ref: str
    """What the room that made the list calls this person; empty for others."""
    recipient_id: int | None
    number: str | None
    """Of its shipment, once it is at the bench."""
    requested_at: datetime | None
    dispatched_at: datetime | None
    delivered_at: datetime | None
    returned_at: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """One parcel as its firm is told of it: no address, no phone."""

    parcel: OrderParcel
    name: str
    """Of the recipient, the branch or the firm's receiver."""
    state: ParcelState
    shipment: Shipment | None


def parcels_of(reader: Reader, order_id: int) -> list[Parcel]:
    """Return every parcel of an order, in the order of its list; none before it is paid."""
    statement = (
        select(OrderParcel, OrderRecipient.ref)
        .outerjoin(OrderRecipient, OrderRecipient.id == OrderParcel.recipient_id)
        .where(OrderParcel.order_id == order_id)
        .order_by(OrderParcel.position)
    )
    return [
        Parcel(
            ref or "",
            row.recipient_id,
            fulfilment.number_of(row.shipment_id) if row.shipment_id else None,
            row.requested_at,
            row.dispatched_at,
            row.delivered_at,
            row.returned_at,
        )
        for row, ref in reader.execute(statement)
    ]


def parcels_page(reader: Reader, order_id: int, *, after: str | None, size: int = 50) -> Page[OrderParcel]:
    """Return a page of an order's parcels, in the order of its list."""
    of_order = select(OrderParcel).where(OrderParcel.order_id == order_id)
    return keyset_page(reader, of_order, OrderParcel.id, after=after, descending=False, size=size)


def told(reader: Reader, order: Order, parcels: Sequence[OrderParcel]) -> list[Told]:
    """Return parcels of an order as its firm is told of them, in a few statements for any number."""
    people = {parcel.recipient_id for parcel in parcels if parcel.recipient_id}
    wanted = select(OrderRecipient.id, OrderRecipient.name).where(OrderRecipient.id.in_(people))
    names: dict[int, str] = dict(reader.execute(wanted).all()) if people else {}
    shipments = fulfilment.shipments_by_id(reader, [parcel.shipment_id for parcel in parcels if parcel.shipment_id])
    return [
        Told(
            parcel,
            names.get(parcel.recipient_id or 0) or _place(order, shipments.get(parcel.shipment_id or 0)),
            state_of(shipments.get(parcel.shipment_id or 0)),
            shipments.get(parcel.shipment_id or 0),
        )
        for parcel in parcels
    ]


def state_of(shipment: Shipment | None) -> ParcelState:
    """Return where a parcel with this shipment is."""
    return _STATES.get(shipment.state, ParcelState.WAITING) if shipment else ParcelState.MAKING


def counts_of(reader: Reader, order_id: int) -> dict[ParcelState, int]:
    """Return how many parcels of an order are how far; a stopped one counts where it was when it was stopped."""
    total, requested, sent, delivered, returned = reader.execute(
        select(
            func.count(),
            func.count(OrderParcel.requested_at),
            func.count(OrderParcel.dispatched_at),
            func.count(OrderParcel.delivered_at),
            func.count(OrderParcel.returned_at),
        ).where(OrderParcel.order_id == order_id)
    ).one()
    counted = {
        ParcelState.MAKING: total - requested,
        ParcelState.WAITING: requested - sent,
        ParcelState.SENT: sent - delivered - returned,
        ParcelState.DELIVERED: delivered,
        ParcelState.RETURNED: returned,
    }
    return {state: count for state, count in counted.items() if count}


def note_dispatched(tx: Transaction, news: ShipmentDispatched) -> None:
    """Subscriber: a parcel is with the carrier; with the last of them, all of the order's are sent."""
    order_id = _note(tx, news.source, dispatched_at=clock.now(), returned_at=None)
    if order_id is None:
        return
    tx.get(Order, order_id, with_for_update=True, populate_existing=True)  # two last parcels at once see each other
    waiting = exists().where(OrderParcel.order_id == order_id, OrderParcel.dispatched_at.is_(None))
    made = (Order.id == order_id, Order.state == OrderState.MADE, ~waiting)
    tx.change(update(Order).where(*made).values(state=OrderState.SENT, sent_at=clock.now()))


def note_delivered(tx: Transaction, news: ShipmentDelivered) -> None:
    """Subscriber: a parcel is there."""
    _note(tx, news.source, delivered_at=clock.now())


def note_returned(tx: Transaction, news: ShipmentReturned) -> None:
    """Subscriber: a parcel came back."""
    _note(tx, news.source, returned_at=clock.now())


def note_undone(tx: Transaction, news: ShipmentStepUndone) -> None:
    """Subscriber: a hand-over or a delivery was a slip."""
    if news.was is ShipmentState.DELIVERED:
        _note(tx, news.source, delivered_at=None)
    elif news.was is ShipmentState.DISPATCHED:
        order_id = _note(tx, news.source, dispatched_at=None)
        sent = (Order.id == order_id, Order.state == OrderState.SENT)
        tx.change(update(Order).where(*sent).values(state=OrderState.MADE, sent_at=None))


def note_stopped(tx: Transaction, news: ShipmentExcepted) -> None:
    """Subscriber: a parcel cannot go on, so its firm is told."""
    kind, parcel_id = news.source
    parcel = tx.get(OrderParcel, parcel_id) if kind == PARCEL else None
    if parcel is not None:
        told_of = {"order_id": parcel.order_id, "what": "stopped", "shipment_id": news.shipment_id}
        jobs.enqueue(tx, TELL, told_of | {"reason": news.reason.value})


def _note(tx: Transaction, source: tuple[str, int], **moments: datetime | None) -> int | None:
    """Write down moments of a parcel; returns its order, or None when the source is no parcel of ours."""
    kind, parcel_id = source
    if kind != PARCEL:
        return None
    tx.change(update(OrderParcel).where(OrderParcel.id == parcel_id).values(**moments))
    return tx.scalar(select(OrderParcel.order_id).where(OrderParcel.id == parcel_id))


def _place(order: Order, shipment: Shipment | None) -> str:
    return shipment.receiver_name if shipment else str((order.receiver or {}).get("name", ""))
