"""What else is printed for a firm: the gift book itself, and the artwork of decoration jobs, ready for the press."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from giftshop import accounts, branding, catalogue, paper
from giftshop.db import Reader
from giftshop.kernel.errors import Missing
from giftshop.kernel.locale import pick
from giftshop.production import decorating
from giftshop.production.art import CardWords, card_art
from giftshop.production.errors import NoArtwork
from giftshop.production.models import DecorationJob
from giftshop.production.print_pictures import printable
from giftshop.production.rules import JobKind

KEPT: Final = 16
"""Artworks kept in memory: a job's page, and then its file, need the same one."""


@dataclass(frozen=True, slots=True)
class Binding:
    """How a book is bound. `spine_mm` is 0 for one that is folded and stitched."""

    inside_pages: int
    spine_mm: float


def printed_book(
    reader: Reader,
    edition_id: int,
    words: CardWords,
    part: paper.BookPart,
    *,
    instance_path: Path,
    has_marks: bool = False,
    shows_trim: bool = False,
) -> bytes:
    """Return a part of the printed book of an edition, with the sender's `words` and in their language: a PDF.

    Raises NoSuchEdition; GlyphMissingInRow, TextTooLongInRow naming the gift that cannot be printed; GlyphMissing,
    TextTooLong for the words.
    """
    book = book_of(reader, edition_id, words.locale, instance_path)
    return paper.print_book(card_art(words), book, part, has_marks=has_marks, shows_trim=shows_trim)


def book_of(reader: Reader, edition_id: int, locale: str, instance_path: Path) -> paper.GiftBook:
    """Return all that a book says of an edition, in `locale`. The number of a gift is its place in the edition."""
    edition, items = catalogue.edition(reader, edition_id), catalogue.items_of(reader, edition_id)
    found = {item.id: catalogue.picture_content(reader, item.picture) for item in items}
    pictures = printable({item_id: content for item_id, content in found.items() if content}, instance_path)
    gifts = [
        paper.Gift(number, pick(item.names, locale), pick(item.descriptions, locale), pictures.get(item.id))
        for number, item in enumerate(items, start=1)
    ]
    return paper.GiftBook(pick(edition.names, locale), pick(edition.labels, locale), gifts)


def binding_of(reader: Reader, edition_id: int) -> Binding:
    """Return how the book of an edition is bound. Raises NoSuchEdition."""
    edition = catalogue.edition(reader, edition_id)
    gifts = [paper.Gift(item.id, "", "", None) for item in catalogue.items_of(reader, edition.id)]
    book = paper.GiftBook("", "", gifts)
    return Binding(book.inside_pages, book.spine_mm)


def shape_in(text: str | None) -> paper.Shape | None:
    """Return the shape of a sticker that a page was asked for; None: as the job's size says. Raises Missing."""
    if not text:
        return None
    if text not in set(paper.Shape):
        raise Missing
    return paper.Shape(text)


def print_ready(reader: Reader, job_id: int, locale: str, shape: paper.Shape | None = None) -> paper.GoodsFile:
    """Return the artwork of a decoration job as whoever prints it needs it; the sheet says in `locale` what it is.

    Raises Missing; NoArtwork for greeting cards, which are printed from the order; TextTooLong, GlyphMissing for words.
    """
    job = decorating.job(reader, job_id)
    if job.kind not in PRESSES:
        raise NoArtwork
    return _made(job.kind, _art_of(reader, job, locale), shape if job.kind is JobKind.STICKER else None)


def _art_of(reader: Reader, job: DecorationJob, locale: str) -> paper.GoodsArt:
    where = ", ".join(filter(None, (pick(job.on_words, locale), pick(job.places, locale))))
    look = branding.kit_of(reader, job.firm_id).look
    return paper.GoodsArt(
        number=str(job.id),
        firm=accounts.firm(reader, job.firm_id).name,
        width_mm=job.width_mm,
        height_mm=job.height_mm,
        logo=branding.logo_bytes(reader, job.firm_id, job.logo_id) if job.logo_id else None,
        text=job.text,
        about=(job.about, where),
        pieces=job.quantity,
        accent=look.accent,
        lettering=look.lettering,
        locale=locale,
    )


@lru_cache(maxsize=KEPT)
def _made(kind: JobKind, art: paper.GoodsArt, shape: paper.Shape | None) -> paper.GoodsFile:
    return PRESSES[kind](art, shape)


PRESSES: Final[Mapping[JobKind, Callable[[paper.GoodsArt, paper.Shape | None], paper.GoodsFile]]] = {
    JobKind.SILK_SCREEN: lambda art, _: paper.one_colour(art, paper.SILK),
    JobKind.ENGRAVING: lambda art, _: paper.one_colour(art, paper.ENGRAVING),
    JobKind.BAG_PRINT: lambda art, _: paper.gift_bag(art),
    JobKind.STICKER: paper.sticker,
}
"""How the artwork of each kind of job is made ready."""
