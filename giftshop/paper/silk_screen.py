"""One-colour separations: a logo or words as one solid ink, for silk-screen (丝印) and for the laser."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

import pikepdf

from giftshop.paper.goods_sheet import (
    Frame,
    GoodsArt,
    GoodsFile,
    boxes,
    mark_page,
    place,
    register_marks,
    sheet,
    stencil,
)
from giftshop.paper.one_ink import LOSS_WORDS, Loss, OneInk, in_one_ink
from giftshop.paper.spot_inks import Ink, NotFlatError, Paint, Rgb, separate
from giftshop.paper.trimming import POINTS_PER_MM, crop_marks, saved

SILK: Final = Ink("Silk 1")
ENGRAVING: Final = Ink("Engraving")


def one_colour(art: GoodsArt, ink: Ink = SILK) -> GoodsFile:
    """Return the artwork of a job at its size as a PDF of the one spot colour `ink`, with marks, and what was lost.

    Raises TextTooLong, GlyphMissing for words that cannot be printed.
    """
    drawn = mark_page(art, art.width_mm, art.height_mm)
    seen = in_one_ink(drawn)
    frame = Frame.around(art.width_mm, art.height_mm)
    outlines = outlined(drawn, ink, seen)
    losses = seen.losses if outlines or art.logo is None else (*seen.losses, Loss.PIXELS)
    document = sheet(art, "one_colour.html", frame, ink=ink.name, warnings=_sentences(losses))
    separate(document, [ink], lambda _: Paint(ink))
    lay(document, frame.trim, ink, seen, outlines)
    page = document.pages[0]
    strokes = b"q /%b CS 1 SCN 0.75 w\n" % ink.key.encode()
    marks = crop_marks(frame.trim, 1.5 * POINTS_PER_MM) + register_marks(frame.trim, 9 * POINTS_PER_MM)
    page.contents_add(strokes + marks + b"Q\n")
    boxes(document, frame, 0)
    return GoodsFile(saved(document), tuple(_sentences(losses)))


def outlined(drawn: bytes, ink: Ink, seen: OneInk) -> pikepdf.Pdf | None:
    """Return a drawn page with all its colours exchanged for `ink`; None where it is more than flat outlines."""
    document = pikepdf.open(io.BytesIO(drawn))

    def choose(colour: Rgb) -> Paint:
        return Paint(ink, is_bare=1 - min(colour) < seen.pale)

    try:
        separate(document, [ink], choose)
    except NotFlatError:
        return None
    return document


def lay(document: pikepdf.Pdf, place_at: Sequence[float], ink: Ink, seen: OneInk, outlines: pikepdf.Pdf | None) -> None:
    """Put artwork in one ink into a rectangle of the first page: as outlines, or else as a stencil of pixels."""
    left, bottom, right, top = place_at
    if outlines:
        form = document.copy_foreign(outlines.pages[0].as_form_xobject())
        place(document, form, (1, 0, 0, 1, left, bottom))
    elif Loss.EMPTY not in seen.losses:
        paint = b"/%b cs 1 scn" % ink.key.encode()
        place(document, stencil(document, seen), (right - left, 0, 0, top - bottom, left, bottom), paint)


def _sentences(losses: Sequence[Loss]) -> list[str]:
    return [LOSS_WORDS[loss] for loss in losses]
