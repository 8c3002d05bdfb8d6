"""Orders on paper: the proof of the card, and the greeting cards of gift sets. What firms file is in `papers`."""

from __future__ import annotations

import io

from giftshop import giftsets, paper, production
from giftshop.db import Reader
from giftshop.orders import designs, making, pictures, queries
from giftshop.orders.errors import NoCard, NotForSets, NothingPrinted, NotPaidYet
from giftshop.orders.models import Order
from giftshop.orders.pictures import Shot
from giftshop.orders.presenting import imprint
from giftshop.orders.proofing import content_of, words_of
from giftshop.web import current_shop


def proof(reader: Reader, order: Order) -> bytes:
    """Return the card of an order as it will be printed, with a specimen's code: a PDF.

    Raises GlyphMissing, TextTooLong: words that cannot be printed are refused here, before anything is ordered; NoCard,
    NothingPrinted.
    """
    shot = proof_shot(reader, order)
    return paper.proof(shot.design, shot.art, shot.face)


def greeting_cards(reader: Reader, order: Order) -> bytes:
    """Return the greeting cards of a paid order of gift sets, one a page, each with its name and its parcel: a PDF.

    Raises NotForSets, NoCard; ProofMissing, ProofChanged; GlyphMissingInRow or TextTooLongInRow naming the row that
    cannot be printed.
    """
    if order.gift_set_id is None:
        raise NotForSets(number=order.number)
    if not giftsets.contents_of(reader, order.gift_set_id).has_card:
        raise NoCard
    faces = [production.greeting_face(name, number) for name, number in making.faces_of(reader, order)]
    if not faces:
        raise NotPaidYet(number=order.number)
    production.refuse_unapproved(reader, (queries.KIND, order.id), content_of(reader, order, imprint()))
    return _printed(reader, order, faces)


def refuse_unprintable(reader: Reader, order: Order) -> None:
    """Refuse an order whose cards could not all be printed, before it is placed: see `designs`."""
    designs.refuse_unprintable(reader, order, words_of(reader, order, imprint()))


def refuse_unprintable_words(reader: Reader, order: Order) -> None:
    """Refuse what is the same on all cards of an order, at the field that says it: see `designs`."""
    if designs.has_printed_card(reader, order) and order.headline and order.greeting:
        designs.refuse_unprintable_words(order, words_of(reader, order, imprint()))


def _printed(reader: Reader, order: Order, faces: list[paper.CardFace]) -> bytes:
    out = io.BytesIO()
    words = words_of(reader, order, imprint())
    paper.print_cards(production.design_of(words.design), production.card_art(words), faces, out)
    return out.getvalue()


def proof_shot(reader: Reader, order: Order, side: int = 1) -> Shot:
    """Return one side (from 1) of an order's proof, to be drawn. Raises NoCard, NothingPrinted, DesignGone."""
    if order.is_digital:
        raise NothingPrinted
    if not designs.has_printed_card(reader, order):
        raise NoCard
    first = next(iter(queries.recipients_of(reader, order.id, limit=1)), None)
    words = words_of(reader, order, imprint())
    face = designs.face_of(order, words, first.name if first else "")
    return Shot(production.design_of(words.design), production.card_art(words), face, side)


def proof_picture(reader: Reader, order: Order, side: int = 1) -> bytes:
    """Return one side (from 1) of the proof as a PNG. Raises Missing for a side that the design has not."""
    return pictures.picture(proof_shot(reader, order, side))


def gift_book(reader: Reader, order: Order) -> bytes:
    """Return the printed gift book of an order, to leaf through: cover, all gifts, the sender's words. A PDF.

    Raises NothingPrinted for e-cards and for what is no gift book; GlyphMissing, TextTooLong and the same in a row.
    """
    if order.is_digital or order.edition_id is None:
        raise NothingPrinted
    path = current_shop().settings.instance_path
    words, whole = words_of(reader, order, imprint()), paper.BookPart.WHOLE
    return production.printed_book(reader, order.edition_id, words, whole, instance_path=path, shows_trim=True)
