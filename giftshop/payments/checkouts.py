"""Attempts to pay by card: begun, opened at Stripe's, paid, expired. Nothing here calls Stripe; `desk` does."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from sqlalchemy import select, update

from giftshop import audit, jobs
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Missing
from giftshop.payments.errors import AlreadySettled, CardNotOffered, NotMismatched, PaymentCancelled
from giftshop.payments.events import CheckoutExpired
from giftshop.payments.models import Checkout, Payment, StripeEvent
from giftshop.payments.refunds import promise_refund
from giftshop.payments.rules import (
    CHECKOUT_LASTS,
    LIVE_CHECKOUTS,
    MOST_BY_CARD_MINOR,
    PATIENCE,
    UNANSWERED,
    CheckoutState,
    Outcome,
    PaymentMethod,
    PaymentState,
    RefundReason,
    SeenSession,
)
from giftshop.payments.service import LOOK, settle


def begin(
    tx: Transaction, payment_id: int, *, return_to: str, cancel_to: str, locale: str, by: Actor, at: datetime
) -> Checkout:
    """Begin to pay a payment by card, or go on with what was begun.

    `return_to` and `cancel_to` are paths of ours. Raises Missing, CardNotOffered, AlreadySettled, PaymentCancelled.
    """
    payment = tx.get(Payment, payment_id, with_for_update=True, populate_existing=True)
    if payment is None:
        raise Missing
    if payment.state is not PaymentState.EXPECTED:
        refusal = PaymentCancelled if payment.state is PaymentState.CANCELLED else AlreadySettled
        raise refusal(reference=payment.reference)
    if payment.transfer_only or payment.amount_minor > MOST_BY_CARD_MINOR:
        raise CardNotOffered(reference=payment.reference)
    begun = live_checkout(tx, payment_id)
    if begun is not None and not _is_over(begun, at):
        return begun
    if begun is not None:
        expire(tx, begun.id, by=by, at=at)
    checkout = Checkout(
        payment_id=payment_id,
        key=secrets.token_urlsafe(24),
        locale=locale,
        return_to=return_to,
        cancel_to=cancel_to,
        expires_at=at + CHECKOUT_LASTS,
        look_at=at + UNANSWERED,
        wanted_at=at,
    )
    tx.add(checkout)
    tx.flush()
    audit.record(tx, "payments.begin_checkout", ("payment", payment_id), by=by, at=at, checkout=checkout.id)
    return checkout


def note_opened(tx: Transaction, checkout_id: int, seen: SeenSession, *, at: datetime) -> str | None:
    """Keep where the page to pay on is, and return it; None when nobody should pay there any more."""
    tx.change(
        update(Checkout)
        .where(Checkout.id == checkout_id, Checkout.state == CheckoutState.WANTED)
        .values(state=CheckoutState.OPEN, session_id=seen.id, url=seen.url, opened_at=at, look_at=at + PATIENCE)
    )
    checkout = tx.get_one(Checkout, checkout_id, populate_existing=True)
    payment = tx.get_one(Payment, checkout.payment_id)
    if checkout.state is CheckoutState.OPEN and payment.state is not PaymentState.EXPECTED:
        jobs.enqueue(tx, LOOK, {"checkout_id": checkout_id})  # what was being closed had no page yet
        return None
    return checkout.url if checkout.state is CheckoutState.OPEN else None


def take_session(tx: Transaction, seen: SeenSession, *, received_on: date, by: Actor, at: datetime) -> Outcome:
    """Do what a session of Stripe's says: settle, give back, or end. Webhook, landing and job all come through here.

    Whatever is heard twice, late or out of turn changes nothing more: a session is paid or expired once and for all.
    """
    checkout = tx.scalar(select(Checkout).where(Checkout.key == seen.key)) if seen.key else None
    if checkout is None:
        return Outcome.NOT_OURS
    payment = tx.get_one(Payment, checkout.payment_id)
    if not seen.is_for(checkout.key, payment.reference, payment.amount):
        return Outcome.DIFFERS
    if checkout.session_id not in {None, seen.id}:
        return Outcome.DIFFERS
    if seen.has_money and seen.intent:
        return _take_money(tx, checkout, payment, seen, received_on=received_on, by=by, at=at)
    if seen.status == "expired":
        return Outcome.DONE if expire(tx, checkout.id, by=by, at=at) else Outcome.KNOWN
    return Outcome.KNOWN


def expire(tx: Transaction, checkout_id: int, *, by: Actor, at: datetime) -> bool:
    """End an attempt that no money came through, and tell CheckoutExpired. False when it had ended before."""
    ended = tx.change(
        update(Checkout)
        .where(Checkout.id == checkout_id, Checkout.state.in_(LIVE_CHECKOUTS))
        .values(state=CheckoutState.EXPIRED, ended_at=at)
    )
    if ended:
        checkout = tx.get_one(Checkout, checkout_id, populate_existing=True)
        payment = tx.get_one(Payment, checkout.payment_id)
        audit.record(tx, "payments.expire_checkout", ("payment", payment.id), by=by, at=at, checkout=checkout_id)
        tx.publish(CheckoutExpired(payment.payable, at))
    return ended == 1


def mark_mismatched(tx: Transaction, checkout_id: int, *, by: Actor, at: datetime) -> None:
    """Note that Stripe itself holds something other than we asked for: a person must look."""
    marked = tx.change(
        update(Checkout)
        .where(Checkout.id == checkout_id, Checkout.state.in_(LIVE_CHECKOUTS))
        .values(state=CheckoutState.MISMATCHED, ended_at=at)
    )
    if marked:
        audit.record(tx, "payments.mismatched", ("checkout", checkout_id), by=by, at=at)


def clear_up(tx: Transaction, checkout_id: int, *, by: Actor, at: datetime) -> None:
    """Note that a person has looked into what Stripe held and we did not ask for. Raises NotMismatched."""
    cleared = tx.change(
        update(Checkout)
        .where(Checkout.id == checkout_id, Checkout.state == CheckoutState.MISMATCHED)
        .values(state=CheckoutState.CLEARED)
    )
    if not cleared:
        raise NotMismatched
    audit.record(tx, "payments.clear_up", ("checkout", checkout_id), by=by, at=at)


def live_checkout(tx: Transaction, payment_id: int) -> Checkout | None:
    """Return the attempt that money may still come through, if there is one."""
    return tx.scalar(
        select(Checkout)
        .where(Checkout.payment_id == payment_id, Checkout.state.in_(LIVE_CHECKOUTS))
        .execution_options(populate_existing=True)
    )


def _take_money(
    tx: Transaction,
    checkout: Checkout,
    payment: Payment,
    seen: SeenSession,
    *,
    received_on: date,
    by: Actor,
    at: datetime,
) -> Outcome:
    paid = tx.change(
        update(Checkout)
        .where(Checkout.id == checkout.id, Checkout.state != CheckoutState.PAID)
        .values(state=CheckoutState.PAID, session_id=seen.id, intent=seen.intent, ended_at=at)
    )
    if not paid:
        return Outcome.KNOWN
    tx.change(update(StripeEvent).where(StripeEvent.outcome.is_(None)).values(look_at=at))  # some waited for this
    audit.record(tx, "payments.take_card", ("checkout", checkout.id), by=by, at=at, payment=payment.id)
    if settle(tx, payment, PaymentMethod.CARD, received_on=received_on, by=by, at=at):
        return Outcome.DONE
    tx.refresh(payment)
    too_late = payment.state is PaymentState.CANCELLED
    reason = RefundReason.TOO_LATE if too_late else RefundReason.PAID_TWICE
    promise_refund(tx, checkout.id, payment, reason, by=by, at=at)
    return Outcome.DONE


def _is_over(checkout: Checkout, at: datetime) -> bool:
    """Whether a new attempt is better: the page is about to close, or its opening was never answered."""
    if checkout.state is CheckoutState.WANTED:
        return checkout.wanted_at + UNANSWERED <= at
    return checkout.expires_at <= at
