"""Gift bags (礼品袋): the front panel in two inks, the firm's colour as its ground and gold for logo and ornament."""

from __future__ import annotations

from typing import Final

from giftshop.paper.colour import Palette
from giftshop.paper.goods_sheet import Frame, GoodsArt, GoodsFile, boxes, mark_page, register_marks, sheet
from giftshop.paper.one_ink import LOSS_WORDS, Loss, in_one_ink
from giftshop.paper.silk_screen import lay, outlined
from giftshop.paper.spot_inks import Ink, Paint, Rgb, cmyk_of, separate
from giftshop.paper.trimming import POINTS_PER_MM, saved

BLEED_MM: Final = 3.0
MARK_WIDTH: Final = 0.56
"""Parts of the panel that the logo may be wide, and high."""
MARK_HEIGHT: Final = 0.27
MARK_MIDDLE: Final = 0.36
"""Where its middle is, from above: where one looks first."""
FOLD_MM: Final = 8.0
MOST_BAND_MM: Final = 22.0


def gift_bag(art: GoodsArt) -> GoodsFile:
    """Return the front of a bag, as large as the job says, as a PDF of two spot colours with fold marks.

    Raises TextTooLong, GlyphMissing for words that cannot be printed.
    """
    palette = Palette.of(art.accent)
    ground, gold = Ink("Bag Ground", cmyk_of(palette.ground)), Ink("Bag Gold", cmyk_of(palette.foil))
    frame = Frame.around(art.width_mm, art.height_mm)
    mark_width, mark_height = art.width_mm * MARK_WIDTH, art.height_mm * MARK_HEIGHT
    drawn = mark_page(art, mark_width, mark_height)
    seen = in_one_ink(drawn)
    outlines = outlined(drawn, gold, seen)
    losses = seen.losses if outlines or art.logo is None else (*seen.losses, Loss.PIXELS)
    warnings = [LOSS_WORDS[loss] for loss in losses]
    band = min(MOST_BAND_MM, art.height_mm * 0.085)
    document = sheet(art, "bag.html", frame, palette=palette, inks=(ground, gold), warnings=warnings, band=band)

    def choose(colour: Rgb) -> Paint:
        return Paint(gold if _name(colour) == palette.foil else ground)

    separate(document, [ground, gold], choose)
    lay(document, _middle(frame, mark_width, mark_height), gold, seen, outlines)
    marks = fold_marks(frame) + register_marks(frame.trim, 12 * POINTS_PER_MM)
    document.pages[0].contents_add(b"q /%b CS 1 SCN\n" % ground.key.encode() + marks + b"Q\n")
    boxes(document, frame, BLEED_MM)
    return GoodsFile(saved(document), tuple(warnings))


def _name(colour: Rgb) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def _middle(frame: Frame, width_mm: float, height_mm: float) -> list[float]:
    """Return where the logo goes: left, bottom, right, top."""
    width, height = width_mm * POINTS_PER_MM, height_mm * POINTS_PER_MM
    left = frame.left + (frame.art_width - width) / 2
    bottom = frame.bottom + frame.art_height * (1 - MARK_MIDDLE) - height / 2
    return [left, bottom, left + width, bottom + height]


def fold_marks(frame: Frame) -> bytes:
    """Return the operators of dashed lines that go on from each edge of the panel, where the bag is folded."""
    left, bottom, right, top = frame.trim
    away, length = (BLEED_MM + 1) * POINTS_PER_MM, FOLD_MM * POINTS_PER_MM
    lines = [
        line
        for x, outward in ((left, -1), (right, 1))
        for y, upward in ((bottom, -1), (top, 1))
        for line in (
            (x + outward * away, y, x + outward * (away + length), y),
            (x, y + upward * away, x, y + upward * (away + length)),
        )
    ]
    return b"[4 2] 0 d 0.75 w\n" + b"".join(b"%.3f %.3f m %.3f %.3f l S\n" % line for line in lines) + b"[] 0 d\n"
