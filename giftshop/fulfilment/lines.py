"""What is asked to be sent, and who sends it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from giftshop.fulfilment.errors import MixedSenders


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of thing to be sent.

    `words` say what it is, by language. `code` is what its barcode says; left empty, an item's SKU is taken, and
    what is no item is ticked off by hand.
    """

    item_id: int | None
    words: Mapping[str, str]
    quantity: int = 1
    code: str = ""


def split_by_sender(lines: Iterable[Line], supplier_of: Mapping[int, int | None]) -> dict[int | None, list[Line]]:
    """Return the lines of each parcel by who sends it: a supplier's id, or None for our own shelf.

    `supplier_of` tells the supplier of each item (`Item.supplier_id`); an item it leaves out, and what is no item, we
    send ourselves. The order of the lines stays, and our own parcel comes first.
    """
    parcels: dict[int | None, list[Line]] = {None: []}
    for line in lines:
        supplier_id = supplier_of.get(line.item_id) if line.item_id is not None else None
        parcels.setdefault(supplier_id, []).append(line)
    return {supplier_id: found for supplier_id, found in parcels.items() if found}


def sender_of(lines: Iterable[Line], supplier_of: Mapping[int, int | None]) -> int | None:
    """Return the one supplier who sends all of these, or None when we do. Raises MixedSenders."""
    senders = list(split_by_sender(lines, supplier_of))
    if len(senders) > 1:
        raise MixedSenders
    return senders[0] if senders else None
