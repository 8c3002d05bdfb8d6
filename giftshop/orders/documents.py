"""Orders on paper: the quotation, and the proof of the card."""

from __future__ import annotations

from flask import render_template

from giftshop import accounts, branding, paper, production
from giftshop.db import Reader
from giftshop.kernel import clock
from giftshop.orders import queries
from giftshop.orders.models import Order
from giftshop.orders.offers import goods_of, offer_of
from giftshop.orders.presenting import INVOICE_WORDS, LINE_WORDS, line_why, receiver_of, tariff
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
    )
    return paper.render(html, missing=paper.Missing.BOX)


def proof(reader: Reader, order: Order) -> bytes:
    """Return the card of an order as it will be printed, with a specimen's code: a PDF.

    Raises GlyphMissing, TextTooLong: words that cannot be printed are refused here, before anything is ordered.
    """
    public_url = current_shop().settings.public_url
    first = next(iter(queries.recipients_of(reader, order.id, limit=1)), None)
    words = production.CardWords(
        sender_name=order.sender_name,
        headline=order.headline,
        greeting=order.greeting,
        contact_line=order.contact_line,
        hotline=current_shop().settings.hotline,
        public_url=public_url,
        valid_until=order.valid_until,
        locale=order.card_locale,
        logo=branding.logo_bytes(reader, order.firm_id, order.logo_id) if order.logo_id else None,
        is_named=order.has_list,
        value=order.face if order.kind is OrderKind.SHOPPING_CARD else None,
    )
    face = production.specimen(first.name if first else "", public_url)
    return paper.proof(production.DESIGN, production.card_art(words), face)


def proof_picture(reader: Reader, order: Order) -> bytes:
    """Return the proof's front as a PNG."""
    return paper.page_png(proof(reader, order))
