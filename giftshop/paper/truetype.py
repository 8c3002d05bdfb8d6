"""A TrueType file cut down to some of its glyphs, in milliseconds.

Only what a PDF needs of a font that is addressed by glyph number (ISO 32000-1, 9.9): outlines, widths and measures.
Numbers stay as they are, and the file ends with the highest one. Hinting is left out: paper has no pixels.
A general subsetter decodes all 65,000 glyphs of a Chinese font first, which takes longer than a thousand cards.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import numpy as np

WORDS, SCALE, MORE, TWO_SCALES, MATRIX, INSTRUCTIONS = 0x1, 0x8, 0x20, 0x40, 0x80, 0x100
"""Flags of a component (OpenType, table glyf)."""
MAGIC: Final = 0xB1B0AFBA
"""What the checksum of a whole file must come to."""


class TrueType:
    """The tables of one TrueType file, as bytes."""

    def __init__(self, path: Path) -> None:
        file = memoryview(path.read_bytes())
        count = struct.unpack_from(">H", file, 4)[0]
        entries = [struct.unpack_from(">4sIII", file, 12 + 16 * number) for number in range(count)]
        self._tables: Mapping[str, memoryview] = {
            tag.decode(): file[at : at + length] for tag, _, at, length in entries
        }
        is_long = struct.unpack_from(">h", self._tables["head"], 50)[0]
        loca = np.frombuffer(self._tables["loca"], ">u4" if is_long else ">u2").astype(np.int64)
        self._starts = loca if is_long else loca * 2

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
        own_advances = struct.unpack_from(">H", self._tables["hhea"], 34)[0]
        metrics = bytearray(4 * count)
        for number in kept:
            last = min(number, own_advances - 1)
            bearing = 4 * number + 2 if number == last else 4 * own_advances + 2 * (number - own_advances)
            metrics[4 * number : 4 * number + 2] = table[4 * last : 4 * last + 2]
            metrics[4 * number + 2 : 4 * number + 4] = table[bearing : bearing + 2]
        return bytes(metrics)


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
    length = struct.unpack_from(">H", outline, at)[0]
    return outline[:at] + b"\0\0" + outline[at + 2 + length :]


def _bare_composite(outline: bytes) -> bytes:
    bare, end = bytearray(outline), 10
    for place, _, length in _components(outline):
        flags = struct.unpack_from(">H", outline, place)[0]
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
