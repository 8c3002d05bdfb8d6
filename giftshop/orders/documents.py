"""Orders on paper: the quotation, the proof of the card, and the greeting cards of gift sets."""

from __future__ import annotations

import io

from flask import render_template

from giftshop import accounts, branding, giftsets, paper, production
from giftshop.db import Reader
from giftshop.kernel import clock
from giftshop.orders import making, queries
from giftshop.orders.errors import NoCard, NotForSets, NothingPrinted, NotPaidYet
from giftshop.orders.models import Order
from giftshop.orders.offers import goods_of, offer_of
from giftshop.orders.presenting import INVOICE_WORDS, LINE_WORDS, line_why, receiver_of, sending_words, tariff
from giftshop.orders.rules import OrderKind, total_of
from giftshop.web import current_shop


def quotation(reader: Reader, order: Order) -> bytes:
    """Return an order, or a draft at today's prices, as a quotation in the current language: a PDF."""
    lines = queries.lines_for(reader, order, tariff())
    settings = current_shop().settings
    html = render_template(
        "orders/quotation.html",
        order=order,
        offer=offer_of(reader, order),
        gifts=goods_of(reader, order),
        firm=accounts.firm(reader, order.firm_id),
        lines=lines,
        line_words=LINE_WORDS,
        invoice_words=INVOICE_WORDS,
        line_why=line_why,
        total=total_of(lines, order.currency),
        receiver=receiver_of(order),
        on=clock.local_day(order.placed_at or clock.now(), settings.time_zone),
        site=settings,
        sending_words=sending_words,
    )
    return paper.render(html, missing=paper.Missing.BOX)


def proof(reader: Reader, order: Order) -> bytes:
    """Return the card of an order as it will be printed, with a specimen's code: a PDF.

    Raises GlyphMissing, TextTooLong: words that cannot be printed are refused here, before anything is ordered; NoCard,
    NothingPrinted.
    """
    if order.is_digital:
        raise NothingPrinted
    first = next(iter(queries.recipients_of(reader, order.id, limit=1)), None)
    name, public_url = first.name if first else "", current_shop().settings.public_url
    art = production.card_art(_words(reader, order))
    if order.gift_set_id is None:
        return paper.proof(production.DESIGN, art, production.specimen(name, public_url))
    if not giftsets.contents_of(reader, order.gift_set_id).has_card:
        raise NoCard
    return paper.proof(production.GREETING, art, production.greeting_face(name, production.SPECIMEN_NUMBER))


def greeting_cards(reader: Reader, order: Order) -> bytes:
    """Return the greeting cards of a paid order of gift sets, one a page, each with its name and its parcel: a PDF.

    Raises NotForSets, NoCard, and GlyphMissingInRow or TextTooLongInRow naming the row that cannot be printed.
    """
    if order.gift_set_id is None:
        raise NotForSets(number=order.number)
    if not giftsets.contents_of(reader, order.gift_set_id).has_card:
        raise NoCard
    faces = [production.greeting_face(name, number) for name, number in making.faces_of(reader, order)]
    if not faces:
        raise NotPaidYet(number=order.number)
    return _printed(reader, order, faces)


def refuse_unprintable(reader: Reader, order: Order) -> None:
    """Refuse an order whose greeting cards could not all be printed, before it is placed. Slow: lays out a card.

    Raises GlyphMissingInRow, TextTooLongInRow naming the row; GlyphMissing, TextTooLong for the words of all.
    """
    if order.gift_set_id is None or not giftsets.contents_of(reader, order.gift_set_id).has_card:
        return
    people = [person.name for person in queries.recipients_of(reader, order.id)] or [""]
    _printed(reader, order, [production.greeting_face(name, production.SPECIMEN_NUMBER) for name in people])


def _printed(reader: Reader, order: Order, faces: list[paper.CardFace]) -> bytes:
    out = io.BytesIO()
    paper.print_cards(production.GREETING, production.card_art(_words(reader, order)), faces, out)
    return out.getvalue()


def _words(reader: Reader, order: Order) -> production.CardWords:
    return production.CardWords(
        sender_name=order.sender_name,
        headline=order.headline,
        greeting=order.greeting,
        contact_line=order.contact_line,
        hotline=current_shop().settings.hotline,
        public_url=current_shop().settings.public_url,
        valid_until=order.valid_until,
        locale=order.card_locale,
        logo=branding.logo_bytes(reader, order.firm_id, order.logo_id) if order.logo_id else None,
        is_named=order.has_list,
        value=order.face if order.kind is OrderKind.SHOPPING_CARD else None,
    )


def gift_book(reader: Reader, order: Order) -> bytes:
    """Return the printed gift book of an order, to leaf through: cover, all gifts, the sender's words. A PDF.

    Raises NothingPrinted for e-cards and for what is no gift book; GlyphMissing, TextTooLong and the same in a row.
    """
    if order.is_digital or order.edition_id is None:
        raise NothingPrinted
    path = current_shop().settings.instance_path
    words, whole = _words(reader, order), paper.BookPart.WHOLE
    return production.printed_book(reader, order.edition_id, words, whole, instance_path=path, shows_trim=True)


def proof_picture(reader: Reader, order: Order) -> bytes:
    """Return the proof's front as a PNG."""
    return paper.page_png(proof(reader, order))
