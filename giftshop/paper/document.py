"""HTML to PDF: every paper that is not printed by the thousand."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from giftshop.paper import fonts  # noqa: F401 -- keeps the machine's fonts out before WeasyPrint looks for any
from giftshop.paper.errors import AssetMissingError, GlyphMissing

NOTHING: Final[Mapping[str, bytes]] = MappingProxyType({})
PICTURE_DPI: Final = 300
"""Photographs are brought down to this many dots an inch: what a press can show."""


class Missing(StrEnum):
    """What becomes of a character that no font of ours has."""

    REFUSE = "refuse"
    """The paper is refused, naming the character: for everything that is made once and kept."""
    BOX = "box"
    """An empty box stands in its place: for a stack of slips that must not stop for one of them."""


def render(
    html: str,
    *,
    assets: Mapping[str, bytes] = NOTHING,
    missing: Missing = Missing.REFUSE,
    keeps_pictures: bool = False,
) -> bytes:
    """Return `html` as a PDF. The same page and assets give the same bytes.

    `assets` are the pictures of this job, by the name the page calls them: `job:logo`. A page may besides name our
    own files, `own:paper/document.css`, and nothing else. `keeps_pictures` places them as they are, for those that
    were made ready for print before.

    Raises:
        GlyphMissing: a character cannot be printed, unless `missing` allows it.
        AssetMissingError: the page names a file of ours or of this job that is not there.

    """
    layout = lay_out(html, assets=assets, keeps_pictures=keeps_pictures)
    return paint(layout, missing=missing)


def lay_out(html: str, *, assets: Mapping[str, bytes] = NOTHING, keeps_pictures: bool = False) -> Any:
    """Return `html` as a laid out WeasyPrint document, to be measured and then painted.

    Raises:
        AssetMissingError: as in `render`.

    """
    # Costs a second, and most of the site never prints.
    from weasyprint import HTML  # noqa: PLC0415

    from giftshop.paper.assets import AssetFetcher  # noqa: PLC0415

    fetcher = AssetFetcher(assets)
    pictures = {} if keeps_pictures else {"optimize_images": True, "dpi": PICTURE_DPI}
    layout = HTML(string=html, url_fetcher=fetcher).render(**pictures)
    if fetcher.unknown:
        raise AssetMissingError(", ".join(fetcher.unknown))
    return layout


def paint(
    layout: Any,
    *,
    missing: Missing = Missing.REFUSE,
    tags: bool = True,
) -> bytes:
    """Return the laid out document as a PDF, with its structure tagged for screen readers unless `tags` is false.

    Raises:
        GlyphMissing: as in `render`.

    """
    pdf: bytes = layout.write_pdf(pdf_tags=tags)
    boxes = [code_point for font in layout.fonts.values() for code_point in font.missing]
    if boxes and missing is Missing.REFUSE:
        raise GlyphMissing.of(chr(boxes[0]))
    return pdf
