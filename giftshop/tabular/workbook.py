"""Tables in Excel workbooks (.xlsx), read by calamine once nothing in them can hurt it.

A workbook is a ZIP of XML. Before calamine sees it, every part is unpacked within a limit and copied into a plain
archive of our own, so that sizes a header lies about mean nothing; entities are refused; and the rectangle around
the cells is measured, since a reader lays it out whole: two cells in far corners would take all memory there is.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from tempfile import TemporaryFile
from typing import IO, Any, Final, Never
from xml.parsers import expat

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from giftshop.tabular.errors import Damaged, NotATable, TableTooLarge
from giftshop.tabular.limits import MAX_CELLS, MAX_COLUMNS, MAX_LEAD, MAX_PARTS, MAX_ROWS, MAX_UNPACKED

UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    NotImplementedError,  # a packing that Python does not know
    RuntimeError,  # a password
    OSError,
    EOFError,
    ValueError,  # names that cannot be decoded
)
REFERENCE: Final = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")


def rows_of(raw: bytes) -> Iterator[list[str]]:
    """Give the rows of the first sheet that holds something, from its first row on, as a person would read them.

    Raises Damaged, TableTooLarge.
    """
    with TemporaryFile() as plain:
        try:
            _copy_parts(raw, plain)
        except UNREADABLE as error:
            raise Damaged from error
        plain.seek(0)
        for row in _first_filled_sheet(plain):
            yield [_text(cell) for cell in row]


def _copy_parts(raw: bytes, plain: IO[bytes]) -> None:
    """Copy the XML parts of a workbook into the archive `plain`, each one measured on the way."""
    with zipfile.ZipFile(io.BytesIO(raw)) as packed, zipfile.ZipFile(plain, "w") as copy:
        parts = [part for part in packed.infolist() if part.filename.endswith((".xml", ".rels"))]
        if "content.xml" in packed.namelist():  # OpenDocument: calamine would read it, with its own ways to explode
            raise NotATable
        if len(parts) > MAX_PARTS or len({part.filename for part in parts}) < len(parts):
            raise Damaged
        if sum(part.file_size for part in parts) > MAX_UNPACKED:  # before anything is unpacked
            raise _too_large()
        for part in parts:
            with packed.open(part) as source, TemporaryFile() as unpacked:
                _copy(source, unpacked, part.file_size)
                unpacked.seek(0)
                _Surveyor().survey(unpacked)
                unpacked.seek(0)
                with copy.open(part.filename, "w") as target:
                    _copy(unpacked, target, part.file_size)


def _copy(source: IO[bytes], target: IO[bytes], most: int) -> None:
    while block := source.read(1 << 18):
        most -= len(block)
        if most < 0:
            raise Damaged
        target.write(block)


class _Surveyor:
    """Walks one XML part; refuses entities, and cells too far out."""

    def __init__(self) -> None:
        self.row = self.column = self.rows = self.columns = 0
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._begin

    def survey(self, part: IO[bytes]) -> None:
        """Raise ExpatError, Damaged or TableTooLarge; or return, and the part is harmless."""
        self.parser.ParseFile(part)

    def _refuse(self, *_doctype: object) -> Never:
        raise Damaged

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        if kind == "c":
            self._cell(attributes.get("r"))
        elif kind == "row":
            self.row = _number(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = 0
        elif ("count" in attributes or "uniqueCount" in attributes) and _announced(attributes) > MAX_CELLS:
            raise Damaged  # calamine makes room for as many as are announced

    def _cell(self, reference: str | None) -> None:
        self.column += 1
        if reference is not None:
            place = REFERENCE.fullmatch(reference)
            if place is None:
                raise Damaged
            self.column, self.row = _column_number(place[1]), int(place[2])
        self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
        if self.rows > MAX_ROWS + MAX_LEAD or self.columns > MAX_COLUMNS or self.rows * self.columns > MAX_CELLS:
            raise _too_large()


def _first_filled_sheet(plain: IO[bytes]) -> Iterator[list[Any]]:
    try:
        workbook = CalamineWorkbook.from_filelike(plain)
        for sheet in workbook.sheets_metadata:
            if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible:
                rows = workbook.get_sheet_by_name(sheet.name)
                if rows.height:
                    return iter(rows.to_python(skip_empty_area=False))
    except BaseException as error:  # a broken workbook can make calamine panic, which is not an Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise Damaged from error
    return iter(())


def _text(cell: Any) -> str:
    """Return a cell as it is read: a telephone number typed as a number has no point and no exponent."""
    match cell:
        case str():
            return cell
        case bool():
            return str(cell).upper()
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else f"{cell:.15g}"
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
        case date() | time():
            return cell.isoformat()
        case _:
            return str(cell)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _announced(attributes: dict[str, str]) -> int:
    return max(_number(attributes.get(name, "0")) for name in ("count", "uniqueCount"))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise Damaged
    return int(text)


def _too_large() -> TableTooLarge:
    return TableTooLarge(rows=MAX_ROWS, columns=MAX_COLUMNS)
