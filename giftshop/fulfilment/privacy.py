"""Who received parcels, and where: gone when nobody needs it any more, or when they ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import func, select, update

from giftshop.db import Reader, Transaction
from giftshop.fulfilment.models import Shipment
from giftshop.fulfilment.rules import ShipmentState, Source
from giftshop.kernel.locale import N_
from giftshop.kernel.retention import Retention
from giftshop.web.privacy import AT_ONCE, Eraser, RowKey, Traces, Whom

DONE: Final = (ShipmentState.DELIVERED, ShipmentState.RETURNED, ShipmentState.CANCELLED)
"""Nobody has to find the receiver any more."""
_PERSONAL: Final = ("receiver_name", "receiver_phone", "region", "city", "district", "street", "postcode")


def erasers(keep: Retention) -> list[Eraser]:
    """Return what fulfilment knows of people."""
    label = N_("Names and addresses of parcels")
    return [Eraser("fulfilment.receivers", label, _find, _erase, keep.addresses, _past)]


def sources_sent_to(reader: Reader, phone: str) -> Sequence[Source]:
    """Return what was ever sent to the E.164 `phone`, whoever sent it."""
    sent = select(Shipment.source_kind, Shipment.source_id).where(Shipment.receiver_phone == phone)
    return [(kind, source_id) for kind, source_id in reader.execute(sent)]


def _find(reader: Reader, whom: Whom, _at: datetime) -> Traces:
    if not whom.phone:
        return Traces()
    sent = reader.scalars(select(Shipment).where(Shipment.receiver_phone == whom.phone).order_by(Shipment.id)).all()
    return Traces(
        [each.id for each in sent if each.state in DONE],
        [each.number for each in sent if each.state not in DONE],
    )


def _erase(tx: Transaction, rows: Sequence[RowKey]) -> int:
    done = (Shipment.id.in_(rows), Shipment.state.in_(DONE), Shipment.receiver_phone != "")
    nothing = {**dict.fromkeys(_PERSONAL, ""), "exception_note": None}
    return tx.change(update(Shipment).where(*done).values(nothing))


def _past(reader: Reader, before: datetime) -> Sequence[RowKey]:
    ended = func.coalesce(Shipment.delivered_at, Shipment.dispatched_at, Shipment.requested_at)
    old = (Shipment.state.in_(DONE), ended < before, Shipment.receiver_phone != "")
    return reader.scalars(select(Shipment.id).where(*old).limit(AT_ONCE)).all()
