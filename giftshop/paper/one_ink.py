"""What becomes of a logo in one solid ink: which of its pixels are ink, and what is lost by that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from giftshop.kernel.locale import N_
from giftshop.paper.pdfium import ONE_AT_A_TIME

Bits = NDArray[np.bool_]
DPI: Final = 600
MOST_PIXELS: Final = 72_000_000
"""Of a sheet, A3 at 600 dots an inch; larger artwork is looked at from further away, as whoever sees it does."""
BAND: Final = 256
"""Rows of pixels in memory in full colour at once."""
PALE: Final = 0.35
"""How far from white (0) a colour must be to be printed; the lightest logo colours are beyond it, shadows are not."""
BARELY_SEEN: Final = 0.06
POINTS_PER_INCH: Final = 72
LEAST_LINE_MM: Final = 0.25
"""What holds on a screen of 120 threads a centimetre, and shows on rough board."""
LEAST_ACROSS: Final = 3
"""Pixels of the least line below which nothing can be said of it."""
LEAST_STRAY_MM2: Final = 0.12
"""Thin parts smaller than this together are the tips of corners."""
LEAST_SHARE: Final = 0.004
"""Of the printed area that another colour must have to count: less are the soft edges between two."""


class Loss(StrEnum):
    """What whoever makes the screen should know."""

    MERGED = "merged"
    """It has several colours, all printed as the one."""
    THIN = "thin"
    """It has lines that do not hold on a screen."""
    PALE_LEFT_OUT = "pale_left_out"
    """It has colours too light to be printed; the ground shows there."""
    PIXELS = "pixels"
    """It could not be kept as outlines, and is a picture of so many dots an inch."""
    EMPTY = "empty"
    """Nothing of it would be printed."""


LOSS_WORDS: Final = {
    Loss.MERGED: N_("The artwork has several colours; all of them are printed as one."),
    Loss.THIN: N_("The artwork has lines thinner than 0.25 mm; they may not hold."),
    Loss.PALE_LEFT_OUT: N_("The artwork has very light colours; they are left out."),
    Loss.PIXELS: N_("The artwork could not be kept as outlines; it is a bitmap of 600 dots an inch."),
    Loss.EMPTY: N_("Nothing of this artwork would be printed: it is as light as paper."),
}
"""Each as a sentence, msgids."""


@dataclass(frozen=True, slots=True)
class OneInk:
    """A page as ink and bare ground, at `dpi`, and what was lost."""

    bits: Bits
    dpi: float
    pale: float
    """How far from white a colour had to be."""
    losses: tuple[Loss, ...]


def in_one_ink(pdf: bytes) -> OneInk:
    """Return the first page of `pdf`, drawn on nothing, as ink and bare ground."""
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        width, height = page.get_size()
        dpi = min(DPI, (MOST_PIXELS / (width * height)) ** 0.5 * POINTS_PER_INCH)
        pale = _threshold(_drawn(page, POINTS_PER_INCH))
        bits, colours, faint = _looked_at(page, dpi, pale)
    return OneInk(bits, dpi, pale, tuple(_losses(bits, dpi, colours, faint)))


def _threshold(seen: NDArray[np.uint8]) -> float:
    """Return from which distance to white on a pixel is ink.

    A logo made to stand on dark ground is all pale: then whatever is drawn is ink, or, where it fills its whole
    frame, the darker half of it.
    """
    drawn = seen[..., 3] > 127
    if not drawn.any():
        return PALE
    distances = _distance(seen)[drawn]
    darkest = float(np.percentile(distances, 98))
    if darkest >= PALE:
        return PALE
    rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    frame = (rows[-1] - rows[0] + 1) * (columns[-1] - columns[0] + 1)
    return max(BARELY_SEEN, darkest / 2) if drawn.sum() > 0.98 * frame else -1.0


def _looked_at(page: Any, dpi: float, pale: float) -> tuple[Bits, NDArray[np.int64], int]:
    """Return the ink, how often each colour (four bits a part) fills an area of it, and how many pixels are faint."""
    height = page.get_height()
    scale = dpi / POINTS_PER_INCH
    colours, faint, bands = np.zeros(4096, dtype=np.int64), 0, []
    for top in range(0, max(1, round(height * scale)), BAND):
        depth = min(BAND / scale, height - top / scale)
        band = _drawn(page, dpi, (0.0, height - top / scale - depth, 0.0, top / scale))
        drawn, far = band[..., 3] > 127, _distance(band)
        ink = drawn & (far >= pale)
        even = _even(band)
        kept = band[:-1, :-1, :3][even & ink[:-1, :-1]] >> 4
        codes = (kept[:, 0].astype(np.int64) << 8) | (kept[:, 1].astype(np.int64) << 4) | kept[:, 2]
        colours += np.bincount(codes, minlength=4096)
        faint += int((even & drawn[:-1, :-1] & ~ink[:-1, :-1] & (far[:-1, :-1] > BARELY_SEEN)).sum())
        bands.append(ink)
    return np.concatenate(bands), colours, faint


def _drawn(page: Any, dpi: float, crop: tuple[float, float, float, float] = (0, 0, 0, 0)) -> NDArray[np.uint8]:
    bitmap = page.render(scale=dpi / POINTS_PER_INCH, crop=crop, fill_color=(255, 255, 255, 0), rev_byteorder=True)
    pixels: NDArray[np.uint8] = np.asarray(bitmap.to_pil().convert("RGBA"))
    return pixels


def _distance(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return how far each pixel is from white, from 0 to 1: of yellow as of black it is 1."""
    distances: NDArray[np.float32] = (255 - pixels[..., :3].min(axis=-1)) / np.float32(255)
    return distances


def _even(pixels: NDArray[np.uint8]) -> Bits:
    """Return where a pixel is like its lower and its right neighbour: inside an area, not at its soft edge."""
    part = pixels[..., :3].astype(np.int16)
    right = np.abs(part[:-1, 1:] - part[:-1, :-1]).max(axis=-1)
    below = np.abs(part[1:, :-1] - part[:-1, :-1]).max(axis=-1)
    even: Bits = np.maximum(right, below) <= 3
    return even


def _losses(bits: Bits, dpi: float, colours: NDArray[np.int64], faint: int) -> list[Loss]:
    printed = int(bits.sum())
    if not printed:
        return [Loss.EMPTY]
    facts = {
        Loss.MERGED: _count_colours(colours) > 1,
        Loss.THIN: _thin_area(bits, dpi) > LEAST_STRAY_MM2,
        Loss.PALE_LEFT_OUT: faint > LEAST_SHARE * printed,
    }
    return [loss for loss, holds in facts.items() if holds]


def _count_colours(counts: NDArray[np.int64]) -> int:
    """Return how many colours are clearly different, of those that fill enough of an area."""
    most_first = np.argsort(counts)[::-1]
    enough = [code for code in most_first.tolist() if counts[code] > LEAST_SHARE * counts.sum()]
    different: list[tuple[int, int, int]] = []
    for code in enough:
        parts = (code >> 8, code >> 4 & 15, code & 15)
        if all(max(abs(a - b) for a, b in zip(parts, other, strict=True)) > 2 for other in different):
            different.append(parts)
    return len(different)


def _thin_area(bits: Bits, dpi: float) -> float:
    """Return the area, in square millimetres, of parts in which no disc of the least line's width finds room."""
    across = round(LEAST_LINE_MM / 25.4 * dpi)
    if across < LEAST_ACROSS:
        return 0.0
    beside, thin = 2 * across, 0
    for top in range(0, bits.shape[0], BAND):
        band = bits[max(0, top - beside) : top + BAND + beside]
        opened = _grown(_shrunk(band, across), across + 2)
        first = min(top, beside)
        thin += int((band & ~opened)[first : first + BAND].sum())
    return thin * (25.4 / dpi) ** 2


def _shrunk(bits: Bits, across: int) -> Bits:
    """Return the pixels around which an octagon of `across` pixels lies wholly on ink."""
    return ~_grown(~bits, across, towards=-1, edge=True)


def _grown(bits: Bits, across: int, *, towards: int = 1, edge: bool = False) -> Bits:
    """Return `bits` spread by an octagon of `across` pixels; beyond the edge lies `edge`."""
    for step in range((across - 1) // 2):
        bits = _spread(bits, is_square=step % 2 == 0, edge=edge)
    return bits if across % 2 else _leaning(bits, towards, edge=edge)


def _spread(bits: Bits, *, is_square: bool, edge: bool) -> Bits:
    padded = np.pad(bits, 1, constant_values=edge)
    wide: Bits = padded[:, :-2] | padded[:, 1:-1] | padded[:, 2:]
    if is_square:
        return wide[:-2] | wide[1:-1] | wide[2:]
    return wide[1:-1] | padded[:-2, 1:-1] | padded[2:, 1:-1]


def _leaning(bits: Bits, towards: int, *, edge: bool) -> Bits:
    """Spread by the one pixel that an even number of them has more, to one side."""
    before, after = (1, 0) if towards > 0 else (0, 1)
    padded = np.pad(bits, ((before, after), (before, after)), constant_values=edge)
    leaning: Bits = padded[:-1, :-1] | padded[1:, :-1] | padded[:-1, 1:] | padded[1:, 1:]
    return leaning
