"""The list a supplier works through: where to send what, and nothing else; it comes back with tracking numbers.

Its headings are those that `carrier_files` reads, so that the same table is sent in again once it is filled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from giftshop.fulfilment.carrier_csv import Encoding, contents_in, dialled, encoded
from giftshop.fulfilment.models import Shipment, ShipmentLine
from giftshop.kernel.locale import N_
from giftshop.tabular import write_csv

HEADINGS: Final = (
    N_("Shipment"),
    N_("To be sent by"),
    N_("Item"),
    N_("Contents"),
    N_("Pieces"),
    N_("Receiver"),
    N_("Phone"),
    N_("Province"),
    N_("City"),
    N_("District"),
    N_("Address"),
    N_("Postcode"),
    N_("Carrier"),
    N_("Tracking number"),
)


def supplier_file(
    headings: Sequence[str],
    shipments: Iterable[Shipment],
    lines: Mapping[int, Sequence[ShipmentLine]],
    locale: str,
    encoding: Encoding,
) -> bytes:
    """Return the list, one row a parcel, carrier and number still empty. No cell in it is a formula, or a price."""
    return encoded(write_csv(headings, (_row(one, lines[one.id], locale) for one in shipments)), encoding)


def _row(shipment: Shipment, lines: Sequence[ShipmentLine], locale: str) -> list[object]:
    address = shipment.receiver.address
    return [
        shipment.number,
        shipment.promised_on.isoformat(),
        ", ".join(line.code for line in lines),
        contents_in(lines, locale),
        sum(line.quantity for line in lines),
        shipment.receiver_name,
        dialled(shipment.receiver_phone),
        address.region,
        address.city,
        address.district,
        " ".join(address.street.split()),
        address.postcode,
        "",
        "",
    ]
