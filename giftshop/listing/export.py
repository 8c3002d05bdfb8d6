"""A list as a file: all that match, not the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar
from zoneinfo import ZoneInfo

from flask import Response, stream_with_context
from flask_babel import gettext

from giftshop import audit
from giftshop.db import Reader, Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor
from giftshop.listing.asked import Asked
from giftshop.listing.declared import Listing
from giftshop.listing.reading import every
from giftshop.tabular import stream_csv, stream_workbook
from giftshop.web import actor, current_shop, transact

Row = TypeVar("Row")
WRITERS: Final = {
    "csv": (stream_csv, "text/csv"),
    "xlsx": (stream_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
"""How each kind of file is written, and what a browser is told it is."""


@dataclass(frozen=True)
class Export(Generic[Row]):
    """What a list's file holds. Never a code: a card is its serial number and last four."""

    headings: Sequence[str]
    """To be translated."""
    cells: Callable[[Reader, Sequence[Row]], Iterable[Sequence[object]]]
    """Gives a line for each of some rows; amounts as plain numbers beside their currency."""


def send(listing: Listing[Row], asked: Asked, export: Export[Row], kind: str) -> Response:
    """Return all rows that match as a file of `kind` (of WRITERS), sent while it is written."""
    now, zone = clock.now(), current_shop().settings.time_zone
    if listing.is_personal:
        transact(note_export, listing.name, sorted(asked.values), kind, by=actor(), at=now)
    write, mimetype = WRITERS[kind]
    lines = _lines(listing, asked, export, zone)
    content = stream_with_context(write([gettext(heading) for heading in export.headings], lines))
    name = f"{listing.name}-{clock.local_day(now, zone)}.{kind}"
    return Response(content, mimetype=mimetype, headers={"Content-Disposition": f"attachment; filename={name}"})


def note_export(tx: Transaction, name: str, narrowed_by: Sequence[str], kind: str, *, by: Actor, at: datetime) -> None:
    """Write down that `by` took a copy of the list `name`, and which fields narrowed it, though not to what."""
    subject = (f"list.{name}", by.firm_id or 0)
    audit.record(tx, "listing.export", subject, by=by, at=at, kind=kind, narrowed_by=", ".join(narrowed_by))


def _lines(listing: Listing[Row], asked: Asked, export: Export[Row], zone: str) -> Iterator[Sequence[object]]:
    """Yield the lines; moments as whoever reads them would tell the time."""
    local = ZoneInfo(zone)
    with current_shop().database.reading() as reader:
        for rows in every(reader, listing, asked, zone):
            for cells in export.cells(reader, rows):
                yield [_told(cell, local) for cell in cells]


def _told(cell: Any, local: ZoneInfo) -> object:
    return cell.astimezone(local).replace(tzinfo=None) if isinstance(cell, datetime) and cell.tzinfo else cell
