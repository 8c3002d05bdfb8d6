"""A TrueType file: which glyph draws a character, how wide it is, and the file cut down to some glyphs.

In milliseconds, where a general library decodes all 65,000 glyphs of a Chinese font first and takes longer than a
thousand cards. A cut-down file has only what a PDF needs of a font that is addressed by glyph number (ISO 32000-1,
9.9): outlines, widths and measures. Numbers stay as they are, and the file ends with the highest one. Hinting is left
out: paper has no pixels.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

WORDS, SCALE, MORE, TWO_SCALES, MATRIX, INSTRUCTIONS = 0x1, 0x8, 0x20, 0x40, 0x80, 0x100
"""Flags of a component (OpenType, table glyf)."""
MAGIC: Final = 0xB1B0AFBA
"""What the checksum of a whole file must come to."""


FULL_UNICODE, BASIC_PLANE = (3, 10), (3, 1)
"""Platform and encoding of the two tables that map characters in our fonts: of format 12 and of format 4."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Measures of a font in thousandths of its size."""

    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int


class TrueType:
    """The tables of one TrueType file, as bytes."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as opened:
            file = memoryview(mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ))
        count = _short(file, 4)
        entries = [struct.unpack_from(">4sIII", file, 12 + 16 * number) for number in range(count)]
        self._tables: Mapping[str, memoryview] = {
            tag.decode(): file[at : at + length] for tag, _, at, length in entries
        }
        self._units = _short(self._tables["head"], 18)
        is_long = _short(self._tables["head"], 50)
        loca = np.frombuffer(self._tables["loca"], ">u4" if is_long else ">u2").astype(np.int64)
        self._starts = loca if is_long else loca * 2

    def characters(self) -> Mapping[int, int]:
        """Return the glyph id of every character the font has, by code point."""
        cmap = self._tables["cmap"]
        subtables = [struct.unpack_from(">HHI", cmap, 4 + 8 * number) for number in range(_short(cmap, 2))]
        at = {(platform, encoding): offset for platform, encoding, offset in subtables}
        if FULL_UNICODE in at:
            return _segmented_coverage(cmap[at[FULL_UNICODE] :])
        return _segment_mapping(cmap[at[BASIC_PLANE] :])

    def advance(self, glyph_id: int) -> float:
        """Return how far a glyph moves the pen, in parts of the font size."""
        own_advances = _short(self._tables["hhea"], 34)
        return _short(self._tables["hmtx"], 4 * min(glyph_id, own_advances - 1)) / self._units

    def measures(self) -> Measures:
        """Return how large the font is drawn."""
        box = struct.unpack_from(">4h", self._tables["head"], 36)
        heights = (
            *struct.unpack_from(">2h", self._tables["hhea"], 4),
            *struct.unpack_from(">h", self._tables["OS/2"], 88),
        )
        left, bottom, right, top, *others = (round(length * 1000 / self._units) for length in (*box, *heights))
        return Measures((left, bottom, right, top), *others)

    def subset(self, glyph_ids: Iterable[int]) -> bytes:
        """Return a TrueType file with the outlines of `glyph_ids`, of what they are composed of, and of no other."""
        kept = self._with_components({0, *glyph_ids})
        count = max(kept) + 1
        outlines = [_unhinted(self._outline(number)) if number in kept else b"" for number in range(count)]
        starts = np.cumsum([0, *map(len, outlines)]).astype(">u4")
        # Long offsets in loca; a checksum that is reckoned anew.
        head = _with(_with(self._tables["head"], 50, b"\0\1"), 8, bytes(4))
        return _file(
            {
                "glyf": b"".join(outlines),
                "head": head,
                "hhea": _with(self._tables["hhea"], 34, struct.pack(">H", count)),
                "hmtx": self._metrics(kept, count),
                "loca": starts.tobytes(),
                "maxp": _with(self._tables["maxp"], 4, struct.pack(">H", count)),
            }
        )

    def _outline(self, number: int) -> bytes:
        return bytes(self._tables["glyf"][self._starts[number] : self._starts[number + 1]])

    def _with_components(self, glyph_ids: set[int]) -> set[int]:
        found, waiting = set[int](), list(glyph_ids)
        while waiting:
            number = waiting.pop()
            if number not in found:
                found.add(number)
                waiting += [component for _, component, _ in _components(self._outline(number))]
        return found

    def _metrics(self, kept: Iterable[int], count: int) -> bytes:
        """Return advance and left side bearing of each of the first `count` glyphs, naught for those left out."""
        table = self._tables["hmtx"]
        own_advances = _short(self._tables["hhea"], 34)
        metrics = bytearray(4 * count)
        for number in kept:
            last = min(number, own_advances - 1)
            bearing = 4 * number + 2 if number == last else 4 * own_advances + 2 * (number - own_advances)
            metrics[4 * number : 4 * number + 2] = table[4 * last : 4 * last + 2]
            metrics[4 * number + 2 : 4 * number + 4] = table[bearing : bearing + 2]
        return bytes(metrics)


def _short(table: bytes | memoryview, place: int) -> int:
    return int(struct.unpack_from(">H", table, place)[0])


def _segmented_coverage(subtable: memoryview) -> Mapping[int, int]:
    """Read a subtable of format 12: groups of (first character, last character, first glyph)."""
    count = struct.unpack_from(">I", subtable, 12)[0]
    groups = np.frombuffer(subtable, ">u4", count * 3, 16).reshape(-1, 3).tolist()
    return {
        character: glyph + character - first for first, last, glyph in groups for character in range(first, last + 1)
    }


def _segment_mapping(subtable: memoryview) -> Mapping[int, int]:
    """Read a subtable of format 4: segments with a difference to add, or a list of glyphs further on."""
    count = _short(subtable, 6) // 2
    table = np.frombuffer(subtable[: _short(subtable, 2)], ">u2").astype(int).tolist()
    ends, starts = table[7 : 7 + count], table[8 + count : 8 + 2 * count]
    deltas, offsets = table[8 + 2 * count : 8 + 3 * count], 8 + 3 * count
    glyphs: dict[int, int] = {}
    for number, (start, end, delta) in enumerate(zip(starts, ends, deltas, strict=True)):
        for character in range(start, min(end, 0xFFFE) + 1):
            offset = table[offsets + number]
            listed = table[offsets + number + offset // 2 + character - start] if offset else character
            if not offset or listed:
                glyphs[character] = (listed + delta) & 0xFFFF
    return {character: glyph for character, glyph in glyphs.items() if glyph}


def _with(table: bytes | memoryview, place: int, some: bytes) -> bytes:
    changed = bytearray(table)
    changed[place : place + len(some)] = some
    return bytes(changed)


def _components(outline: bytes) -> Iterable[tuple[int, int, int]]:
    """Yield (place, glyph id, length) of each component; a glyph drawn by itself has none."""
    if not outline or struct.unpack_from(">h", outline)[0] >= 0:
        return
    place, flags = 10, MORE
    while flags & MORE:
        flags, number = struct.unpack_from(">HH", outline, place)
        scale = 2 if flags & SCALE else 4 if flags & TWO_SCALES else 8 if flags & MATRIX else 0
        length = 4 + (4 if flags & WORDS else 2) + scale
        yield place, number, length
        place += length


def _unhinted(outline: bytes) -> bytes:
    """Return the outline without its instructions, filled to a multiple of four bytes."""
    if not outline:
        return b""
    contours = struct.unpack_from(">h", outline)[0]
    bare = _bare_simple(outline, contours) if contours >= 0 else _bare_composite(outline)
    return bare + bytes(-len(bare) % 4)


def _bare_simple(outline: bytes, contours: int) -> bytes:
    at = 10 + 2 * contours
    length = _short(outline, at)
    return outline[:at] + b"\0\0" + outline[at + 2 + length :]


def _bare_composite(outline: bytes) -> bytes:
    bare, end = bytearray(outline), 10
    for place, _, length in _components(outline):
        flags = _short(outline, place)
        struct.pack_into(">H", bare, place, flags & ~INSTRUCTIONS)
        end = place + length
    return bytes(bare[:end])


def _file(tables: Mapping[str, bytes]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(">IHHHH", 0x00010000, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    directory, body, at = b"", b"", 12 + 16 * count
    for tag, content in sorted(tables.items()):
        directory += struct.pack(">4sIII", tag.encode(), _checksum(content), at + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    file = bytearray(header + directory + body)
    head = file.index(tables["head"], at)
    struct.pack_into(">I", file, head + 8, (MAGIC - _checksum(file)) & 0xFFFFFFFF)
    return bytes(file)


def _checksum(content: bytes | bytearray) -> int:
    padded = bytes(content) + bytes(-len(content) % 4)
    return int(np.frombuffer(padded, ">u4").sum(dtype=np.uint64)) & 0xFFFFFFFF
