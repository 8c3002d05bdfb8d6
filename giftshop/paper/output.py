"""How cards come onto sheets: one by one or many on a sheet, with or without marks, in which colours. Pure rules."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Final

from giftshop.paper.card_design import BLEED_MM, CardDesign
from giftshop.paper.errors import GridNumberWrong, GridTooLarge

STRIP_MM: Final = 2.5
"""Paper that must be left beyond the bleed on every side of a sheet: where cut marks and the sheet's number stand."""
GRIDS: Final = range(1, 101)
"""Columns or rows a sheet may have."""
SHEET_SIDES_MM: Final = (50.0, 1200.0)
"""Shortest and longest side of a sheet: the largest presses take 1,200 mm."""
GUTTERS_MM: Final = (0.0, 50.0)
"""Narrowest and widest gutter: at 0, one cut parts two cards."""
USUAL_GUTTERS_MM: Final = (6.0, 3.0, 2.0, 1.0)
"""Room for the whole bleed of both neighbours, and what is taken where more cards then fit."""


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
A4_TEN_UP: Final = Imposition(2, 5, 210, 297, gutter_mm=3)
"""Business-card sized cards, ten on A4."""
SRA3_TWENTY_FOUR_UP: Final = Imposition(3, 8, 320, 450, gutter_mm=1)
"""The same, twenty-four on SRA3, upright: eight rows leave 18 mm of its height for gutters, bleed and marks."""
NAMED: Final = (A4_TEN_UP, SRA3_TWENTY_FOUR_UP)
"""Grids that print houses know by their name."""
SHEETS: Final = {"A4": (210.0, 297.0), "A3": (297.0, 420.0), "SRA3": (320.0, 450.0)}
"""Sheets that grids are offered for, upright, in millimetres."""


def needed_mm(grid: Imposition, design: CardDesign) -> tuple[float, float]:
    """Return width and height of the smallest sheet that holds `grid`, with gutters, bleed and the strip of marks."""
    around = 2 * (BLEED_MM + STRIP_MM)
    return (
        grid.columns * design.width_mm + (grid.columns - 1) * grid.gutter_mm + around,
        grid.rows * design.height_mm + (grid.rows - 1) * grid.gutter_mm + around,
    )


def refuse_unfit(grid: Imposition, design: CardDesign) -> None:
    """Refuse a grid that cannot be printed.

    Raises:
        GridNumberWrong: a number of it is zero, negative, not a number or beyond any press; `field` names it.
        GridTooLarge: the cards do not fit on the sheet; `field` is columns or rows.

    """
    for field, (least, most) in _bounds().items():
        # Said this way round since nothing is true of what is not a number.
        if not least <= getattr(grid, field) <= most:
            raise GridNumberWrong(field=field, least=f"{least:g}", most=f"{most:g}")
    sheet = (grid.sheet_width_mm, grid.sheet_height_mm)
    for field, needs, has in zip(("columns", "rows"), needed_mm(grid, design), sheet, strict=True):
        if needs > has + 1e-6:
            raise GridTooLarge(field=field, needs=f"{needs:.1f}", has=f"{has:g}")


def _bounds() -> dict[str, tuple[float, float]]:
    counts = (GRIDS[0], GRIDS[-1])
    return {
        "columns": counts,
        "rows": counts,
        "sheet_width_mm": SHEET_SIDES_MM,
        "sheet_height_mm": SHEET_SIDES_MM,
        "gutter_mm": GUTTERS_MM,
    }


def grids_for(design: CardDesign) -> list[Imposition]:
    """Return the grids in which `design` fits the usual sheets, small sheets first.

    For each sheet, as it lies better: the most cards with room for all their bleed; then, with narrower gutters, those
    that hold more still; and the grids that go by a name where they fit.
    """
    offered = [grid for grid in NAMED if _is_fit(grid, design)]
    for width, height in SHEETS.values():
        most = 0
        for gutter in USUAL_GUTTERS_MM:
            best = max(fullest(design, width, height, gutter), fullest(design, height, width, gutter), key=_cards)
            if best.cards > most:
                most = best.cards
                offered.append(best)
    return sorted(dict.fromkeys(offered), key=lambda grid: (grid.sheet_width_mm * grid.sheet_height_mm, grid.cards))


def _is_fit(grid: Imposition, design: CardDesign) -> bool:
    try:
        refuse_unfit(grid, design)
    except (GridNumberWrong, GridTooLarge):
        return False
    return True


def fullest(design: CardDesign, width_mm: float, height_mm: float, gutter_mm: float) -> Imposition:
    """Return the grid of most cards that a sheet holds, with gutters, bleed and marks; of none, where it holds none."""
    around = 2 * (BLEED_MM + STRIP_MM)
    columns, rows = (
        int((side - around + gutter_mm + 1e-6) // (length + gutter_mm))
        for side, length in ((width_mm, design.width_mm), (height_mm, design.height_mm))
    )
    return Imposition(max(columns, 0), max(rows, 0), width_mm, height_mm, gutter_mm)


def _cards(grid: Imposition) -> int:
    return grid.cards


def slots_of(grid: Imposition) -> list[tuple[int, int]]:
    """Return (row, column) of each place of a sheet in the order cards are laid, from the top left."""
    return list(product(range(grid.rows), range(grid.columns)))
