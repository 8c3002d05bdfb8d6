"""How a print house wants the cards of a batch: as pages or as data, on which sheet, in which colours. Pure.

A house has one such wish, and each run keeps the one it was printed by, as plain values in a column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

from giftshop.paper import A4_TEN_UP, SRA3_TWENTY_FOUR_UP, ColourSpace, Imposition, Output

MOST_COLUMNS: Final = 20
MOST_ROWS: Final = 40
SMALLEST_SHEET_MM: Final = 50.0
LARGEST_SHEET_MM: Final = 1_200.0
"""More than the widest sheet of an offset press in common use (VLF, 1,210 x 1,620 mm, is not)."""
WIDEST_GUTTER_MM: Final = 50.0


class Medium(StrEnum):
    """What the print house is given."""

    PDF = "pdf"
    """Finished pages."""
    DATA = "data"
    """A table of what differs from card to card, encrypted to the house's key: it sets the type itself."""


class Sheet(StrEnum):
    """How cards lie on their pages."""

    ONE_UP = "one_up"
    """Each side of a card is a page of its own."""
    A4 = "a4"
    """Ten on A4."""
    SRA3 = "sra3"
    """Twenty-four on SRA3."""
    OWN = "own"
    """A grid of the house's own."""


STANDARD: Final[Mapping[Sheet, Imposition]] = {Sheet.A4: A4_TEN_UP, Sheet.SRA3: SRA3_TWENTY_FOUR_UP}
"""The grids that have a name."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid of the house's own, lengths in millimetres; the gutter lies between the cut edges of two cards."""

    columns: int = 2
    rows: int = 2
    width_mm: float = 320.0
    height_mm: float = 450.0
    gutter_mm: float = 6.0

    @property
    def is_sensible(self) -> bool:
        """Whether there are such sheets at all, whatever is printed on them."""
        return (
            1 <= self.columns <= MOST_COLUMNS
            and 1 <= self.rows <= MOST_ROWS
            and SMALLEST_SHEET_MM <= self.width_mm <= LARGEST_SHEET_MM
            and SMALLEST_SHEET_MM <= self.height_mm <= LARGEST_SHEET_MM
            and 0 <= self.gutter_mm <= WIDEST_GUTTER_MM
        )


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a print house asked for. Sheet, marks, colours and PDF/X say nothing about a data file."""

    medium: Medium = Medium.PDF
    sheet: Sheet = Sheet.ONE_UP
    grid: Grid | None = None
    """Of `Sheet.OWN`, and of no other."""
    has_marks: bool = False
    colour: ColourSpace = ColourSpace.RGB
    is_pdf_x: bool = False

    @property
    def imposition(self) -> Imposition | None:
        """How cards lie on a sheet; None when each side is a page."""
        if self.medium is Medium.DATA or self.sheet is Sheet.ONE_UP:
            return None
        if self.grid is None:
            return STANDARD[self.sheet]
        grid = self.grid
        return Imposition(grid.columns, grid.rows, grid.width_mm, grid.height_mm, grid.gutter_mm)

    @property
    def output(self) -> Output:
        """What the press is told."""
        return Output(self.imposition, has_marks=self.has_marks, colour=self.colour, is_pdf_x=self.is_pdf_x)

    def sheets_for(self, cards: int) -> int:
        """Return how many sheets of paper so many cards take; one-up, each card is one."""
        on_each = self.imposition.cards if self.imposition else 1
        return -(-cards // on_each)

    def kept(self) -> dict[str, Any]:
        """Return it as a column keeps it."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None) -> Delivery:
        """Return what a column keeps; a run from before there was a choice was printed one-up."""
        if not kept:
            return cls()
        grid = kept["grid"]
        return cls(
            medium=Medium(kept["medium"]),
            sheet=Sheet(kept["sheet"]),
            grid=Grid(**grid) if grid else None,
            has_marks=bool(kept["has_marks"]),
            colour=ColourSpace(kept["colour"]),
            is_pdf_x=bool(kept["is_pdf_x"]),
        )


AS_PAGES: Final = Delivery()
"""One side a page, as a screen shows it."""
