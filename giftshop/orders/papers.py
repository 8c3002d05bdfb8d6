"""What a firm files of an order: the quotation, the confirmation, and its lines as every paper tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from giftshop import accounts, catalogue, paper, payments
from giftshop.addresses import label_lines
from giftshop.db import Reader
from giftshop.kernel import clock
from giftshop.kernel.locale import LOCALES, pick
from giftshop.kernel.money import Money
from giftshop.orders import queries
from giftshop.orders.errors import NotConfirmed
from giftshop.orders.models import Order
from giftshop.orders.offers import Offer, goods_of, offer_of
from giftshop.orders.presenting import (
    DELIVERY_WORDS,
    LINE_WORDS,
    receiver_of,
    sending_words,
    tariff,
    unredeemed_words,
    valid_words,
)
from giftshop.orders.rules import InvoiceKind, Line, LineKind, OrderKind, OrderState, total_of
from giftshop.web import current_locale, current_shop, in_locale

UNCONFIRMED = frozenset({OrderState.DRAFT, OrderState.AWAITING_APPROVAL, OrderState.CANCELLED})


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A line of an order as papers tell it, in every language that we speak."""

    words: dict[str, str]
    detail: dict[str, str]
    """Which one exactly; empty where the words say it all."""
    unit: Money
    quantity: int
    invoice: InvoiceKind

    @property
    def amount(self) -> Money:
        """What it comes to."""
        return self.unit * self.quantity


def lines_on_paper(reader: Reader, order: Order) -> tuple[PaperLine, ...]:
    """Return the agreed lines of an order, or today's of a draft, in the words that papers tell them in."""
    offer = offer_of(reader, order)
    return tuple(_told(line, offer) for line in queries.lines_for(reader, order, tariff()))


def quotation(reader: Reader, order: Order) -> bytes:
    """Return an order, or a draft at today's prices, as a quotation in the current language: a PDF."""
    return _printed(reader, order, "orders/quotation.html")


def confirmation(reader: Reader, order: Order) -> bytes:
    """Return what a firm has ordered and we have accepted, in the current language: a PDF.

    Raises NotConfirmed for a draft, and for an order that waits for its firm's approval or was given up.
    """
    if order.state in UNCONFIRMED:
        raise NotConfirmed(number=order.number)
    people = accounts.users_by_id(reader, {order.buyer_id, order.decided_by or order.buyer_id})
    payment = payments.payment_of(reader, payments.Payable(queries.KIND, order.id))
    return _printed(
        reader,
        order,
        "orders/confirmation.html",
        buyer=people[order.buyer_id].name,
        approver=people[order.decided_by].name if order.decided_by in people else "",
        payment=payment,
        offers_card=payment is not None and payments.offers_card(payment),
        terms=_terms(order),
    )


def sample_quotation() -> bytes:
    """Return a quotation with made-up facts, in the current language: a PDF."""
    order = Order(id=1, kind=OrderKind.GIFT_BOOK, currency="CNY", invoice_title="", tax_number="", is_digital=False)
    wanted = ((LineKind.BOOKS, 20_000, 120), (LineKind.PRINTING, 300, 120), (LineKind.BRANDING, 30_000, 1))
    words = {kind: {current_locale(): _(LINE_WORDS[kind])} for kind, _unit, _quantity in wanted}
    lines = [
        PaperLine(words[kind], {}, Money(unit, "CNY"), quantity, InvoiceKind.ORDINARY)
        for kind, unit, quantity in wanted
    ]
    firm = accounts.Firm(name="Harbour & Lane")
    gift = catalogue.Item(names={"en": "West Lake Longjing", "zh_Hans": "西湖龙井"})
    return _rendered(order, "orders/quotation.html", lines, gifts=[gift], firm=firm)


def _printed(reader: Reader, order: Order, template: str, **facts: Any) -> bytes:
    firm, gifts = accounts.firm(reader, order.firm_id), goods_of(reader, order)
    return _rendered(order, template, lines_on_paper(reader, order), firm=firm, gifts=gifts, **facts)


def _rendered(order: Order, template: str, lines: Sequence[PaperLine], **facts: Any) -> bytes:
    settings = current_shop().settings
    receiver = receiver_of(order)
    html = render_template(
        template,
        order=order,
        lines=lines,
        total=total_of([Line(LineKind.ITEMS, line.unit, line.quantity) for line in lines], order.currency),
        has_untaxed=any(line.invoice is InvoiceKind.UNTAXED for line in lines),
        receiver_lines=label_lines(receiver) if receiver and not order.is_digital else (),
        on=clock.local_day(order.placed_at or clock.now(), settings.time_zone),
        site=settings,
        sending_words=sending_words,
        **facts,
    )
    return paper.render(html, missing=paper.Missing.BOX)


def _terms(order: Order) -> Sequence[tuple[str, str]]:
    """Return what was agreed besides the prices, as far as it is of this kind of order."""
    if order.kind is OrderKind.GIFT_SET:
        window = [(_("Delivery"), _(DELIVERY_WORDS[order.delivery]))]
        return [*window, (_("Given by"), order.sender_name)]
    terms = [(_("Given by"), order.sender_name), (_("Redeemable until"), valid_words(order))]
    if order.valid_until:
        terms.append((_("What nobody redeems in time"), unredeemed_words(order)))
    if order.is_digital:
        terms.append((_("E-cards go out"), sending_words(order)))
    return terms


def _told(line: Line, offer: Offer) -> PaperLine:
    words, detail = {}, {}
    for locale in LOCALES:
        with in_locale(locale):
            words[locale] = pick(line.words, locale) or _(LINE_WORDS[line.kind])
        if line.kind is LineKind.BOOKS:
            parts = [pick(offer.names, locale), pick(offer.labels, locale)]
            detail[locale] = " · ".join(dict.fromkeys(filter(None, parts)))
    return PaperLine(words, detail, line.unit, line.quantity, line.invoice)
