"""One step of one shipment: judged on what was read, taken only if nothing changed since, and kept in its history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum
from typing import Any, Final

from sqlalchemy import ColumnElement, func, literal, select, update

from giftshop import audit
from giftshop.accounts import users_by_id
from giftshop.db import Reader, Transaction
from giftshop.fulfilment.errors import (
    AlreadyClaimed,
    AlreadyPacked,
    AlreadyPacking,
    ChangedMeanwhile,
    NotYet,
    SentBySupplier,
    ShipmentMissing,
    StepNotPossible,
)
from giftshop.fulfilment.models import NO_CUT_OFF, Carrier, Shipment, ShipmentEvent
from giftshop.fulfilment.rules import BY_THE_ASKER, LEADS_TO, NUMBERS, ONLY_HERE, ShipmentState, Step, is_allowed
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Refused

ATTEMPTS: Final = 4
"""How often a step is judged anew after somebody else was faster."""

_NOT_KEPT: Final = frozenset({"revision", "manifest_id", "slips_printed", "labels_printed"})
_PERSONAL: Final = frozenset(
    {"receiver_name", "receiver_phone", "country", "region", "city", "district", "street", "postcode"}
)


@dataclass(frozen=True, slots=True)
class Change:
    """What a step does: the state it leads to (None: the usual one of the step), columns, and words for the history."""

    to: ShipmentState | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, str | int | None] = field(default_factory=dict)


Plan = Callable[[Shipment], Change]
"""Looks at the shipment as it is and says what to change, or raises Refused."""


def take_step(tx: Transaction, shipment_id: int, step: Step, plan: Plan, *, by: Actor, at: datetime) -> Shipment:
    """Take `step` and return the shipment after it.

    The plan is made on one revision and written only onto that revision; if somebody else was faster it is made
    anew. Raises ShipmentMissing, the plan's own refusals, and those of `refusal`.
    """
    for _ in range(ATTEMPTS):
        seen = seen_shipment(tx, shipment_id)
        if not is_allowed(step, seen.state, has_left=seen.has_left, sender=seen.sender):
            raise refusal(tx, seen, step)
        if _write(tx, seen, step, plan(seen), by=by, at=at):
            return seen_shipment(tx, shipment_id)
    raise ChangedMeanwhile(number=NUMBERS.of(shipment_id))


def seen_shipment(reader: Reader, shipment_id: int) -> Shipment:
    """Return the shipment as it is at this moment. Raises ShipmentMissing."""
    found = reader.scalar(select(Shipment).where(Shipment.id == shipment_id).execution_options(populate_existing=True))
    if found is None:
        raise ShipmentMissing(number=NUMBERS.of(shipment_id))
    return found


def refusal(reader: Reader, seen: Shipment, step: Step) -> Refused:
    """Return why `step` cannot be taken from where the shipment stands."""
    if step in BY_THE_ASKER and seen.is_begun:
        return AlreadyPacking(number=seen.number)
    if step in ONLY_HERE and seen.supplier_id is not None:
        return SentBySupplier(number=seen.number)
    if step is Step.CLAIM and seen.state is ShipmentState.HELD:
        return NotYet(number=seen.number, day=seen.not_before)
    if step is Step.CLAIM and seen.packed_at is not None:
        return AlreadyPacked(number=seen.number, packer=name_of(reader, seen.packed_by), at=seen.packed_at)
    return StepNotPossible(number=seen.number)


def claimed_by_another(reader: Reader, seen: Shipment) -> AlreadyClaimed:
    """Return the refusal that names who is packing."""
    return AlreadyClaimed(number=seen.number, packer=name_of(reader, seen.claimed_by), until=seen.claimed_until)


def name_of(reader: Reader, user_id: int | None) -> str:
    """Return a colleague's name, or an empty string."""
    known = users_by_id(reader, {user_id}) if user_id else {}
    return known[user_id].name if user_id in known else ""


def as_kept(value: Any) -> Any:
    """Return a column's value as the history keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _write(tx: Transaction, seen: Shipment, step: Step, change: Change, *, by: Actor, at: datetime) -> bool:
    state = change.to or LEADS_TO.get(step, seen.state)
    values = {"state": state, **change.values}
    before = {name: as_kept(getattr(seen, name)) for name in values if name not in _NOT_KEPT | _PERSONAL}
    was, revision, shipment_id = seen.state, seen.revision, seen.id
    unchanged = (Shipment.id == shipment_id, Shipment.revision == revision)
    cut_off = _cut_off_of(values.get("carrier_id", seen.carrier_id))
    if not tx.change(update(Shipment).where(*unchanged).values(**values, cut_off=cut_off, revision=revision + 1)):
        return False
    tx.add(
        ShipmentEvent(
            shipment_id=shipment_id,
            revision=revision + 1,
            step=step,
            state_before=was,
            state_after=state,
            before=before,
            facts=dict(change.facts),
            at=at,
            actor_kind=by.kind,
            actor_id=by.id,
        )
    )
    audit.record(
        tx, f"fulfilment.{step}", ("shipment", shipment_id), by=by, at=at, revision=revision + 1, was=was, now=state
    )
    tx.flush()
    return True


def _cut_off_of(carrier_id: int | None) -> ColumnElement[time]:
    """Return when this carrier collects, read anew at every step: what a step undoes or keeps is never out of date."""
    collects = select(Carrier.cut_off).where(Carrier.id == carrier_id).scalar_subquery()
    return func.coalesce(collects, literal(NO_CUT_OFF, Carrier.cut_off.type))
