"""Many parcels to one phone: not wrong by itself, and worth a look."""

from __future__ import annotations

from sqlalchemy import func, select

from giftshop.db import Reader
from giftshop.fulfilment.models import Shipment


def crowded_phones(reader: Reader, source_kind: str, since_id: int, *, at_least: int) -> dict[str, list[int]]:
    """Return phones (E.164) to which so many parcels go of sources `since_id` and later, each with those sources.

    Reads what came since, in the order of its index, and nothing older.
    """
    lately = (Shipment.source_kind == source_kind, Shipment.source_id >= since_id)
    crowded = select(Shipment.receiver_phone).where(*lately).group_by(Shipment.receiver_phone)
    crowded = crowded.having(func.count() >= at_least)
    found: dict[str, list[int]] = {}
    of_these = select(Shipment.receiver_phone, Shipment.source_id).where(*lately, Shipment.receiver_phone.in_(crowded))
    for phone, source_id in reader.execute(of_these.order_by(Shipment.source_id)):
        found.setdefault(phone, []).append(source_id)
    return found
