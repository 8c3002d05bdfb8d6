"""Commands on drafts: what a firm fills in before it places an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert

from giftshop import accounts, audit, branding, catalogue, ecards, giftsets, tabular
from giftshop.cards import Unredeemed
from giftshop.db import Transaction
from giftshop.ecards import Moment
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Missing
from giftshop.orders import designs
from giftshop.orders.errors import (
    EcardsNeedList,
    EditionClosed,
    NoStoredValue,
    NotADraft,
    NoUpload,
    OtherKind,
    ProductGone,
    TooManyCards,
)
from giftshop.orders.models import ListUpload, Order, OrderRecipient
from giftshop.orders.offers import products_of
from giftshop.orders.queries import KIND
from giftshop.orders.rules import MAX_CARDS, OrderKind, OrderState
from giftshop.paper import Lettering


@dataclass(frozen=True, slots=True)
class Brand:
    """What a card says, and for how long it is good."""

    sender_name: str
    headline: str
    greeting: str
    card_locale: str
    contact_line: str
    valid_until: date | None
    is_surprise: bool
    unredeemed: Unredeemed = Unredeemed.KEEP
    """What becomes of what nobody redeems in time."""
    fallback_item_id: int | None = None
    """What the firm is sent for each gift book that nobody redeems in time."""
    design: str | None = None
    """The key of the design; None: the one it has."""
    accent: str | None = None
    """The colour, as #rrggbb; None likewise."""
    lettering: Lettering | None = None


@dataclass(frozen=True, slots=True)
class Destination:
    """Who takes in the printed cards or the gift sets, and whom the invoice names."""

    receiver: Mapping[str, Any] | None
    """None: e-cards, and gift sets that go to people's doors, or to branches."""
    invoice_title: str
    tax_number: str
    invoice_email: str
    agent_name: str = ""
    """Who buys on the firm's behalf, and the number of their document, where the market asks for it."""
    agent_document: str = ""


def start(
    tx: Transaction,
    firm_id: int,
    edition_id: int,
    *,
    quantity: int | None,
    card_locale: str,
    is_digital: bool = False,
    budget_minor: int | None = None,
    by: Actor,
    at: datetime,
) -> str:
    """Begin a draft for gift books of an edition on offer: a number of them, or None for a list. Returns its number.

    The budget is for all of them, in minor units of the edition's currency; None: nobody said. Raises EditionClosed,
    TooManyCards, EcardsNeedList.
    """
    edition = edition_on_offer(tx, edition_id)
    refuse_listless(quantity, is_digital=is_digital)
    what = {
        "kind": OrderKind.GIFT_BOOK,
        "edition_id": edition_id,
        "currency": edition.currency,
        "is_digital": is_digital,
        "budget_minor": budget_minor,
    }
    return begin(tx, firm_id, what, quantity=quantity, card_locale=card_locale, by=by, at=at).number


def choose(
    tx: Transaction,
    order_id: int,
    firm_id: int,
    *,
    edition_id: int,
    quantity: int | None,
    is_digital: bool = False,
    budget_minor: int | None = None,
) -> None:
    """Set a draft's edition, its number of books, and the budget for them, in minor units.

    None: they are for a list, which is kept if there is one; for the budget, that nobody said. Raises EditionClosed,
    TooManyCards, EcardsNeedList.
    """
    order = locked_draft(tx, order_id, firm_id)
    if order.kind is not OrderKind.GIFT_BOOK:
        raise OtherKind(number=order.number)
    edition = edition_on_offer(tx, edition_id)
    refuse_listless(quantity, is_digital=is_digital)
    order.edition_id, order.currency, order.is_digital = edition_id, edition.currency, is_digital
    order.budget_minor = budget_minor
    set_quantity(tx, order, quantity)


def brand(tx: Transaction, order_id: int, firm_id: int, words: Brand) -> None:
    """Set what the cards of a draft say, and how they look. Raises DesignNotOffered, ColourRefused."""
    order = locked_draft(tx, order_id, firm_id)
    for name in Brand.__slots__:
        if name not in {"fallback_item_id", "design", "accent", "lettering"}:
            setattr(order, name, getattr(words, name))
    if words.design is not None:
        designs.refuse_other(order.kind, words.design)
        order.design = words.design
    if words.accent is not None:
        order.accent = branding.accent_in(words.accent)
    order.lettering = words.lettering or order.lettering
    order.fallback_item_id = words.fallback_item_id if words.fallback_item_id in _gift_ids(tx, order) else None


def _gift_ids(tx: Transaction, order: Order) -> set[int]:
    gifts = catalogue.items_of(tx, order.edition_id) if order.edition_id is not None else ()
    return {gift.id for gift in gifts}


def set_logo(tx: Transaction, order_id: int, firm_id: int, logo_id: int | None) -> None:
    """Put a logo of the firm on a draft's cards, or none. Raises NoSuchLogo."""
    if logo_id is not None:
        branding.logo(tx, firm_id, logo_id)
    locked_draft(tx, order_id, firm_id).logo_id = logo_id


def send_to(tx: Transaction, order_id: int, firm_id: int, destination: Destination) -> None:
    """Set where a draft's printed cards go and whom its invoice names."""
    order = locked_draft(tx, order_id, firm_id)
    for name in Destination.__slots__:
        setattr(order, name, getattr(destination, name))
    order.receiver = None if destination.receiver is None else dict(destination.receiver)


def send_when(tx: Transaction, order_id: int, firm_id: int, moment: Moment | None, *, by: Actor, at: datetime) -> None:
    """Set when a draft's e-cards are sent; None: as soon as they are paid.

    Raises ZoneUnknown, HourSkipped, MomentPassed, TooFarAhead, AfterItsEnd, OtherKind.
    """
    order = locked_draft(tx, order_id, firm_id)
    if not order.is_digital:
        raise OtherKind(number=order.number)
    if moment is not None:
        ecards.checked(moment, at=at)
        if order.valid_until is not None and moment.day > order.valid_until:
            raise ecards.AfterItsEnd(field="day", day=order.valid_until)
    order.send_on, order.send_hour = (moment.day, moment.hour) if moment else (None, None)
    order.send_zone = moment.zone if moment else ""
    audit.record(tx, "orders.send_when", (KIND, order_id), by=by, at=at)


def keep_upload(
    tx: Transaction, order_id: int, firm_id: int, filename: str, rows: Sequence[Mapping[str, str]], *, at: datetime
) -> None:
    """Keep a list that was read without fault until the buyer has looked at it.

    A row has name, phone, kind, grade and address; for e-cards `email`; with `ref`, what the room that made the list
    calls this person.
    """
    set_upload(tx, order_id, firm_id, filename, rows, at=at)
    tabular.forget_file(tx, place_of(order_id))


def set_upload(
    tx: Transaction, order_id: int, firm_id: int, filename: str, rows: Sequence[Mapping[str, str]], *, at: datetime
) -> None:
    """Do the same, and leave the file alone that the list was read from. Without a row no list waits any more."""
    locked_draft(tx, order_id, firm_id)
    if len(rows) > MAX_CARDS:
        raise TooManyCards(field="file", most=MAX_CARDS)
    tx.change(delete(ListUpload).where(ListUpload.order_id == order_id))
    if not rows:
        return
    tx.add(ListUpload(order_id=order_id, filename=filename[:200], rows=[dict(row) for row in rows], uploaded_at=at))


def accept_upload(tx: Transaction, order_id: int, firm_id: int, *, by: Actor, at: datetime) -> int:
    """Make the kept list the order's list, whole. Returns how many people are on it."""
    order = locked_draft(tx, order_id, firm_id)
    upload = tx.get(ListUpload, order_id)
    if upload is None:
        raise NoUpload
    order.has_list, order.quantity = True, len(upload.rows)
    tx.change(delete(OrderRecipient).where(OrderRecipient.order_id == order_id))
    people = [
        {"order_id": order_id, "position": place, "ref": "", "email": "", **row}
        for place, row in enumerate(upload.rows, start=1)
    ]
    tx.execute(insert(OrderRecipient), people)
    drop_upload(tx, order_id, firm_id)
    audit.record(tx, "orders.accept_list", (KIND, order_id), by=by, at=at, people=len(people))
    return len(people)


def drop_upload(tx: Transaction, order_id: int, firm_id: int) -> None:
    """Forget the kept list, and the file that it was read from."""
    locked_draft(tx, order_id, firm_id)
    tx.change(delete(ListUpload).where(ListUpload.order_id == order_id))
    tabular.forget_file(tx, place_of(order_id))


def place_of(order_id: int) -> str:
    """Return where the file of an order's list is kept while it is looked at."""
    return f"{KIND}/{order_id}"


def edition_on_offer(tx: Transaction, edition_id: int) -> catalogue.Edition:
    """Return an edition that can be ordered. Raises EditionClosed."""
    edition = catalogue.edition(tx, edition_id)
    if edition.state is not catalogue.EditionState.ON_OFFER:
        raise EditionClosed(field="edition")
    return edition


def locked(tx: Transaction, order_id: int, firm_id: int) -> Order:
    """Return a firm's order as it is now, held until the transaction ends. Raises Missing."""
    order = tx.get(Order, order_id, with_for_update=True, populate_existing=True)
    if order is None or order.firm_id != firm_id:
        raise Missing
    return order


def locked_draft(tx: Transaction, order_id: int, firm_id: int) -> Order:
    """Return a firm's draft, held likewise. Raises NotADraft."""
    order = locked(tx, order_id, firm_id)
    if order.state is not OrderState.DRAFT:
        raise NotADraft(number=order.number)
    return order


def begin(
    tx: Transaction,
    firm_id: int,
    what: Mapping[str, Any],
    *,
    quantity: int | None,
    card_locale: str,
    by: Actor,
    at: datetime,
) -> Order:
    """Begin a draft for `what` (columns of an order), with what is known of its firm and its brand. Returns it."""
    firm, look = accounts.firm(tx, firm_id), branding.kit_of(tx, firm_id).look
    order = Order(
        firm_id=firm_id,
        buyer_id=by.id,
        has_list=quantity is None,
        quantity=countable(quantity or 0),
        card_locale=card_locale,
        sender_name=firm.name,
        contact_line=look.contact_line or firm.contact_line,
        design=designs.offered(what["kind"])[0].key,
        accent=look.accent,
        lettering=look.lettering,
        invoice_title=firm.invoice_title,
        tax_number=firm.tax_number,
        created_at=at,
        **what,
    )
    tx.add(order)
    tx.flush()
    audit.record(tx, "orders.start", (KIND, order.id), by=by, at=at)
    return order


def set_quantity(tx: Transaction, order: Order, quantity: int | None) -> None:
    """Set for how many a draft is. None: for a list, which is kept if there is one."""
    if quantity is not None:
        order.has_list, order.quantity = False, countable(quantity)
        tx.change(delete(OrderRecipient).where(OrderRecipient.order_id == order.id))
    elif not order.has_list:
        order.has_list, order.quantity = True, 0


def refuse_listless(quantity: int | None, *, is_digital: bool) -> None:
    """Refuse e-cards for a number of people whom nobody names: they would go nowhere. Raises EcardsNeedList."""
    if is_digital and quantity is not None:
        raise EcardsNeedList(field="mode")


def countable(quantity: int) -> int:
    """Return a number that one order can be for. Raises TooManyCards."""
    if quantity > MAX_CARDS:
        raise TooManyCards(field="quantity", most=MAX_CARDS)
    return quantity


def refuse_closed(tx: Transaction, order: Order, *, parcel_limit_g: int) -> None:
    """Refuse a draft of what cannot be ordered any more, not by its firm, or not like this.

    Raises EditionClosed, ProductGone, NoStoredValue, or the first thing that is wrong with a gift set.
    """
    if order.edition_id is not None:
        edition_on_offer(tx, order.edition_id)
    elif order.gift_set_id is not None:
        contents = giftsets.contents_of(tx, order.gift_set_id)
        for wrong in contents.refusals(order.quantity, parcel_limit_g=parcel_limit_g):
            raise wrong
    else:
        refuse_products(tx, order.firm_id, products_of(tx, order.id))


def refuse_products(tx: Transaction, firm_id: int, item_ids: Sequence[int]) -> None:
    """Refuse shopping cards to a firm that may not buy them, or to be spent on what is not on offer.

    Raises NoStoredValue, ProductGone.
    """
    if not accounts.may_buy_stored_value(accounts.firm(tx, firm_id).kind):
        raise NoStoredValue
    known = catalogue.items_by_id(tx, item_ids)
    for item_id in item_ids:
        item = known.get(item_id)
        if item is None or item.state is not catalogue.ItemState.ON_OFFER:
            raise ProductGone(field="products", product=item.names if item else {})
