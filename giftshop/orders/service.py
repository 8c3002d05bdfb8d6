"""Commands on orders: draw up, place, decide, settle, cancel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, update

from giftshop import accounts, audit, catalogue, jobs, payments
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Missing
from giftshop.kernel.money import Money
from giftshop.orders.errors import (
    EditionClosed,
    Incomplete,
    NotADraft,
    NotCancellable,
    NotWaitingForApproval,
    NoUpload,
    OwnOrder,
    PriceChanged,
    ProofUnseen,
    ReasonMissing,
    TooManyBooks,
)
from giftshop.orders.models import ListUpload, Order, OrderLine, OrderRecipient
from giftshop.orders.queries import KIND, agreed_lines
from giftshop.orders.rules import (
    MAX_BOOKS,
    NUMBERS,
    Line,
    OrderState,
    Tariff,
    lacks,
    lines_of,
    needs_approval,
    total_of,
)

ISSUE = "orders.issue"
"""The job that has a paid order's gift books issued."""


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


@dataclass(frozen=True, slots=True)
class Destination:
    """Who takes in the printed cards, and whom the invoice names."""

    receiver: Mapping[str, Any]
    invoice_title: str
    tax_number: str
    invoice_email: str


@dataclass(frozen=True, slots=True)
class OrderPlaced:
    """A firm placed an order; it waits for approval or for money."""

    order_id: int
    state: OrderState


@dataclass(frozen=True, slots=True)
class OrderDecided:
    """An approver said yes, or sent the order back with a reason."""

    order_id: int
    is_approved: bool


@dataclass(frozen=True, slots=True)
class OrderCancelled:
    """A firm gave an order up before paying it."""

    order_id: int


def start(
    tx: Transaction,
    firm_id: int,
    edition_id: int,
    *,
    quantity: int | None,
    card_locale: str,
    by: Actor,
    at: datetime,
) -> str:
    """Begin a draft for gift books of an edition on offer: a number of them, or None for a list. Returns its number."""
    edition = _edition_on_offer(tx, edition_id)
    firm = accounts.firm(tx, firm_id)
    order = Order(
        firm_id=firm_id,
        buyer_id=by.id,
        edition_id=edition_id,
        has_list=quantity is None,
        quantity=_countable(quantity or 0),
        currency=edition.currency,
        card_locale=card_locale,
        sender_name=firm.name,
        contact_line=firm.contact_line,
        invoice_title=firm.invoice_title,
        tax_number=firm.tax_number,
        created_at=at,
    )
    tx.add(order)
    tx.flush()
    audit.record(tx, "orders.start", (KIND, order.id), by=by, at=at)
    return order.number


def choose(tx: Transaction, order_id: int, firm_id: int, *, edition_id: int, quantity: int | None) -> None:
    """Set a draft's edition and its number of books. None: they are for a list, which is kept if there is one."""
    order = _locked_draft(tx, order_id, firm_id)
    edition = _edition_on_offer(tx, edition_id)
    order.edition_id, order.currency = edition_id, edition.currency
    if quantity is not None:
        order.has_list, order.quantity = False, _countable(quantity)
        tx.change(delete(OrderRecipient).where(OrderRecipient.order_id == order_id))
    elif not order.has_list:
        order.has_list, order.quantity = True, 0


def brand(tx: Transaction, order_id: int, firm_id: int, words: Brand) -> None:
    """Set what the cards of a draft say."""
    order = _locked_draft(tx, order_id, firm_id)
    for name in Brand.__slots__:
        setattr(order, name, getattr(words, name))


def set_logo(tx: Transaction, order_id: int, firm_id: int, logo_id: int | None) -> None:
    """Put a logo of the firm on a draft's cards, or none."""
    _locked_draft(tx, order_id, firm_id).logo_id = logo_id


def send_to(tx: Transaction, order_id: int, firm_id: int, destination: Destination) -> None:
    """Set where a draft's printed cards go and whom its invoice names."""
    order = _locked_draft(tx, order_id, firm_id)
    for name in Destination.__slots__:
        setattr(order, name, getattr(destination, name))
    order.receiver = dict(destination.receiver)


def keep_upload(
    tx: Transaction, order_id: int, firm_id: int, filename: str, rows: Sequence[Mapping[str, str]], *, at: datetime
) -> None:
    """Keep a list that was read without fault until the buyer has looked at it."""
    _locked_draft(tx, order_id, firm_id)
    if len(rows) > MAX_BOOKS:
        raise TooManyBooks(field="file", most=MAX_BOOKS)
    tx.change(delete(ListUpload).where(ListUpload.order_id == order_id))
    tx.add(ListUpload(order_id=order_id, filename=filename[:200], rows=[dict(row) for row in rows], uploaded_at=at))


def accept_upload(tx: Transaction, order_id: int, firm_id: int, *, by: Actor, at: datetime) -> int:
    """Make the kept list the order's list, whole. Returns how many people are on it."""
    order = _locked_draft(tx, order_id, firm_id)
    upload = tx.get(ListUpload, order_id)
    if upload is None:
        raise NoUpload
    order.has_list, order.quantity = True, len(upload.rows)
    tx.change(delete(OrderRecipient).where(OrderRecipient.order_id == order_id))
    people = [{"order_id": order_id, "position": place, **row} for place, row in enumerate(upload.rows, start=1)]
    tx.execute(insert(OrderRecipient), people)
    tx.delete(upload)
    audit.record(tx, "orders.accept_list", (KIND, order_id), by=by, at=at, people=len(people))
    return len(people)


def drop_upload(tx: Transaction, order_id: int, firm_id: int) -> None:
    """Forget the kept list."""
    _locked_draft(tx, order_id, firm_id)
    tx.change(delete(ListUpload).where(ListUpload.order_id == order_id))


def place(
    tx: Transaction,
    order_id: int,
    firm_id: int,
    *,
    seen_total_minor: int,
    proof_seen: bool,
    tariff: Tariff,
    today: date,
    by: Actor,
    at: datetime,
) -> str:
    """Place a draft at the total that its buyer was shown. Returns its number.

    Above the buyer's limit it waits for an approver, otherwise for the money. Raises Incomplete, ProofUnseen,
    EditionClosed, PriceChanged or NotADraft; the draft is kept in each case.
    """
    order = _locked_draft(tx, order_id, firm_id)
    edition = _edition_on_offer(tx, order.edition_id)
    if lacks(order.filled, today=today):
        raise Incomplete
    if not proof_seen:
        raise ProofUnseen(field="proof_seen")
    lines = lines_of(edition.tier, order.quantity, has_logo=order.logo_id is not None, tariff=tariff)
    total = total_of(lines, edition.currency)
    if total.amount_minor != seen_total_minor:
        raise PriceChanged(seen=Money(seen_total_minor, edition.currency), current=total)
    order.total_minor, order.currency, order.placed_at = total.amount_minor, total.currency, at
    order.buyer_id = by.id or order.buyer_id
    order.decided_by, order.decided_at, order.decision_note = None, None, ""
    _write_lines(tx, order_id, lines)
    limit = accounts.users_by_id(tx, [order.buyer_id])[order.buyer_id].order_limit_minor
    if needs_approval(total, limit):
        order.state = OrderState.AWAITING_APPROVAL
    else:
        _await_payment(tx, order, by=by, at=at)
    audit.record(tx, "orders.place", (KIND, order_id), by=by, at=at, total_minor=total.amount_minor)
    tx.publish(OrderPlaced(order_id, order.state))
    return order.number


def approve(tx: Transaction, order_id: int, firm_id: int, *, by: Actor, at: datetime) -> str:
    """Say yes to an order above its buyer's limit; the firm is then told what to pay. Returns its number."""
    order = _waiting(tx, order_id, firm_id, by=by)
    order.decided_by, order.decided_at = by.id, at
    _await_payment(tx, order, by=by, at=at)
    audit.record(tx, "orders.approve", (KIND, order_id), by=by, at=at)
    tx.publish(OrderDecided(order_id, is_approved=True))
    return order.number


def send_back(tx: Transaction, order_id: int, firm_id: int, reason: str, *, by: Actor, at: datetime) -> str:
    """Send an order back to its buyer, as a draft with a reason. Returns its number."""
    if not reason.strip():
        raise ReasonMissing(field="reason")
    order = _waiting(tx, order_id, firm_id, by=by)
    order.state, order.decided_by, order.decided_at, order.decision_note = OrderState.DRAFT, by.id, at, reason.strip()
    order.total_minor = None
    tx.change(delete(OrderLine).where(OrderLine.order_id == order_id))
    audit.record(tx, "orders.send_back", (KIND, order_id), by=by, at=at)
    tx.publish(OrderDecided(order_id, is_approved=False))
    return order.number


def cancel(tx: Transaction, order_id: int, firm_id: int, *, hotline: str, by: Actor, at: datetime) -> str:
    """Give an order up before it is paid. Returns its number. Raises NotCancellable, AlreadySettled."""
    order = _locked(tx, order_id, firm_id)
    before_payment = {OrderState.DRAFT, OrderState.AWAITING_APPROVAL, OrderState.AWAITING_PAYMENT}
    if order.state not in before_payment:
        raise NotCancellable(number=order.number, hotline=hotline)
    payments.cancel(tx, payments.Payable(KIND, order_id), by=by, at=at)
    order.state, order.cancelled_at = OrderState.CANCELLED, at
    audit.record(tx, "orders.cancel", (KIND, order_id), by=by, at=at)
    tx.publish(OrderCancelled(order_id))
    return order.number


def settle(tx: Transaction, news: payments.PaymentSettled) -> None:
    """Subscriber: the money for an order is here, so its gift books are issued, by a job."""
    if news.payable.kind != KIND:
        return
    paid = tx.change(
        update(Order)
        .where(Order.id == news.payable.id, Order.state == OrderState.AWAITING_PAYMENT)
        .values(state=OrderState.PAID, paid_at=news.at)
    )
    if not paid:  # a payment is cancelled with its order, so this cannot be: undo rather than take money for nothing
        raise NotADraft(number=NUMBERS.of(news.payable.id))
    audit.record(tx, "orders.settle", (KIND, news.payable.id), by=news.by, at=news.at)
    jobs.enqueue(tx, ISSUE, {"order_id": news.payable.id}, key=f"{ISSUE}:{news.payable.id}")


def mark_issued(tx: Transaction, order_id: int, *, at: datetime) -> None:
    """Note that an order's gift books exist. Repeating it changes nothing."""
    tx.change(
        update(Order)
        .where(Order.id == order_id, Order.state == OrderState.PAID)
        .values(state=OrderState.ISSUED, issued_at=at)
    )


def _edition_on_offer(tx: Transaction, edition_id: int) -> catalogue.Edition:
    edition = catalogue.edition(tx, edition_id)
    if edition.state is not catalogue.EditionState.ON_OFFER:
        raise EditionClosed(field="edition")
    return edition


def _countable(quantity: int) -> int:
    if quantity > MAX_BOOKS:
        raise TooManyBooks(field="quantity", most=MAX_BOOKS)
    return quantity


def _locked(tx: Transaction, order_id: int, firm_id: int) -> Order:
    order = tx.get(Order, order_id, with_for_update=True, populate_existing=True)
    if order is None or order.firm_id != firm_id:
        raise Missing
    return order


def _locked_draft(tx: Transaction, order_id: int, firm_id: int) -> Order:
    order = _locked(tx, order_id, firm_id)
    if order.state is not OrderState.DRAFT:
        raise NotADraft(number=order.number)
    return order


def _waiting(tx: Transaction, order_id: int, firm_id: int, *, by: Actor) -> Order:
    order = _locked(tx, order_id, firm_id)
    if order.state is not OrderState.AWAITING_APPROVAL:
        raise NotWaitingForApproval(number=order.number)
    if order.buyer_id == by.id:
        raise OwnOrder
    return order


def _write_lines(tx: Transaction, order_id: int, lines: Sequence[Line]) -> None:
    tx.change(delete(OrderLine).where(OrderLine.order_id == order_id))
    for line in lines:
        tx.add(
            OrderLine(
                order_id=order_id,
                kind=line.kind,
                unit_minor=line.unit.amount_minor,
                currency=line.unit.currency,
                quantity=line.quantity,
            )
        )


def _await_payment(tx: Transaction, order: Order, *, by: Actor, at: datetime) -> None:
    order.state = OrderState.AWAITING_PAYMENT
    tx.flush()
    total = total_of(agreed_lines(tx, order.id), order.currency)
    payer = accounts.firm(tx, order.firm_id).name
    payments.expect(
        tx,
        payments.Payable(KIND, order.id),
        total,
        firm_id=order.firm_id,
        payer=payer,
        about=order.number,
        by=by,
        at=at,
    )
