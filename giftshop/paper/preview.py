"""PDF pages as pictures, for screens."""

from __future__ import annotations

import io

import pypdfium2

from giftshop.paper.pdfium import ONE_AT_A_TIME

POINTS_PER_INCH = 72


def page_png(pdf: bytes, page: int = 0, *, dpi: int = 150, bleed: bool = False) -> bytes:
    """Return a page (from 0) of `pdf` as PNG: cut to its trim box, or with the artwork beyond the cut."""
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        shown = document[page]
        crop = (0.0, 0.0, 0.0, 0.0) if bleed else _margins(shown)
        picture = shown.render(scale=dpi / POINTS_PER_INCH, crop=crop).to_pil()
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def page_count(pdf: bytes) -> int:
    """Return how many pages `pdf` has."""
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def _margins(page: pypdfium2.PdfPage) -> tuple[float, float, float, float]:
    """Return how far the trim box lies inside the page: left, bottom, right, top."""
    left, bottom, right, top = page.get_mediabox()
    trim_left, trim_bottom, trim_right, trim_top = page.get_trimbox()
    return trim_left - left, trim_bottom - bottom, right - trim_right, top - trim_top
