"""Parcels by what somebody on the telephone can name: a number on a message, a tracking number, their own phone."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from giftshop.addresses import PhoneProblem, normalise_phone
from giftshop.db import Reader
from giftshop.fulfilment.models import Shipment
from giftshop.fulfilment.queries import shipment_scanned


def shipment_named(reader: Reader, text: str) -> Shipment | None:
    """Return the shipment of this number or tracking number, or None."""
    return shipment_scanned(reader, text)


def shipments_to_phone(reader: Reader, text: str, *, limit: int) -> Sequence[Shipment]:
    """Return the latest shipments to the phone number that was typed, as many as `limit`; none if it is no number.

    The whole number is compared: its end alone finds nobody.
    """
    try:
        phone = normalise_phone(text)
    except PhoneProblem:
        return []
    to_it = select(Shipment).where(Shipment.receiver_phone == phone)
    return reader.scalars(to_it.order_by(Shipment.id.desc()).limit(limit)).all()
