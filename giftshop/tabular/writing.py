"""Writing tables for spreadsheets: what a stranger typed never becomes a formula on somebody's desk."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that Excel, LibreOffice or Google Sheets may take for a formula (OWASP, "CSV Injection")."""
ROWS_AT_ONCE = 500


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
        csv.writer(out).writerows([inert(cell) for cell in line] for line in some)
        yield out.getvalue().encode()
