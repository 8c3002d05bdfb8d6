"""What was done with many parcels at once is taken back together: all of it, or none when one has gone on since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from giftshop.db import Reader, Transaction
from giftshop.fulfilment import carriers, packing, queries, troubles
from giftshop.fulfilment.blueprint import bench
from giftshop.kernel.actor import Actor
from giftshop.kernel.locale import N_
from giftshop.web import GiftShop, Inverse

MOST: Final = 60
"""Parcels that one button takes back: what it names travels in a cookie. More are undone one by one, on their pages."""


def release_all(tx: Transaction, ids: Sequence[int], *, by: Actor, at: datetime) -> None:
    """Put parcels back into the queue that were taken a moment ago. Raises AlreadyClaimed, StepNotPossible."""
    for shipment_id in ids:
        packing.release(tx, shipment_id, by=by, at=at)


def claim_all(tx: Transaction, ids: Sequence[int], *, by: Actor, at: datetime) -> None:
    """Take parcels again that were put back a moment ago. Raises AlreadyClaimed, AlreadyPacked, StepNotPossible."""
    for shipment_id in ids:
        packing.claim(tx, shipment_id, by=by, at=at)


def undo_all(tx: Transaction, steps: Sequence[Sequence[int]], *, by: Actor, at: datetime) -> None:
    """Take back the last step of parcels, each named with the revision it led to. Raises NotUndoable."""
    for shipment_id, revision in steps:
        troubles.undo(tx, shipment_id, revision, by=by, at=at)


def named(reader: Reader, ids: Sequence[int], undone_by: str) -> list[Any]:
    """Return what the inverse `undone_by` needs to know of these parcels: their ids, or their last steps too."""
    if undone_by != "fulfilment.step":
        return list(ids)
    found = queries.shipments_by_id(reader, ids)
    return [[shipment_id, found[shipment_id].revision] for shipment_id in ids if shipment_id in found]


INVERSES: Final[dict[str, tuple[Callable[..., object], str]]] = {
    "fulfilment.claim": (release_all, N_("They are back in the queue.")),
    "fulfilment.release": (claim_all, N_("They are yours again.")),
    "fulfilment.step": (undo_all, N_("It is undone; they stand where they stood before.")),
    "fulfilment.change_carrier": (carriers.use_again, N_("It is in use again.")),
}


def init_app(app: GiftShop) -> None:
    """Let the bench take back what it did."""
    for name, (command, said) in INVERSES.items():
        app.inverses[name] = Inverse(command, (bench,), said)
