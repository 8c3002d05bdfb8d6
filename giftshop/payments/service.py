"""Expect money, mark it as received, stop expecting it. Money by card comes through `checkouts`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update

from giftshop import audit, jobs
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Missing
from giftshop.kernel.money import Money
from giftshop.payments.errors import AlreadySettled, AmountDiffers, InTheFuture, PaymentCancelled
from giftshop.payments.events import PaymentSettled
from giftshop.payments.models import Checkout, Payment
from giftshop.payments.queries import payment_of
from giftshop.payments.rules import LIVE_CHECKOUTS, Payable, PaymentMethod, PaymentState

LOOK = "payments.look"
"""The job that brings a checkout in line with what Stripe knows of it."""


def expect(
    tx: Transaction,
    payable: Payable,
    amount: Money,
    *,
    firm_id: int | None,
    payer: str,
    about: str,
    transfer_only: bool = False,
    by: Actor,
    at: datetime,
) -> Payment:
    """Expect `amount` for `payable`. `payer` and `about` are shown to finance; `about` to whoever pays by card, too.

    With `transfer_only`, market rules leave no card. Without `firm_id`, somebody without an account pays.
    """
    payment = Payment(
        payable_kind=payable.kind,
        payable_id=payable.id,
        firm_id=firm_id,
        payer=payer,
        about=about,
        method=PaymentMethod.TRANSFER,
        transfer_only=transfer_only,
        amount_minor=amount.amount_minor,
        currency=amount.currency,
        created_at=at,
    )
    tx.add(payment)
    tx.flush()
    audit.record(tx, "payments.expect", ("payment", payment.id), by=by, at=at, amount_minor=amount.amount_minor)
    return payment


def mark_received(
    tx: Transaction,
    payment_id: int,
    amount_minor: int,
    received_on: date,
    bank_note: str,
    *,
    today: date,
    by: Actor,
    at: datetime,
) -> str:
    """Mark a payment as received on a day (the operator's calendar, as `today` is), whole. Returns its reference.

    Raises Missing, AmountDiffers, InTheFuture, AlreadySettled or PaymentCancelled. Publishes PaymentSettled. A page
    to pay it by card is closed; money that comes through it all the same goes back.
    """
    payment = tx.get(Payment, payment_id)
    if payment is None:
        raise Missing
    if amount_minor != payment.amount_minor:
        received = Money(amount_minor, payment.currency)
        raise AmountDiffers(field="amount", expected=payment.amount, received=received, reference=payment.reference)
    if received_on > today:
        raise InTheFuture(field="received_on")
    how: dict[str, Any] = {"received_on": received_on, "bank_note": bank_note, "action": "payments.mark_received"}
    if not settle(tx, payment, PaymentMethod.TRANSFER, **how, by=by, at=at):
        tx.refresh(payment)
        refusal = PaymentCancelled if payment.state is PaymentState.CANCELLED else AlreadySettled
        raise refusal(reference=payment.reference)
    close_checkouts(tx, payment_id)
    return payment.reference


def settle(
    tx: Transaction,
    payment: Payment,
    method: PaymentMethod,
    *,
    received_on: date | None,
    bank_note: str | None = None,
    action: str = "payments.settle",
    by: Actor,
    at: datetime,
) -> bool:
    """Settle a payment if it is still expected, and tell PaymentSettled; False when something else came first.

    Transfer, webhook, landing page and reconciliation all come through here: one conditional UPDATE decides.
    """
    settled = tx.change(
        update(Payment)
        .where(Payment.id == payment.id, Payment.state == PaymentState.EXPECTED)
        .values(state=PaymentState.SETTLED, method=method, settled_at=at, received_on=received_on, bank_note=bank_note)
    )
    if settled:
        audit.record(tx, action, ("payment", payment.id), by=by, at=at, amount_minor=payment.amount_minor)
        tx.publish(PaymentSettled(payment.payable, payment.amount, by, at))
    return settled == 1


def cancel(tx: Transaction, payable: Payable, *, by: Actor, at: datetime) -> None:
    """Stop expecting money for `payable`, if any was. Raises AlreadySettled when it came first.

    A page to pay it by card is closed; money that comes through it all the same goes back.
    """
    payment = payment_of(tx, payable)
    if payment is None:
        return
    cancelled = tx.change(
        update(Payment)
        .where(Payment.id == payment.id, Payment.state == PaymentState.EXPECTED)
        .values(state=PaymentState.CANCELLED)
    )
    if not cancelled:
        raise AlreadySettled(reference=payment.reference)
    audit.record(tx, "payments.cancel", ("payment", payment.id), by=by, at=at)
    close_checkouts(tx, payment.id)


def close_checkouts(tx: Transaction, payment_id: int) -> None:
    """Have the pages that a payment could still be paid on closed, by a job: nothing is expected any more."""
    live = select(Checkout.id).where(Checkout.payment_id == payment_id, Checkout.state.in_(LIVE_CHECKOUTS))
    for checkout_id in tx.scalars(live):
        jobs.enqueue(tx, LOOK, {"checkout_id": checkout_id})
