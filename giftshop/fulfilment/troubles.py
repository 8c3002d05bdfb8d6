"""When something is wrong: stop a shipment, let it go on, take it back, send it again, undo a slip of the hand."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

from sqlalchemy import Enum, inspect, select

from giftshop import stock
from giftshop.db import Reader, Transaction, UtcDateTime
from giftshop.fulfilment.errors import NotUndoable, ReasonNeedsNote
from giftshop.fulfilment.events import ShipmentExcepted, ShipmentReturned, ShipmentStepUndone
from giftshop.fulfilment.models import Shipment, ShipmentEvent
from giftshop.fulfilment.packing import NOBODY, lines_of, unconfirm
from giftshop.fulfilment.rules import UNDOABLE, WITH_US, ExceptionReason, ShipmentState, Step, state_after_resolving
from giftshop.fulfilment.service import purpose_of, reserve_goods
from giftshop.fulfilment.steps import Change, seen_shipment, take_step
from giftshop.kernel.actor import Actor

TOLD = frozenset({Step.HAND_OVER, Step.DELIVER, Step.EXCEPT})
"""Steps that the rooms above heard of, so that they must hear of their undoing."""


def stop(tx: Transaction, shipment_id: int, reason: ExceptionReason, note: str = "", *, by: Actor, at: datetime) -> str:
    """Put a shipment into the exceptions lane; it leaves its packer and its manifest. Returns its number.

    Publishes ShipmentExcepted. Raises ReasonNeedsNote for "other" without a note, or StepNotPossible.
    """
    if reason is ExceptionReason.OTHER and not note.strip():
        raise ReasonNeedsNote(field="note")

    def plan(seen: Shipment) -> Change:
        off_manifest = {} if seen.has_left else {"manifest_id": None}
        why = {"exception_reason": reason, "exception_note": note.strip() or None, "stopped_in": seen.state}
        return Change(values={**why, **NOBODY, **off_manifest}, facts={"reason": reason.value})

    shipment = take_step(tx, shipment_id, Step.EXCEPT, plan, by=by, at=at)
    tx.publish(ShipmentExcepted(shipment_id, shipment.source, reason))
    return shipment.number


def resolve(tx: Transaction, shipment_id: int, *, packs_again: bool = False, by: Actor, at: datetime) -> Shipment:
    """Let a stopped shipment go on from where it stood; a parcel that `packs_again` is opened and scanned anew.

    Raises StepNotPossible.
    """

    def plan(seen: Shipment) -> Change:
        to = state_after_resolving(seen.stopped_in or ShipmentState.WAITING, packs_again=packs_again)
        unpacked = {"packed_by": None, "packed_at": None} if to is ShipmentState.WAITING else {}
        return Change(to=to, values={**NO_EXCEPTION, **unpacked})

    shipment = take_step(tx, shipment_id, Step.RESOLVE, plan, by=by, at=at)
    if shipment.state is ShipmentState.WAITING:
        unconfirm(tx, shipment_id)
    return shipment


def take_back(tx: Transaction, shipment_id: int, *, goods_are_sound: bool, by: Actor, at: datetime) -> str:
    """Check in a parcel that came back. Sound goods go back on the shelf. Returns its number.

    Publishes ShipmentReturned. Raises StepNotPossible.
    """
    change = Change(values=NO_EXCEPTION, facts={"sound": int(goods_are_sound)})
    shipment = take_step(tx, shipment_id, Step.TAKE_BACK, lambda _: change, by=by, at=at)
    if goods_are_sound:
        stock.put_back(tx, purpose_of(shipment.id, shipment.attempt))
        stock.release(tx, purpose_of(shipment.id, shipment.attempt))
    tx.publish(ShipmentReturned(shipment_id, shipment.source))
    return shipment.number


def resend(tx: Transaction, shipment_id: int, promised_on: date, *, by: Actor, at: datetime) -> Shipment:
    """Send a returned shipment once more, as a new parcel: goods are reserved, it goes back into the queue.

    What a supplier sends goes onto their list again.

    Raises stock.OutOfStock or StepNotPossible.
    """

    def plan(seen: Shipment) -> Change:
        return Change(values={**UNPACKED, "promised_on": promised_on, "attempt": seen.attempt + 1})

    shipment = take_step(tx, shipment_id, Step.RESEND, plan, by=by, at=at)
    unconfirm(tx, shipment_id)
    quantities: Counter[int | None] = Counter()
    for line in lines_of(tx, shipment_id):
        quantities[line.item_id] += line.quantity
    reserve_goods(tx, shipment, quantities)
    return shipment


def undo(tx: Transaction, shipment_id: int, revision: int, *, by: Actor, at: datetime) -> Shipment:
    """Take back the last step, the one that led to `revision`: the shipment stands where it stood before.

    The rooms above hear ShipmentStepUndone and may refuse. Raises NotUndoable when it was not the last step, or is of
    a kind that is not undone.
    """
    step = last_step(tx, shipment_id)
    if step is None or step.revision != revision or step.step not in UNDOABLE:
        raise NotUndoable(number=seen_shipment(tx, shipment_id).number)
    to, values = _as_before(step)

    def plan(seen: Shipment) -> Change:
        if seen.revision != revision:
            raise NotUndoable(number=seen.number)
        off_manifest = {"manifest_id": None} if to in WITH_US else {}
        return Change(to=to, values={**values, **off_manifest}, facts={"step": step.step.value})

    shipment = take_step(tx, shipment_id, Step.UNDO, plan, by=by, at=at)
    if step.step is Step.HAND_OVER:
        stock.put_back(tx, purpose_of(shipment.id, shipment.attempt))
    if step.step in TOLD:
        tx.publish(ShipmentStepUndone(shipment_id, shipment.source, step.state_after, shipment.state))
    return shipment


def last_step(reader: Reader, shipment_id: int) -> ShipmentEvent | None:
    """Return the latest entry of a shipment's history."""
    history = select(ShipmentEvent).where(ShipmentEvent.shipment_id == shipment_id)
    return reader.scalar(history.order_by(ShipmentEvent.revision.desc()).limit(1))


UNPACKED = {
    "tracking_number": None,
    "manifest_id": None,
    "dispatched_at": None,
    "packed_by": None,
    "packed_at": None,
    "labels_printed": 0,
    "slips_printed": 0,
    "ordered_at": None,
}
NO_EXCEPTION = {"exception_reason": None, "exception_note": None, "stopped_in": None}


def _as_before(step: ShipmentEvent) -> tuple[ShipmentState, dict[str, Any]]:
    columns = inspect(Shipment).columns
    values = {name: _restored(columns[name].type, value) for name, value in step.before.items()}
    return values.pop("state"), values


def _restored(kind: object, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    return kind.enum_class(value) if isinstance(kind, Enum) and kind.enum_class else value
