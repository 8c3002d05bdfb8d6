"""An uploaded table with known columns: where its headings are, what its rows hold, and what is wrong in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from giftshop.kernel.errors import DomainError
from giftshop.tabular import text, workbook
from giftshop.tabular.errors import ColumnsMissing, ColumnTwice, NoRows, NotATable, OldWorkbook, TableTooLarge
from giftshop.tabular.limits import MAX_COLUMNS, MAX_LEAD, MAX_ROWS

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BINARY: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"MZ")
INVISIBLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
REMARK: Final = re.compile(r"\(.*?\)|[*:\s_-]")
"""What a heading has besides its name: "客户姓名(必填)*:"."""
ESCAPED: Final = re.compile(r"'[ \u3000]*[=+\-@\t＝＋－＠]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is looked for, under any of its `names`; the first one is written into templates."""

    key: str
    names: tuple[str, ...]
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row under the headings, by the number a spreadsheet shows."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        """Return what stands in the column `key`; nothing when there is no such column."""
        return self.cells.get(key, "")


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong in one cell: the row, the heading as it was typed, and why."""

    row: int
    column: str
    reason: DomainError


@dataclass(frozen=True, slots=True)
class Table:
    """What was read. Rows without any word are left out, but keep their number."""

    headings: Mapping[str, str]
    """Column key to the heading as it was typed."""
    unused: tuple[str, ...]
    """Headings that mean nothing to us: worth a word to whoever sent them."""
    rows: Sequence[Row]

    def flaw(self, row: Row, key: str, reason: DomainError) -> Flaw:
        """Return that the cell of `row` in the column `key` is wrong."""
        return Flaw(row.number, self.headings.get(key, key), reason)


def read_table(raw: bytes, columns: Sequence[Column]) -> Table:
    """Read a CSV (UTF-8 or GBK) or an Excel workbook, told apart by what is in it, never by its name.

    The headings are the row that holds most of `columns`, among the first ones. Raises a refusal of
    `giftshop.tabular.errors` when the whole table cannot be read.
    """
    rows = _numbered_rows(raw)
    lead = list(islice(rows, MAX_LEAD))
    if not lead:
        raise NotATable
    place = max(range(len(lead)), key=lambda at: len(_matches(lead[at][1], columns)))
    heading_cells = lead[place][1]
    places = _places(heading_cells, columns)
    found = [
        Row(number, {key: cells[at] for key, at in places.items() if at < len(cells)})
        for number, cells in [*lead[place + 1 :], *rows]
    ]
    if not found:
        raise NoRows
    if len(found) > MAX_ROWS:
        raise TableTooLarge(rows=MAX_ROWS, columns=MAX_COLUMNS)
    used = set(places.values())
    return Table(
        headings={key: heading_cells[at] for key, at in places.items()},
        unused=tuple(cell for at, cell in enumerate(heading_cells) if cell and at not in used),
        rows=found,
    )


def _numbered_rows(raw: bytes) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that hold a word, with their numbers, cells tidied."""
    for number, row in enumerate(_rows(raw), start=1):
        cells = [tidy(cell) for cell in row]
        if any(cells):
            yield number, cells


def _rows(raw: bytes) -> Iterable[list[str]]:
    if raw.startswith(ZIP):
        return workbook.rows_of(raw)
    if raw.startswith(OLE):
        raise OldWorkbook
    if not raw.strip() or raw.startswith(BINARY):
        raise NotATable
    return text.rows_of(text.decoded(raw))


def tidy(cell: str) -> str:
    """Return a cell without outer spaces, invisible letters, and the apostrophe that our own exports put before "="."""
    cell = (cell if cell.isprintable() else INVISIBLE.sub("", cell)).strip()
    return cell[1:].strip() if cell[:1] == "'" and ESCAPED.match(cell) else cell


def _matches(cells: Sequence[str], columns: Sequence[Column]) -> set[str]:
    headings = {_plain(cell) for cell in cells}
    return {column.key for column in columns if headings & {_plain(name) for name in column.names}}


def _places(cells: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """Return where each column stands. Raises ColumnTwice, ColumnsMissing."""
    meaning = {_plain(name): column.key for column in columns for name in column.names}
    places: dict[str, int] = {}
    for at, cell in enumerate(cells):
        key = meaning.get(_plain(cell))
        if key in places:
            raise ColumnTwice(first=cells[places[key]], second=cell)
        if key is not None:
            places[key] = at
    missing = [column.names[0] for column in columns if column.is_required and column.key not in places]
    if missing:
        found = ", ".join(cell[:40] for cell in cells[:20] if cell)
        raise ColumnsMissing(missing=", ".join(missing), found=found)
    return places


def _plain(heading: str) -> str:
    return REMARK.sub("", unicodedata.normalize("NFKC", heading).casefold())
