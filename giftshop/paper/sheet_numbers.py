"""The line in the margin of an imposed sheet: whose run it is, which sheet of how many, and which side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from giftshop.paper.card_art import Place
from giftshop.paper.card_design import TextField
from giftshop.paper.errors import TextTooLong
from giftshop.paper.fonts import SANS, FontFile
from giftshop.paper.sheets import Sheet
from giftshop.paper.typesetting import Line, UsedCharacters, set_line
from giftshop.paper.words import translator

STYLE: Final = TextField("sheet", SANS, size=6.5, min_size=4)


class SheetNumbers:
    """Sets that line for each of `sheets`, printed on so many `sides`, in the language of the cards.

    A `label` that has no room beside the number is left out, and so are characters of it that no font has: a run does
    not stop for what is cut off.
    """

    def __init__(self, sheet: Sheet, locale: str, label: str, *, sheets: int, sides: int) -> None:
        self._margin, self._total, self._sides = sheet.margin, sheets, sides
        missing = SANS.missing(label)
        self._label = "".join(character for character in label if character not in missing)
        self._pgettext = translator(locale)

    @property
    def are_printed(self) -> bool:
        """False one-up, where a page is a card."""
        return self._margin is not None

    def note(self, used: UsedCharacters) -> None:
        """Note the characters that these lines take."""
        if self.are_printed:
            for side in range(self._sides):
                used.add(f"{self._words(self._total, side)}{self._label} ·0123456789", STYLE.typeface)

    def operators(self, number: int, side: int, names: Mapping[FontFile, bytes]) -> bytes:
        """Return the PDF operators of the line on one side of sheet `number`, given the names of the fonts."""
        line = self._line(number, side)
        return (
            b""
            if line is None or self._margin is None
            else b"q\n%b%bQ\n" % (self._margin.matrix, line.operators(names))
        )

    def _line(self, number: int, side: int) -> Line | None:
        if self._margin is None:
            return None
        words = self._words(number, side)
        place = Place(0, 0, 0, self._margin.width, self._margin.height)
        for text in (f"{words} · {self._label}" if self._label else words, words):
            try:
                return set_line(text, STYLE, place)
            except TextTooLong:
                continue
        return None

    def _words(self, number: int, side: int) -> str:
        pgettext = self._pgettext
        if self._sides == 1:
            words = pgettext("sheet", "sheet %(number)s/%(total)s")
        elif side == 0:
            words = pgettext("sheet", "sheet %(number)s/%(total)s front")
        else:
            words = pgettext("sheet", "sheet %(number)s/%(total)s back")
        return words % {"number": number, "total": self._total}
