"""How an order is shown: the words of its states and lines, its steps, its receiver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _

from giftshop import cards
from giftshop.addresses import Address, Receiver, display_phone, label_lines
from giftshop.cards import BatchState, Unredeemed
from giftshop.kernel.locale import N_
from giftshop.kernel.market import StoredValueRules
from giftshop.kernel.money import Money
from giftshop.kernel.role import MemberRole
from giftshop.listing import Found
from giftshop.orders.models import Order
from giftshop.orders.proofing import Imprint
from giftshop.orders.rules import (
    Delivery,
    Holder,
    InvoiceKind,
    Lack,
    Line,
    LineKind,
    OrderKind,
    OrderState,
    ParcelState,
    Step,
    Tariff,
    expires,
    steps_of,
)
from giftshop.web import current_shop
from giftshop.web.filters import money

STATE_WORDS: Final = {
    OrderState.DRAFT: N_("Draft"),
    OrderState.AWAITING_APPROVAL: N_("Waiting for approval"),
    OrderState.AWAITING_PAYMENT: N_("Waiting for payment"),
    OrderState.PAID: N_("Paid, being made"),
    OrderState.ISSUED: N_("Issued"),
    OrderState.MADE: N_("Made, being sent"),
    OrderState.SENT: N_("All parcels sent"),
    OrderState.CANCELLED: N_("Cancelled"),
}
DELIVERY_WORDS: Final = {
    Delivery.DIRECT: N_("Straight to the people of the list"),
    Delivery.FIRM: N_("All to your firm"),
    Delivery.BRANCHES: N_("To several branches"),
}
PARCEL_WORDS: Final = {
    ParcelState.MAKING: N_("Still being made"),
    ParcelState.WAITING: N_("At the packing table"),
    ParcelState.SENT: N_("On the way"),
    ParcelState.DELIVERED: N_("Delivered"),
    ParcelState.RETURNED: N_("Came back"),
    ParcelState.STOPPED: N_("Stopped"),
    ParcelState.CANCELLED: N_("Will not be sent"),
}
STEP_WORDS: Final = {
    Step.CHOOSE: N_("Gift book"),
    Step.VALUE: N_("Shopping card"),
    Step.GIFT_SET: N_("Gift set"),
    Step.RECIPIENTS: N_("Recipients"),
    Step.BRAND: N_("The card"),
    Step.DELIVERY: N_("Delivery and invoice"),
    Step.REVIEW: N_("Proof and order"),
}
LINE_WORDS: Final = {
    LineKind.BOOKS: N_("Gift books"),
    LineKind.VALUE: N_("Value on shopping cards"),
    LineKind.PRINTING: N_("Printed cards"),
    LineKind.BRANDING: N_("Setting up your logo, once"),
    LineKind.DELIVERY: N_("Insured delivery of the cards"),
    LineKind.SENDING: N_("Sending e-cards"),
    LineKind.ITEMS: N_("Goods"),
    LineKind.PACKAGING: N_("Packaging"),
    LineKind.SETUP: N_("Setting up a decoration, once"),
    LineKind.DECORATION: N_("Decoration"),
    LineKind.CARD: N_("Greeting cards"),
    LineKind.PARCELS: N_("Delivery by parcel"),
}
INVOICE_WORDS: Final = {
    InvoiceKind.ORDINARY: N_("Invoice with tax"),
    InvoiceKind.UNTAXED: N_("Invoice without tax: stored value is taxed when it is spent"),
}
LACK_WORDS: Final = {
    Lack.PRODUCTS: N_("Choose what the cards can be spent on."),
    Lack.FACE: N_("Write how much a card holds, within what the market allows."),
    Lack.REAL_NAME: N_("Say who buys on your firm's behalf, with the number of their identity card."),
    Lack.QUANTITY: N_("Say for how many people, or upload your list."),
    Lack.GREETING: N_("Write the words on the card."),
    Lack.SENDER: N_("Say who gives it."),
    Lack.VALIDITY: N_("Choose a last day that is neither too near nor too far."),
    Lack.RECEIVER: N_("Say where it all goes."),
    Lack.ADDRESSES: N_("To send to people's doors, everybody on the list needs an address. Upload the list again."),
    Lack.BRANCHES: N_("Give exactly as many sets to the branches as you order."),
    Lack.WINDOW: N_("Choose a first day of sending that leaves time to make everything, and an end after it."),
    Lack.REACH: N_(
        "To send e-cards, everybody on the list needs an e-mail address or a mobile. Upload the list again."
    ),
    Lack.HOUR: N_("Choose an hour for sending that is still to come, and before the last day."),
    Lack.INVOICE: N_("Say whom the invoice names."),
}


HOLDER_WORDS: Final = {
    Holder.BEARER: N_("for whoever holds it"),
    Holder.NAMED: N_("for the person it names"),
}


def valid_words(order: Order) -> str:
    """Return until when what is ordered can be redeemed, in words."""
    if order.valid_until is not None:
        return str(format_date(order.valid_until, "long"))
    is_for_ever = order.kind is OrderKind.SHOPPING_CARD and not expires(order.holder, _market())
    return str(_("Does not expire")) if is_for_ever else "–"


UNREDEEMED_WORDS: Final = {
    Unredeemed.RETURN: N_("is paid back to you"),
    Unredeemed.CREDIT: N_("is credited to you for later orders"),
    Unredeemed.DONATE: N_("is given to charity in your name"),
    Unredeemed.KEEP: N_("stays with us"),
}


def unredeemed_words(order: Order) -> str:
    """Return what becomes of what nobody redeems in time, in words."""
    if order.kind is OrderKind.SHOPPING_CARD and not _market().breakage_is_final:
        return str(_("can always be extended"))
    return str(_(UNREDEEMED_WORDS[order.unredeemed]))


def sending_words(order: Order) -> str:
    """Return when an order's e-cards are sent, in words."""
    moment = order.send_moment
    if moment is None:
        return str(_("As soon as they are paid"))
    place = moment.zone.replace("_", " ")
    return str(
        _(
            "%(day)s at %(hour)s, %(place)s",
            day=format_date(moment.day, "long"),
            hour=f"{moment.hour:02}:00",
            place=place,
        )
    )


def tariff() -> Tariff:
    """Return what the operator asks besides the gifts."""
    return Tariff(parcel_limit_g=current_shop().settings.parcel_limit_g)


def imprint() -> Imprint:
    """Return what stands on every card."""
    return Imprint(current_shop().settings.hotline, current_shop().settings.public_url)


def line_why(line: Line) -> str:
    """Return how a line's amount comes about: ¥200.00 × 390, what is asked once, or why it costs nothing."""
    if line.kind is LineKind.SENDING:
        return str(_("On us"))
    if not line.amount and line.kind is LineKind.DELIVERY:
        return str(_("On us, from %(least)s cards", least=tariff().free_delivery_from))
    if line.kind is LineKind.DELIVERY:
        return str(_("Once; from %(least)s cards on it is on us", least=tariff().free_delivery_from))
    if line.kind in {LineKind.SETUP, LineKind.BRANDING}:
        return str(_("The same for any number"))
    return f"{money(line.unit)} × {line.quantity}" if line.quantity > 1 else ""


def receiver_of(order: Order) -> Receiver | None:
    """Return who takes in an order's printed cards, or its gift sets."""
    return receiver_in(order.receiver) if order.receiver is not None else None


def receiver_in(written: Mapping[str, Any]) -> Receiver:
    """Return a receiver as it was written down with an order."""
    facts = dict(written)
    return Receiver(facts["name"], facts["phone"], Address(**facts["address"]))


def step_links(order: Order | None, current: Step, kind: OrderKind = OrderKind.GIFT_BOOK) -> dict[str, object]:
    """Return the steps of drawing up an order, or a new one of `kind`, for the macro that shows them."""
    shown = steps_of(order.kind if order else kind, has_list=order is None or order.has_list)
    links = [(_(STEP_WORDS[step]), url_for(f"orders.{step}", number=order.number) if order else None) for step in shown]
    return {"links": links, "current": shown.index(current) + 1 if current in shown else 1}


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a batch's way, for the timeline."""

    words: str
    kind: str
    """done, current or ahead."""


def stages_of(batch: cards.Batch) -> list[Stage]:
    """Return the way of an order's cards, with where they are now."""
    way = (
        [
            (BatchState.SEALED, _("Issued")),
            (BatchState.ACTIVE, _("Open to their holders")),
        ]
        if batch.is_digital
        else [
            (BatchState.SEALED, _("Issued")),
            (BatchState.PRINTED, _("Printed")),
            (BatchState.SHIPPED, _("On their way to you")),
            (BatchState.ACTIVE, _("Arrived, redeemable")),
        ]
    )
    order = list(BatchState)
    reached = order.index(batch.state)
    kinds = ["done" if order.index(state) <= reached else "ahead" for state, _words in way]
    if "ahead" in kinds:
        kinds[kinds.index("ahead")] = "current"
    return [Stage(words, kind) for (_state, words), kind in zip(way, kinds, strict=True)]


def page_words() -> dict[str, object]:
    """Return what the pages of orders say things with."""
    return {
        "order_words": STATE_WORDS,
        "line_words": LINE_WORDS,
        "lack_words": LACK_WORDS,
        "invoice_words": INVOICE_WORDS,
        "line_why": line_why,
        "display_phone": display_phone,
        "label_lines": label_lines,
        "state_views": state_views,
        "stages_of": stages_of,
        "tariff": tariff(),
        "holder_words": HOLDER_WORDS,
        "delivery_words": DELIVERY_WORDS,
        "parcel_words": PARCEL_WORDS,
        "valid_words": valid_words,
        "unredeemed_words": unredeemed_words,
        "sending_words": sending_words,
        "transfer_from": Money(_market().transfer_from_minor, current_shop().settings.currency),
        "logo_price": Money(tariff().logo_minor, current_shop().settings.currency),
        "bank_account": current_shop().settings.bank_account,
        "buyer_role": MemberRole.BUYER,
        "approver_role": MemberRole.APPROVER,
        "finance_role": MemberRole.FINANCE,
    }


def _market() -> StoredValueRules:
    return current_shop().settings.market.stored_value


def state_views(found: Found[Order], endpoint: str) -> list[tuple[str, str, None, bool]]:
    """Return the saved views of a list of orders, one for each state; sort and fields stay as they are."""
    current = found.kept.get("state")
    shown = [state for state in OrderState if state is not OrderState.DRAFT or endpoint == "orders.index"]
    every = (_("All"), found.at(), None, current not in set(shown))
    return [every, *((_(STATE_WORDS[state]), found.at(state=state), None, current == state) for state in shown)]
