"""Cards by the thousand: the artwork drawn once, and on each card only what is its own."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, Final

import pikepdf

from giftshop.paper.card_art import RenderedArt, render_art
from giftshop.paper.card_design import BLEED_MM, CardArt, CardDesign, CardFace, TextField
from giftshop.paper.embedding import embed
from giftshop.paper.errors import GlyphMissing, GlyphMissingInRow, TextTooLong, TextTooLongInRow
from giftshop.paper.output import ONE_UP, Output
from giftshop.paper.page_stream import PageStream
from giftshop.paper.qr_press import QrPath, qr_paths
from giftshop.paper.typesetting import INK, Line, UsedCharacters, qr_operators, set_line

POINTS_PER_MM: Final = 72 / 25.4
CARDS_AT_ONCE: Final = 1024
"""Cards in memory at once: enough to be worth a table of QR codes, and some megabytes."""


@dataclass(frozen=True, slots=True)
class PrintedCount:
    """What was printed: so many cards on so many pages, in a file of this size and checksum."""

    cards: int
    pages: int
    size_bytes: int
    sha256: str


def print_cards(
    design: CardDesign,
    art: CardArt,
    faces: Iterable[CardFace],
    out: BinaryIO,
    *,
    output: Output = ONE_UP,
    progress: Callable[[int], None] = lambda cards: None,
) -> PrintedCount:
    """Write a PDF of one card after the other to `out`, which need not be seekable.

    `faces` is gone through twice, the first time to check every card before anything is written; it may make its cards
    as they are asked for, so that memory stays flat. `progress` hears the number of cards written so far.

    Raises:
        GlyphMissingInRow, TextTooLongInRow: a card cannot be printed; nothing was written.
        GlyphMissing, TextTooLong: the artwork cannot.
        LinkTooLong: a QR code cannot hold a link.

    """
    if iter(faces) is faces:
        raise TypeError("faces are gone through twice: give what can be iterated anew, not an iterator")
    rendered = render_art(design, art)
    press = _Press(design, rendered, _checked(design, rendered, faces))
    pages = PageStream(out, press.base(art), _page_boxes(design))
    shared = {side: pages.content(b"/A%d Do\n" % side) for side in press.sides_without_fields}
    cards = 0
    for some in _batches(faces, CARDS_AT_ONCE):
        for face, qr in zip(some, qr_paths([face.link for face in some]), strict=True):
            for side in range(design.sides):
                pages.page(shared[side] if side in shared else pages.content(press.operators(side, face, qr)))
        cards += len(some)
        progress(cards)
    pages.close()
    return PrintedCount(cards, pages.pages, pages.size_bytes, pages.sha256)


def proof(design: CardDesign, art: CardArt, face: CardFace) -> bytes:
    """Return one card as a PDF, made exactly as a print run is.

    Raises:
        GlyphMissing, TextTooLong, LinkTooLong: as in `print_cards`.

    """
    out = io.BytesIO()
    print_cards(design, art, [face], out)
    return out.getvalue()


def _checked(design: CardDesign, rendered: RenderedArt, faces: Iterable[CardFace]) -> UsedCharacters:
    """Set every text of every card once, and return the characters it takes."""
    used = UsedCharacters()
    for row, face in enumerate(faces, start=1):
        try:
            for style in design.fields:
                line = _line(style, rendered, face)
                if line is not None:
                    used.add(line.text, style.typeface)
        except GlyphMissing as refusal:
            raise GlyphMissingInRow.of(str(refusal.facts["character"]), row=row) from refusal
        except TextTooLong as refusal:
            raise TextTooLongInRow(row=row, text=refusal.facts["text"]) from refusal
    return used


def _line(style: TextField, rendered: RenderedArt, face: CardFace) -> Line | None:
    place = rendered.places.get(style.name)
    return None if place is None else set_line(face.texts.get(style.name, ""), style, place)


class _Press:
    """Knows the artwork, where each field stands, and under which name each font goes."""

    def __init__(self, design: CardDesign, rendered: RenderedArt, used: UsedCharacters) -> None:
        self._design, self._rendered, self._glyphs = design, rendered, used.glyphs()
        self._names = {font: b"F%d" % number for number, font in enumerate(self._glyphs)}
        self._fields = [
            [style for style in design.fields if style.name in rendered.places and self._page_of(style.name) == side]
            for side in range(design.sides)
        ]
        self._qr_side = self._page_of("qr")

    def _page_of(self, name: str) -> int:
        return self._rendered.places[name].page

    @property
    def sides_without_fields(self) -> Sequence[int]:
        """Sides that are the same on every card, and written once."""
        return [side for side, fields in enumerate(self._fields) if not fields and side != self._qr_side]

    def operators(self, side: int, face: CardFace, qr: QrPath) -> bytes:
        """Return what one side of one card shows."""
        lines = (_line(style, self._rendered, face) for style in self._fields[side])
        texts = b"".join(line.operators(self._names) for line in lines if line is not None)
        square = qr_operators(qr, self._rendered.places["qr"]) if side == self._qr_side else b""
        return b"/A%d Do\n" % side + INK + texts + square

    def base(self, art: CardArt) -> bytes:
        """Return a PDF of one empty page, whose resources (artwork, fonts) are those of every page."""
        with pikepdf.open(io.BytesIO(self._rendered.pdf)) as artwork, pikepdf.new() as pdf:
            sides = [artwork.pages[side] for side in range(self._design.sides)]
            forms = {f"/A{side}": _form(pdf, page) for side, page in enumerate(sides)}
            fonts = {
                "/" + self._names[font].decode(): embed(pdf, font, characters)
                for font, characters in self._glyphs.items()
            }
            resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(forms), Font=pikepdf.Dictionary(fonts))
            pdf.add_blank_page()
            pdf.pages[0].Resources = pdf.make_indirect(resources)
            with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
                metadata["dc:title"] = f"{art.firm}: {art.greeting}"
            base = io.BytesIO()
            pdf.save(base, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
        return base.getvalue()


def _form(pdf: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Object:
    """Copy a page of artwork into `pdf`, to be drawn on every card."""
    form = pdf.copy_foreign(page.as_form_xobject())
    # It would else be clipped at the cut, and the bleed lost.
    form.BBox = pikepdf.Array([round(float(edge), 3) for edge in page.mediabox])
    return form


def _page_boxes(design: CardDesign) -> bytes:
    """Return where each page is cut, and how far its artwork reaches: to the edge of the medium."""
    bleed, width, height = (length * POINTS_PER_MM for length in (BLEED_MM, design.width_mm, design.height_mm))
    whole = b"0 0 %.3f %.3f" % (width + 2 * bleed, height + 2 * bleed)
    trim = b"%.3f %.3f %.3f %.3f" % (bleed, bleed, bleed + width, bleed + height)
    return b"/MediaBox[%b]/BleedBox[%b]/TrimBox[%b]" % (whole, whole, trim)


def _batches(faces: Iterable[CardFace], size: int) -> Iterator[list[CardFace]]:
    remaining = iter(faces)
    while some := list(islice(remaining, size)):
        yield some
