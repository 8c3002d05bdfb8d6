"""The independent reader: zxing-cpp, on modules as they stand and on pages as PDFium draws them."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

import numpy as np
import numpy.typing as npt
import pypdfium2
import zxingcpp

from giftshop.paper.codes_2d import QUIET_MODULES
from giftshop.paper.pdfium import ONE_AT_A_TIME
from giftshop.paper.preflight.lexing import Ref
from giftshop.paper.preflight.objects import Objects, written
from giftshop.paper.preflight.pages import HELD_BYTES, Box, View, reading, view_of
from giftshop.paper.preflight.squares import Modules

DPI: Final = 300
POINTS_PER_INCH: Final = 72
DOTS_A_MODULE: Final = 2
QR: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)

Grey = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a QR code lies: on which page, and where on it."""

    page: Ref
    box: Box


def reads(modules: Modules) -> bytes | None:
    """Return what a reader finds in `modules`, None where it finds nothing."""
    light = np.pad(~modules, 1, constant_values=True).astype(np.uint8) * np.uint8(255)
    picture = light.repeat(DOTS_A_MODULE, axis=0).repeat(DOTS_A_MODULE, axis=1)
    found = zxingcpp.read_barcodes(
        picture,
        formats=QR,
        is_pure=True,
        try_rotate=False,
        try_downscale=False,
        try_invert=False,
        binarizer=zxingcpp.Binarizer.FixedThreshold,
    )
    return _only(found)


class Eye:
    """Looks at pages of `file` as they come out of a printer of 300 dpi."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def reads(self, places: Sequence[Place]) -> list[bytes | None]:
        """Return what the QR code at each of `places` opens, as it is drawn with its quiet zone.

        Raises Unreadable.
        """
        pages = list(dict.fromkeys(place.page for place in places))
        with ONE_AT_A_TIME, reading(0), pypdfium2.PdfDocument(_with_pages(self._file, pages)) as document:
            return [_read_from(document, pages.index(place.page), place.box) for place in places]

    def page_count(self) -> int:
        """Return how many pages PDFium finds. Raises Unreadable."""
        with ONE_AT_A_TIME, reading(0), pypdfium2.PdfDocument(view_of(self._file)) as document:
            return len(document)


class _Longer(View):
    """A file with some bytes added to it, which are written nowhere."""

    def __init__(self, file: BinaryIO, added: bytes) -> None:
        super().__init__(file)
        self._length = file.seek(0, io.SEEK_END)
        self._added = added

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._length + len(self._added)}[whence]
        self._at = start + offset
        return self._at

    def readinto(self, buffer: object) -> int:
        if self._at < self._length:
            return super().readinto(buffer)
        room = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        some = self._added[self._at - self._length :][: len(room)]
        room[: len(some)] = some
        self._at += len(some)
        return len(some)


def _with_pages(file: BinaryIO, pages: Sequence[Ref]) -> BinaryIO:
    """Return `file` with an update that leaves it no pages but these.

    PDFium goes through all pages before the one it is asked for and keeps them, which with a hundred thousand takes
    minutes and hundreds of megabytes.
    """
    objects = Objects(view_of(file))
    root = objects.facts(objects.trailer["Root"])["Pages"]
    if not isinstance(root, Ref) or not isinstance(objects.trailer["Root"], Ref):
        raise ValueError("no page tree")
    tree = written({**objects.facts(root), "Count": float(len(pages)), "Kids": list(pages)})
    start = file.seek(0, io.SEEK_END)
    body = b"\n%d 0 obj\n%b\nendobj\n" % (root.number, tree)
    own = int(objects.number(objects.trailer["Size"]))
    table = b"".join(struct.pack(">BQ", 1, at) for at in (start + 1, start + len(body)))
    head = b"<</Type/XRef/W[1 8 0]/Size %d/Index[%d 1 %d 1]/Prev %d/Root %b/Length %d>>" % (
        own + 1,
        root.number,
        own,
        objects.table_at,
        written(objects.trailer["Root"]),
        len(table),
    )
    body += b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (own, head, table)
    body += b"startxref\n%d\n%%%%EOF\n" % (start + body.index(b"%d 0 obj\n<</Type/XRef" % own))
    return io.BufferedReader(_Longer(file, body), HELD_BYTES)


def _picture(document: Any, number: int, box: Box) -> Grey:
    """Return a QR code and the paper around it, black on white."""
    page = document[number]
    left, bottom, right, top = page.get_mediabox()
    # A QR code has 21 modules or more a side, so this is its quiet zone or a little more.
    quiet = (box[2] - box[0]) * QUIET_MODULES / 21
    margins = (box[0] - quiet - left, box[1] - quiet - bottom, right - box[2] - quiet, top - box[3] - quiet)
    bitmap = page.render(
        scale=DPI / POINTS_PER_INCH, crop=tuple(max(margin, 0.0) for margin in margins), grayscale=True
    )
    picture: Grey = np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width)
    bitmap.close()
    page.close()
    return picture


def _read_from(document: Any, number: int, box: Box) -> bytes | None:
    # A page that PDFium cannot draw is one that nobody can read.
    with suppress(pypdfium2.PdfiumError, ValueError):
        return _only(zxingcpp.read_barcodes(_picture(document, number, box), formats=QR))
    return None


def _only(found: list[Any]) -> bytes | None:
    with suppress(ValueError):
        (one,) = found
        return bytes(one.bytes)
    return None
