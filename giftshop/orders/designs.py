"""Which designs the cards of an order may have, and whether what they say can be printed with the chosen one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from giftshop import giftsets, paper, production
from giftshop.db import Reader
from giftshop.kernel.errors import Refused
from giftshop.orders.errors import DesignNotOffered
from giftshop.orders.models import Order
from giftshop.orders.queries import recipients_of
from giftshop.orders.rules import OrderKind
from giftshop.paper import CardArt, CardDesign, CardFace, DesignKind
from giftshop.production import CardWords

USE: Final[Mapping[OrderKind, DesignKind]] = {
    OrderKind.GIFT_BOOK: DesignKind.GIFT_BOOK,
    OrderKind.SHOPPING_CARD: DesignKind.SHOPPING_CARD,
    OrderKind.GIFT_SET: DesignKind.GREETING,
}
FIELDS: Final = {"headline": "greeting", "greeting": "message", "sender_name": "firm", "contact_line": "contact"}
"""What a buyer fills in, and what the artwork calls it."""


def offered(kind: OrderKind) -> list[CardDesign]:
    """Return the designs that the cards of an order of this kind may have, the usual one first."""
    return paper.designs_for(USE[kind])


def shown(order: Order) -> CardDesign:
    """Return the design whose size a page leaves room for: the chosen one, or where that is gone the usual one."""
    known = offered(order.kind)
    return next((design for design in known if design.key == order.design), known[0])


def refuse_other(kind: OrderKind, key: str) -> None:
    """Refuse a design that is not made for such orders. Raises DesignNotOffered."""
    if key not in {design.key for design in offered(kind)}:
        raise DesignNotOffered(field="design")


def has_printed_card(reader: Reader, order: Order) -> bool:
    """Whether anything of an order is a printed card."""
    if order.is_digital:
        return False
    return order.gift_set_id is None or giftsets.contents_of(reader, order.gift_set_id).has_card


def refuse_unprintable(reader: Reader, order: Order, words: CardWords) -> None:
    """Refuse an order whose cards could not all be printed, before it is placed. Slow: lays out a card.

    Raises DesignNotOffered; GlyphMissingInRow, TextTooLongInRow naming the row of the list; GlyphMissing, TextTooLong
    at the field whose words are meant.
    """
    if not has_printed_card(reader, order):
        return
    refuse_other(order.kind, order.design)
    _check(production.design_of(order.design), production.card_art(words), _faces(reader, order, words))


def refuse_unprintable_words(order: Order, words: CardWords) -> None:
    """Refuse the words that are the same on all cards, likewise."""
    _check(production.design_of(order.design), production.card_art(words), iter(()))


def face_of(order: Order, words: CardWords, name: str) -> CardFace:
    """Return what a proof says of its own."""
    if order.gift_set_id is None:
        return production.specimen(name, words.public_url)
    return production.greeting_face(name, production.SPECIMEN_NUMBER)


def _faces(reader: Reader, order: Order, words: CardWords) -> Iterator[CardFace]:
    names = [person.name for person in recipients_of(reader, order.id)] if order.has_list else [""]
    return (face_of(order, words, name) for name in names)


def _check(design: CardDesign, art: CardArt, faces: Iterator[CardFace]) -> None:
    try:
        paper.check_cards(design, art, faces)
    except (paper.GlyphMissing, paper.TextTooLong) as refusal:
        if "row" not in refusal.facts:
            refusal.field = _field_of(refusal, art)
        raise


def _field_of(refusal: Refused, art: CardArt) -> str | None:
    """Return the field that a refusal of the artwork is about."""
    whole, part = str(refusal.facts.get("text", "")), str(refusal.facts.get("character", ""))
    said = {field: str(getattr(art, name)) for field, name in FIELDS.items()}
    return next((field for field, text in said.items() if (whole and text == whole) or (part and part in text)), None)
