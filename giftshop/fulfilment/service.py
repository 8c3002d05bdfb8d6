"""What the rooms above ask of the bench: send this, send it elsewhere, send something else, do not send it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, select

from giftshop import stock
from giftshop.addresses import Receiver
from giftshop.catalogue import Item, ItemState, items_at_hand
from giftshop.db import Transaction
from giftshop.fulfilment.errors import NothingToSend
from giftshop.fulfilment.events import ShipmentHeld
from giftshop.fulfilment.lines import Line, sender_of
from giftshop.fulfilment.models import Shipment, ShipmentLine
from giftshop.fulfilment.rules import ShipmentState, Source, Step, scan_code
from giftshop.fulfilment.steps import Change, take_step
from giftshop.kernel.actor import SYSTEM, Actor

OPENED_AT_ONCE: Final = 500
"""Held shipments that one transaction opens."""


def request_shipment(
    tx: Transaction,
    *,
    source: Source,
    receiver: Receiver,
    lines: Sequence[Line],
    firm_id: int,
    promised_on: date,
    not_before: date | None = None,
    is_surprise: bool = False,
    held_by: stock.Purpose | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Put a shipment into the queue, with its goods reserved. Returns its id.

    `source` (kind, id) is what it is sent for; a second request for the same one fails on a constraint, so the
    caller's own race is decided before. `not_before` holds it back until that day. `held_by` names who holds its goods
    so far and hands them on; without it they are reserved anew. What one supplier sends goes onto their list instead,
    and nothing is reserved; see `lines.split_by_sender`. The caller audits what it asked.
    Raises NothingToSend, MixedSenders, stock.OutOfStock or stock.NotHeld.
    """
    if not lines:
        raise NothingToSend
    items = _items_in(tx, lines)
    supplier_id = _sender(lines, items)
    kind, source_id = source
    is_held = not_before is not None and not_before > (at - timedelta(hours=12)).date()
    shipment_id = tx.insert(
        Shipment,
        source_kind=kind,
        source_id=source_id,
        firm_id=firm_id,
        state=ShipmentState.HELD if is_held else ShipmentState.WAITING,
        promised_on=max(promised_on, not_before or promised_on),
        not_before=not_before,
        is_surprise=is_surprise,
        supplier_id=supplier_id,
        requested_at=at,
        **receiver_columns(receiver),
    )
    _write_lines(tx, shipment_id, lines, items)
    if supplier_id is None:
        _reserve(tx, purpose_of(shipment_id), _quantities(lines), held_by=held_by)
    if is_held and not_before:
        tx.publish(ShipmentHeld(shipment_id, not_before))
    return shipment_id


def change_receiver(tx: Transaction, shipment_id: int, receiver: Receiver, *, by: Actor, at: datetime) -> Shipment:
    """Send it to another receiver or place. A label that was printed before is void; a supplier is told anew.

    Raises AlreadyPacking once a packer has it, or its supplier was told to send it.
    """
    values = {**receiver_columns(receiver), "labels_printed": 0, "ordered_at": None}
    return take_step(tx, shipment_id, Step.READDRESS, lambda _: Change(values=values), by=by, at=at)


def change_lines(tx: Transaction, shipment_id: int, lines: Sequence[Line], *, by: Actor, at: datetime) -> Shipment:
    """Send `lines` instead of what was asked for; stock is released and reserved, and who sends it may change.

    Raises NothingToSend, MixedSenders, stock.OutOfStock, and AlreadyPacking once a packer has it, or its supplier
    was told to send it.
    """
    if not lines:
        raise NothingToSend
    items = _items_in(tx, lines)
    supplier_id = _sender(lines, items)
    shipment = take_step(tx, shipment_id, Step.CHANGE_LINES, lambda seen: _other_lines(seen, supplier_id), by=by, at=at)
    stock.release(tx, purpose_of(shipment.id, shipment.attempt))
    tx.execute(delete(ShipmentLine).where(ShipmentLine.shipment_id == shipment_id))
    _write_lines(tx, shipment_id, lines, items)
    reserve_goods(tx, shipment, _quantities(lines))
    return shipment


def cancel(tx: Transaction, shipment_id: int, *, by: Actor, at: datetime) -> Shipment:
    """Send nothing; what was reserved goes back on the shelf. Raises AlreadyPacking once a packer has it."""
    shipment = take_step(tx, shipment_id, Step.CANCEL, lambda _: _stopped_no_more(), by=by, at=at)
    stock.release(tx, purpose_of(shipment.id, shipment.attempt))
    return shipment


def open_due(tx: Transaction, day: date, *, at: datetime) -> int:
    """Open held shipments whose day has come by `day`. Returns how many; call again until it is none."""
    due = select(Shipment.id).where(Shipment.state == ShipmentState.HELD, Shipment.not_before <= day)
    ids = tx.scalars(due.order_by(Shipment.not_before, Shipment.id).limit(OPENED_AT_ONCE)).all()
    for shipment_id in ids:
        take_step(tx, shipment_id, Step.OPEN, lambda _: Change(), by=SYSTEM, at=at)
    return len(ids)


def receiver_columns(receiver: Receiver) -> dict[str, Any]:
    """Return a receiver as the columns of a shipment."""
    address = receiver.address
    return {
        "receiver_name": receiver.name,
        "receiver_phone": receiver.phone,
        "country": address.country,
        "region": address.region,
        "city": address.city,
        "district": address.district,
        "street": address.street,
        "postcode": address.postcode,
    }


def purpose_of(shipment_id: int, attempt: int = 1) -> stock.Purpose:
    """Return what stock is reserved under: each time a shipment is sent it needs goods of its own."""
    return ("shipment" if attempt == 1 else f"shipment.{attempt}"), shipment_id


def reserve_goods(tx: Transaction, shipment: Shipment, quantities: Mapping[int | None, int]) -> None:
    """Reserve `quantities` by item. What a supplier sends lies on no shelf of ours: nothing is reserved."""
    if shipment.supplier_id is None:
        _reserve(tx, purpose_of(shipment.id, shipment.attempt), quantities)


def _reserve(
    tx: Transaction,
    purpose: stock.Purpose,
    quantities: Mapping[int | None, int],
    *,
    held_by: stock.Purpose | None = None,
) -> None:
    """Reserve goods or have them handed on, in the order of items: no two shipments wait for each other in a ring."""
    for item_id, quantity in sorted((item_id, n) for item_id, n in quantities.items() if item_id is not None):
        if held_by is None:
            stock.reserve(tx, item_id, quantity, purpose=purpose)
        else:
            stock.hand_on(tx, item_id, quantity, source=held_by, target=purpose)


def _quantities(lines: Sequence[Line]) -> Counter[int | None]:
    quantities: Counter[int | None] = Counter()
    for line in lines:
        quantities[line.item_id] += line.quantity
    return quantities


def _write_lines(tx: Transaction, shipment_id: int, lines: Sequence[Line], items: Mapping[int, Item]) -> None:
    for line in lines:
        item = items.get(line.item_id) if line.item_id is not None else None
        row = {
            "shipment_id": shipment_id,
            "item_id": line.item_id,
            "words": dict(line.words),
            "code": scan_code(line.code or (item.sku if item else "")),
            "quantity": line.quantity,
        }
        tx.write(ShipmentLine, row)


def _items_in(tx: Transaction, lines: Collection[Line]) -> dict[int, Item]:
    return items_at_hand(tx, {line.item_id for line in lines if line.item_id is not None})


def _sender(lines: Sequence[Line], items: Mapping[int, Item]) -> int | None:
    """Return which supplier sends these, or None for ourselves. A supplier sends only what is still on offer."""
    supplier_id = sender_of(lines, {item.id: item.supplier_id for item in items.values()})
    if supplier_id is not None:
        for item in items.values():
            if item.state is not ItemState.ON_OFFER:
                raise stock.OutOfStock(field="item", item_id=item.id, sku=item.sku, wanted=1)
    return supplier_id


def _other_lines(seen: Shipment, supplier_id: int | None) -> Change:
    """Return what other contents change: a closed parcel is packed anew, and another sender has another carrier."""
    values: dict[str, Any] = {"slips_printed": 0, "supplier_id": supplier_id, "ordered_at": None}
    if seen.stopped_in in {ShipmentState.PACKING, ShipmentState.PACKED}:
        values |= {"stopped_in": ShipmentState.WAITING, "packed_by": None, "packed_at": None}
    if supplier_id != seen.supplier_id:
        values |= {"carrier_id": None, "tracking_number": None}
    return Change(values=values)


def _stopped_no_more() -> Change:
    return Change(values={"exception_reason": None, "exception_note": None, "stopped_in": None})
