"""Where pages are cut, and where the cards lie on them: on one page each, or in a grid on sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, zip_longest
from typing import Final

from giftshop.paper.card_design import BLEED_MM, CardDesign
from giftshop.paper.output import Output
from giftshop.paper.preflight.content import Matrix
from giftshop.paper.preflight.pages import Box, Page
from giftshop.paper.preflight.report import Check, Findings, Subject, Why
from giftshop.paper.preflight.resources import Form, Layer
from giftshop.paper.preflight.squares import Square

POINTS_PER_MM: Final = 72 / 25.4
OFF: Final = 0.05 * POINTS_PER_MM
"""What no knife can tell: a twentieth of a millimetre."""


class Boxes:
    """The boxes of each page against the design and what the print house asked for."""

    def __init__(self, design: CardDesign, output: Output) -> None:
        self._card = (design.width_mm, design.height_mm)
        self._output = output
        self._findings = Findings(Subject.BOXES)

    def see(self, page: Page) -> None:
        """Check one page."""
        self._findings.figures["pages"] = page.number
        if page.is_turned:
            self._findings.fault(Why.TURNED, page=page.number)
        sheet, cut, bleed = (page.boxes.get(name) for name in ("MediaBox", "TrimBox", "BleedBox"))
        if sheet is None or cut is None:
            missing = Why.CUT if cut is None else Why.SHEET
            self._findings.fault(missing, page=page.number, found="–", wanted=in_mm(self._wanted_cut()))
            return
        bleed = bleed or sheet
        shown = page.boxes.get("CropBox", sheet)
        self._check_sizes(page.number, sheet, cut)
        is_bled = self._is_bled(cut, bleed, sheet)
        if not (is_bled and is_within(cut, bleed) and is_within(bleed, sheet) and is_within(bleed, shown)):
            self._findings.fault(Why.BLEED, page=page.number)

    def check(self) -> Check:
        """Return how it ended."""
        return self._findings.check()

    def _wanted_cut(self) -> tuple[float, float]:
        grid = self._output.imposition
        return (grid.sheet_width_mm, grid.sheet_height_mm) if grid else self._card

    def _check_sizes(self, number: int, sheet: Box, cut: Box) -> None:
        found, why = (sheet, Why.SHEET) if self._output.imposition else (cut, Why.CUT)
        wanted = self._wanted_cut()
        if not is_of_size(found, wanted):
            self._findings.fault(why, page=number, found=in_mm(size_mm(found)), wanted=in_mm(wanted))

    def _is_bled(self, cut: Box, bleed: Box, sheet: Box) -> bool:
        """On a sheet the cards are cut where their marks say; else the artwork reaches 3 mm beyond the cut."""
        if self._output.imposition:
            return True
        reach = BLEED_MM * POINTS_PER_MM
        wanted = (cut[0] - reach, cut[1] - reach, cut[2] + reach, cut[3] + reach)
        return is_same(bleed, wanted) and (self._output.has_marks or is_same(sheet, bleed))


class Places:
    """Where the artwork of each card lies; its QR code must lie on it, and a back behind a front."""

    def __init__(self, design: CardDesign, output: Output, cards: int) -> None:
        self._design, self._output, self._cards = design, output, cards
        self._grid = output.imposition
        self._findings = Findings(Subject.PLACES)
        self._fronts: Sequence[Box] = ()
        self._turns = {False, True}
        """How the sheets may be turned over, as far as the pages seen allow: over the long edge, over the short one."""
        self.placed = 0
        """Sides of cards so far."""

    def see(self, page: Page, layer: Layer, squares: Sequence[Square]) -> None:
        """Check one page."""
        cards = list(cards_on(layer, self._design))
        self.placed += len(cards)
        sheet = page.boxes.get("MediaBox", (0.0, 0.0, 0.0, 0.0))
        self._count(page.number, len(cards))
        self._check_apart(page, sheet, cards)
        self._check_codes(page.number, cards, squares)
        side = (page.number - 1) % self._design.sides
        if side == 0:
            self._fronts = cards
        elif self._grid:
            self._turns = {turn for turn in self._turns if _behind(self._fronts, cards, sheet, is_short_edge=turn)}
            if not self._turns:
                self._findings.fault(Why.REGISTER, page=page.number)
                self._turns = {False, True}

    def check(self) -> Check:
        """Return how it ended."""
        self._findings.figures["sides"] = self.placed
        return self._findings.check()

    def _count(self, number: int, found: int) -> None:
        sheets_before = (number - 1) // self._design.sides
        per_sheet = self._grid.cards if self._grid else 1
        wanted = max(0, min(per_sheet, self._cards - sheets_before * per_sheet))
        if found != wanted:
            self._findings.fault(Why.ARTWORK, page=number, found=found, wanted=wanted)

    def _check_apart(self, page: Page, sheet: Box, cards: Sequence[Box]) -> None:
        gutter = (self._grid.gutter_mm if self._grid else 0.0) * POINTS_PER_MM
        is_apart = all(_gap(one, other) > gutter - OFF for one, other in combinations(cards, 2))
        is_in_place = self._grid or all(is_same(card, page.boxes.get("TrimBox", sheet)) for card in cards)
        if not (is_apart and is_in_place and all(is_within(card, sheet) for card in cards)):
            self._findings.fault(Why.OVERLAP, page=page.number)

    def _check_codes(self, number: int, cards: Sequence[Box], squares: Sequence[Square]) -> None:
        """Where a page has QR codes at all, each card has one, and within its cut."""
        if squares and any(
            card is None or square is None or not is_within(square.box, card)
            for card, square in zip_longest(*_paired(cards, squares))
        ):
            self._findings.fault(Why.CODE_ASTRAY, page=number)


def cards_on(layer: Layer, design: CardDesign) -> Iterator[Box]:
    """Yield where each card is cut that is drawn on a page: a form as large as a card with its bleed is one."""
    size = (design.width_mm + 2 * BLEED_MM, design.height_mm + 2 * BLEED_MM)
    reach = BLEED_MM * POINTS_PER_MM
    for placed in layer.drawing.placed:
        form = layer.palette.forms.get(placed.name)
        if form is not None:
            left, bottom, right, top = box_of(form, placed.matrix)
            if is_of_size((left, bottom, right, top), size) or is_of_size((bottom, left, top, right), size):
                yield left + reach, bottom + reach, right - reach, top - reach


def box_of(form: Form, matrix: Matrix) -> Box:
    """Return what a form covers when it is drawn under `matrix`."""
    whole = matrix.after(form.matrix)
    xs, ys = zip(*(_point(whole, x, y) for x in form.box[::2] for y in form.box[1::2]), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def is_within(inner: Box, outer: Box) -> bool:
    """Whether `inner` does not reach beyond `outer`."""
    return (
        inner[0] > outer[0] - OFF
        and inner[1] > outer[1] - OFF
        and inner[2] < outer[2] + OFF
        and inner[3] < outer[3] + OFF
    )


def is_same(one: Box, other: Box) -> bool:
    """Whether two boxes are the same, as far as a knife can tell."""
    return all(abs(edge - wanted) < OFF for edge, wanted in zip(one, other, strict=True))


def size_mm(box: Box) -> tuple[float, float]:
    """Return width and height in millimetres."""
    return (box[2] - box[0]) / POINTS_PER_MM, (box[3] - box[1]) / POINTS_PER_MM


def is_of_size(box: Box, wanted_mm: tuple[float, float]) -> bool:
    """Whether `box` is so many millimetres wide and high."""
    width, height = size_mm(box)
    return max(abs(width - wanted_mm[0]), abs(height - wanted_mm[1])) * POINTS_PER_MM < 2 * OFF


def in_mm(size: tuple[float, float]) -> str:
    """Return a size as it is written: 85.6 × 54."""
    return " × ".join(f"{round(length, 1):g}" for length in size)


def _point(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    return matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f


def _gap(one: Box, other: Box) -> float:
    """Return how far two boxes lie apart along the axis on which they are furthest apart; negative if they overlap."""
    return max(other[0] - one[2], one[0] - other[2], other[1] - one[3], one[1] - other[3])


def _paired(cards: Sequence[Box], squares: Sequence[Square]) -> tuple[list[Box], list[Square]]:
    """Bring cards and codes into one order of reading, so that the two lists pair wherever all is well."""

    def place(box: Box) -> tuple[int, int]:
        return min(
            ((at, 0) for at, card in enumerate(cards) if is_within(box, card)),
            default=(len(cards), 0),
        )

    return list(cards), sorted(squares, key=lambda square: place(square.box))


def _behind(fronts: Sequence[Box], backs: Sequence[Box], sheet: Box, *, is_short_edge: bool) -> bool:
    """Whether each back lies behind a front when the sheet is turned over."""
    across, up = sheet[0] + sheet[2], sheet[1] + sheet[3]
    turned = [
        (left, up - top, right, up - bottom) if is_short_edge else (across - right, bottom, across - left, top)
        for left, bottom, right, top in backs
    ]
    return len(fronts) == len(backs) and all(any(is_same(back, front) for front in fronts) for back in turned)
