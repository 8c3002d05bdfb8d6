"""QR codes and barcodes, as modules and as SVG to put into a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

import qrcode
from barcode.codex import Code128
from barcode.errors import BarcodeError
from markupsafe import Markup
from qrcode.constants import ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError

from giftshop.paper.errors import LinkTooLong, NotABarcode

QUIET_MODULES = 4
"""Light modules that must stay free around a QR code (ISO/IEC 18004)."""

Modules = Sequence[Sequence[bool]]
"""Rows of modules from the top, dark ones true."""


def qr_modules(text: str) -> Modules:
    """Return the smallest QR code holding `text` with medium correction (15% may be lost), without quiet zone.

    Raises:
        LinkTooLong: no QR code holds so much.

    """
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text, optimize=0)
    try:
        code.make()
    except (DataOverflowError, ValueError) as error:
        raise LinkTooLong(length=len(text)) from error
    return [[bool(module) for module in row] for row in code.modules]


def runs(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield (start, length) of each stretch of dark modules in `row`."""
    start = None
    for place, dark in enumerate([*row, False]):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place - start
            start = None


def qr_svg(text: str, *, label: str) -> Markup:
    """Return `text` as an SVG picture of a QR code with its quiet zone; `label` says to a listener what it opens.

    Raises:
        LinkTooLong: no QR code holds so much.

    """
    modules = qr_modules(text)
    path = "".join(f"M{x} {y}h{width}v1h-{width}z" for y, row in enumerate(modules) for x, width in runs(row))
    side = len(modules) + 2 * QUIET_MODULES
    return _svg(f"{-QUIET_MODULES} {-QUIET_MODULES} {side} {side}", path, label, "qr")


def code128_svg(text: str, *, label: str) -> Markup:
    """Return `text` as a Code 128 barcode, one unit high and stretched to the box it is put into.

    Raises:
        NotABarcode: the text is empty or has characters that Code 128 lacks.

    """
    bars = code128_bars(text)
    path = "".join(f"M{x} 0h{width}v1h-{width}z" for x, width in runs(bars))
    return _svg(f"-10 0 {len(bars) + 20} 1", path, label, "code128", stretch=True)


def code128_bars(text: str) -> Sequence[bool]:
    """Return the modules of `text` in Code 128, dark ones true, without quiet zones.

    Raises:
        NotABarcode: as in `code128_svg`.

    """
    if not text or not text.isascii() or not text.isprintable():
        raise NotABarcode(text=text)
    try:
        return [bar == "1" for bar in Code128(text).build()[0]]
    except BarcodeError as error:
        raise NotABarcode(text=text) from error


def _svg(view_box: str, path: str, label: str, kind: str, *, stretch: bool = False) -> Markup:
    aspect = ' preserveAspectRatio="none"' if stretch else ""
    return Markup(  # noqa: S704 -- numbers of our own and an escaped label
        f'<svg class="{kind}" xmlns="http://www.w3.org/2000/svg" viewBox="{view_box}"{aspect} role="img" '
        f'aria-label="{escape(label)}"><path d="{path}" fill="#000" shape-rendering="crispEdges"/></svg>'
    )
