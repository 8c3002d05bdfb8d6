"""Commands on orders: place, decide, settle, cancel. Those on drafts are in `drafts`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select, update

from giftshop import accounts, audit, giftsets, jobs, payments
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.market import StoredValueRules
from giftshop.kernel.money import Money
from giftshop.orders.drafts import locked, locked_draft, refuse_closed
from giftshop.orders.errors import (
    Incomplete,
    NotADraft,
    NotCancellable,
    NotWaitingForApproval,
    OwnOrder,
    PriceChanged,
    ReasonMissing,
)
from giftshop.orders.models import Order, OrderLine
from giftshop.orders.proofing import Imprint, hold_to_proof
from giftshop.orders.queries import KIND, agreed_lines, filled, lines_for
from giftshop.orders.rules import (
    NUMBERS,
    Line,
    OrderKind,
    OrderState,
    Tariff,
    is_transfer_only,
    lacks,
    needs_approval,
    total_of,
    value_of,
)

ISSUE = "orders.issue"
"""The job that has a paid order's gift books issued."""
MAKE = "orders.make"
"""The job that sets aside the goods of paid gift sets, plans their parcels, and has them decorated."""


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


def place(
    tx: Transaction,
    order_id: int,
    firm_id: int,
    *,
    seen_total_minor: int,
    seen_proof: str,
    imprint: Imprint,
    tariff: Tariff,
    market: StoredValueRules,
    today: date,
    by: Actor,
    at: datetime,
) -> str:
    """Place a draft at the total, and with the proof, that its buyer was shown; that approves it. Returns its number.

    Above the buyer's limit it waits for an approver, otherwise for the money. Raises Incomplete, EditionClosed,
    ProductGone, NoStoredValue, PriceChanged or NotADraft, what is wrong with a gift set, or ProofMissing, ProofChanged,
    ProofDecided; the draft is kept in each case.
    """
    order = locked_draft(tx, order_id, firm_id)
    refuse_closed(tx, order, parcel_limit_g=tariff.parcel_limit_g)
    if lacks(filled(tx, order), today=today, market=market):
        raise Incomplete
    lines = lines_for(tx, order, tariff)
    total = total_of(lines, order.currency)
    if total.amount_minor != seen_total_minor:
        raise PriceChanged(seen=Money(seen_total_minor, order.currency), current=total)
    hold_to_proof(tx, order, seen_proof, imprint, by=by, at=at)
    if order.gift_set_id is not None:
        giftsets.freeze(tx, order.gift_set_id, firm_id, by=by, at=at)
    order.total_minor, order.placed_at = total.amount_minor, at
    order.transfer_only = is_transfer_only(value_of(lines), market)
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
    order = locked(tx, order_id, firm_id)
    before_payment = {OrderState.DRAFT, OrderState.AWAITING_APPROVAL, OrderState.AWAITING_PAYMENT}
    if order.state not in before_payment:
        raise NotCancellable(number=order.number, hotline=hotline)
    payments.cancel(tx, payments.Payable(KIND, order_id), by=by, at=at)
    order.state, order.cancelled_at = OrderState.CANCELLED, at
    audit.record(tx, "orders.cancel", (KIND, order_id), by=by, at=at)
    tx.publish(OrderCancelled(order_id))
    return order.number


def draw_up_again(tx: Transaction, order_id: int, firm_id: int, *, by: Actor, at: datetime) -> None:
    """Go on with a draft that was given up by mistake. Raises NotADraft for what was placed before."""
    order = locked(tx, order_id, firm_id)
    if order.state is not OrderState.CANCELLED or order.placed_at is not None:
        raise NotADraft(number=order.number)
    order.state, order.cancelled_at = OrderState.DRAFT, None
    audit.record(tx, "orders.draw_up_again", (KIND, order_id), by=by, at=at)


def settle(tx: Transaction, news: payments.PaymentSettled) -> None:
    """Subscriber: the money for an order is here, so its gift books are issued, or its gift sets made, by a job."""
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
    kind = tx.scalar(select(Order.kind).where(Order.id == news.payable.id))
    job = MAKE if kind is OrderKind.GIFT_SET else ISSUE
    jobs.enqueue(tx, job, {"order_id": news.payable.id}, key=f"{job}:{news.payable.id}")


def mark_issued(tx: Transaction, order_id: int, *, at: datetime) -> None:
    """Note that an order's gift books exist. Repeating it changes nothing."""
    tx.change(
        update(Order)
        .where(Order.id == order_id, Order.state == OrderState.PAID)
        .values(state=OrderState.ISSUED, issued_at=at)
    )


def _waiting(tx: Transaction, order_id: int, firm_id: int, *, by: Actor) -> Order:
    order = locked(tx, order_id, firm_id)
    if order.state is not OrderState.AWAITING_APPROVAL:
        raise NotWaitingForApproval(number=order.number)
    if order.buyer_id == by.id:
        raise OwnOrder
    return order


def _write_lines(tx: Transaction, order_id: int, lines: Sequence[Line]) -> None:
    tx.change(delete(OrderLine).where(OrderLine.order_id == order_id))
    for place, line in enumerate(lines, start=1):
        tx.add(
            OrderLine(
                order_id=order_id,
                position=place,
                kind=line.kind,
                words=dict(line.words),
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
        transfer_only=order.transfer_only,
        by=by,
        at=at,
    )
