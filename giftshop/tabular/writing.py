"""Writing tables for spreadsheets: what a stranger typed never becomes a formula on somebody's desk."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def inert(cell: object) -> object:
    """Return a cell that no spreadsheet reads as a formula: text that begins like one gets an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a CSV in UTF-8 with the mark by which Excel knows it, every cell inert."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([inert(heading) for heading in headings])
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
