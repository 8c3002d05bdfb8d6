"""What was printed: each paper's copy is counted, so that a second one says DUPLICATE."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import InstrumentedAttribute

from giftshop import audit
from giftshop.db import Reader, Transaction
from giftshop.fulfilment.errors import LabelTooEarly, NothingToPrint
from giftshop.fulfilment.models import Printout, Shipment, ShipmentLine
from giftshop.fulfilment.rules import NUMBERS, Paper, ShipmentState
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Missing


@dataclass(frozen=True, slots=True)
class Sheet:
    """One slip or label of a printout."""

    paper: Paper
    shipment_id: int
    copy: int
    """1 for the first that was ever printed of this shipment as it is."""

    @property
    def is_duplicate(self) -> bool:
        """Whether there is one of it already."""
        return self.copy > 1


def print_papers(
    tx: Transaction, shipment_ids: Collection[int], papers: Collection[Paper], *, by: Actor, at: datetime
) -> int:
    """Count what is printed and remember it as one printout, in walking order. Returns its id.

    Left out is what cannot be printed: labels of parcels whose contents are not confirmed, papers of shipments that
    are held or cancelled. Raises LabelTooEarly or NothingToPrint when that is all of them.
    """
    walk = _walking_order(tx, shipment_ids)
    slips = _counted(tx, walk, Shipment.slips_printed, _FOR_SLIPS) if Paper.SLIP in papers else {}
    labels = _counted(tx, walk, Shipment.labels_printed, _FOR_LABELS) if Paper.LABEL in papers else {}
    on_paper = set(slips) | set(labels)
    if not on_paper:
        raise LabelTooEarly(number=NUMBERS.of(walk[0])) if walk and Paper.LABEL in papers else NothingToPrint
    sheets = [[Paper.SLIP, shipment_id, slips[shipment_id]] for shipment_id in walk if shipment_id in slips]
    sheets += [[Paper.LABEL, shipment_id, labels[shipment_id]] for shipment_id in walk if shipment_id in labels]
    kept = {
        "sheets": sheets,
        "has_pick_list": Paper.PICK_LIST in papers,
        "left_out": [shipment_id for shipment_id in walk if shipment_id not in on_paper],
    }
    printout = Printout(papers=kept, printed_by=by.id, printed_at=at)
    tx.add(printout)
    tx.flush()
    audit.record(tx, "fulfilment.print", ("printout", printout.id), by=by, at=at, sheets=len(sheets))
    return printout.id


def printout(reader: Reader, printout_id: int) -> Printout:
    """Return what was printed together. Raises Missing."""
    found = reader.get(Printout, printout_id)
    if found is None:
        raise Missing
    return found


def sheets_of(found: Printout) -> list[Sheet]:
    """Return the slips and labels of a printout, in the order they come out."""
    return [Sheet(Paper(paper), shipment_id, copy) for paper, shipment_id, copy in found.papers["sheets"]]


_FOR_SLIPS = Shipment.state.not_in([ShipmentState.HELD, ShipmentState.CANCELLED])
_FOR_LABELS = Shipment.state.in_([ShipmentState.PACKED, ShipmentState.DISPATCHED])


def _walking_order(reader: Reader, shipment_ids: Collection[int]) -> Sequence[int]:
    """Sort by what lies in them: parcels with the same gift come together, as the shelves do."""
    first: dict[int, str] = {}
    lines = select(ShipmentLine.shipment_id, ShipmentLine.code).where(ShipmentLine.shipment_id.in_(shipment_ids))
    for shipment_id, code in reader.execute(lines.order_by(ShipmentLine.id)):
        first.setdefault(shipment_id, code)
    return sorted(first, key=lambda shipment_id: (first[shipment_id], shipment_id))


def _counted(
    tx: Transaction, ids: Sequence[int], column: InstrumentedAttribute[int], condition: ColumnElement[bool]
) -> dict[int, int]:
    """Count one more of each, and return which copy each is."""
    counted = (
        update(Shipment)
        .where(Shipment.id.in_(ids), condition)
        .values({column: column + 1})
        .returning(Shipment.id, column)
    )
    rows = tx.execute(counted, execution_options={"synchronize_session": False})
    return {row.id: row[1] for row in rows}
