"""QR codes by the thousand, module for module what `qrcode` makes.

For texts of one length in one version, every step from text to modules (padding, error correction, placement) is
addition over GF(2): flipping one bit of the text flips always the same modules. So a few hundred codes made by
`qrcode` teach a table, and a code is then the XOR of one table row a character. The best of the eight masks is found
with the penalties of ISO/IEC 18004 as `qrcode` counts them, on whole rows of modules at once: a row is one 64-bit word.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from giftshop.paper.codes_2d import Modules, qr_modules, runs

Words = npt.NDArray[np.uint64]
"""Rows of modules, one word each: bit x is module x from the left."""

MASKS: Final = range(8)
LONGEST: Final = 251
"""Characters that version 11 holds: 61 modules a side, the largest whose rows fit a word."""
WORTH_LEARNING: Final = 24
"""From this many codes on, learning a table pays: it takes as long as some twenty codes."""
BATCH: Final = 24
"""Codes worked on at once: more would leave the processor's cache, and take memory anew from the system each time."""
ASCII_BITS: Final = 7
PIECE: Final = len(b"00 00 00 1 re\n")


class QrPath(NamedTuple):
    """A QR code as PDF operators: rectangles one unit a module, `side` units square, origin at the bottom left."""

    side: int
    operators: bytes


def qr_paths(links: Sequence[str]) -> list[QrPath]:
    """Return the QR code of each of `links`, in order.

    Raises:
        LinkTooLong: a QR code cannot hold one of them.

    """
    if len(links) >= WORTH_LEARNING and (shape := _shape_of(links)) is not None:
        press = press_for(*shape)
        return [path for at in range(0, len(links), BATCH) for path in press.paths(links[at : at + BATCH])]
    return [path_of(qr_modules(link)) for link in links]


def qr_squares(links: Sequence[str]) -> Iterator[npt.NDArray[np.bool_]]:
    """Yield the modules of the QR code of each of `links`, in order: rows from the top, dark ones true.

    Raises:
        LinkTooLong: a QR code cannot hold one of them.

    """
    if len(links) >= WORTH_LEARNING and (shape := _shape_of(links)) is not None:
        press = press_for(*shape)
        for at in range(0, len(links), BATCH):
            rows = press.rows(links[at : at + BATCH])
            bits = np.unpackbits(rows.astype("<u8")[:, :, None].view(np.uint8), axis=2, bitorder="little")
            yield from bits[:, :, : press.side].view(np.bool_)
    else:
        yield from (np.array(qr_modules(link), dtype=bool) for link in links)


def path_of(modules: Modules) -> QrPath:
    """Return `modules` as a path: the slow way, for a few."""
    side = len(modules)
    lines = ((side - 1 - y, runs(row)) for y, row in enumerate(modules))
    return QrPath(side, b"".join(b"%02d %02d %02d 1 re\n" % (x, y, width) for y, line in lines for x, width in line))


def _shape_of(links: Sequence[str]) -> tuple[str, int] | None:
    """Return (what all links begin with, how long they are), or None where they differ too much to share a table.

    The # that ends the beginning is in neither of the dense modes of a QR code, so all of them are written as bytes.
    """
    before, mark, _ = links[0].partition("#")
    prefix, length = before + mark, len(links[0])
    alike = all(len(link) == length and link.startswith(prefix) and link.isascii() for link in links)
    return (prefix, length) if mark and alike and length <= LONGEST else None


def _code(payload: bytes, version: int | None = None) -> QRCode:  # type: ignore[type-arg]
    code: QRCode = QRCode(version=version, error_correction=ERROR_CORRECT_M, border=0)  # type: ignore[type-arg]
    code.add_data(payload, optimize=0)
    return code


class QrPress:
    """Makes the QR codes of all texts that begin with `prefix` and have `length` characters, ASCII only."""

    def __init__(self, prefix: str, length: int) -> None:
        self._start = len(prefix)
        reference = prefix.encode("ascii") + b"0" * (length - len(prefix))
        self._version = _code(reference).best_fit()
        self.side = 17 + 4 * self._version
        code = _code(reference, self._version)
        # The penalties are counted before format information is drawn, so each mask has two pictures.
        self._judged = np.stack([_lines(code, mask, judged=True) for mask in MASKS])
        self._printed = np.stack([_lines(code, mask, judged=False)[: self.side] for mask in MASKS])
        self._table = np.stack([self._learn(reference, place) for place in range(self._start, length)])

    def _learn(self, reference: bytes, place: int) -> Words:
        """Return, for each of 128 characters at `place`, the lines that differ from the reference."""
        table = np.zeros((1 << ASCII_BITS, 2 * self.side), np.uint64)
        for bit in range(ASCII_BITS):
            flipped = bytearray(reference)
            flipped[place] ^= 1 << bit
            difference = _lines(_code(bytes(flipped), self._version), 0, judged=True) ^ self._judged[0]
            having = (np.arange(1 << ASCII_BITS) ^ reference[place]) >> bit & 1 == 1
            table[having] ^= difference
        return table

    def rows(self, texts: Sequence[str]) -> Words:
        """Return the modules of each text with the best mask: an array of (texts, side) words."""
        letters = np.frombuffer("".join(texts).encode("ascii"), np.uint8).reshape(len(texts), -1)
        lines = np.zeros((len(texts), 2 * self.side), np.uint64)
        for place, table in enumerate(self._table, start=self._start):
            lines ^= table[letters[:, place]]
        best = penalties(lines[:, None] ^ self._judged, self.side).argmin(axis=1)
        chosen: Words = lines[:, : self.side] ^ self._printed[best]
        return chosen

    def paths(self, texts: Sequence[str]) -> list[QrPath]:
        """Return the QR code of each text as a path."""
        numbers, counts = _run_numbers(self.rows(texts))
        operators = _pieces(self.side)[numbers].tobytes()
        ends = (counts.cumsum() * PIECE).tolist()
        return [QrPath(self.side, operators[start:end]) for start, end in zip([0, *ends], ends, strict=False)]


@lru_cache(maxsize=4)
def press_for(prefix: str, length: int) -> QrPress:
    """Return the press for texts of one shape, learned once."""
    return QrPress(prefix, length)


def _lines(code: QRCode, mask: int, *, judged: bool) -> Words:  # type: ignore[type-arg]
    """Return the rows, then the columns, of `code` under `mask`."""
    code.makeImpl(judged, mask)
    modules = np.array(code.modules, dtype=bool)
    both = np.concatenate([modules, modules.T]).astype(np.uint64)
    words: Words = (both << np.arange(len(modules), dtype=np.uint64)).sum(axis=1, dtype=np.uint64)
    return words


def penalties(lines: Words, side: int) -> npt.NDArray[np.int64]:
    """Return the penalty of each picture: the last axis of `lines` holds its rows and then its columns."""
    equal = _equal_neighbours(lines, side)
    rows, columns = lines[..., :side], equal[..., :side]
    return _long_runs(equal) + _blocks(rows, columns) + _finder_likes(lines, side) + _imbalance(rows, side)


def _ones(count: int) -> np.uint64:
    return np.uint64((1 << count) - 1)


def _count(words: Words) -> npt.NDArray[np.int64]:
    counts: npt.NDArray[np.int64] = np.bitwise_count(words).sum(axis=-1, dtype=np.int64)
    return counts


def _equal_neighbours(lines: Words, side: int) -> Words:
    return ~(lines ^ (lines >> np.uint64(1))) & _ones(side - 1)


def _long_runs(equal: Words) -> npt.NDArray[np.int64]:
    """3 for five alike in a line, and 1 for each more."""
    pairs = equal & (equal >> np.uint64(1))
    fives = pairs & (pairs >> np.uint64(2))
    return _count(fives) + 2 * _count(fives & ~(fives << np.uint64(1)))


def _blocks(rows: Words, equal: Words) -> npt.NDArray[np.int64]:
    """3 for each square of four alike."""
    upright = ~(rows[..., :-1] ^ rows[..., 1:])
    return 3 * _count(equal[..., :-1] & equal[..., 1:] & upright)


def _finder_likes(lines: Words, side: int) -> npt.NDArray[np.int64]:
    """40 for each dark-light-dark-dark-dark-light-dark with four light ones before or behind."""
    next_one = lines >> np.uint64(1)
    every_other = lines & (lines >> np.uint64(2))
    four_dark = every_other & (every_other >> np.uint64(4))
    core = four_dark & (lines >> np.uint64(3)) & ~(next_one | (lines >> np.uint64(5)))
    two = lines | next_one
    four_light = ~(two | (two >> np.uint64(2)))
    behind, before = core & (four_light >> np.uint64(7)), four_light & (core >> np.uint64(4))
    return 40 * _count((behind | before) & _ones(side - 10))


def _imbalance(rows: Words, side: int) -> npt.NDArray[np.int64]:
    """10 for each 5% that the dark ones are away from half."""
    percent = _count(rows) / side**2
    imbalance: npt.NDArray[np.int64] = (np.abs(percent * 100 - 50) / 5).astype(np.int64) * 10
    return imbalance


def _run_numbers(rows: Words) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the number of the piece that draws each dark run of each picture, and how many runs each picture has."""
    pictures, side = rows.shape
    one = np.uint64(1)
    starts = _places(rows & ~(rows << one))
    ends = _places(rows & ~(rows >> one))
    picture_and_row, first = np.divmod(starts, 64)
    length_less_one = ends - starts
    picture, row = np.divmod(picture_and_row, side)
    return (row * side + first) * side + length_less_one, np.bincount(picture, minlength=pictures)


def _places(words: Words) -> npt.NDArray[np.int64]:
    """Return the places of all bits set, counted through all words from the lowest bit of the first."""
    bits = np.unpackbits(words.astype("<u8").view(np.uint8), bitorder="little")
    places: npt.NDArray[np.int64] = np.flatnonzero(bits.view(np.bool_))
    return places


@lru_cache(maxsize=4)
def _pieces(side: int) -> npt.NDArray[np.bytes_]:
    """Return the operator that draws each possible run: number (y * side + x) * side + length - 1, y from the top.

    All are of one length, so that numpy can lay them end to end.
    """
    runs = itertools.product(range(side - 1, -1, -1), range(side), range(1, side + 1))
    return np.array([b"%02d %02d %02d 1 re\n" % (x, y, width) for y, x, width in runs], dtype=f"S{PIECE}")
