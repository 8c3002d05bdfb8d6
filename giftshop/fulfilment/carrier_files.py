"""Files from carriers: tracking numbers and deliveries, compared with the queue, taken over whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import select, update

from giftshop import audit
from giftshop.db import Reader, Transaction
from giftshop.fulfilment.carriers import assign
from giftshop.fulfilment.errors import FileAlreadyApplied, FileHasErrors
from giftshop.fulfilment.handing_over import deliver
from giftshop.fulfilment.models import Carrier, CarrierFile, Shipment
from giftshop.fulfilment.rules import ALLOWED_FROM, NUMBERS, FileKind, ShipmentState, Step, scan_code, tracking_code
from giftshop.fulfilment.supplying import sent_by_supplier
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Missing
from giftshop.tabular import Column, read_table

SHIPMENT: Final = Column(
    "shipment", ("Shipment", "Shipment number", "Order number", "发货单", "发货单号", "订单号", "客户订单号")
)
TRACKING: Final = Column(
    "tracking", ("Tracking number", "Waybill", "Waybill number", "运单号", "快递单号", "物流单号", "面单号", "邮件号")
)
CARRIER: Final = Column("carrier", ("Carrier", "快递公司", "承运商", "物流公司", "快递"))
COLUMNS: Final[Mapping[FileKind, Sequence[Column]]] = {
    FileKind.TRACKING: (
        Column(SHIPMENT.key, SHIPMENT.names, is_required=True),
        Column(TRACKING.key, TRACKING.names, is_required=True),
        CARRIER,
    ),
    FileKind.DELIVERED: (SHIPMENT, TRACKING),
}


class Match(StrEnum):
    """What a row of a carrier's file means to us."""

    MATCHED = "matched"
    """Will be taken over."""
    KNOWN = "known"
    """Says what we know already; nothing to do."""
    UNKNOWN = "unknown"
    """No such shipment."""
    TWICE = "twice"
    """The same shipment or number stands in an earlier row."""
    NOT_A_NUMBER = "not_a_number"
    """What stands there cannot be a tracking number."""
    OTHER_NUMBER = "other_number"
    """The shipment already has another tracking number."""
    NUMBER_TAKEN = "number_taken"
    """The tracking number is another shipment's."""
    NO_CARRIER = "no_carrier"
    """Neither the file nor the shipment says which carrier."""
    NOT_ON_ITS_WAY = "not_on_its_way"
    """The shipment is not where this could happen to it."""


FINE: Final = frozenset({Match.MATCHED, Match.KNOWN})
"""Rows that do not keep a file from being taken over."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row as it was written: its line in the file, and its cells."""

    line: int
    shipment: str
    tracking: str
    carrier: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one row."""

    row: FileRow
    match: Match
    shipment: Shipment | None = None
    carrier_id: int | None = None
    tracking_number: str | None = None

    @property
    def is_fine(self) -> bool:
        """Whether this row does not keep its file from being taken over."""
        return self.match in FINE


@dataclass(frozen=True, slots=True)
class Report:
    """What a file would do, row by row."""

    verdicts: Sequence[Verdict]

    @property
    def counts(self) -> Mapping[Match, int]:
        """How many rows of each kind."""
        return Counter(verdict.match for verdict in self.verdicts)

    @property
    def is_fine(self) -> bool:
        """Whether the file can be taken over."""
        return all(verdict.is_fine for verdict in self.verdicts)

    @property
    def changes(self) -> Sequence[Verdict]:
        """The rows that do something."""
        return [verdict for verdict in self.verdicts if verdict.match is Match.MATCHED]


def read_file(raw: bytes, kind: FileKind) -> list[FileRow]:
    """Return the rows of an uploaded file, or raise why it cannot be read (giftshop.tabular)."""
    table = read_table(raw, COLUMNS[kind])
    return [FileRow(row.number, row["shipment"][:60], row["tracking"][:60], row["carrier"][:60]) for row in table.rows]


def keep_file(
    tx: Transaction,
    kind: FileKind,
    filename: str,
    rows: Sequence[FileRow],
    *,
    carrier_id: int | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Keep an uploaded file until somebody has seen its report. Returns its id; the same file again is the same one."""
    kept = [[row.line, row.shipment, row.tracking, row.carrier] for row in rows]
    digest = hashlib.sha256(json.dumps([kind, carrier_id, kept]).encode()).digest()
    known = tx.scalar(select(CarrierFile.id).where(CarrierFile.digest == digest))
    if known is not None:
        return known
    file = CarrierFile(
        kind=kind,
        filename=filename[:120],
        carrier_id=carrier_id,
        rows={"rows": kept},
        digest=digest,
        uploaded_by=by.id,
        uploaded_at=at,
    )
    tx.add(file)
    tx.flush()
    return file.id


def carrier_file_of(reader: Reader, file_id: int) -> CarrierFile:
    """Return an uploaded file. Raises Missing."""
    found = reader.get(CarrierFile, file_id)
    if found is None:
        raise Missing
    return found


def latest_files(reader: Reader, limit: int = 10) -> Sequence[CarrierFile]:
    """Return the files that were uploaded last."""
    return reader.scalars(select(CarrierFile).order_by(CarrierFile.id.desc()).limit(limit)).all()


def report(reader: Reader, file: CarrierFile) -> Report:
    """Compare a file with the queue as it is now. Bounded statements, however long the file."""
    rows = [FileRow(*row) for row in file.rows["rows"]]
    known = _Known(reader, rows)
    judge = _judge_tracking if file.kind is FileKind.TRACKING else _judge_delivery
    return Report([judge(known, row, file.carrier_id) for row in rows])


def apply_file(tx: Transaction, file_id: int, *, by: Actor, at: datetime) -> int:
    """Take a file over, all of it, if every row is still fine. Returns how many shipments it changed.

    Raises FileHasErrors, and then nothing is taken over, or FileAlreadyApplied.
    """
    fresh = (CarrierFile.id == file_id, CarrierFile.applied_at.is_(None))
    if not tx.change(update(CarrierFile).where(*fresh).values(applied_at=at)):
        raise FileAlreadyApplied(at=carrier_file_of(tx, file_id).applied_at)
    file = carrier_file_of(tx, file_id)
    outcome = report(tx, file)
    if not outcome.is_fine:
        raise FileHasErrors
    for verdict in outcome.changes:
        _take_over(tx, file.kind, verdict, by=by, at=at)
    audit.record(
        tx, "fulfilment.apply_file", ("carrier_file", file_id), by=by, at=at, kind=file.kind, rows=len(outcome.changes)
    )
    return len(outcome.changes)


class _Known:
    """What a file's rows can name, fetched in a few statements, and what earlier rows have named."""

    def __init__(self, reader: Reader, rows: Sequence[FileRow]) -> None:
        ids = {shipment_id for row in rows if (shipment_id := NUMBERS.id_in(row.shipment))}
        codes = {scan_code(row.tracking) for row in rows if row.tracking}
        self.named_shipments: set[int] = set()
        self.named_numbers: set[tuple[int, str]] = set()
        self.shipments: dict[int, Shipment] = {}
        self.by_tracking: dict[str, list[Shipment]] = {}
        self.carriers = {code: row for row in reader.scalars(select(Carrier)) for code in _names_of(row)}
        for part in _parts(sorted(ids)):
            for shipment in reader.scalars(select(Shipment).where(Shipment.id.in_(part))):
                self.shipments[shipment.id] = shipment
        for names in _parts(sorted(codes)):
            for shipment in reader.scalars(select(Shipment).where(Shipment.tracking_number.in_(names))):
                self.by_tracking.setdefault(shipment.tracking_number or "", []).append(shipment)

    def shipment(self, row: FileRow) -> Shipment | None:
        """Return the shipment a row names, by its own number or, without one, by the carrier's."""
        if row.shipment:
            return self.shipments.get(NUMBERS.id_in(row.shipment) or 0)
        same = self.by_tracking.get(scan_code(row.tracking), [])
        return same[0] if len(same) == 1 else None


def _judge_tracking(  # noqa: PLR0911 -- a list of reasons, each its own line
    known: _Known, row: FileRow, file_carrier: int | None
) -> Verdict:
    shipment, number = known.shipment(row), tracking_code(row.tracking)
    if shipment is None:
        return Verdict(row, Match.UNKNOWN)
    named = known.carriers.get(scan_code(row.carrier)) if row.carrier else None
    carrier_id = named.id if named else file_carrier or shipment.carrier_id
    verdict = Verdict(row, Match.MATCHED, shipment, carrier_id, number)
    if number is None:
        return _as(verdict, Match.NOT_A_NUMBER)
    if carrier_id is None or (row.carrier and named is None):
        return _as(verdict, Match.NO_CARRIER)
    if shipment.id in known.named_shipments or (carrier_id, number) in known.named_numbers:
        return _as(verdict, Match.TWICE)
    known.named_shipments.add(shipment.id)
    known.named_numbers.add((carrier_id, number))
    if (shipment.tracking_number, shipment.carrier_id) == (number, carrier_id):
        return verdict if _leaves_supplier(shipment) else _as(verdict, Match.KNOWN)
    if shipment.tracking_number is not None:
        return _as(verdict, Match.OTHER_NUMBER)
    if any(other.carrier_id == carrier_id and other.id != shipment.id for other in known.by_tracking.get(number, [])):
        return _as(verdict, Match.NUMBER_TAKEN)
    return verdict if _may_be_numbered(shipment) else _as(verdict, Match.NOT_ON_ITS_WAY)


def _leaves_supplier(shipment: Shipment) -> bool:
    """Whether a tracking number says that it left: a supplier gives one only to what the carrier has."""
    return shipment.supplier_id is not None and shipment.state is ShipmentState.WAITING


def _may_be_numbered(shipment: Shipment) -> bool:
    is_held_by_supplier = shipment.supplier_id is not None and shipment.state is ShipmentState.HELD
    return shipment.state in ALLOWED_FROM[Step.ASSIGN] and not is_held_by_supplier


def _judge_delivery(known: _Known, row: FileRow, _carrier: int | None) -> Verdict:
    shipment = known.shipment(row)
    if shipment is None:
        return Verdict(row, Match.UNKNOWN)
    verdict = Verdict(row, Match.MATCHED, shipment, tracking_number=shipment.tracking_number)
    if shipment.id in known.named_shipments:
        return _as(verdict, Match.TWICE)
    known.named_shipments.add(shipment.id)
    if row.tracking and row.shipment and scan_code(row.tracking) != shipment.tracking_number:
        return _as(verdict, Match.OTHER_NUMBER)
    if shipment.state is ShipmentState.DELIVERED:
        return _as(verdict, Match.KNOWN)
    return verdict if shipment.state is ShipmentState.DISPATCHED else _as(verdict, Match.NOT_ON_ITS_WAY)


def _as(verdict: Verdict, match: Match) -> Verdict:
    return Verdict(verdict.row, match, verdict.shipment, verdict.carrier_id, verdict.tracking_number)


def _take_over(tx: Transaction, kind: FileKind, verdict: Verdict, *, by: Actor, at: datetime) -> None:
    if verdict.shipment is None:
        return
    if kind is FileKind.DELIVERED:
        deliver(tx, verdict.shipment.id, by=by, at=at)
        return
    leaves = _leaves_supplier(verdict.shipment)
    known = (verdict.shipment.carrier_id, verdict.shipment.tracking_number)
    if known != (verdict.carrier_id, verdict.tracking_number):
        assign(
            tx,
            verdict.shipment.id,
            carrier_id=verdict.carrier_id,
            tracking_number=verdict.tracking_number,
            by=by,
            at=at,
        )
    if leaves:
        sent_by_supplier(tx, verdict.shipment.id, by=by, at=at)


def _names_of(carrier: Carrier) -> set[str]:
    return {scan_code(name) for name in (carrier.code, *carrier.names.values())}


def _parts(keys: Sequence[object], size: int = 500) -> list[Sequence[object]]:
    return [keys[start : start + size] for start in range(0, len(keys), size)]
