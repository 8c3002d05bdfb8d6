"""What was printed: each paper's copy is counted, so that a second one says DUPLICATE."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from giftshop import audit
from giftshop.db import Reader, Transaction
from giftshop.fulfilment.errors import LabelTooEarly, NothingToPrint
from giftshop.fulfilment.models import Printout, Shipment, ShipmentLine
from giftshop.fulfilment.rules import NUMBERS, Paper, ShipmentState
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Missing

STACK_OF: Final = 40
"""Shipments in one stack of papers: some seconds of making, and no thicker than a hand holds."""


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


@dataclass(frozen=True, slots=True)
class Stack:
    """As many papers as are made while somebody waits at the printer."""

    pick_list: Sequence[int]
    """Ids of the shipments to fetch for; before the first stack only, for all of them together."""
    slips: Sequence[Sheet]
    labels: Sequence[Sheet]

    def holds(self, papers: Collection[Paper]) -> bool:
        """Whether any of `papers` is in it."""
        held = {Paper.PICK_LIST: self.pick_list, Paper.SLIP: self.slips, Paper.LABEL: self.labels}
        return any(held[paper] for paper in papers)


def print_papers(
    tx: Transaction, shipment_ids: Collection[int], papers: Collection[Paper], *, by: Actor, at: datetime
) -> int:
    """Count what is printed and remember it as one printout, in walking order. Returns its id.

    Left out is what cannot be printed: labels of parcels whose contents are not confirmed, papers of shipments that
    are held, cancelled or sent by a supplier. Raises LabelTooEarly or NothingToPrint when that is all of them.
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
        "pick_list": _to_fetch(tx, walk) if Paper.PICK_LIST in papers else [],
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


def stacks_of(found: Printout) -> list[Stack]:
    """Return a printout's papers in stacks of so many shipments each, in the order they come out."""
    sheets = [Sheet(Paper(paper), shipment_id, copy) for paper, shipment_id, copy in found.papers["sheets"]]
    walk = list(dict.fromkeys(sheet.shipment_id for sheet in sheets))
    stacks = []
    for start in range(0, len(walk), STACK_OF):
        here = set(walk[start : start + STACK_OF])
        stacks.append(
            Stack(
                pick_list=found.papers["pick_list"] if start == 0 else [],
                slips=[sheet for sheet in sheets if sheet.paper is Paper.SLIP and sheet.shipment_id in here],
                labels=[sheet for sheet in sheets if sheet.paper is Paper.LABEL and sheet.shipment_id in here],
            )
        )
    return stacks


_OURS = Shipment.supplier_id.is_(None)
_FOR_SLIPS = and_(_OURS, Shipment.state.not_in([ShipmentState.HELD, ShipmentState.CANCELLED]))
_FOR_LABELS = and_(_OURS, Shipment.state.in_([ShipmentState.PACKED, ShipmentState.DISPATCHED]))


def _walking_order(reader: Reader, shipment_ids: Collection[int]) -> Sequence[int]:
    """Sort by what lies in them: parcels with the same gift come together, as the shelves do."""
    first: dict[int, str] = {}
    lines = select(ShipmentLine.shipment_id, ShipmentLine.code).where(ShipmentLine.shipment_id.in_(shipment_ids))
    for shipment_id, code in reader.execute(lines.order_by(ShipmentLine.id)):
        first.setdefault(shipment_id, code)
    return sorted(first, key=lambda shipment_id: (first[shipment_id], shipment_id))


def _to_fetch(reader: Reader, walk: Sequence[int]) -> list[int]:
    """Return those whose goods still lie on the shelves."""
    not_packed = [ShipmentState.WAITING, ShipmentState.PACKING]
    found = set(reader.scalars(select(Shipment.id).where(Shipment.id.in_(walk), _OURS, Shipment.state.in_(not_packed))))
    return [shipment_id for shipment_id in walk if shipment_id in found]


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
