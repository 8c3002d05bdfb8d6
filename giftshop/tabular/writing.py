"""Writing tables for spreadsheets: what a stranger typed never becomes a formula on somebody's desk."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from tempfile import TemporaryFile
from typing import Any, Final

import xlsxwriter

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that Excel, LibreOffice or Google Sheets may take for a formula (OWASP, "CSV Injection")."""
ROWS_AT_ONCE = 500
ROWS_OF_SHEET: Final = 1_048_576
"""All that Excel opens; what is more goes onto another sheet."""
LETTERS_OF_CELL: Final = 32_767
"""Likewise."""
BLOCK: Final = 1 << 16


def inert(cell: object) -> object:
    """Return a cell that no spreadsheet reads as a formula: text that begins like one gets an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" \u3000").startswith(FORMULA) else cell


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a CSV in UTF-8 with the mark by which Excel knows it, every cell inert."""
    return b"".join(stream_csv(headings, rows))


def stream_csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield what `write_csv` returns piece by piece, for tables as long as they like."""
    lines = chain([headings], rows)
    yield "\ufeff".encode()
    while some := list(islice(lines, ROWS_AT_ONCE)):
        out = io.StringIO(newline="")
        csv.writer(out).writerows([inert(_as_text(cell)) for cell in line] for line in some)
        yield out.getvalue().encode()


def stream_workbook(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield an Excel workbook of the same; text stays text, whatever it begins with, and days and numbers are such.

    It is written to a file first, for a workbook has its table of contents at its end; never held in memory.
    """
    with TemporaryFile() as file:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(file, options) as book:
            _fill(book, headings, rows)
        file.seek(0)
        while block := file.read(BLOCK):
            yield block


def _fill(book: Any, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    bold = book.add_format({"bold": True})
    formats: dict[type, object] = {
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    lines, is_first = iter(rows), True
    while (some := list(islice(lines, 1))) or is_first:
        is_first = False
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(headings) - 1, 0), 18)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
        for number, line in enumerate(chain(some, islice(lines, ROWS_OF_SHEET - 2)), start=1):
            for column, cell in enumerate(line):
                _write_cell(sheet, (number, column), cell, formats)


def _write_cell(sheet: Any, place: tuple[int, int], cell: object, formats: Mapping[type, object]) -> None:
    match cell:
        case None | "":
            pass
        case date():  # a moment is one too
            sheet.write_datetime(*place, cell, formats[type(cell)])
        case int() | float() | Decimal() if not isinstance(cell, bool):
            sheet.write_number(*place, cell)
        case _:
            sheet.write_string(*place, str(cell)[:LETTERS_OF_CELL])


def _as_text(cell: object) -> object:
    """Return a moment to the minute, as `stream_workbook` shows it; anything else as it is."""
    return f"{cell:%Y-%m-%d %H:%M}" if isinstance(cell, datetime) else cell
