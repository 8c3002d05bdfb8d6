"""An uploaded table with known columns: where its headings are, what its rows hold, and what is wrong in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
    label: str = ""
    """What it is called on a page: a msgid, marked with N_. Without one it is called by its first name."""
    looks: str = ""
    """A pattern that its cells mostly have, by which a column whose heading is unknown can be told."""


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


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds, before it is said which column is what: the rows with a word in them, by their numbers."""

    rows: Sequence[tuple[int, list[str]]]

    @property
    def lead(self) -> Sequence[tuple[int, list[str]]]:
        """The first rows, among which the headings are."""
        return self.rows[:MAX_LEAD]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the headings of a table stand, and which column is what."""

    heading: int | None
    """The row of the headings, by the number a spreadsheet shows. None: the first row is content already."""
    places: Mapping[str, int]
    """Column key to place, from 0."""
    is_by_hand: bool = False
    """Whether a person said so, or the headings did."""


def read_table(raw: bytes, columns: Sequence[Column]) -> Table:
    """Read a CSV (UTF-8 or GBK) or an Excel workbook, told apart by what is in it, never by its name.

    The headings are the row that holds most of `columns`, among the first ones. Raises a refusal of
    `giftshop.tabular.errors` when the whole table cannot be read.
    """
    sheet = read_sheet(raw)
    layout = recognised(sheet.lead, columns)
    cells = heading_cells(sheet.lead, layout)
    for first, second in alike(cells, columns):
        raise ColumnTwice(first=cells[first], second=cells[second])
    if missing := missing_in(layout, columns):
        found = ", ".join(cell[:40] for cell in cells[:20] if cell)
        raise ColumnsMissing(missing=", ".join(column.names[0] for column in missing), found=found)
    return table_of(sheet, layout)


def read_sheet(raw: bytes) -> Sheet:
    """Read a file as `read_table` does, whatever its columns are. Raises the same but ColumnTwice, ColumnsMissing."""
    rows = list(_numbered_rows(raw))
    if not rows:
        raise NotATable
    return Sheet(rows)


def recognised(lead: Sequence[tuple[int, list[str]]], columns: Sequence[Column]) -> Layout:
    """Return what the headings say. Where none is known, they are taken to be the first of the fullest rows."""
    known = [len(_matches(cells, columns)) for _number, cells in lead]
    weights = known if any(known) else [sum(map(bool, cells)) for _number, cells in lead]
    number, _cells = lead[weights.index(max(weights))]
    return recognised_in(lead, number, columns)


def recognised_in(lead: Sequence[tuple[int, list[str]]], number: int, columns: Sequence[Column]) -> Layout:
    """Return what the headings in the row `number` say; of two that mean the same, the first."""
    places: dict[str, int] = {}
    meaning = _meaning(columns)
    for at, cell in enumerate(dict(lead)[number]):
        if key := meaning.get(_plain(cell)):
            places.setdefault(key, at)
    return Layout(number, places)


def heading_cells(lead: Sequence[tuple[int, list[str]]], layout: Layout) -> list[str]:
    """Return the headings as they were typed; without headings, nothing."""
    return dict(lead).get(layout.heading, []) if layout.heading is not None else []


def alike(cells: Sequence[str], columns: Sequence[Column]) -> list[tuple[int, int]]:
    """Return the places of headings that mean the same as one before them, each with that one's place first."""
    meaning, first = _meaning(columns), dict[str, int]()
    keys = [(at, meaning[_plain(cell)]) for at, cell in enumerate(cells) if _plain(cell) in meaning]
    return [(first[key], at) for at, key in keys if first.setdefault(key, at) != at]


def missing_in(layout: Layout, columns: Sequence[Column]) -> list[Column]:
    """Return the required columns that a layout has not."""
    return [column for column in columns if column.is_required and column.key not in layout.places]


def is_clear(lead: Sequence[tuple[int, list[str]]], layout: Layout, columns: Sequence[Column]) -> bool:
    """Whether a list can be read by a layout: nothing required is missing, and no two headings mean the same."""
    is_told = layout.is_by_hand or not alike(heading_cells(lead, layout), columns)
    return is_told and not missing_in(layout, columns)


def table_of(sheet: Sheet, layout: Layout) -> Table:
    """Return the rows under the headings, by what each column is said to be. Raises NoRows, TableTooLarge."""
    under = [(number, cells) for number, cells in sheet.rows if layout.heading is None or number > layout.heading]
    if not under:
        raise NoRows
    if len(under) > MAX_ROWS:
        raise TableTooLarge(rows=MAX_ROWS, columns=MAX_COLUMNS)
    typed, used = heading_cells(sheet.lead, layout), set(layout.places.values())
    places = layout.places.items()
    return Table(
        headings={key: (typed[at] if at < len(typed) else "") or letter(at) for key, at in places},
        unused=tuple(cell for at, cell in enumerate(typed) if cell and at not in used),
        rows=[Row(number, {key: cells[at] for key, at in places if at < len(cells)}) for number, cells in under],
    )


def letter(at: int) -> str:
    """Return what a spreadsheet calls the column at a place, from 0: A, B, …, AA."""
    name = ""
    while at >= 0:
        at, rest = divmod(at, 26)
        name, at = chr(65 + rest) + name, at - 1
    return name


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


def _meaning(columns: Sequence[Column]) -> dict[str, str]:
    return {_plain(name): column.key for column in columns for name in column.names}


def _plain(heading: str) -> str:
    return REMARK.sub("", unicodedata.normalize("NFKC", heading).casefold())
