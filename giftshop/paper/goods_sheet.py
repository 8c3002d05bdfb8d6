"""The sheet on which artwork goes to whoever makes a screen, a bag or a sticker: the artwork at its size, marks around
it, and below it what it is for.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pikepdf

from giftshop.kernel.locale import DEFAULT_LOCALE
from giftshop.paper.card_design import COLOUR, LACQUER, Lettering
from giftshop.paper.copyfitting import Copy, Room, fitted
from giftshop.paper.document import lay_out, paint
from giftshop.paper.fonts import SANS_BOLD, SERIF
from giftshop.paper.goods_templates import templates
from giftshop.paper.one_ink import OneInk
from giftshop.paper.trimming import POINTS_PER_MM
from giftshop.paper.words import translator

SIDE_MM: Final = 18.0
"""Beside and above the artwork: room for bleed and marks."""
FOOT_MM: Final = 48.0
"""Below it, for what it is."""
LEAST_WIDTH_MM: Final = 130.0
"""Of a sheet, so that what it is can be read."""
SIZES: Final = tuple(round(400 * 0.92**step, 1) for step in range(60) if 400 * 0.92**step > 5)
"""Points, for words that fill an area as well as they can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsArt:
    """What is put onto goods. `logo` is PNG or SVG; without one, `text` is. Lengths in millimetres.

    `number` names the job, `about` says what it is for in lines, `pieces` of how many. `accent` is the firm's colour
    as #RRGGBB, `locale` the language of whoever reads the sheet.
    """

    number: str
    firm: str
    width_mm: float
    height_mm: float
    logo: bytes | None = None
    text: str = ""
    about: tuple[str, ...] = ()
    pieces: int = 0
    accent: str = LACQUER
    lettering: Lettering = Lettering.SERIF
    locale: str = DEFAULT_LOCALE

    def __post_init__(self) -> None:
        if not COLOUR.fullmatch(self.accent):
            raise ValueError(f"not a colour: {self.accent!r}")


@dataclass(frozen=True, slots=True)
class GoodsFile:
    """A print file, and what whoever orders it should know, as msgids."""

    pdf: bytes
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A sheet of points with the artwork's corner on it."""

    width: float
    height: float
    left: float
    bottom: float
    art_width: float
    art_height: float

    @classmethod
    def around(cls, width_mm: float, height_mm: float) -> Frame:
        """Return the sheet for artwork of this size."""
        sheet_mm = max(width_mm + 2 * SIDE_MM, LEAST_WIDTH_MM)
        lengths = (sheet_mm, height_mm + SIDE_MM + FOOT_MM, (sheet_mm - width_mm) / 2, FOOT_MM, width_mm, height_mm)
        return cls(*(length * POINTS_PER_MM for length in lengths))

    @property
    def trim(self) -> list[float]:
        """The artwork's edges: left, bottom, right, top."""
        return [self.left, self.bottom, self.left + self.art_width, self.bottom + self.art_height]


def mark_page(art: GoodsArt, width_mm: float, height_mm: float) -> bytes:
    """Return the logo, or the words, as large as fits on a page of this size and in its middle: a PDF.

    Raises TextTooLong, GlyphMissing for words.
    """
    page = templates().get_template("paper/goods/mark.html")
    html = page.render(
        art=art,
        width=width_mm,
        height=height_mm,
        copy=None if art.logo else words_in(art, width_mm, height_mm),
        chinese=art.locale.startswith("zh"),
    )
    return paint(lay_out(html, assets={"logo": art.logo} if art.logo else {}, keeps_pictures=True), tags=False)


def words_in(art: GoodsArt, width_mm: float, height_mm: float) -> Copy:
    """Return the words of a job as large as they fit."""
    face = SANS_BOLD if art.lettering is Lettering.SANS else SERIF
    return fitted(art.text, Room(face, width_mm, height_mm, SIZES, 1.25, is_display=True))


def sheet(art: GoodsArt, template: str, frame: Frame, **words: object) -> pikepdf.Pdf:
    """Return the sheet of `template`, opened: everything on it but what is put there by hand."""
    html = (
        templates()
        .get_template(f"paper/goods/{template}")
        .render(
            art=art,
            mm={name: getattr(frame, name) / POINTS_PER_MM for name in Frame.__dataclass_fields__},
            chinese=art.locale.startswith("zh"),
            pgettext=translator(art.locale),
            **words,
        )
    )
    assets = {"logo": art.logo} if art.logo else {}
    document = pikepdf.open(io.BytesIO(paint(lay_out(html, assets=assets), tags=False)))
    page = document.pages[0]
    # It leaves the page upside down, and what is added by hand counts from the bottom.
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"Q\n")
    return document


def place(document: pikepdf.Pdf, form: pikepdf.Object, matrix: Sequence[float], before: bytes = b"") -> None:
    """Draw a form or a picture on the first page, `before` being operators that choose its paint."""
    page = document.pages[0]
    resources: Any = page.resources
    if "/XObject" not in resources:
        resources["/XObject"] = pikepdf.Dictionary()
    name = f"Art{len(resources['/XObject'])}"
    resources["/XObject"]["/" + name] = form
    numbers = " ".join(f"{number:.4f}" for number in matrix)
    page.contents_add(b"q %b %b cm /%b Do Q\n" % (before, numbers.encode(), name.encode()))


def stencil(document: pikepdf.Pdf, art: OneInk) -> pikepdf.Object:
    """Return pixels as a mask of one bit, through which the ink that was chosen is laid."""
    rows, columns = art.bits.shape
    image = pikepdf.Stream(document, zlib.compress(np.packbits(art.bits, axis=1).tobytes(), 6))
    image.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=columns,
        Height=rows,
        ImageMask=True,
        BitsPerComponent=1,
        Decode=[1, 0],
        Filter=pikepdf.Name.FlateDecode,
    )
    return document.make_indirect(image)


def register_marks(trim: Sequence[float], away: float) -> bytes:
    """Return the operators of four crossed rings, in the middle of each side, `away` points from the artwork."""
    left, bottom, right, top = trim
    middle, height = (left + right) / 2, (bottom + top) / 2
    places = ((middle, top + away), (middle, bottom - away), (left - away, height), (right + away, height))
    return b"0.75 w\n" + b"".join(_crossed_ring(x, y) for x, y in places)


def _crossed_ring(x: float, y: float) -> bytes:
    arm, radius = 8.5, 4.25
    bend = radius * 0.5523
    cross = b"%.3f %.3f m %.3f %.3f l %.3f %.3f m %.3f %.3f l S\n"
    ring = b"%.3f %.3f m " + b"%.3f %.3f %.3f %.3f %.3f %.3f c " * 4 + b"h S\n"
    return cross % (x - arm, y, x + arm, y, x, y - arm, x, y + arm) + ring % (
        *(x + radius, y),
        *(x + radius, y + bend, x + bend, y + radius, x, y + radius),
        *(x - bend, y + radius, x - radius, y + bend, x - radius, y),
        *(x - radius, y - bend, x - bend, y - radius, x, y - radius),
        *(x + bend, y - radius, x + radius, y - bend, x + radius, y),
    )


def boxes(document: pikepdf.Pdf, frame: Frame, bleed_mm: float) -> None:
    """Set the boxes of the first page: the artwork is what is cut out, with so much bleed."""
    page, bleed = document.pages[0], bleed_mm * POINTS_PER_MM
    left, bottom, right, top = frame.trim
    page.TrimBox = [left, bottom, right, top]
    page.BleedBox = [left - bleed, bottom - bleed, right + bleed, top + bleed]
