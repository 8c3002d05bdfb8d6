"""Payers' banks that ask for a payment back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from giftshop import audit
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.payments.events import PaymentDisputed
from giftshop.payments.models import Checkout, Dispute, Payment
from giftshop.payments.rules import DisputeState, Outcome, SeenDispute


def take_dispute(tx: Transaction, seen: SeenDispute, *, by: Actor, at: datetime) -> Outcome:
    """Do what a dispute of Stripe's says, and tell PaymentDisputed. One that was answered is not opened again."""
    payment_id = tx.scalar(select(Checkout.payment_id).where(Checkout.intent == seen.intent)) if seen.intent else None
    if payment_id is None or not seen.id:
        return Outcome.NOT_OURS
    is_new = tx.add_new(
        Dispute, payment_id=payment_id, provider_id=seen.id, state=seen.state, opened_at=at, changed_at=at
    )
    still_open = (Dispute.provider_id == seen.id, Dispute.state == DisputeState.OPEN)
    answered = seen.state is not DisputeState.OPEN and tx.change(
        update(Dispute).where(*still_open).values(state=seen.state, changed_at=at)
    )
    if not (is_new or answered):
        return Outcome.KNOWN
    payment = tx.get_one(Payment, payment_id)
    audit.record(tx, f"payments.dispute_{seen.state}", ("payment", payment_id), by=by, at=at)
    tx.publish(PaymentDisputed(payment.payable, seen.state, at))
    return Outcome.DONE
