"""At the door: parcels go onto a manifest, the driver signs, all of it leaves at once; later it arrives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, insert, or_, select, update

from giftshop import audit, stock
from giftshop.db import Reader, Transaction
from giftshop.fulfilment.errors import ManifestChanged, ManifestClosed, NothingToHandOver
from giftshop.fulfilment.events import ShipmentDelivered, ShipmentDispatched
from giftshop.fulfilment.models import Carrier, Manifest, Shipment, ShipmentEvent
from giftshop.fulfilment.rules import MANIFEST_NUMBERS, ManifestState, ShipmentState, Step
from giftshop.fulfilment.service import purpose_of
from giftshop.fulfilment.steps import Change, as_kept, take_step
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Missing
from giftshop.kernel.locale import N_
from giftshop.listing import Choice, Column, Days, Listing, Words, by_state


class ManifestMissing(Missing):
    """No such manifest."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """What became of parcels that were to go on a manifest."""

    manifests: list[int]
    """Ids: one for each carrier."""
    taken: set[int]
    """Ids of the shipments that are on one now."""


def draw_up(tx: Transaction, shipment_ids: Collection[int], *, by: Actor, at: datetime) -> Leaving:
    """Put those of the shipments that can leave onto manifests, one for each carrier.

    Those can that are packed, on no manifest, and have what their carrier needs. Raises NothingToHandOver.
    """
    by_carrier: dict[int, list[int]] = defaultdict(list)
    ready = (
        select(Carrier.id, Shipment.id)
        .join(Shipment, Shipment.carrier_id == Carrier.id)
        .where(Shipment.id.in_(shipment_ids), *_may_leave())
    )
    for carrier_id, shipment_id in tx.execute(ready.order_by(Shipment.id)):
        by_carrier[carrier_id].append(shipment_id)
    leaving = Leaving([], set())
    for carrier_id, ids in by_carrier.items():
        _draw_up_one(tx, carrier_id, ids, leaving, by=by, at=at)
    if not leaving.taken:
        raise NothingToHandOver
    return leaving


def hand_over(tx: Transaction, manifest_id: int, parcel_count: int, *, by: Actor, at: datetime) -> int:
    """Hand over every parcel on a manifest at once: stock is consumed, ShipmentDispatched published for each.

    `parcel_count` is what the signed sheet says. Returns how many went. Raises ManifestClosed when it was handed over
    or discarded before, ManifestChanged when the sheet is no longer true, and then nothing of it is handed over.
    """
    _close(tx, manifest_id, ManifestState.HANDED_OVER, handed_over_by=by.id, handed_over_at=at)
    parcels = parcels_on(tx, manifest_id, lock=True)
    if len(parcels) != parcel_count:
        number = MANIFEST_NUMBERS.of(manifest_id)
        raise ManifestChanged(number=number, expected=parcel_count, found=len(parcels))
    _dispatch_all(tx, manifest_id, parcels, by=by, at=at)
    audit.record(tx, "fulfilment.hand_over_manifest", ("manifest", manifest_id), by=by, at=at, parcels=parcel_count)
    for parcel in parcels:
        stock.consume(tx, purpose_of(parcel.id, parcel.attempt))
        tx.publish(ShipmentDispatched(parcel.id, parcel.source))
    return parcel_count


def discard(tx: Transaction, manifest_id: int, *, by: Actor, at: datetime) -> None:
    """Do without a manifest that was drawn up by mistake; its parcels wait for another. Raises ManifestClosed."""
    _close(tx, manifest_id, ManifestState.DISCARDED)
    tx.change(update(Shipment).where(Shipment.manifest_id == manifest_id).values(manifest_id=None))
    audit.record(tx, "fulfilment.discard_manifest", ("manifest", manifest_id), by=by, at=at)


def deliver(tx: Transaction, shipment_id: int, *, by: Actor, at: datetime) -> str:
    """Write down that the receiver has it, publish ShipmentDelivered. Returns its number. Raises StepNotPossible."""
    change = Change(values={"delivered_at": at})
    shipment = take_step(tx, shipment_id, Step.DELIVER, lambda _: change, by=by, at=at)
    tx.publish(ShipmentDelivered(shipment_id, shipment.source))
    return shipment.number


def manifest(reader: Reader, manifest_id: int) -> Manifest:
    """Return a manifest. Raises ManifestMissing."""
    found = reader.scalar(select(Manifest).where(Manifest.id == manifest_id).execution_options(populate_existing=True))
    if found is None:
        raise ManifestMissing
    return found


def manifests_list(carriers: Mapping[str, str], states: Mapping[ManifestState, str]) -> Listing[Manifest]:
    """Return the list of manifests, the newest first; `carriers` are their names by id, `states` how they stand.

    There is one a carrier and day: what stands in their rows sorts. What carriers are called is kept by language.
    """
    return Listing(
        "manifests",
        select(Manifest),
        Manifest.id,
        columns=(
            Column("number", N_("Manifest"), by=Manifest.id, falls=True),
            Column("carrier", N_("Carrier")),
            Column("parcels", N_("Parcels"), "number", by=Manifest.parcel_count, falls=True),
            Column("drawn", N_("Drawn up"), by=Manifest.drawn_up_at, falls=True),
            Column("state", N_("State"), by=Manifest.state),
        ),
        fields=(
            Words(N_("Manifest"), lambda wanted: Manifest.id == (MANIFEST_NUMBERS.id_in(wanted) or 0), hint="M-…"),
            Choice(
                "carrier",
                N_("Carrier"),
                carriers,
                lambda carrier: Manifest.carrier_id == int(carrier),
                are_names=True,
            ),
            by_state(Manifest.state, states),
            Days("drawn", N_("Drawn up"), Manifest.drawn_up_at),
        ),
        first="-number",
    )


def parcels_on(reader: Reader, manifest_id: int, *, lock: bool = False) -> Sequence[Shipment]:
    """Return the parcels on a manifest: those that will leave with it, or left with it."""
    on_it = select(Shipment).where(Shipment.manifest_id == manifest_id).order_by(Shipment.id)
    if lock:
        on_it = on_it.where(Shipment.state == ShipmentState.PACKED).with_for_update()
    return reader.scalars(on_it.execution_options(populate_existing=True)).all()


def _may_leave() -> tuple[ColumnElement[bool], ...]:
    return (
        Shipment.state == ShipmentState.PACKED,
        Shipment.manifest_id.is_(None),
        or_(Carrier.is_tracked.is_(False), Shipment.tracking_number.is_not(None)),
    )


def _draw_up_one(
    tx: Transaction, carrier_id: int, ids: list[int], leaving: Leaving, *, by: Actor, at: datetime
) -> None:
    drawn_up = Manifest(carrier_id=carrier_id, drawn_up_by=by.id, drawn_up_at=at, parcel_count=len(ids))
    tx.add(drawn_up)
    tx.flush()
    free = (Shipment.id.in_(ids), Shipment.state == ShipmentState.PACKED, Shipment.manifest_id.is_(None))
    tx.change(update(Shipment).where(*free, Shipment.carrier_id == carrier_id).values(manifest_id=drawn_up.id))
    taken = tx.scalars(select(Shipment.id).where(Shipment.manifest_id == drawn_up.id)).all()
    if not taken:  # a colleague was faster with all of them
        tx.delete(drawn_up)
        return
    drawn_up.parcel_count = len(taken)
    leaving.manifests.append(drawn_up.id)
    leaving.taken.update(taken)
    audit.record(tx, "fulfilment.draw_up_manifest", ("manifest", drawn_up.id), by=by, at=at, parcels=len(taken))


def _close(tx: Transaction, manifest_id: int, state: ManifestState, **values: object) -> None:
    is_open = (Manifest.id == manifest_id, Manifest.state == ManifestState.OPEN)
    if tx.change(update(Manifest).where(*is_open).values(state=state, **values)):
        return
    closed = manifest(tx, manifest_id)
    raise ManifestClosed(number=closed.number, at=closed.handed_over_at or closed.drawn_up_at)


def _dispatch_all(tx: Transaction, manifest_id: int, parcels: Sequence[Shipment], *, by: Actor, at: datetime) -> None:
    """Dispatch locked parcels in one UPDATE, and write a line of history for each in one INSERT."""
    history = [_dispatched(parcel, manifest_id, by=by, at=at) for parcel in parcels]
    leaving = (Shipment.manifest_id == manifest_id, Shipment.state == ShipmentState.PACKED)
    gone = {"state": ShipmentState.DISPATCHED, "dispatched_at": at, "revision": Shipment.revision + 1}
    if tx.change(update(Shipment).where(*leaving).values(gone)) != len(parcels):
        raise ManifestChanged(number=MANIFEST_NUMBERS.of(manifest_id), expected=len(parcels), found=0)
    tx.execute(insert(ShipmentEvent), history)


def _dispatched(parcel: Shipment, manifest_id: int, *, by: Actor, at: datetime) -> dict[str, object]:
    return {
        "shipment_id": parcel.id,
        "revision": parcel.revision + 1,
        "step": Step.HAND_OVER,
        "state_before": parcel.state,
        "state_after": ShipmentState.DISPATCHED,
        "before": {"state": as_kept(parcel.state), "dispatched_at": None},
        "facts": {"manifest_id": manifest_id},
        "at": at,
        "actor_kind": by.kind,
        "actor_id": by.id,
    }
