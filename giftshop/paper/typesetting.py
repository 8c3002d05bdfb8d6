"""Text set by glyph, as PDF operators: for what differs from card to card, ten thousand times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Final

from giftshop.paper.card_art import Place
from giftshop.paper.card_design import Align, TextField
from giftshop.paper.errors import TextTooLong
from giftshop.paper.fonts import FontFile, Glyph, Typeface, clean
from giftshop.paper.qr_press import QrPath

QUIET: Final = 4
"""Light modules kept free around a QR code, inside its place."""
MIDDLE: Final = 0.35
"""How far above the baseline the middle of a line is, in parts of its size: between that of capitals and of 汉字."""
BEFORE: Final = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}
"""The part of the free room that is before a text."""
ADVANCE, FONT, HEX = attrgetter("advance"), attrgetter("font"), attrgetter("hex")
INK: Final = b"0 0 0 1 k\n"
"""Black alone: printed from four plates, a code could not be read where they lie a hair apart."""


class UsedCharacters:
    """What a print run takes of each typeface, and so what must be embedded."""

    def __init__(self) -> None:
        self._characters: dict[Typeface, set[str]] = {}

    def add(self, text: str, typeface: Typeface) -> None:
        """Note that `text` is set in `typeface`."""
        self._characters.setdefault(typeface, set()).update(text)

    def glyphs(self) -> Mapping[FontFile, Mapping[int, str]]:
        """Return the glyph ids used of each font, with the character each stands for."""
        used: dict[FontFile, dict[int, str]] = {}
        for typeface, characters in self._characters.items():
            for character in sorted(characters):
                glyph = typeface[character]
                used.setdefault(glyph.font, {}).setdefault(glyph.id, character)
        return used


@dataclass(frozen=True, slots=True)
class Line:
    """A text fitted to its place: its glyphs, size, tracking and start on the page, in points."""

    text: str
    glyphs: Sequence[Glyph]
    size: float
    tracking: float
    left: float
    baseline: float

    def operators(self, names: Mapping[FontFile, bytes]) -> bytes:
        """Return the PDF operators that draw this line, given the name of each font in the page's resources."""
        shown = b"".join(
            b"/%b %.2f Tf<%b>Tj\n" % (names[font], self.size, b"".join(map(HEX, run)))
            for font, run in groupby(self.glyphs, key=FONT)
        )
        spacing = b"%.3f Tc " % self.tracking if self.tracking else b""
        return b"BT %b%.2f %.2f Td\n%bET\n" % (spacing, self.left, self.baseline, shown)


def set_line(text: str, style: TextField, place: Place) -> Line | None:
    """Return `text` fitted into `place`, or None where there is none to print.

    Raises:
        GlyphMissing: a character cannot be printed.
        TextTooLong: it does not fit at the smallest size.

    """
    characters = clean(text)
    if not characters:
        return None
    # Twice a text and thirty thousand texts a run: `map` takes half the time of a loop here.
    glyphs = list(map(style.typeface.__getitem__, characters))
    ems = sum(map(ADVANCE, glyphs)) + style.tracking * (len(glyphs) - 1)
    size = _fitting_size(ems, style, place)
    if size < style.min_size:
        raise TextTooLong(text=text)
    left = place.left + (place.width - ems * size) * BEFORE[style.align]
    return Line(characters, glyphs, size, style.tracking * size, left, place.bottom + place.height / 2 - MIDDLE * size)


def _fitting_size(ems: float, style: TextField, place: Place) -> float:
    if ems * style.size <= place.width:
        return style.size
    # Rounded down to what is written into the file, so that the text never ends beyond its place.
    return int(place.width / ems * 100) / 100


def qr_operators(path: QrPath, place: Place) -> bytes:
    """Return the PDF operators that draw a QR code as large as fits into the middle of `place`, quiet zone included."""
    module = min(place.width, place.height) / (path.side + 2 * QUIET)
    left = place.left + (place.width - path.side * module) / 2
    bottom = place.bottom + (place.height - path.side * module) / 2
    return b"q %.4f 0 0 %.4f %.3f %.3f cm\n%bf Q\n" % (module, module, left, bottom, path.operators)
