"""Page boxes and crop marks of what is cut after printing."""

from __future__ import annotations

import io
from typing import Any, Final

import pikepdf

POINTS_PER_MM: Final = 72 / 25.4
MARK_MM: Final = 5.0
"""How long a crop mark is."""
ROOM_MM: Final = 9.0
"""What marks need beyond the bleed."""
HAIRLINE: Final = 0.25
"""Points."""


def boxed(pdf: bytes, bleed_mm: float, *, has_marks: bool = False, shows_trim: bool = False) -> bytes:
    """Return `pdf`, whose pages end at their bleed, with the boxes a print house reads.

    With `has_marks` each page grows by room for crop marks in the registration colour. With `shows_trim` a viewer
    shows the page as it is cut: for somebody who looks at it on a screen.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            left, bottom, right, top = map(float, page.mediabox)
            bleed = bleed_mm * POINTS_PER_MM
            trim = [left + bleed, bottom + bleed, right - bleed, top - bleed]
            page.BleedBox = [left, bottom, right, top]
            page.TrimBox = trim
            if shows_trim:
                page.CropBox = trim
            if has_marks:
                _mark(document, page, trim, bleed)
        return saved(document)


def saved(document: pikepdf.Pdf) -> bytes:
    """Return `document` as bytes, the same for the same content."""
    out = io.BytesIO()
    document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _mark(document: pikepdf.Pdf, page: pikepdf.Page, trim: list[float], bleed: float) -> None:
    room = ROOM_MM * POINTS_PER_MM
    left, bottom, right, top = map(float, page.mediabox)
    page.MediaBox = [left - room, bottom - room, right + room, top + room]
    # Whatever the artwork has beyond its bleed must not run among the marks.
    page.contents_add(f"q {left} {bottom} {right - left} {top - bottom} re W n\n".encode(), prepend=True)
    page.contents_add(b"Q\n")
    add_colour(document, page, "All", "Marks")
    page.contents_add(b"q /Marks CS 1 SCN %.2f w %b Q" % (HAIRLINE, crop_marks(trim, bleed + 1.5 * POINTS_PER_MM)))


def crop_marks(trim: list[float], away: float) -> bytes:
    """Return the operators of eight lines at the corners of `trim`, beginning `away` from it, all in points."""
    left, bottom, right, top = trim
    length = MARK_MM * POINTS_PER_MM
    lines = [
        segment
        for x, outward in ((left, -1), (right, 1))
        for y, upward in ((bottom, -1), (top, 1))
        for segment in (
            (x + outward * away, y, x + outward * (away + length), y),
            (x, y + upward * away, x, y + upward * (away + length)),
        )
    ]
    return b"".join(b"%.3f %.3f m %.3f %.3f l S\n" % line for line in lines)


def add_colour(
    document: pikepdf.Pdf,
    page: pikepdf.Page,
    colorant: str,
    key: str,
    cmyk: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 1.0),
) -> None:
    """Put a spot colour among a page's resources under `key`; `cmyk` is what a screen shows instead of it."""
    resources: Any = page.resources
    if "/ColorSpace" not in resources:
        resources["/ColorSpace"] = pikepdf.Dictionary()
    resources["/ColorSpace"]["/" + key] = separation(document, colorant, cmyk)


def separation(document: pikepdf.Pdf, colorant: str, cmyk: tuple[float, float, float, float]) -> pikepdf.Object:
    """Return the colour space of one ink that a press has under its name (ISO 32000-1, 8.6.6.4)."""
    tint = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=list(cmyk), N=1)
    parts = [pikepdf.Name.Separation, pikepdf.Name("/" + colorant), pikepdf.Name.DeviceCMYK, tint]
    return document.make_indirect(pikepdf.Array(parts))
