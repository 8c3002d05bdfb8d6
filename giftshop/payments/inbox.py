"""The inbox of Stripe's news: verified at the door, kept once under its id, worked on by a job."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select

from giftshop import jobs
from giftshop.db import Transaction
from giftshop.kernel.actor import SYSTEM
from giftshop.payments.checkouts import take_session
from giftshop.payments.disputes import take_dispute
from giftshop.payments.models import Checkout, StripeEvent
from giftshop.payments.refunds import take_refund
from giftshop.payments.rules import EARLY, PATIENCE, Outcome, SeenDispute, SeenRefund, SeenSession
from giftshop.payments.service import LOOK

WORK = "payments.take_event"
"""The job that does what a piece of news says."""
SESSION_NEWS: Final = frozenset(
    f"checkout.session.{what}" for what in ("completed", "expired", "async_payment_succeeded", "async_payment_failed")
)
REFUND_NEWS: Final = frozenset({"refund.created", "refund.updated", "refund.failed"})
DISPUTE_NEWS: Final = frozenset({"charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed"})
WANTED_NEWS: Final = SESSION_NEWS | REFUND_NEWS | DISPUTE_NEWS
"""What the operator's webhook at Stripe is to send; anything else is answered and forgotten."""
_KEPT: Final = (
    "id",
    "object",
    "status",
    "payment_status",
    "payment_intent",
    "amount_total",
    "amount",
    "currency",
    "client_reference_id",
    "failure_reason",
)


def take_in(tx: Transaction, event_id: str, kind: str, subject: Mapping[str, Any], *, at: datetime) -> bool:
    """Keep a piece of news that was verified, and promise to work on it. False when it was kept before."""
    news = {name: subject[name] for name in _KEPT if name in subject}
    metadata = subject.get("metadata")
    if isinstance(metadata, Mapping):
        news["metadata"] = {name: metadata[name] for name in ("payment", "refund") if name in metadata}
    kept = {"event_id": event_id, "type": kind, "news": news, "received_at": at, "look_at": at + PATIENCE}
    if not tx.add_new(StripeEvent, **kept):
        return False
    row = tx.scalars(select(StripeEvent.id).where(StripeEvent.event_id == event_id)).one()
    jobs.enqueue(tx, WORK, {"event_id": row})
    return True


def work_on(tx: Transaction, event_id: int, *, today: date, at: datetime) -> Outcome:
    """Do what a piece of news says, once. Returns what came of it; news that differs has Stripe asked what is true.

    A dispute that is heard of before its payment waits for it: Stripe keeps no order.
    """
    event = tx.get_one(StripeEvent, event_id, with_for_update=True, populate_existing=True)
    if event.outcome is not None:
        return event.outcome
    outcome = _taken(tx, event, today=today, at=at)
    if outcome is Outcome.DIFFERS:
        key = SeenSession.read(event.news).key
        for checkout_id in tx.scalars(select(Checkout.id).where(Checkout.key == key)):
            jobs.enqueue(tx, LOOK, {"checkout_id": checkout_id})
    if outcome is Outcome.NOT_OURS and event.type in DISPUTE_NEWS and at < event.received_at + EARLY:
        return outcome
    event.outcome, event.handled_at = outcome, at
    return outcome


def _taken(tx: Transaction, event: StripeEvent, *, today: date, at: datetime) -> Outcome:
    if event.type in SESSION_NEWS:
        return take_session(tx, SeenSession.read(event.news), received_on=today, by=SYSTEM, at=at)
    if event.type in REFUND_NEWS:
        why = event.news.get("failure_reason")
        return take_refund(tx, SeenRefund.read(event.news), failure=str(why or ""), by=SYSTEM, at=at)
    return take_dispute(tx, SeenDispute.read(event.news), by=SYSTEM, at=at)
