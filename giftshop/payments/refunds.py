"""Money that goes back to a card: promised in a transaction, sent by a job, whole, once for each checkout."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select, update

from giftshop import audit, jobs
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Missing
from giftshop.payments.errors import BeingDisputed, NotFailed, NotRefundable, RefundReasonMissing
from giftshop.payments.events import MoneyPaidBack, PaymentRefunded, PaymentReversed
from giftshop.payments.models import Checkout, Payment, Refund
from giftshop.payments.queries import is_frozen
from giftshop.payments.rules import (
    PATIENCE,
    REFUND_BEFORE,
    SLOW_REFUND,
    CheckoutState,
    Outcome,
    PaymentMethod,
    PaymentState,
    RefundReason,
    RefundState,
    SeenRefund,
)

SEND = "payments.refund"
"""The job that sends a refund, or asks what became of it."""


def give_back(tx: Transaction, payment_id: int, note: str, *, by: Actor, at: datetime) -> str:
    """Give a payment that was settled by card back, whole, for a reason. Returns its reference.

    Publishes PaymentReversed: whoever gave something for it takes it back in this transaction, or raises. Raises
    Missing, RefundReasonMissing, BeingDisputed, NotRefundable.
    """
    payment = tx.get(Payment, payment_id)
    if payment is None:
        raise Missing
    if not note.strip():
        raise RefundReasonMissing(field="note")
    if is_frozen(tx, payment.payable):
        raise BeingDisputed(reference=payment.reference)
    reversed_now = tx.change(
        update(Payment)
        .where(
            Payment.id == payment_id,
            Payment.state == PaymentState.SETTLED,
            Payment.method == PaymentMethod.CARD,
        )
        .values(state=PaymentState.REVERSED)
    )
    if not reversed_now:
        raise NotRefundable(reference=payment.reference)
    audit.record(tx, "payments.give_back", ("payment", payment_id), by=by, at=at, amount_minor=payment.amount_minor)
    promise_refund(tx, _settling_checkout(tx, payment_id), payment, RefundReason.ASKED, note=note.strip(), by=by, at=at)
    tx.publish(PaymentReversed(payment.payable, payment.amount, by, at))
    return payment.reference


def promise_refund(
    tx: Transaction,
    checkout_id: int,
    payment: Payment,
    reason: RefundReason,
    *,
    note: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Promise that what came through a checkout goes back, whole; promised twice, it goes back once."""
    is_new = tx.add_new(
        Refund,
        checkout_id=checkout_id,
        payment_id=payment.id,
        key=secrets.token_urlsafe(24),
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        reason=reason,
        note=note,
        state=RefundState.WANTED,
        failure="",
        look_at=at + PATIENCE,
        wanted_at=at,
        changed_at=at,
    )
    if not is_new:
        return
    refund_id = tx.scalars(select(Refund.id).where(Refund.checkout_id == checkout_id)).one()
    audit.record(tx, "payments.promise_refund", ("refund", refund_id), by=by, at=at, payment=payment.id, reason=reason)
    jobs.enqueue(tx, SEND, {"refund_id": refund_id})


def take_refund(tx: Transaction, seen: SeenRefund, *, by: Actor, at: datetime, failure: str = "") -> Outcome:
    """Do what a refund of Stripe's says, in whatever order it is heard. Tells PaymentRefunded once."""
    refund = tx.scalar(select(Refund).where(Refund.key == seen.key)) if seen.key else None
    if refund is None:
        return Outcome.NOT_OURS
    intent = tx.scalar(select(Checkout.intent).where(Checkout.id == refund.checkout_id))
    if (seen.intent, seen.amount) != (intent, refund.amount):
        return Outcome.DIFFERS
    changed = tx.change(
        update(Refund)
        .where(Refund.id == refund.id, Refund.key == seen.key, Refund.state.in_(REFUND_BEFORE[seen.state]))
        .values(state=seen.state, provider_id=seen.id, failure=failure, changed_at=at, look_at=at + SLOW_REFUND)
    )
    if not changed:
        return Outcome.KNOWN
    audit.record(tx, f"payments.refund_{seen.state}", ("refund", refund.id), by=by, at=at)
    if seen.state is RefundState.DONE:
        payment = tx.get_one(Payment, refund.payment_id)
        tx.publish(PaymentRefunded(payment.payable, refund.amount, refund.reason, at))
        tx.publish(MoneyPaidBack(payment.payable, refund.amount, f"refund/{refund.id}", PaymentMethod.CARD, by, at))
    return Outcome.DONE


def note_refused(tx: Transaction, refund_id: int, failure: str, *, by: Actor, at: datetime) -> None:
    """Note that Stripe will not do it; `failure` is its word for why."""
    refused = tx.change(
        update(Refund)
        .where(Refund.id == refund_id, Refund.state == RefundState.WANTED)
        .values(state=RefundState.FAILED, failure=failure[:200], changed_at=at)
    )
    if refused:
        audit.record(tx, "payments.refund_failed", ("refund", refund_id), by=by, at=at)


def try_again(tx: Transaction, refund_id: int, *, by: Actor, at: datetime) -> None:
    """Send a refund that failed once more, under a key of its own. Raises NotFailed."""
    again = tx.change(
        update(Refund)
        .where(Refund.id == refund_id, Refund.state == RefundState.FAILED)
        .values(
            state=RefundState.WANTED,
            key=secrets.token_urlsafe(24),
            provider_id=None,
            failure="",
            changed_at=at,
            look_at=at + PATIENCE,
        )
    )
    if not again:
        raise NotFailed
    audit.record(tx, "payments.try_refund_again", ("refund", refund_id), by=by, at=at)
    jobs.enqueue(tx, SEND, {"refund_id": refund_id})


def note_paid_back(tx: Transaction, refund_id: int, *, by: Actor, at: datetime) -> None:
    """Note that what a card did not take back was paid back by bank transfer. Raises NotFailed."""
    noted = tx.change(
        update(Refund)
        .where(Refund.id == refund_id, Refund.state == RefundState.FAILED)
        .values(state=RefundState.BY_HAND, changed_at=at)
    )
    if not noted:
        raise NotFailed
    audit.record(tx, "payments.note_paid_back", ("refund", refund_id), by=by, at=at)
    refund = tx.get_one(Refund, refund_id)
    payment = tx.get_one(Payment, refund.payment_id)
    how = PaymentMethod.TRANSFER
    tx.publish(MoneyPaidBack(payment.payable, refund.amount, f"refund/{refund_id}", how, by, at))


def _settling_checkout(tx: Transaction, payment_id: int) -> int:
    """Return the checkout that settled a payment: the one whose money was not promised back."""
    promised = select(Refund.checkout_id)
    return tx.scalars(
        select(Checkout.id).where(
            Checkout.payment_id == payment_id, Checkout.state == CheckoutState.PAID, Checkout.id.not_in(promised)
        )
    ).one()
