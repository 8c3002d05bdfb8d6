"""The independent reader: zxing-cpp, on modules as they stand and on pages as PDFium draws them."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, BinaryIO, Final

import numpy as np
import numpy.typing as npt
import pypdfium2
import zxingcpp

from giftshop.paper.codes_2d import QUIET_MODULES
from giftshop.paper.pdfium import ONE_AT_A_TIME
from giftshop.paper.preflight.pages import Box, reading, view_of
from giftshop.paper.preflight.squares import Modules

DPI: Final = 300
POINTS_PER_INCH: Final = 72
DOTS_A_MODULE: Final = 2
PAGES_AT_ONCE: Final = 200
"""PDFium, too, keeps what it has seen: it is given the file anew after so many pages."""

Grey = npt.NDArray[np.uint8]


def reads(modules: Modules) -> bytes | None:
    """Return what a reader finds in `modules`, None where it finds nothing."""
    light = np.pad(~modules, 1, constant_values=True).astype(np.uint8) * np.uint8(255)
    picture = light.repeat(DOTS_A_MODULE, axis=0).repeat(DOTS_A_MODULE, axis=1)
    found = zxingcpp.read_barcodes(
        picture,
        formats=zxingcpp.BarcodeFormat.QRCode,
        is_pure=True,
        try_rotate=False,
        try_downscale=False,
        try_invert=False,
        binarizer=zxingcpp.Binarizer.FixedThreshold,
    )
    return _only(found)


class Eye:
    """Looks at pages of `file` as they come out of a printer of 300 dpi. To be closed."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._document: Any = None
        self._looked = 0

    def reads(self, page: int, box: Box) -> bytes | None:
        """Return what the QR code at `box` of `page` (from 1) opens, as it is drawn with its quiet zone."""
        with ONE_AT_A_TIME, reading(page):
            return _only(zxingcpp.read_barcodes(self._picture(page, box), formats=zxingcpp.BarcodeFormat.QRCode))

    def page_count(self) -> int:
        """Return how many pages PDFium finds."""
        with ONE_AT_A_TIME, reading(0):
            return len(self._opened())

    def close(self) -> None:
        """Let go of the file."""
        with ONE_AT_A_TIME:
            if self._document is not None:
                self._document.close()
        self._document = None

    def _opened(self) -> Any:
        if self._document is None or self._looked >= PAGES_AT_ONCE:
            self.close()
            self._document, self._looked = pypdfium2.PdfDocument(view_of(self._file)), 0
        return self._document

    def _picture(self, number: int, box: Box) -> Grey:
        page = self._opened()[number - 1]
        self._looked += 1
        left, bottom, right, top = page.get_mediabox()
        # A QR code has 21 modules or more a side, so this is its quiet zone or a little more.
        quiet = (box[2] - box[0]) * QUIET_MODULES / 21
        inside = box[0] - quiet, box[1] - quiet, box[2] + quiet, box[3] + quiet
        crop = (inside[0] - left, inside[1] - bottom, right - inside[2], top - inside[3])
        try:
            bitmap = page.render(
                scale=DPI / POINTS_PER_INCH, crop=tuple(max(edge, 0.0) for edge in crop), grayscale=True
            )
            picture: Grey = np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width)
        finally:
            page.close()
        return picture


def _only(found: list[Any]) -> bytes | None:
    with suppress(ValueError):
        (one,) = found
        return bytes(one.bytes)
    return None
