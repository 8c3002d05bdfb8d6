"""The queue and what it counts, one shipment, and what may be told about it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from sqlalchemy import ColumnElement, Select, false, func, literal, or_, select, tuple_, union_all

from giftshop.addresses import PhoneProblem, normalise_phone
from giftshop.db import Reader
from giftshop.fulfilment.errors import ShipmentMissing
from giftshop.fulfilment.models import Carrier, Shipment, ShipmentEvent, ShipmentLine
from giftshop.fulfilment.rules import NUMBERS, ShipmentState, Source, scan_code
from giftshop.kernel.errors import Missing
from giftshop.paging import COUNTED, PAGE, bounded_count

_LAST: Final = "\U0010ffff"
_LONGER_THAN_AN_ID: Final = 19
"""Digits that a 64-bit column may not be able to hold."""
QUEUE_ORDER: Final = (Shipment.promised_on, Shipment.cut_off, Shipment.id)
"""What must leave first comes first: by day, and within a day by when the carrier collects."""


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which shipments; what is left out does not matter."""

    state: ShipmentState | None = None
    carrier_id: int | None = None
    firm_id: int | None = None
    promised_by: date | None = None
    packer_id: int | None = None
    text: str = ""
    """A number, a tracking number, a phone number, or how the receiver's name begins."""
    is_ours: bool = False
    """Only what is packed here, not what suppliers send."""
    is_theirs: bool = False
    """Only what suppliers send."""
    supplier_id: int | None = None
    is_ordered: bool | None = None
    """Whether its supplier was told to send it."""
    is_nothing: bool = False
    """Nothing matches, whatever else is asked."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the queue, between two shipments."""

    promised_on: date
    cut_off: time
    shipment_id: int
    is_backward: bool = False

    @classmethod
    def at(cls, row: Shipment, *, is_backward: bool = False) -> Cursor:
        """Return the place just after `row`, or just before it."""
        return cls(row.promised_on, row.cut_off, row.id, is_backward)

    def __str__(self) -> str:
        day, hour = self.promised_on.isoformat(), self.cut_off.isoformat()
        return f"{'-' if self.is_backward else ''}{day}_{hour}_{self.shipment_id}"

    @classmethod
    def read(cls, text: str | None) -> Cursor | None:
        """Return the cursor in `text`, or None: an address made by hand begins at the beginning."""
        day, _, rest = (text or "").removeprefix("-").partition("_")
        hour, _, row = rest.partition("_")
        if not (row.isascii() and row.isdecimal() and len(row) < _LONGER_THAN_AN_ID):
            return None
        try:
            cut_off = time.fromisoformat(hour).replace(tzinfo=None)
            return cls(date.fromisoformat(day), cut_off, int(row), (text or "").startswith("-"))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue, and the cursors of its neighbours."""

    rows: Sequence[Shipment]
    previous: Cursor | None
    next: Cursor | None


def queue_page(reader: Reader, wanted: QueueFilter, cursor: Cursor | None, *, size: int = PAGE) -> QueuePage:
    """Return the shipments after (or before) `cursor`, in the order of the queue: the same cost at any depth of it."""
    place = tuple_(*QUEUE_ORDER)
    statement = _wanted(wanted)
    backward = cursor is not None and cursor.is_backward
    if cursor is not None:
        here = tuple_(literal(cursor.promised_on), literal(cursor.cut_off), literal(cursor.shipment_id))
        statement = statement.where(place < here if backward else place > here)
    order = [column.desc() for column in QUEUE_ORDER] if backward else QUEUE_ORDER
    found = list(reader.scalars(statement.order_by(*order).limit(size + 1)))
    more, rows = len(found) > size, found[:size]
    if backward:
        rows.reverse()
    has_previous, has_next = (more, True) if backward else (cursor is not None, more)
    return QueuePage(
        rows,
        Cursor.at(rows[0], is_backward=True) if rows and has_previous else None,
        Cursor.at(rows[-1]) if rows and has_next else None,
    )


def matching_ids(reader: Reader, wanted: QueueFilter, *, limit: int) -> list[int]:
    """Return the ids of the first `limit` shipments that match, in the order of the queue."""
    ordered = _wanted(wanted).order_by(*QUEUE_ORDER).limit(limit)
    return list(reader.scalars(ordered.with_only_columns(Shipment.id)))


def bounded_counts(reader: Reader, views: Mapping[str, QueueFilter]) -> dict[str, int]:
    """Return how many shipments each view has, in one statement that stops counting above COUNTED."""
    parts = [
        select(literal(name).label("view"), func.count().label("found")).select_from(
            _wanted(wanted).with_only_columns(literal(1)).limit(COUNTED + 1).subquery()
        )
        for name, wanted in views.items()
    ]
    return {row.view: row.found for row in reader.execute(union_all(*parts))} if parts else {}


def newest_id(reader: Reader) -> int:
    """Return the id of the shipment that was asked for last, 0 without any."""
    return reader.scalar(select(func.max(Shipment.id))) or 0


def came_since(reader: Reader, shipment_id: int) -> int:
    """Return how many shipments to be packed were asked for after this one, counted as far as a page needs it."""
    to_pack = (Shipment.state == ShipmentState.WAITING, Shipment.supplier_id.is_(None))
    return bounded_count(reader, select(Shipment.id).where(Shipment.id > shipment_id, *to_pack))


def shipment(reader: Reader, shipment_id: int) -> Shipment:
    """Return a shipment. Raises ShipmentMissing."""
    found = reader.get(Shipment, shipment_id)
    if found is None:
        raise ShipmentMissing(number=NUMBERS.of(shipment_id) if 0 < shipment_id < 10**9 else str(shipment_id))
    return found


def shipment_by_number(reader: Reader, number: str) -> Shipment:
    """Return the shipment of this number, however it was typed. Raises ShipmentMissing."""
    shipment_id = NUMBERS.id_in(number)
    found = reader.get(Shipment, shipment_id) if shipment_id else None
    if found is None:
        raise ShipmentMissing(number=number[:40])
    return found


def shipment_scanned(reader: Reader, text: str) -> Shipment | None:
    """Return the shipment whose number or tracking number was scanned, or None."""
    shipment_id = NUMBERS.id_in(text)
    found = reader.get(Shipment, shipment_id) if shipment_id else None
    return found or reader.scalars(select(Shipment).where(Shipment.tracking_number == scan_code(text)).limit(1)).first()


def number_of(shipment_id: int) -> str:
    """Return what the shipment with this id is called."""
    return NUMBERS.of(shipment_id)


def shipments_by_id(reader: Reader, ids: Collection[int]) -> dict[int, Shipment]:
    """Return those of `ids` that exist, in one query."""
    return {row.id: row for row in reader.scalars(select(Shipment).where(Shipment.id.in_(ids)))} if ids else {}


def shipment_by_source(reader: Reader, source: Source) -> Shipment | None:
    """Return the shipment that was asked for by `source`, or None."""
    kind, source_id = source
    return reader.scalar(select(Shipment).where(Shipment.source_kind == kind, Shipment.source_id == source_id))


def shipments_by_source(reader: Reader, kind: str, source_ids: Collection[int]) -> dict[int, Shipment]:
    """Return the shipments of one kind of source, by the source's id, in one query."""
    if not source_ids:
        return {}
    asked = select(Shipment).where(Shipment.source_kind == kind, Shipment.source_id.in_(source_ids))
    return {row.source_id: row for row in reader.scalars(asked)}


def lines_by_shipment(reader: Reader, ids: Collection[int]) -> dict[int, list[ShipmentLine]]:
    """Return what goes into each of these shipments, in one query."""
    lines: dict[int, list[ShipmentLine]] = {shipment_id: [] for shipment_id in ids}
    wanted = select(ShipmentLine).where(ShipmentLine.shipment_id.in_(ids)).order_by(ShipmentLine.id)
    for line in reader.scalars(wanted) if ids else ():
        lines[line.shipment_id].append(line)
    return lines


def history_of(reader: Reader, shipment_id: int) -> Sequence[ShipmentEvent]:
    """Return what was done to a shipment, the latest first."""
    history = select(ShipmentEvent).where(ShipmentEvent.shipment_id == shipment_id)
    return reader.scalars(history.order_by(ShipmentEvent.revision.desc())).all()


@dataclass(frozen=True, slots=True)
class TrackingFacts:
    """What may be shown to whoever holds the tracking link: no name, no address."""

    number: str
    state: ShipmentState
    promised_on: date
    carrier_names: Mapping[str, str]
    """By language; empty while no carrier is known."""
    tracking_number: str | None
    tracking_page: str | None
    """The carrier's own page about this parcel."""
    packed_at: datetime | None
    """When its contents were closed up; of what a supplier packs, all that is known is when it left."""
    dispatched_at: datetime | None
    delivered_at: datetime | None
    is_surprise: bool

    @property
    def may_be_told(self) -> bool:
        """Whether the receiver may be written to about it: a surprise says nothing before it is there."""
        return not self.is_surprise or self.state is ShipmentState.DELIVERED


def tracking_facts(reader: Reader, shipment_id: int) -> TrackingFacts:
    """Return how far a shipment is, for the recipient. Raises ShipmentMissing."""
    found = shipment(reader, shipment_id)
    carrier = reader.get(Carrier, found.carrier_id) if found.carrier_id else None
    left = found.has_left
    return TrackingFacts(
        number=found.number,
        state=found.state,
        promised_on=found.promised_on,
        carrier_names=carrier.names if carrier and left else {},
        tracking_number=found.tracking_number if left else None,
        tracking_page=carrier.tracking_page(found.tracking_number)
        if carrier and left and found.tracking_number
        else None,
        packed_at=found.packed_at or (found.dispatched_at if found.supplier_id else None),
        dispatched_at=found.dispatched_at,
        delivered_at=found.delivered_at,
        is_surprise=found.is_surprise,
    )


def carrier(reader: Reader, code: str) -> Carrier:
    """Return a carrier by its code, in use or not. Raises Missing."""
    found = reader.scalar(select(Carrier).where(Carrier.code == scan_code(code)))
    if found is None:
        raise Missing
    return found


def _wanted(wanted: QueueFilter) -> Select[Shipment]:
    conditions: list[ColumnElement[bool]] = [false()] if wanted.is_nothing else []
    if wanted.state is not None:
        conditions.append(Shipment.state == wanted.state)
    if wanted.carrier_id is not None:
        conditions.append(Shipment.carrier_id == wanted.carrier_id)
    if wanted.firm_id is not None:
        conditions.append(Shipment.firm_id == wanted.firm_id)
    if wanted.promised_by is not None:
        conditions.append(Shipment.promised_on <= wanted.promised_by)
    conditions += _by_sender(wanted)
    if wanted.packer_id is not None:
        conditions.append(Shipment.claimed_by == wanted.packer_id)
    if wanted.text.strip():
        conditions.append(_says(wanted.text.strip()))
    return select(Shipment).where(*conditions)


def _by_sender(wanted: QueueFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.is_ours:
        conditions.append(Shipment.supplier_id.is_(None))
    if wanted.is_theirs:
        conditions.append(Shipment.supplier_id.is_not(None))
    if wanted.supplier_id is not None:
        conditions.append(Shipment.supplier_id == wanted.supplier_id)
    if wanted.is_ordered is not None:
        conditions.append(Shipment.ordered_at.is_not(None) if wanted.is_ordered else Shipment.ordered_at.is_(None))
    return conditions


def _says(text: str) -> ColumnElement[bool]:
    """Match what was typed exactly, or the beginning of a name: each is a range of an index."""
    if shipment_id := NUMBERS.id_in(text):
        return or_(Shipment.id == shipment_id, Shipment.tracking_number == scan_code(text))
    if any(map(str.isdigit, text)):
        by_tracking = Shipment.tracking_number == scan_code(text)
        try:
            return or_(by_tracking, Shipment.receiver_phone == normalise_phone(text))
        except PhoneProblem:
            return by_tracking
    return (Shipment.receiver_name >= text) & (Shipment.receiver_name < text + _LAST)
