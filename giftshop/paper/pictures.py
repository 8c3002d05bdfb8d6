"""Pictures of goods made ready for print: flat pixels, enough of them, without transparency.

A drawing full of gradients and veils is what presses get wrong, so it is drawn here and placed as pixels.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

import pypdfium2
from PIL import Image

from giftshop.paper.document import Missing, render
from giftshop.paper.pdfium import ONE_AT_A_TIME

PIXELS: Final = 760
"""A side: 300 dots an inch at 64 mm, the largest a picture stands in a book."""
SIDE: Final = 400
"""Of the page a drawing is put on, in CSS pixels."""
POINTS_PER_PIXEL: Final = 0.75
SHEET: Final = (
    "<style>@page{{size:{side}px {side}px;margin:0}}body{{margin:0}}"
    "img{{display:block;width:{side}px;height:{side}px;object-fit:cover}}</style>{pictures}"
)


def printable_drawings(drawings: Sequence[bytes]) -> list[bytes]:
    """Return SVG drawings as square JPEGs, in one go: putting a single one onto paper costs nearly as much as ten."""
    if not drawings:
        return []
    assets = {f"p{number}": drawing for number, drawing in enumerate(drawings)}
    pictures = "".join(f'<img src="job:{name}">' for name in assets)
    pdf = render(SHEET.format(side=SIDE, pictures=pictures), assets=assets, missing=Missing.BOX)
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        scale = PIXELS / (SIDE * POINTS_PER_PIXEL)
        return [_jpeg(page.render(scale=scale).to_pil()) for page in document]


def printable_photograph(content: bytes) -> bytes:
    """Return a photograph that we wrote ourselves (WebP, PNG or JPEG) as a square JPEG, its middle."""
    with Image.open(io.BytesIO(content), formats=("WEBP", "PNG", "JPEG")) as photograph:
        upright = photograph.convert("RGBA")
    paper = Image.new("RGBA", upright.size, "white")
    flat = Image.alpha_composite(paper, upright)
    side = min(flat.size)
    left, top = (flat.width - side) // 2, (flat.height - side) // 2
    middle = flat.crop((left, top, left + side, top + side))
    middle.thumbnail((PIXELS, PIXELS), Image.Resampling.LANCZOS)
    return _jpeg(middle)


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=90, subsampling=0)
    return out.getvalue()
