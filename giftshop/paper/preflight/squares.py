"""From rectangles on a page back to the modules of a QR code, however they were drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from giftshop.paper.preflight.content import Fill, Ink, Matrix
from giftshop.paper.preflight.lexing import Numbers
from giftshop.paper.preflight.pages import Box

Modules = npt.NDArray[np.bool_]
"""Rows from the top, dark ones true."""

FEWEST_RECTANGLES: Final = 40
"""The smallest QR code has more than this, and nothing else on a card fills so many at once."""
SIDES: Final = frozenset(range(21, 178, 4))
OFF_GRID: Final = 0.05
"""How far an edge may lie off its place, in modules: rounding of the numbers in the file, with room."""
NOT_SQUARE: Final = 1.25
"""Beyond this, height by width, something is no QR code gone wrong, but something else."""

_FINDER: Final = np.array([[max(abs(x), abs(y)) != 2 for x in range(-3, 4)] for y in range(-3, 4)])


@dataclass(frozen=True, slots=True)
class Square:
    """What is drawn as a QR code: its modules (None where they are no regular square), its place in points, its ink."""

    modules: Modules | None
    box: Box
    ink: Ink


def square_of(fill: Fill) -> Square | None:
    """Return what `fill` draws if it is meant as a QR code, upright as a reader sees it; else None."""
    rows = np.concatenate([rectangles.rows for rectangles in fill.rectangles])
    if len(rows) < FEWEST_RECTANGLES:
        return None
    lows, highs = _on_page(rows, fill.matrix)
    left, bottom = lows.min(axis=0).tolist()
    right, top = highs.max(axis=0).tolist()
    width, height = right - left, top - bottom
    if not 1 / NOT_SQUARE < height / max(width, 1e-6) < NOT_SQUARE:
        return None
    is_upright = not (fill.matrix.b or fill.matrix.c) or not (fill.matrix.a or fill.matrix.d)
    modules = _modules(lows - (left, bottom), highs - (left, bottom), width, height) if is_upright else None
    return Square(None if modules is None else _turned(modules), (left, bottom, right, top), fill.ink)


def _on_page(rows: Numbers, matrix: Matrix) -> tuple[Numbers, Numbers]:
    """Return the lower left and the upper right corner of each rectangle on the page."""
    linear = np.array([[matrix.a, matrix.b], [matrix.c, matrix.d]])
    one = rows[:, :2] @ linear + (matrix.e, matrix.f)
    other = one + rows[:, 2:] @ linear
    return np.minimum(one, other), np.maximum(one, other)


def _modules(lows: Numbers, highs: Numbers, width: float, height: float) -> Modules | None:
    thinnest = float((highs - lows).min())
    side = round(width / thinnest) if thinnest > 0 else 0
    if side not in SIDES:
        return None
    edges = np.hstack([lows, highs]) * (side / width)
    places = edges.round().astype(np.int64)
    if abs(height - width) * side / width > OFF_GRID or abs(edges - places).max() > OFF_GRID:
        return None
    # Each rectangle adds one where it begins and takes one away where it ends; the running sum counts the ink.
    ink = np.zeros((side + 1, side + 1), np.int64)
    x, y, ends_x, ends_y = places.T
    for rows, columns, amount in ((y, x, 1), (y, ends_x, -1), (ends_y, x, -1), (ends_y, ends_x, 1)):
        np.add.at(ink, (rows, columns), amount)
    layers = ink.cumsum(axis=0).cumsum(axis=1)[:side, :side]
    return None if layers.max() > 1 else layers[::-1] > 0


def _turned(modules: Modules) -> Modules:
    """Turn a code that lies on its side or its head until its three finders are where a reader expects them."""
    for quarter in range(4):
        turned = np.rot90(modules, quarter)
        corners = turned[:7, :7], turned[:7, -7:], turned[-7:, :7]
        if all(np.array_equal(corner, _FINDER) for corner in corners):
            return turned
    return modules
