"""The objects of a PDF, found by its table of offsets and read one at a time (ISO 32000-1, 7.3 to 7.5).

General readers keep a kilobyte or more for each object of a file, which with a hundred thousand cards are hundreds of
megabytes. Here only the table is kept, 17 bytes an object, and the last few object streams.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import BinaryIO, Final

import numpy as np
import numpy.typing as npt
from isal import isal_zlib

from giftshop.paper.preflight.lexing import Lexer, Name, Ref, UnreadableContent

STREAMS_HELD: Final = 8
HEAD_BYTES: Final = 16 * 1024
"""Read of an object to find its dictionary: a picture's dots are none of our business."""
TAIL_BYTES: Final = 2048
OLDER_TABLES: Final = 8
"""Tables that may precede the last one: a file that was added to more often is no file of a press."""
PNG_PREDICTORS: Final = 10

_FREE, _PLAIN, _COMPRESSED = 0, 1, 2
_START: Final = re.compile(rb"\s*\d+\s+\d+\s+obj\b")
_STREAM: Final = re.compile(rb"\s*stream\r?\n")
_ENDSTREAM: Final = re.compile(rb"\s*endstream\b")
_TABLE_ROW: Final = 20

Table = npt.NDArray[np.uint64]
Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream: what its dictionary says, and where in the file its bytes begin."""

    facts: Facts
    at: int


class Objects:
    """The objects of the PDF in `file`, which is read strictly: nothing is mended. Raises UnreadableContent."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = file.seek(0, 2)
        if self._read(0, 5) != b"%PDF-":
            raise UnreadableContent("no PDF")
        self._table: Table = np.zeros((0, 3), np.uint64)
        self.trailer: Facts = {}
        self.table_at = 0
        """Where the newest table of offsets begins."""
        self._read_tables()
        if "Encrypt" in self.trailer:
            raise UnreadableContent("encrypted")
        plain = self._table[self._table[:, 0] == _PLAIN, 1].astype(np.int64)
        self._starts = np.sort(np.append(plain, self._size))
        self._in_stream = lru_cache(STREAMS_HELD)(self._unpacked)

    def at(self, thing: object) -> object:
        """Return what `thing` stands for: itself, unless it is a reference."""
        for _ in range(4):
            if not isinstance(thing, Ref):
                return thing
            thing = self._object(thing.number)
        raise UnreadableContent("a reference to a reference")

    def facts(self, thing: object) -> Facts:
        """Return the dictionary that `thing` stands for, also a stream's; an empty one for nothing."""
        found = self.at(thing)
        if isinstance(found, Stream):
            return found.facts
        if found is None:
            return {}
        if not isinstance(found, dict):
            raise UnreadableContent("no dictionary")
        return found

    def items(self, thing: object) -> list[object]:
        """Return the array that `thing` stands for; an empty one for nothing."""
        found = self.at(thing)
        if found is None:
            return []
        if not isinstance(found, list):
            raise UnreadableContent("no array")
        return [self.at(item) for item in found]

    def numbers(self, thing: object) -> tuple[float, ...]:
        """Return the array of numbers that `thing` stands for."""
        return tuple(self.number(item) for item in self.items(thing))

    def number(self, thing: object) -> float:
        """Return the number that `thing` stands for."""
        found = self.at(thing)
        if not isinstance(found, float):
            raise UnreadableContent("no number")
        return found

    def content(self, thing: object) -> bytes:
        """Return the bytes of a stream, unpacked."""
        stream = self.at(thing)
        if not isinstance(stream, Stream):
            raise UnreadableContent("no stream")
        length = int(self.number(stream.facts.get("Length")))
        packed = self._read(stream.at, length + len(b"\r\nendstream "))
        if _ENDSTREAM.match(packed, length) is None:
            raise UnreadableContent("a stream of another length")
        return self._unpack(packed[:length], stream.facts)

    def _unpack(self, packed: bytes, facts: Facts) -> bytes:
        filters = facts.get("Filter")
        for name in self.items(filters) if isinstance(self.at(filters), list) else [self.at(filters)]:
            if name == "FlateDecode":
                try:
                    packed = isal_zlib.decompress(packed)
                except zlib.error:
                    raise UnreadableContent("a damaged stream") from None
            elif name is not None:
                raise UnreadableContent("a stream packed in a way that nothing of ours is")
        parms = facts.get("DecodeParms")
        settings = self.facts(self.items(parms)[0] if isinstance(self.at(parms), list) else parms)
        if settings.get("Predictor", 1.0) != 1.0:
            return _unpredicted(packed, int(self.number(settings.get("Columns", 1.0))))
        return packed

    def _object(self, number: int) -> object:
        if number >= len(self._table):
            return None
        kind, where, place = (int(part) for part in self._table[number])
        if kind == _COMPRESSED:
            return self._in_stream(where)[place]
        return self._plain(where) if kind == _PLAIN else None

    def _plain(self, at: int) -> object:
        until = int(self._starts[np.searchsorted(self._starts, at, side="right")])
        try:
            return self._parsed(at, self._read(at, min(until - at, HEAD_BYTES)))
        except UnreadableContent:
            if until - at <= HEAD_BYTES:
                raise
            return self._parsed(at, self._read(at, until - at))

    def _parsed(self, at: int, text: bytes) -> object:
        start = _START.match(text)
        if start is None:
            raise UnreadableContent("an object that is not where it should be")
        lexer = Lexer(text, start.end())
        thing = lexer.value()
        stream = _STREAM.match(text, lexer.at) if isinstance(thing, dict) else None
        return Stream(thing, at + stream.end()) if stream and isinstance(thing, dict) else thing

    def _unpacked(self, number: int) -> Sequence[object]:
        """Return the objects of an object stream."""
        stream = self.at(Ref(number))
        content, facts = self.content(stream), self.facts(stream)
        count, first = (int(self.number(facts.get(key))) for key in ("N", "First"))
        places = np.array(content[:first].split(), dtype=np.int64)[1 : 2 * count : 2]
        return [Lexer(content, first + int(place)).value() for place in places]

    def _read(self, at: int, length: int) -> bytes:
        self._file.seek(at)
        return self._file.read(length)

    def _read_tables(self) -> None:
        tail = self._read(max(0, self._size - TAIL_BYTES), TAIL_BYTES)
        ends = re.findall(rb"startxref\s+(\d+)\s+%%EOF", tail)
        if not ends:
            raise UnreadableContent("no table of offsets")
        self.table_at = int(ends[-1])
        at: int | None = self.table_at
        for _ in range(OLDER_TABLES):
            if at is None:
                return
            trailer = self._read_table(at)
            self.trailer = {**trailer, **self.trailer}
            previous = trailer.get("Prev")
            at = int(previous) if isinstance(previous, float) else None
        raise UnreadableContent("too many tables of offsets")

    def _read_table(self, at: int) -> Facts:
        if self._read(at, 4) == b"xref":
            return self._read_plain_table(at)
        self._starts = np.array([at, self._size])
        stream = self._plain(at)
        if not isinstance(stream, Stream):
            raise UnreadableContent("no table of offsets")
        widths = [int(width) for width in self.numbers(stream.facts.get("W"))]
        rows = np.frombuffer(self.content(stream), np.uint8).reshape(-1, sum(widths)).astype(np.uint64)
        edges = np.cumsum([0, *widths])
        columns = [_big_endian(rows[:, start:end]) for start, end in pairwise(edges)]
        if not widths[0]:
            columns[0][:] = _PLAIN
        index = [int(part) for part in self.numbers(stream.facts.get("Index", [0.0, stream.facts.get("Size")]))]
        self._take(np.stack(columns, axis=1), index)
        return stream.facts

    def _read_plain_table(self, at: int) -> Facts:
        """Read the table of the old kind: `xref`, then sections of rows of 20 bytes, then the trailer."""
        text = self._read(at, self._size - at)
        place, index, rows = len(b"xref"), list[int](), list[tuple[int, int, int]]()
        while (head := re.compile(rb"\s*(\d+) (\d+)\s*[\r\n]+").match(text, place)) is not None:
            first, count = int(head[1]), int(head[2])
            index += [first, count]
            for start in range(head.end(), head.end() + count * _TABLE_ROW, _TABLE_ROW):
                offset, _, kind = text[start : start + _TABLE_ROW].split()
                rows.append((_PLAIN if kind == b"n" else _FREE, int(offset), 0))
            place = head.end() + count * _TABLE_ROW
        trailer = re.compile(rb"\s*trailer").match(text, place)
        facts = Lexer(text, trailer.end()).value() if trailer else None
        if not isinstance(facts, dict):
            raise UnreadableContent("no trailer")
        self._take(np.array(rows, np.uint64).reshape(-1, 3), index)
        return facts

    def _take(self, rows: Table, index: Sequence[int]) -> None:
        """Add rows of an older table, for the objects that no newer one has."""
        sections = list(zip(index[::2], index[1::2], strict=True))
        size = max([len(self._table), *(first + count for first, count in sections)])
        merged = np.zeros((size, 3), np.uint64)
        at = 0
        for first, count in sections:
            merged[first : first + count] = rows[at : at + count]
            at += count
        known = np.flatnonzero(self._table.any(axis=1))
        merged[known] = self._table[known]
        self._table = merged


def _big_endian(columns: Table) -> Table:
    value = np.zeros(len(columns), np.uint64)
    for column in columns.T:
        value = value << np.uint64(8) | column
    return value


def _unpredicted(packed: bytes, columns: int) -> bytes:
    """Undo the differences to the row above, which is how tables of offsets are packed (PNG filter 2)."""
    rows = np.frombuffer(packed, np.uint8).reshape(-1, columns + 1)
    if not np.isin(rows[:, 0], (0, 2)).all():
        raise UnreadableContent("a stream packed in a way that nothing of ours is")
    if (rows[:, 0] == 2).all():
        return rows[:, 1:].cumsum(axis=0, dtype=np.uint8).tobytes()
    above, plain = np.zeros(columns, np.uint8), []
    for row in rows:
        above = row[1:] + above if row[0] else row[1:]
        plain.append(above.tobytes())
    return b"".join(plain)


def is_name(thing: object, name: str) -> bool:
    """Whether `thing` is the name `name`."""
    return isinstance(thing, Name) and thing == name


def written(thing: object) -> bytes:
    """Return an object as it is written into a file: what page trees have, which is no strings and no streams."""
    if isinstance(thing, Ref):
        return b"%d 0 R" % thing.number
    if isinstance(thing, Name):
        return b"/" + thing.encode("latin-1")
    if isinstance(thing, list):
        return b"[%b]" % b" ".join(written(item) for item in thing)
    if isinstance(thing, dict):
        return b"<<%b>>" % b" ".join(b"/%b %b" % (key.encode("latin-1"), written(it)) for key, it in thing.items())
    if isinstance(thing, float):
        return b"%d" % thing if thing.is_integer() else b"%.6f" % thing
    raise UnreadableContent("a page tree with more than it may have")
