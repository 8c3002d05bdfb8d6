"""How cards come onto sheets: one by one or many on a sheet, with or without marks, in which colours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class ColourSpace(StrEnum):
    """In which colours a file is written."""

    RGB = "rgb"
    """As screens show it; digital presses and most print houses take it."""
    CMYK = "cmyk"
    """As offset presses print it: artwork converted once, what differs from card to card in black alone."""


@dataclass(frozen=True, slots=True)
class Imposition:
    """Cards in a grid on a sheet, lengths in millimetres. `gutter_mm` lies between the cut edges of two cards."""

    columns: int
    rows: int
    sheet_width_mm: float
    sheet_height_mm: float
    gutter_mm: float = 6.0

    @property
    def cards(self) -> int:
        """How many cards a sheet holds."""
        return self.columns * self.rows


@dataclass(frozen=True, slots=True)
class Output:
    """What a print house asked for. Without an imposition each side of a card is a page of its own."""

    imposition: Imposition | None = None
    has_marks: bool = False
    colour: ColourSpace = ColourSpace.RGB
    is_pdf_x: bool = False
    """Labelled PDF/X-4, with an output intent."""


ONE_UP: Final = Output()
"""One page a side, as a screen shows it."""
A4_TEN_UP: Final = Imposition(2, 5, 210, 297)
"""Business-card sized cards, ten on A4."""
SRA3_TWENTY_FOUR_UP: Final = Imposition(3, 8, 320, 450)
"""The same, twenty-four on SRA3, upright."""
