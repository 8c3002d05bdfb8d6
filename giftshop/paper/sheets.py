"""Where cards, cut marks and the sheet's number stand on a sheet, front and back in register. Geometry only.

Lengths are in points from the bottom left of the sheet, unless a name ends in `_mm`. The grid stands in the middle, so
that its cut lines are the same on both sides. A sheet is turned over about its long edge: upright, columns change
places on the back; lying, rows do, and the cards stand on their heads there, so that front and back of each are read
the same way up.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from giftshop.paper.card_design import BLEED_MM, CardDesign
from giftshop.paper.output import ONE_UP, STRIP_MM, Imposition, Output, refuse_unfit, slots_of

POINTS_PER_MM: Final = 72 / 25.4
BLEED: Final = BLEED_MM * POINTS_PER_MM
SAFE_MM: Final = 3.0
"""How far inside the cut everything that must not be cut off stays."""
SLUG_MM: Final = 6.0
"""Paper beyond the bleed of a single card with cut marks."""
MARK: Final = 5 * POINTS_PER_MM
"""The longest cut mark; it begins at the edge of the bleed."""
SHORTEST_MARK: Final = 0.95 * POINTS_PER_MM
"""Below this a mark in a gutter tells nobody anything and is left out."""
NUMBER_HEIGHT: Final = 8 * POINTS_PER_MM
"""The most of a margin that the line with the sheet's number takes."""


class Edges(NamedTuple):
    """A rectangle by its edges."""

    left: float
    bottom: float
    right: float
    top: float

    def wider(self, by: float) -> Edges:
        """Return the rectangle with `by` more on each side."""
        return Edges(self.left - by, self.bottom - by, self.right + by, self.top + by)


class Slot(NamedTuple):
    """One card's place: its cut edges, how far its artwork may reach, and whether it stands on its head."""

    cut: Edges
    reach: Edges
    is_turned: bool

    def placing(self) -> bytes:
        """Return the matrix that puts a card here whose artwork begins with its bleed at the origin; none at home."""
        if self.is_turned:
            return b"-1 0 0 -1 %.3f %.3f cm\n" % (self.cut.right + BLEED, self.cut.top + BLEED)
        if self.cut.left == self.cut.bottom == BLEED:
            return b""
        return b"1 0 0 1 %.3f %.3f cm\n" % (self.cut.left - BLEED, self.cut.bottom - BLEED)

    def clipping(self) -> bytes:
        """Return the operators that keep a card's bleed off its neighbours; none where the gutter has room for it."""
        left, bottom, right, top = self.reach
        if self.reach == self.cut.wider(BLEED):
            return b""
        return b"%.3f %.3f %.3f %.3f re W n\n" % (left, bottom, right - left, top - bottom)


class Margin(NamedTuple):
    """The room for the number of a sheet: `matrix` puts a line of `width` and `height` there."""

    matrix: bytes
    width: float
    height: float


class Mark(NamedTuple):
    """A cut mark, from one point to another; `is_on_art` where cards bleed into its gutter."""

    x: float
    y: float
    end_x: float
    end_y: float
    is_on_art: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet (or, one-up, a page): its size, what of it is used, and the place of each card on either side.

    `trim` are the outermost cut lines, `margin` is None where no number is printed.
    """

    width: float
    height: float
    trim: Edges
    fronts: Sequence[Slot]
    backs: Sequence[Slot]
    marks: Sequence[Mark]
    margin: Margin | None

    @property
    def bleed(self) -> Edges:
        """How far artwork reaches."""
        return self.trim.wider(BLEED)

    def slots(self, side: int) -> Sequence[Slot]:
        """Return the places of the cards on a side, 0 being the front; a card has the same index on both."""
        return self.backs if side else self.fronts

    def boxes(self) -> bytes:
        """Return the page boxes as a page dictionary has them."""
        return b"/MediaBox[0 0 %.3f %.3f]/BleedBox[%b]/TrimBox[%b]" % (
            self.width,
            self.height,
            b" ".join(b"%.3f" % max(edge, 0) for edge in self.bleed),
            b" ".join(b"%.3f" % edge for edge in self.trim),
        )


def sheet_of(design: CardDesign, output: Output) -> Sheet:
    """Return the sheet that `output` prints cards of `design` on.

    Raises:
        GridNumberWrong, GridTooLarge: as in `refuse_unfit`.

    """
    if output.imposition is None:
        return _one_up(design, has_marks=output.has_marks)
    refuse_unfit(output.imposition, design)
    return _imposed(design, output.imposition, has_marks=output.has_marks)


def _one_up(design: CardDesign, *, has_marks: bool) -> Sheet:
    around = BLEED + (SLUG_MM * POINTS_PER_MM if has_marks else 0)
    width, height = design.width_mm * POINTS_PER_MM, design.height_mm * POINTS_PER_MM
    cut = Edges(around, around, around + width, around + height)
    slots = [Slot(cut, cut.wider(BLEED), is_turned=False)]
    marks = list(_outer_marks([cut.left, cut.right], [cut.bottom, cut.top], MARK, MARK)) if has_marks else []
    return Sheet(width + 2 * around, height + 2 * around, cut, slots, slots, marks, margin=None)


def _imposed(design: CardDesign, grid: Imposition, *, has_marks: bool) -> Sheet:
    width, height = grid.sheet_width_mm * POINTS_PER_MM, grid.sheet_height_mm * POINTS_PER_MM
    columns = _cells(grid.columns, design.width_mm, grid.gutter_mm, grid.sheet_width_mm)
    rows = _cells(grid.rows, design.height_mm, grid.gutter_mm, grid.sheet_height_mm)[::-1]
    is_lying = width > height
    trim = Edges(columns[0][0], rows[-1][0], columns[-1][1], rows[0][1])
    across = columns if is_lying else columns[::-1]
    down = rows[::-1] if is_lying else rows
    gutter = grid.gutter_mm * POINTS_PER_MM
    return Sheet(
        width,
        height,
        trim,
        [_slot(columns[column], rows[row], trim, gutter) for row, column in slots_of(grid)],
        [_slot(across[column], down[row], trim, gutter, is_turned=is_lying) for row, column in slots_of(grid)],
        list(_marks(trim, columns, rows)) if has_marks else [],
        _margin(trim, columns[0], rows[-1]),
    )


def _cells(count: int, length_mm: float, gutter_mm: float, side_mm: float) -> list[tuple[float, float]]:
    """Return the two cut lines of each of `count` cards along one side of a sheet, in its middle."""
    used = count * length_mm + (count - 1) * gutter_mm
    starts = [(side_mm - used) / 2 + place * (length_mm + gutter_mm) for place in range(count)]
    return [(start * POINTS_PER_MM, (start + length_mm) * POINTS_PER_MM) for start in starts]


def _slot(
    across: tuple[float, float], up: tuple[float, float], trim: Edges, gutter: float, *, is_turned: bool = False
) -> Slot:
    cut = Edges(across[0], up[0], across[1], up[1])
    between = min(BLEED, gutter / 2)
    whole, near = cut.wider(BLEED), cut.wider(between)
    at_edge = (edge == outermost for edge, outermost in zip(cut, trim, strict=True))
    return Slot(cut, Edges(*(w if at else n for w, n, at in zip(whole, near, at_edge, strict=True))), is_turned)


def _marks(trim: Edges, columns: Sequence[tuple[float, float]], rows: Sequence[tuple[float, float]]) -> Iterator[Mark]:
    xs = sorted({round(x, 3) for column in columns for x in column})
    ys = sorted({round(y, 3) for row in rows for y in row})
    # The grid stands in the middle: what is left of it is as wide as what is right of it.
    yield from _outer_marks(xs, ys, min(MARK, trim.left - BLEED), min(MARK, trim.bottom - BLEED))
    for start, end in _gutters(rows):
        yield from (Mark(x, start, x, end, is_on_art=True) for x in xs)
    for start, end in _gutters(columns):
        yield from (Mark(start, y, end, y, is_on_art=True) for y in ys)


def _outer_marks(xs: Sequence[float], ys: Sequence[float], across: float, up: float) -> Iterator[Mark]:
    """Yield the marks around the grid: as long as `across` at its sides, as `up` above and below."""
    for y in ys:
        yield Mark(xs[0] - BLEED - across, y, xs[0] - BLEED, y)
        yield Mark(xs[-1] + BLEED, y, xs[-1] + BLEED + across, y)
    for x in xs:
        yield Mark(x, ys[0] - BLEED - up, x, ys[0] - BLEED)
        yield Mark(x, ys[-1] + BLEED, x, ys[-1] + BLEED + up)


def _gutters(cells: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Yield from where to where a mark stands in each gutter: clear of the cards, so that no knife leaves any of it."""
    ordered = sorted(cells)
    for (_, before), (after, _) in itertools.pairwise(ordered):
        clear = min(BLEED, (after - before) / 3)
        if after - before - 2 * clear >= SHORTEST_MARK:
            yield before + clear, after - clear


def _margin(trim: Edges, column: tuple[float, float], row: tuple[float, float]) -> Margin:
    """Return where the sheet's number stands: beyond the bleed of the card at the bottom left, between its marks."""
    beside, below = trim.left - BLEED, trim.bottom - BLEED
    keep = STRIP_MM * POINTS_PER_MM / 2
    if beside > below:
        height = min(beside, NUMBER_HEIGHT)
        return Margin(b"0 1 -1 0 %.3f %.3f cm\n" % (beside, row[0] + keep), row[1] - row[0] - 2 * keep, height)
    height = min(below, NUMBER_HEIGHT)
    matrix = b"1 0 0 1 %.3f %.3f cm\n" % (column[0] + keep, below - height)
    return Margin(matrix, column[1] - column[0] - 2 * keep, height)


class Area(NamedTuple):
    """A rectangle on a page in millimetres from its top left, as a screen lays it over the picture of a page."""

    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float


class ProofAreas(NamedTuple):
    """The page of a proof and, on it, its (first) card: how far its artwork reaches, its cut, and what is safe.

    Everything that must be read stands in `safe`, 3 mm inside the cut.
    """

    page: Area
    bleed: Area
    trim: Area
    safe: Area


def proof_areas(design: CardDesign, *, output: Output = ONE_UP) -> ProofAreas:
    """Return where on the pages of a proof of `design` its card is cut, and what of it is safe from the knife.

    Raises:
        GridNumberWrong, GridTooLarge: as in `refuse_unfit`.

    """
    sheet = sheet_of(design, output)
    slot = sheet.fronts[0]
    safe = slot.cut.wider(-SAFE_MM * POINTS_PER_MM)
    page = Edges(0, 0, sheet.width, sheet.height)
    return ProofAreas(*(_area(edges, sheet.height) for edges in (page, slot.reach, slot.cut, safe)))


def _area(edges: Edges, page_height: float) -> Area:
    lengths = (edges.left, page_height - edges.top, edges.right - edges.left, edges.top - edges.bottom)
    return Area(*(round(length / POINTS_PER_MM, 3) for length in lengths))
