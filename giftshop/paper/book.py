"""The printed gift book: a cover, and inside every gift of an edition with its picture, its number and a few words.

A5 upright with bleed. Inside pages come to a multiple of four, so that the sheets fold. Nothing in it is a price.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

from giftshop.paper.card_design import BLEED_MM, CardArt, Lettering
from giftshop.paper.colour import Palette
from giftshop.paper.copyfitting import Copy, Room, fitted, shortened
from giftshop.paper.document import render
from giftshop.paper.errors import GlyphMissing, GlyphMissingInRow, TextTooLong, TextTooLongInRow
from giftshop.paper.fonts import SANS, SANS_BOLD, SERIF, Typeface
from giftshop.paper.goods_templates import templates
from giftshop.paper.trimming import boxed
from giftshop.paper.words import translator

WIDTH_MM: Final = 148
HEIGHT_MM: Final = 210
GENEROUS_UNTIL: Final = 12
"""Gifts up to which a page shows two instead of four."""
AT_A_GLANCE: Final = 64
"""Gifts up to which one page can list them all."""
STITCHED_UNTIL: Final = 64
"""Inside pages that can be folded and stitched; more are glued to a spine."""
LEAF_MM: Final = 0.13
"""Thickness of a leaf of 150 g coated paper."""


class BookPart(StrEnum):
    """Which pages are wanted."""

    COVER = "cover"
    """Front, its inside, the inside of the back, back: printed on heavier paper."""
    INSIDE = "inside"
    """All that is folded into it."""
    WHOLE = "whole"
    """Both, in the order one leafs through them: to look at, not to print."""


@dataclass(frozen=True, slots=True)
class Gift:
    """One gift: `number` is what a recipient says on the telephone; `picture` a square JPEG or PNG, if there is one."""

    number: int
    name: str
    description: str
    picture: bytes | None


@dataclass(frozen=True, slots=True)
class GiftBook:
    """An edition in the language of the book. `title` is its name, `label` which edition it is."""

    title: str
    label: str
    gifts: Sequence[Gift]

    @property
    def inside_pages(self) -> int:
        """Return how many pages there are inside, a multiple of four."""
        pages = len(FRONT_MATTER) + len(self.spreads) + 1
        return -(-pages // 4) * 4

    @property
    def spine_mm(self) -> float:
        """Return how thick the spine is; 0 for a book that is folded and stitched."""
        return 0.0 if self.inside_pages <= STITCHED_UNTIL else round(self.inside_pages / 2 * LEAF_MM, 1)

    @property
    def a_page(self) -> int:
        """Return how many gifts share a page."""
        return 2 if len(self.gifts) <= GENEROUS_UNTIL else 4

    @property
    def spreads(self) -> list[Sequence[Gift]]:
        """Return the gifts page by page."""
        return [self.gifts[first : first + self.a_page] for first in range(0, len(self.gifts), self.a_page)]


FRONT_MATTER: Final = ("letter", "ways")
FILLING: Final = {
    0: (),
    1: ("choice",),
    2: ("ornament", "choice"),
    3: ("glance", "choice", "ornament"),
}
"""What stands between the gifts and the last page, by how many pages are wanting to a multiple of four."""


def print_book(
    art: CardArt, book: GiftBook, part: BookPart, *, has_marks: bool = False, shows_trim: bool = False
) -> bytes:
    """Return a part of the gift book that says the words of `art`, as a PDF.

    Raises:
        GlyphMissingInRow, TextTooLongInRow: a gift cannot be printed; the row is its number.
        GlyphMissing, TextTooLong: the words of the sender cannot.

    """
    page = templates().get_template("paper/goods/book.html")
    assets = {f"gift-{gift.number}": gift.picture for gift in book.gifts if gift.picture}
    html = page.render(
        art=art,
        book=book,
        part=part.value,
        pages=list(_pages(book)),
        cells=_cells(art, book) if part is not BookPart.COVER else {},
        copy=_copy(art, book),
        palette=Palette.of(art.accent),
        chinese=art.locale.startswith("zh"),
        is_sans=art.lettering is Lettering.SANS,
        pgettext=translator(art.locale),
    )
    pdf = render(html, assets=assets if art.logo is None else {**assets, "logo": art.logo}, keeps_pictures=True)
    return boxed(pdf, BLEED_MM, has_marks=has_marks, shows_trim=shows_trim)


def _pages(book: GiftBook) -> Iterator[tuple[str, Sequence[Gift]]]:
    """Give each inside page: what it is, and the gifts on it."""
    wanting = -(len(FRONT_MATTER) + len(book.spreads) + 1) % 4
    yield from ((kind, ()) for kind in FRONT_MATTER)
    yield from (("gifts", gifts) for gifts in book.spreads)
    for kind in FILLING[wanting]:
        yield ("ornament" if kind == "glance" and len(book.gifts) > AT_A_GLANCE else kind, ())
    yield "last", ()


@dataclass(frozen=True, slots=True)
class _Cell:
    """The words of a gift, broken into lines."""

    name: Copy
    description: Copy
    glance: Copy


def _cells(art: CardArt, book: GiftBook) -> dict[int, _Cell]:
    return {gift.number: _cell(art, book, gift) for gift in book.gifts}


def _cell(art: CardArt, book: GiftBook, gift: Gift) -> _Cell:
    named, described, listed = _rooms(art, book.a_page)
    try:
        name, glance = fitted(gift.name, named), shortened(gift.name, listed)
        return _Cell(name, shortened(gift.description, described), glance)
    except GlyphMissing as missing:
        facts = {**missing.facts, "row": gift.number}
        raise GlyphMissingInRow(field=None, **facts) from missing
    except TextTooLong as long:
        raise TextTooLongInRow(row=gift.number, text=gift.name) from long


def _rooms(art: CardArt, a_page: int) -> tuple[Room, Room, Room]:
    """Return the rooms of a gift's name, of what is said of it, and of its line in the list of all."""
    chinese, large = art.locale.startswith("zh"), _Large.of(art)
    listed = Room(SANS, 46, 4, (8, 7.5, 7, 6.5), 1.2)
    sizes: Sequence[float]
    if a_page == 2:
        sizes = (15, 13.5, 12, 10.5, 9) if chinese else (19, 17, 15, 13, 11.5, 10)
        named = large.room(47, 27, sizes, 1.3 if chinese else 1.06)
        return named, Room(SANS, 47, 41, (8.8, 8.2, 7.6), 1.7 if chinese else 1.45), listed
    sizes = (11, 10, 9, 8, 7.2) if chinese else (13.5, 12.5, 11.5, 10.5, 9.2, 8.4, 7.8)
    named = large.room(57, 9.8, sizes, 1.22 if chinese else 1.0)
    return named, Room(SANS, 57, 16.4, (8, 7.5, 7, 6.6), 1.55 if chinese else 1.32), listed


def _copy(art: CardArt, book: GiftBook) -> dict[str, Copy]:
    """Return the words of the sender and the title, each fitted to its place."""
    return (_chinese if art.locale.startswith("zh") else _western)(art, book) | {
        "contact": fitted(art.contact, Room(SANS, 108, 8, (8, 7.5, 7, 6.5), 1.35)),
        "hotline": fitted(art.hotline, Room(SANS_BOLD, 108, 14, (30, 26, 22, 18, 15, 12), 1.1)),
    }


def _chinese(art: CardArt, book: GiftBook) -> dict[str, Copy]:
    large = _Large.of(art)
    return {
        "title": fitted(book.title, large.room(66, 40, (34, 30, 26, 22, 18, 15), 1.25, tracking=0.06)),
        "occasion": fitted(art.greeting, large.room(66, 13, (13, 11.5, 10, 9), 1.3, tracking=0.04)),
        "headline": fitted(art.greeting, large.room(108, 34, (27, 24, 21, 18, 15), 1.3, tracking=0.06)),
        "message": fitted(art.message, large.text(102, 94, (12.5, 11.5, 10.5, 9.5, 8.5, 7.5), 1.85)),
        "firm": fitted(art.firm, large.room(60, 12, (12, 11, 10, 9, 8), 1.25)),
    }


def _western(art: CardArt, book: GiftBook) -> dict[str, Copy]:
    large = _Large.of(art)
    return {
        "title": fitted(book.title, large.room(66, 40, (40, 36, 31, 27, 23, 19, 16), 1.0)),
        "occasion": fitted(art.greeting, large.room(66, 13, (17, 15, 13, 11), 1.1)),
        "headline": fitted(art.greeting, large.room(108, 34, (33, 29, 25, 21, 18), 1.05)),
        "message": fitted(art.message, large.text(102, 94, (16, 14.5, 13, 12, 11, 10, 9), 1.36)),
        "firm": fitted(art.firm, large.room(60, 12, (15, 13.5, 12, 10.5, 9), 1.1)),
    }


@dataclass(frozen=True, slots=True)
class _Large:
    """The typeface of large words, and by what its sizes are multiplied to look as large as the serif's."""

    typeface: Typeface
    scale: float

    @classmethod
    def of(cls, art: CardArt) -> Self:
        return cls(SANS_BOLD, 0.86) if art.lettering is Lettering.SANS else cls(SERIF, 1.0)

    def room(
        self, width: float, height: float, sizes: Sequence[float], leading: float, *, tracking: float = 0.0
    ) -> Room:
        """Return a room for a title or a name."""
        return replace(self.text(width, height, sizes, leading), tracking=tracking, is_display=True)

    def text(self, width: float, height: float, sizes: Sequence[float], leading: float) -> Room:
        """Return a room for some sentences."""
        return Room(self.typeface, width, height, [size * self.scale for size in sizes], leading)
