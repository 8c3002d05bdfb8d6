"""Text broken into lines that fit a room of the page: measured with our own fonts, before anything is laid out.

A page then sets each line as it stands, so that what was measured is what is printed, and sixty texts of a book cost
one layout instead of one for each size that is tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from giftshop.paper.errors import TextTooLong
from giftshop.paper.fonts import Typeface, clean

POINTS_PER_MM: Final = 72 / 25.4
HAN: Final = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
NO_BEGINNING: Final = "，。、；：！？）》」』】”’…·,.;:!?)%"
"""What never begins a line."""
NO_END: Final = "（《「『【“‘("
"""What never ends one."""
PIECE: Final = re.compile(f"[{HAN}]|[^\\s{HAN}]+\\s*|\\s+")
SENTENCE: Final = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+")
NARROWER: Final = tuple(part / 20 for part in range(8, 20))
"""Parts of a room's width that are tried for lines of even length."""
SLACK: Final = 0.99
"""Of the width that is filled: a browser's rounding must not push a line out."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A text in lines, at a size in points, with the line height and tracking it was measured with."""

    lines: tuple[str, ...]
    size: float
    leading: float = 1.2
    tracking: float = 0.0


@dataclass(frozen=True, slots=True)
class Room:
    """Where a text goes: millimetres, the sizes tried from the largest on, and line height and tracking in parts of it.

    Words longer than a line are broken at the smallest size only.
    """

    typeface: Typeface
    width_mm: float
    height_mm: float
    sizes: Sequence[float]
    leading: float = 1.2
    tracking: float = 0.0
    is_display: bool = False
    """Whether its lines are made about as long as each other: for titles and names, where a last word alone is ugly."""

    def most_lines(self, size: float) -> int:
        """Return how many lines of `size` there is room for."""
        return int(self.height_mm * POINTS_PER_MM / (size * self.leading) + 0.01)


def fitted(text: str, room: Room) -> Copy:
    """Return `text` at the largest size at which it fits; its own line breaks stay.

    Raises:
        TextTooLong: not even the smallest does.
        GlyphMissing: a character cannot be printed.

    """
    copy = _fitted(text, room)
    if copy is None:
        raise TextTooLong(text=text)
    return copy


def shortened(text: str, room: Room) -> Copy:
    """As `fitted`, but a text too long is cut: after a whole sentence if one fits, or else with an ellipsis.

    For texts that are written at length elsewhere, such as a description of goods. Raises GlyphMissing.
    """
    whole = _fitted(text, room)
    if whole:
        return whole
    tried = ""
    for sentence in SENTENCE.split(clean(text)):
        longer = f"{tried} {sentence}".strip() if tried.isascii() else tried + sentence
        if _fitted(longer, room) is None:
            break
        tried = longer
    return _fitted(tried, room) or _cut(text, room) if tried else _cut(text, room)


def _cut(text: str, room: Room) -> Copy:
    size = room.sizes[-1]
    lines = _lines(text, room, size, breaks_words=True)[: max(1, room.most_lines(size))]
    last = lines[-1]
    while last and _width(last + "…", room, size) > _available(room):
        last = last[:-1]
    return Copy((*lines[:-1], last.rstrip(" ,;:，、；：") + "…"), size, room.leading, room.tracking)


def _fitted(text: str, room: Room) -> Copy | None:
    for size in room.sizes:
        lines = _lines(text, room, size, breaks_words=size == room.sizes[-1])
        fits = all(_width(line, room, size) <= _available(room) for line in lines)
        if fits and len(lines) <= room.most_lines(size):
            even = _balanced(text, room, size, lines) if room.is_display else lines
            return Copy(tuple(even), size, room.leading, room.tracking)
    return None


def _balanced(text: str, room: Room, size: float, lines: list[str]) -> list[str]:
    """Return the same text in as many lines, in the narrowest room that takes them."""
    for part in NARROWER:
        narrow = replace(room, width_mm=room.width_mm * part)
        tried = _lines(text, narrow, size, breaks_words=False)
        if len(tried) == len(lines) and all(_width(line, narrow, size) <= _available(narrow) for line in tried):
            return tried
    return lines


def _lines(text: str, room: Room, size: float, *, breaks_words: bool) -> list[str]:
    paragraphs = (clean(paragraph) for paragraph in text.strip().splitlines())
    return [line for paragraph in paragraphs for line in _broken(paragraph, room, size, breaks_words=breaks_words)]


def _broken(paragraph: str, room: Room, size: float, *, breaks_words: bool) -> Iterator[str]:
    line = ""
    for piece in _pieces(paragraph):
        if line and _width(line + piece.rstrip(), room, size) > _available(room):
            yield line.rstrip()
            line = ""
        if breaks_words and _width(piece.rstrip(), room, size) > _available(room):
            *full, piece = _in_bits(piece, room, size)  # noqa: PLW2901 -- what is left of it begins the next line
            yield from full
        line += piece
    yield line.rstrip()


def _pieces(paragraph: str) -> Iterator[str]:
    """Give what stays together: a word, a 汉字 with the punctuation that clings to it."""
    held = ""
    for piece in PIECE.findall(paragraph):
        clings = piece[0] in NO_BEGINNING or (held and held[-1] in NO_END)
        if held and not clings:
            yield held
            held = ""
        held += piece
    if held:
        yield held


def _in_bits(word: str, room: Room, size: float) -> list[str]:
    bits = [""]
    for character in word:
        if bits[-1] and _width(bits[-1] + character, room, size) > _available(room):
            bits.append("")
        bits[-1] += character
    return bits


def _available(room: Room) -> float:
    return room.width_mm * POINTS_PER_MM * SLACK


def _width(text: str, room: Room, size: float) -> float:
    return sum(room.typeface[character].advance + room.tracking for character in text) * size
