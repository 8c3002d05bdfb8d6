"""Tables written as text: CSV, as it comes from Excel, WPS, or by hand."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Final

from giftshop.tabular.errors import NotATable, OpenQuote, TableTooLarge, UnknownEncoding
from giftshop.tabular.limits import MAX_COLUMNS, MAX_LEAD, MAX_ROWS

DELIMITERS: Final = (",", "\t", ";", "，")
BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(raw: bytes) -> str:
    """Return the text of a file: by its byte order mark, else UTF-8, else GB 18030 (which holds GBK and GB 2312).

    Raises NotATable for what is no text, UnknownEncoding.
    """
    for mark, name in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _decoded_as(raw, (name,))
    if b"\0" in raw:
        raise NotATable
    return _decoded_as(raw, ("utf-8", "gb18030"))


def _decoded_as(raw: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise NotATable
        return text
    raise UnknownEncoding


def rows_of(text: str) -> Iterator[list[str]]:
    """Give the rows of a CSV as written, blank ones too, so that they are numbered as a spreadsheet numbers them.

    Raises OpenQuote, TableTooLarge.
    """
    number = 0
    try:
        for number, row in enumerate(_reader(text, delimiter_of(text), strict=True), start=1):
            if number > MAX_ROWS + MAX_LEAD or len(row) > MAX_COLUMNS:
                raise TableTooLarge(rows=MAX_ROWS, columns=MAX_COLUMNS)
            yield row
    except csv.Error as error:
        raise OpenQuote(row=number + 1) from error


def delimiter_of(text: str) -> str:
    """Return what separates the cells: whatever splits the first rows into most of them; a comma when in doubt."""
    first_lines = "".join(islice(io.StringIO(text[:100_000]), MAX_LEAD))

    def cells(delimiter: str) -> int:
        try:
            return max((len(row) for row in _reader(first_lines, delimiter, strict=False)), default=0)
        except csv.Error:
            return 0

    return max(DELIMITERS, key=cells)


def _reader(text: str, delimiter: str, *, strict: bool) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
