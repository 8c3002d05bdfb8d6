"""What suppliers send themselves: they are told what to send where, and say under which number it left them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, select, update

from giftshop import audit
from giftshop.db import Transaction
from giftshop.fulfilment.errors import CarrierMissing, StepNotPossible, TrackingNumberMissing
from giftshop.fulfilment.events import ShipmentDispatched
from giftshop.fulfilment.models import Carrier, Shipment, ShipmentEvent
from giftshop.fulfilment.rules import ShipmentState, Step
from giftshop.fulfilment.steps import Change, as_kept, take_step
from giftshop.kernel.actor import Actor


def order_from_supplier(tx: Transaction, supplier_id: int, seen: Mapping[int, int], *, by: Actor, at: datetime) -> int:
    """Write down that a supplier was told to send these parcels as they stand. Returns how many.

    `seen` holds the revision that each shipment had on the list: one that changed since, such as by a new address, is
    left out, for the supplier was told the old one. So is one that was ordered before, or is another's. Bounded
    statements, however long the list.
    """
    theirs = (
        Shipment.supplier_id == supplier_id,
        Shipment.state == ShipmentState.WAITING,
        Shipment.ordered_at.is_(None),
    )
    found = select(Shipment.id, Shipment.revision).where(Shipment.id.in_(seen), *theirs)
    locked = tx.execute(found.order_by(Shipment.id).with_for_update()).all()
    as_told = [shipment_id for shipment_id, revision in locked if seen[shipment_id] == revision]
    if not as_told:
        return 0
    ordered = {"ordered_at": at, "revision": Shipment.revision + 1}
    tx.change(update(Shipment).where(Shipment.id.in_(as_told), *theirs).values(ordered))
    tx.execute(insert(ShipmentEvent), [_ordered(one, seen[one] + 1, by=by, at=at) for one in as_told])
    audit.record(tx, "fulfilment.order_from_supplier", ("supplier", supplier_id), by=by, at=at, parcels=len(as_told))
    return len(as_told)


def sent_by_supplier(tx: Transaction, shipment_id: int, *, by: Actor, at: datetime) -> str:
    """Write down that a supplier gave a parcel to its carrier, publish ShipmentDispatched. Returns its number.

    Nothing leaves a shelf of ours. Raises CarrierMissing, TrackingNumberMissing, or StepNotPossible when it is not a
    supplier's, or left before.
    """

    def plan(seen: Shipment) -> Change:
        if seen.supplier_id is None:
            raise StepNotPossible(number=seen.number)
        carrier = tx.get(Carrier, seen.carrier_id) if seen.carrier_id else None
        if carrier is None:
            raise CarrierMissing(field="carrier", number=seen.number)
        if carrier.is_tracked and not seen.tracking_number:
            raise TrackingNumberMissing(field="tracking_number", number=seen.number)
        return Change(to=ShipmentState.DISPATCHED, values={"dispatched_at": at})

    shipment = take_step(tx, shipment_id, Step.HAND_OVER, plan, by=by, at=at)
    tx.publish(ShipmentDispatched(shipment_id, shipment.source))
    return shipment.number


def _ordered(shipment_id: int, revision: int, *, by: Actor, at: datetime) -> dict[str, object]:
    return {
        "shipment_id": shipment_id,
        "revision": revision,
        "step": Step.ORDER,
        "state_before": ShipmentState.WAITING,
        "state_after": ShipmentState.WAITING,
        "before": {"state": as_kept(ShipmentState.WAITING), "ordered_at": None},
        "facts": {},
        "at": at,
        "actor_kind": by.kind,
        "actor_id": by.id,
    }
