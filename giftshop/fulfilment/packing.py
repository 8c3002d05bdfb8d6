"""At the packing table: take a parcel, confirm what goes in, close it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select, update

from giftshop.db import Reader, Transaction
from giftshop.fulfilment.errors import ContentsNotConfirmed, NotClaimed, OneTooMany, WrongItem
from giftshop.fulfilment.models import Shipment, ShipmentLine
from giftshop.fulfilment.rules import CLAIM_LASTS, NUMBERS, ShipmentState, Step, scan_code
from giftshop.fulfilment.steps import Change, claimed_by_another, refusal, seen_shipment, take_step
from giftshop.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a right scan led to."""

    line_id: int
    is_complete: bool
    """Whether everything in the parcel is confirmed now."""


def claim(tx: Transaction, shipment_id: int, *, by: Actor, at: datetime) -> Shipment:
    """Take a parcel for packing, or hold on to it; what a colleague began and left is scanned anew.

    Of two who reach for one, the second is refused. Raises AlreadyClaimed, AlreadyPacked, NotYet or StepNotPossible.
    """
    if _keep_claim(tx, shipment_id, by=by, at=at):
        return seen_shipment(tx, shipment_id)

    def plan(seen: Shipment) -> Change:
        if seen.state is ShipmentState.PACKING and seen.claimed_until and seen.claimed_until > at:
            raise claimed_by_another(tx, seen)
        return Change(values={"claimed_by": by.id, "claimed_until": at + CLAIM_LASTS})

    shipment = take_step(tx, shipment_id, Step.CLAIM, plan, by=by, at=at)
    unconfirm(tx, shipment_id)
    return shipment


def release(tx: Transaction, shipment_id: int, *, by: Actor, at: datetime) -> Shipment:
    """Put a parcel back into the queue; what was scanned counts for nothing.

    Only its packer may, until their time is up. Raises AlreadyClaimed or StepNotPossible.
    """

    def plan(seen: Shipment) -> Change:
        if seen.claimed_by != by.id and seen.claimed_until and seen.claimed_until > at:
            raise claimed_by_another(tx, seen)
        return Change(values=NOBODY)

    shipment = take_step(tx, shipment_id, Step.RELEASE, plan, by=by, at=at)
    unconfirm(tx, shipment_id)
    return shipment


def scan(tx: Transaction, shipment_id: int, text: str, count: int = 1, *, by: Actor, at: datetime) -> Confirmed:
    """Confirm `count` of what was scanned or typed, in a parcel that `by` has taken.

    Raises WrongItem when it does not belong in, OneTooMany when all of it are in, NotClaimed.
    """
    _hold(tx, shipment_id, by=by, at=at)
    code, lines = scan_code(text), lines_of(tx, shipment_id)
    meant = [line for line in lines if line.code and line.code == code]
    if not meant:
        raise WrongItem(field="code", code=text.strip()[:40], number=NUMBERS.of(shipment_id))
    line = next((line for line in meant if not line.is_confirmed), meant[-1])
    return _confirm(tx, line, count)


def tick_off(tx: Transaction, shipment_id: int, line_id: int, *, by: Actor, at: datetime) -> Confirmed:
    """Confirm a whole line by hand: one without a barcode, or one of which a piece was scanned and the rest counted.

    Raises ContentsNotConfirmed when a barcode is still to be scanned, OneTooMany, NotClaimed.
    """
    _hold(tx, shipment_id, by=by, at=at)
    line = next((line for line in lines_of(tx, shipment_id) if line.id == line_id), None)
    if line is None or (line.code and not line.scanned):
        raise ContentsNotConfirmed(number=NUMBERS.of(shipment_id))
    return _confirm(tx, line, line.quantity - line.scanned or 1)


def pack(tx: Transaction, shipment_id: int, *, by: Actor, at: datetime) -> str:
    """Close a parcel whose contents are all confirmed. Returns its number.

    Raises ContentsNotConfirmed, NotClaimed, AlreadyPacked or StepNotPossible.
    """

    def plan(seen: Shipment) -> Change:
        if seen.claimed_by != by.id:
            raise NotClaimed(number=seen.number)
        if not _is_complete(tx, shipment_id):
            raise ContentsNotConfirmed(number=seen.number)
        return Change(values={**NOBODY, "packed_by": by.id, "packed_at": at})

    return take_step(tx, shipment_id, Step.PACK, plan, by=by, at=at).number


def lines_of(reader: Reader, shipment_id: int) -> Sequence[ShipmentLine]:
    """Return what goes into a parcel, as it stands at this moment."""
    lines = select(ShipmentLine).where(ShipmentLine.shipment_id == shipment_id).order_by(ShipmentLine.id)
    return reader.scalars(lines.execution_options(populate_existing=True)).all()


def unconfirm(tx: Transaction, shipment_id: int) -> None:
    """Let everything be scanned anew."""
    tx.change(update(ShipmentLine).where(ShipmentLine.shipment_id == shipment_id).values(scanned=0))


NOBODY = {"claimed_by": None, "claimed_until": None}


def _keep_claim(tx: Transaction, shipment_id: int, *, by: Actor, at: datetime) -> bool:
    mine = (Shipment.id == shipment_id, Shipment.state == ShipmentState.PACKING, Shipment.claimed_by == by.id)
    return tx.change(update(Shipment).where(*mine).values(claimed_until=at + CLAIM_LASTS)) == 1


def _hold(tx: Transaction, shipment_id: int, *, by: Actor, at: datetime) -> None:
    if _keep_claim(tx, shipment_id, by=by, at=at):
        return
    seen = seen_shipment(tx, shipment_id)
    if seen.state is ShipmentState.PACKING:
        raise claimed_by_another(tx, seen)
    if seen.state is ShipmentState.WAITING:
        raise NotClaimed(number=seen.number)
    raise refusal(tx, seen, Step.CLAIM)


def _confirm(tx: Transaction, line: ShipmentLine, count: int) -> Confirmed:
    fits = (ShipmentLine.id == line.id, ShipmentLine.scanned + count <= ShipmentLine.quantity)
    if count < 1 or not tx.change(update(ShipmentLine).where(*fits).values(scanned=ShipmentLine.scanned + count)):
        raise OneTooMany(field="code", code=line.code, quantity=line.quantity)
    return Confirmed(line.id, _is_complete(tx, line.shipment_id))


def _is_complete(reader: Reader, shipment_id: int) -> bool:
    missing = exists().where(ShipmentLine.shipment_id == shipment_id, ShipmentLine.scanned < ShipmentLine.quantity)
    return not reader.scalar(select(missing))
