"""Cards by the thousand: the artwork drawn once, and on each card only what is its own."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import BinaryIO, Final, TypeVar

from giftshop.paper.card_art import RenderedArt, render_art
from giftshop.paper.card_design import CardArt, CardDesign, CardFace, TextField
from giftshop.paper.errors import GlyphMissing, GlyphMissingInRow, TextTooLong, TextTooLongInRow
from giftshop.paper.exchange import UNDATED
from giftshop.paper.output import ONE_UP, Output
from giftshop.paper.page_stream import PageStream
from giftshop.paper.press_base import PressBase
from giftshop.paper.qr_press import QrPath, qr_paths
from giftshop.paper.sheet_numbers import SheetNumbers
from giftshop.paper.sheets import Sheet, Slot, sheet_of
from giftshop.paper.typesetting import INK, Line, UsedCharacters, qr_operators, set_line

CARDS_AT_ONCE: Final = 1024
"""Cards in memory at once: enough to be worth a table of QR codes, and some megabytes."""
Printed = tuple[CardFace, QrPath]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PrintedCount:
    """What was printed: so many cards on so many sheets and pages, in a file of this size and checksum.

    A sheet is a piece of paper; printed on both sides it is two pages. One-up, each card is a sheet of its own.
    """

    cards: int
    pages: int
    sheets: int
    size_bytes: int
    sha256: str


def print_cards(
    design: CardDesign,
    art: CardArt,
    faces: Iterable[CardFace],
    out: BinaryIO,
    *,
    output: Output = ONE_UP,
    label: str = "",
    at: datetime = UNDATED,
    progress: Callable[[int], None] = lambda cards: None,
) -> PrintedCount:
    """Write a PDF of all cards, as `output` says, to `out`, which need not be seekable.

    `faces` is gone through twice, the first time to check every card before anything is written; it may make its cards
    as they are asked for, so that memory stays flat. `progress` hears the number of cards written so far. `label` (the
    run's name, say) stands beside the number of each imposed sheet; `at` is the date that PDF/X asks for. The same
    arguments give the same bytes, so that a run that was cut short can be written anew.

    Raises:
        GlyphMissingInRow, TextTooLongInRow: a card cannot be printed; nothing was written.
        GlyphMissing, TextTooLong: the artwork cannot.
        LinkTooLong: a QR code cannot hold a link.
        GridNumberWrong, GridTooLarge: the cards do not fit on such a sheet.
        ColourNotSeparable: the artwork has colours that cannot be turned into inks.

    """
    if iter(faces) is faces:
        raise TypeError("faces are gone through twice: give what can be iterated anew, not an iterator")
    sheet = sheet_of(design, output)
    design = design.lettered(art.lettering)
    rendered = render_art(design, art)
    used, count = _checked(design, rendered, faces)
    up = len(sheet.fronts)
    numbers = SheetNumbers(sheet, art.locale, label, sheets=-(-count // up), sides=design.sides)
    numbers.note(used)
    base = PressBase(design, art, rendered, sheet=sheet, output=output, glyphs=used.glyphs())
    press = _Press(design, rendered, sheet, numbers, base)
    pages = PageStream(out, base.pdf(label=label, at=at), base.page_facts())
    shared = {side: pages.content(press.blank(side)) for side in press.sides_without_fields}
    cards = sheets = 0
    for some in _batches(faces, max(CARDS_AT_ONCE // up, 1) * up):
        printed = zip(some, qr_paths([face.link for face in some]), strict=True)
        for on_sheet in _batches(printed, up):
            sheets += 1
            for side in range(design.sides):
                pages.page(shared[side] if side in shared else pages.content(press.operators(side, on_sheet, sheets)))
        cards += len(some)
        progress(cards)
    pages.close()
    return PrintedCount(cards, pages.pages, sheets, pages.size_bytes, pages.sha256)


def proof(design: CardDesign, art: CardArt, face: CardFace, *, output: Output = ONE_UP) -> bytes:
    """Return one card as a PDF, made exactly as a print run with this `output` is.

    Raises:
        GlyphMissing, TextTooLong, LinkTooLong, GridNumberWrong, GridTooLarge, ColourNotSeparable: as in `print_cards`.

    """
    out = io.BytesIO()
    print_cards(design, art, [face], out, output=output)
    return out.getvalue()


def _checked(design: CardDesign, rendered: RenderedArt, faces: Iterable[CardFace]) -> tuple[UsedCharacters, int]:
    """Set every text of every card once, and return the characters it takes and how many cards there are."""
    used, row = UsedCharacters(), 0
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
    return used, row


def _line(style: TextField, rendered: RenderedArt, face: CardFace) -> Line | None:
    place = rendered.places.get(style.name)
    return None if place is None else set_line(face.texts.get(style.name, ""), style, place)


class _Press:
    """Writes what a side of a sheet shows: each card's artwork in its slot, and on it what is its own."""

    def __init__(
        self, design: CardDesign, rendered: RenderedArt, sheet: Sheet, numbers: SheetNumbers, base: PressBase
    ) -> None:
        self._rendered, self._numbers, self._names = rendered, numbers, base.names
        self._fields = [
            [style for style in design.fields if style.name in rendered.places and self._page_of(style.name) == side]
            for side in range(design.sides)
        ]
        self._qr_side = self._page_of("qr")
        self._around = [[_around(slot, side) for slot in sheet.slots(side)] for side in range(design.sides)]
        self._marks = b"/M Do\n" if sheet.marks else b""

    def _page_of(self, name: str) -> int:
        return self._rendered.places[name].page

    @property
    def sides_without_fields(self) -> list[int]:
        """Sides that are the same on every sheet, and written once: one-up, those without anything of a card's own."""
        if self._numbers.are_printed:
            return []
        return [side for side, fields in enumerate(self._fields) if not fields and side != self._qr_side]

    def blank(self, side: int) -> bytes:
        """Return what such a side shows."""
        before, after = self._around[side][0]
        return before + after + self._marks

    def operators(self, side: int, cards: Sequence[Printed], number: int) -> bytes:
        """Return what one side of sheet `number` shows, with these cards on it."""
        slots = zip(self._around[side], cards, strict=False)
        shown = [before + self._own(side, face, qr) + after for (before, after), (face, qr) in slots]
        return INK + b"".join(shown) + self._marks + self._numbers.operators(number, side, self._names)

    def _own(self, side: int, face: CardFace, qr: QrPath) -> bytes:
        lines = (_line(style, self._rendered, face) for style in self._fields[side])
        texts = b"".join(line.operators(self._names) for line in lines if line is not None)
        return texts + qr_operators(qr, self._rendered.places["qr"]) if side == self._qr_side else texts


def _around(slot: Slot, side: int) -> tuple[bytes, bytes]:
    """Return what stands before and after a card's own operators: its place on the sheet, and its artwork."""
    artwork = b"/A%d Do\n" % side
    placed = slot.clipping() + slot.placing()
    return (b"q\n" + placed + artwork, b"Q\n") if placed else (artwork, b"")


def _batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    remaining = iter(things)
    while some := list(islice(remaining, size)):
        yield some
