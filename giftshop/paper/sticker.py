"""Stickers (不干胶贴): round or rectangular, in colour, with the cut as a spot colour that cutters know by its name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from math import pi
from typing import Any, Final

import pikepdf

from giftshop.paper.card_design import Lettering
from giftshop.paper.colour import Palette
from giftshop.paper.copyfitting import POINTS_PER_MM, Room, fitted
from giftshop.paper.errors import TextTooLong
from giftshop.paper.fonts import SANS_BOLD, SERIF, Typeface, clean
from giftshop.paper.goods_sheet import Frame, GoodsArt, GoodsFile, boxes, sheet, words_in
from giftshop.paper.trimming import add_colour, saved

CUT: Final = "CutContour"
CUT_SHOWN_AS: Final = (0.0, 1.0, 0.0, 0.0)
BLEED_MM: Final = 2.0
ROUND_MM: Final = 50.0
"""Across, where a job names no size."""
CORNER_MM: Final = 3.0
BEND: Final = 0.5523
"""How far the handles of a curve reach that is a quarter of a circle."""
SLACK_DEGREES: Final = 200.0
"""Of the ring that a name may take."""


class Shape(StrEnum):
    """How a sticker is cut."""

    ROUND = "round"
    """A circle, as wide as the shorter side."""
    RECTANGLE = "rectangle"
    """As the job says, with rounded corners."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A character on a ring: itself, and by how many degrees it is turned from the top."""

    character: str
    angle: float


def shape_of(art: GoodsArt) -> Shape:
    """Return how a job's sticker is cut: one as high as it is wide is round."""
    return Shape.ROUND if art.width_mm == art.height_mm else Shape.RECTANGLE


def sticker(art: GoodsArt, shape: Shape | None = None) -> GoodsFile:
    """Return the sticker of a job as a PDF in colour, its cut as a line in the spot colour CutContour.

    Raises TextTooLong, GlyphMissing for words that cannot be printed.
    """
    if not art.width_mm or not art.height_mm:
        art = replace(art, width_mm=ROUND_MM, height_mm=ROUND_MM)
    shape = shape or shape_of(art)
    if shape is Shape.ROUND:
        across = min(art.width_mm, art.height_mm)
        art = replace(art, width_mm=across, height_mm=across)
    frame = Frame.around(art.width_mm, art.height_mm)
    ring = _ring(art, frame) if shape is Shape.ROUND else {}
    width, height = _place_of_mark(art, shape, has_ring=bool(ring.get("letters")))
    document = sheet(
        art,
        "sticker.html",
        frame,
        palette=Palette.of(art.accent),
        shape=shape.value,
        mark={"width": width, "height": height},
        copy=None if art.logo else words_in(art, width, height),
        warnings=(),
        **{"letters": (), "size": 0.0, "radius": 0.0, **ring},
    )
    _cut(document, frame, shape)
    boxes(document, frame, BLEED_MM)
    return GoodsFile(saved(document), ())


def _place_of_mark(art: GoodsArt, shape: Shape, *, has_ring: bool) -> tuple[float, float]:
    """Return how wide and high the logo may be, in the middle."""
    if shape is Shape.ROUND:
        side = art.width_mm * (0.44 if has_ring else 0.5)
        return side, side
    edge = min(art.width_mm, art.height_mm) * 0.16
    return art.width_mm - 2 * edge, art.height_mm - 2 * edge


def _ring(art: GoodsArt, frame: Frame) -> dict[str, Any]:
    """Return the firm's name along the upper half of a round sticker, or nothing if it is too long for it."""
    face = SANS_BOLD if art.lettering is Lettering.SANS else SERIF
    band = art.width_mm * 0.135
    radius = art.width_mm / 2 - art.width_mm * 0.035 - band / 2
    length = 2 * pi * radius * SLACK_DEGREES / 360
    full = band * POINTS_PER_MM * 0.62
    sizes = [full * step for step in (1.0, 0.9, 0.8, 0.7, 0.62)]
    tracking = 0.12 if art.locale.startswith("zh") else 0.04
    try:
        copy = fitted(clean(art.firm), Room(face, length, sizes[0] * 1.3 / POINTS_PER_MM, sizes, 1.3, tracking))
    except TextTooLong:
        return {"radius": radius}
    letters = _bent(copy.lines[0], face, copy.size, tracking, radius)
    return {"letters": letters, "size": copy.size / POINTS_PER_MM, "radius": radius}


def _bent(text: str, face: Typeface, size: float, tracking: float, radius: float) -> tuple[Letter, ...]:
    """Return each character with the angle of its middle, the whole standing evenly about the top."""
    advances = [(face[character].advance + tracking) * size / POINTS_PER_MM for character in text]
    before, letters = -(sum(advances) - tracking * size / POINTS_PER_MM) / 2, []
    for character, advance in zip(text, advances, strict=True):
        middle = before + (advance - tracking * size / POINTS_PER_MM) / 2
        letters.append(Letter(character, round(middle / radius * 180 / pi, 3)))
        before += advance
    return tuple(letters)


def _cut(document: pikepdf.Pdf, frame: Frame, shape: Shape) -> None:
    """Draw the line that is cut, over all the rest and without making a hole in it."""
    page = document.pages[0]
    add_colour(document, page, CUT, CUT, CUT_SHOWN_AS)
    resources: Any = page.resources
    if "/ExtGState" not in resources:
        resources["/ExtGState"] = pikepdf.Dictionary()
    resources["/ExtGState"]["/Over"] = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, OP=True, op=True, OPM=1)
    radius = frame.art_width / 2 if shape is Shape.ROUND else CORNER_MM * POINTS_PER_MM
    page.contents_add(b"q /Over gs /%b CS 1 SCN 0.25 w\n%bQ\n" % (CUT.encode(), _outline(frame.trim, radius)))


def _outline(trim: list[float], radius: float) -> bytes:
    """Return the operators of a rectangle with round corners; with a large enough radius it is a circle."""
    left, bottom, right, top = trim
    radius = min(radius, (right - left) / 2, (top - bottom) / 2)
    free = radius * (1 - BEND)
    curve = b"%.3f %.3f %.3f %.3f %.3f %.3f c\n"
    return b"".join(
        (
            b"%.3f %.3f m %.3f %.3f l\n" % (left + radius, bottom, right - radius, bottom),
            curve % (right - free, bottom, right, bottom + free, right, bottom + radius),
            b"%.3f %.3f l\n" % (right, top - radius),
            curve % (right, top - free, right - free, top, right - radius, top),
            b"%.3f %.3f l\n" % (left + radius, top),
            curve % (left + free, top, left, top - free, left, top - radius),
            b"%.3f %.3f l\n" % (left, bottom + radius),
            curve % (left, bottom + free, left + free, bottom, left + radius, bottom),
            b"h S\n",
        )
    )
