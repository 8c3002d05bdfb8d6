"""An uploaded file is kept while somebody says which column is what, so that nobody uploads it twice."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select, update

from giftshop.db import Reader, Transaction
from giftshop.tabular.errors import FileNotThere
from giftshop.tabular.models import KeptFile, KnownHeadings
from giftshop.tabular.table import Column, Layout, Sheet, recognised

LONGEST_SHOWN: Final = 80
"""Characters of a cell that are shown beside its column."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came, read as far as its rows."""

    filename: str
    raw: bytes
    sheet: Sheet
    layout: Layout
    said: Mapping[str, str] = field(default_factory=dict)
    """What was filled in beside it."""


def keep_file(tx: Transaction, place: str, upload: Upload, *, at: datetime) -> None:
    """Keep an uploaded file at a place, instead of the one that was there."""
    forget_file(tx, place)
    rows = [[number, [cell[:LONGEST_SHOWN] for cell in cells]] for number, cells in upload.sheet.lead]
    tx.add(
        KeptFile(
            place=place,
            filename=upload.filename[:200],
            raw=upload.raw,
            first_rows=rows,
            layout=asdict(upload.layout),
            said=dict(upload.said),
            uploaded_at=at,
        )
    )


def kept_file(reader: Reader, place: str) -> KeptFile | None:
    """Return the file at a place; its bytes are fetched when they are asked for."""
    return reader.get(KeptFile, place)


def lay_out(tx: Transaction, place: str, layout: Layout, *, seen: datetime) -> None:
    """Set which column of a kept file is what. `seen`: when the file that was looked at had come.

    Raises FileNotThere when it is gone, or another one.
    """
    the_same = (KeptFile.place == place, KeptFile.uploaded_at == seen)
    if not tx.change(update(KeptFile).where(*the_same).values(layout=asdict(layout))):
        raise FileNotThere


def forget_file(tx: Transaction, place: str) -> None:
    """Forget the file at a place."""
    tx.change(delete(KeptFile).where(KeptFile.place == place))


def forget_files(tx: Transaction, room: str) -> None:
    """Forget every file at a place that begins with `room`."""
    tx.change(delete(KeptFile).where(KeptFile.place.startswith(room, autoescape=True)))


def remember(tx: Transaction, owner: str, lead: Sequence[tuple[int, list[str]]], layout: Layout) -> None:
    """Keep in mind what a person said of these headings, for the owner's next file with the same ones."""
    cells = dict(lead).get(layout.heading or 0)
    if cells is None or not layout.is_by_hand:
        return
    key = (KnownHeadings.owner == owner, KnownHeadings.mark == _mark(cells))
    places = dict(layout.places)
    if not tx.change(update(KnownHeadings).where(*key).values(places=places)):
        tx.add_new(KnownHeadings, owner=owner, mark=_mark(cells), places=places)


def layout_for(reader: Reader, owner: str, sheet: Sheet, columns: Sequence[Column]) -> Layout:
    """Return what the owner said once of the headings of `sheet`; else what the headings say themselves."""
    marks = {_mark(cells): (number, len(cells)) for number, cells in sheet.lead}
    known = select(KnownHeadings).where(KnownHeadings.owner == owner, KnownHeadings.mark.in_(marks))
    for said in reader.scalars(known):
        number, width = marks[said.mark]
        wanted = {column.key for column in columns}
        places = {key: at for key, at in said.places.items() if key in wanted and at < width}
        return Layout(number, places, is_by_hand=True)
    return recognised(sheet.lead, columns)


def _mark(cells: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(cells).rstrip("\n").encode()).hexdigest()
