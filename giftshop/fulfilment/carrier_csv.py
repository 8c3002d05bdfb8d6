"""The file a carrier's system takes orders from: one row a parcel, checked against what that system can hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from giftshop.addresses import Address, one_line
from giftshop.fulfilment.models import Carrier, Shipment, ShipmentLine
from giftshop.kernel.locale import N_, pick
from giftshop.tabular import write_csv


class Encoding(StrEnum):
    """How a file's letters are written."""

    UTF8 = "utf-8"
    """With the mark that Excel knows it by."""
    GB18030 = "gb18030"
    """What older Chinese systems read as GBK."""


class Place(StrEnum):
    """A column that has a limit of its own."""

    NAME = "name"
    """Who takes it."""
    ADDRESS = "address"
    """Where."""
    CONTENTS = "contents"
    """What is in it."""


@dataclass(frozen=True, slots=True)
class TooLong:
    """One cell that the carrier's system would cut off."""

    shipment_id: int
    number: str
    place: Place
    length: int
    limit: int


HEADINGS: Final = (
    N_("Shipment"),
    N_("Receiver"),
    N_("Phone"),
    N_("Province"),
    N_("City"),
    N_("District"),
    N_("Address"),
    N_("Postcode"),
    N_("Contents"),
    N_("Pieces"),
    N_("Tracking number"),
)


def contents_in(lines: Sequence[ShipmentLine], locale: str) -> str:
    """Return what is in a parcel, in one line of `locale`: "West Lake Longjing x 2, Celadon cups"."""
    named = [(pick(line.words, locale), line.quantity) for line in lines]
    return ", ".join(f"{name} x {count}" if count > 1 else name for name, count in named)


def too_long_for(
    carrier: Carrier, shipments: Iterable[Shipment], lines: Mapping[int, Sequence[ShipmentLine]], locale: str
) -> list[TooLong]:
    """Return every cell that is longer than the carrier's system can hold, before anything is written."""
    found = []
    for shipment in shipments:
        cells = (
            (Place.NAME, shipment.receiver_name, carrier.name_limit),
            (Place.ADDRESS, one_line(shipment.receiver.address), carrier.address_limit),
            (Place.CONTENTS, contents_in(lines[shipment.id], locale), carrier.contents_limit),
        )
        found += [
            TooLong(shipment.id, shipment.number, place, len(text), limit)
            for place, text, limit in cells
            if limit is not None and len(text) > limit
        ]
    return found


def carrier_file(
    headings: Sequence[str],
    shipments: Iterable[Shipment],
    lines: Mapping[int, Sequence[ShipmentLine]],
    locale: str,
    encoding: Encoding,
) -> bytes:
    """Return the carrier's file. No cell in it is a formula; a name that GB 18030 could not hold does not exist."""
    rows = (_row(shipment, lines[shipment.id], locale) for shipment in shipments)
    return encoded(write_csv(headings, rows), encoding)


def encoded(table: bytes, encoding: Encoding) -> bytes:
    """Return a CSV of ours in the letters that were asked for."""
    return table if encoding is Encoding.UTF8 else table.decode("utf-8-sig").encode("gb18030")


def dialled(phone: str) -> str:
    """Return an E.164 number as carriers take it: 13812345678 at home, 0085221234567 abroad, never with a plus."""
    return phone.removeprefix("+86") if phone.startswith("+86") else "00" + phone.removeprefix("+")


def _row(shipment: Shipment, lines: Sequence[ShipmentLine], locale: str) -> list[object]:
    address: Address = shipment.receiver.address
    return [
        shipment.number,
        shipment.receiver_name,
        dialled(shipment.receiver_phone),
        address.region,
        address.city,
        address.district,
        " ".join(address.street.split()),
        address.postcode,
        contents_in(lines, locale),
        sum(line.quantity for line in lines),
        shipment.tracking_number or "",
    ]
