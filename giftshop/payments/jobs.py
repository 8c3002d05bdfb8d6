"""What the worker does about money by card: looks at Stripe, sends refunds, works on news, and finds what was lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, select, update

from giftshop import jobs
from giftshop.db import Transaction
from giftshop.jobs import JobRun
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.payments.checkouts import expire, mark_mismatched, take_session
from giftshop.payments.desk import StripeDesk, StripeRefuses
from giftshop.payments.errors import CardsAway
from giftshop.payments.inbox import WORK, work_on
from giftshop.payments.models import Checkout, Payment, Refund, StripeEvent
from giftshop.payments.refunds import SEND, note_refused, take_refund
from giftshop.payments.rules import (
    AWAY,
    LIVE_CHECKOUTS,
    PATIENCE,
    UNANSWERED,
    Outcome,
    PaymentState,
    RefundState,
    SeenSession,
)
from giftshop.payments.service import LOOK

AT_ONCE: Final = 100

Desk = Callable[[], StripeDesk]


def look(run: JobRun, *, desk: Desk, time_zone: str) -> None:
    """Job: bring a checkout in line with what Stripe knows. Closes the page when nothing is expected any more."""
    checkout_id = int(run.payload["checkout_id"])
    with run.reading() as reader:
        checkout = reader.get_one(Checkout, checkout_id)
        is_expected = reader.get_one(Payment, checkout.payment_id).state is PaymentState.EXPECTED
    if checkout.state not in LIVE_CHECKOUTS:
        return
    if checkout.session_id is None:
        if not is_expected or checkout.wanted_at + UNANSWERED <= run.at:
            run.transact(expire, checkout_id, by=SYSTEM, at=run.at)  # its page was shown to nobody
        return
    try:
        seen = desk().look_at(checkout.session_id)
        if seen.status == "open" and not is_expected:
            seen = desk().close(checkout.session_id)
    except CardsAway:
        run.transact(_ask_again, Checkout, checkout_id, at=run.at)
        return
    except StripeRefuses:  # the account has no such page, most likely because it is another account by now
        run.transact(mark_mismatched, checkout_id, by=SYSTEM, at=run.at)
        return
    run.transact(believe, checkout_id, seen, today=clock.local_day(run.at, time_zone), at=run.at)


def believe(tx: Transaction, checkout_id: int, seen: SeenSession, *, today: date, at: datetime) -> None:
    """Do what Stripe itself said when asked."""
    outcome = take_session(tx, seen, received_on=today, by=SYSTEM, at=at)
    if outcome in {Outcome.DIFFERS, Outcome.NOT_OURS}:
        mark_mismatched(tx, checkout_id, by=SYSTEM, at=at)


def look_soon(tx: Transaction, checkout_id: int) -> None:
    """Promise to look at a checkout that somebody waits for."""
    jobs.enqueue(tx, LOOK, {"checkout_id": checkout_id})


def send_refund(run: JobRun, *, desk: Desk) -> None:
    """Job: send a refund under its key, or ask what became of it."""
    refund_id = int(run.payload["refund_id"])
    with run.reading() as reader:
        refund = reader.get_one(Refund, refund_id)
        intent = reader.get_one(Checkout, refund.checkout_id).intent or ""
    if refund.state not in {RefundState.WANTED, RefundState.SENT}:
        return
    try:
        # Looked for first: after a day Stripe has forgotten the key, and would do it again.
        seen = desk().refund_with(intent, refund.key) or desk().give_back(intent, refund.amount, refund.key)
    except CardsAway:
        run.transact(_ask_again, Refund, refund_id, at=run.at)
        return
    except StripeRefuses as refusal:
        run.transact(note_refused, refund_id, refusal.code, by=SYSTEM, at=run.at)
        return
    run.transact(take_refund, seen, by=SYSTEM, at=run.at)


def take_event(run: JobRun, *, time_zone: str) -> None:
    """Job: do what a piece of Stripe's news says."""
    run.transact(work_on, int(run.payload["event_id"]), today=clock.local_day(run.at, time_zone), at=run.at)


def reconcile(tx: Transaction, at: datetime) -> None:
    """Round of the worker: promise to look at whatever nothing was heard of for too long."""
    for checkout_id in _silent(tx, Checkout, Checkout.state.in_(LIVE_CHECKOUTS), at):
        jobs.enqueue(tx, LOOK, {"checkout_id": checkout_id})
    for refund_id in _silent(tx, Refund, Refund.state.in_([RefundState.WANTED, RefundState.SENT]), at):
        jobs.enqueue(tx, SEND, {"refund_id": refund_id})
    for event_id in _silent(tx, StripeEvent, StripeEvent.outcome.is_(None), at):
        jobs.enqueue(tx, WORK, {"event_id": event_id})


def _ask_again(tx: Transaction, table: type[Checkout | Refund], row: int, *, at: datetime) -> None:
    """Leave to the next rounds what Stripe did not answer: an outage of hours must not use up a job's attempts."""
    tx.change(update(table).where(table.id == row).values(look_at=at + AWAY))


def _silent(
    tx: Transaction, table: type[Checkout | Refund | StripeEvent], waits: ColumnElement[bool], at: datetime
) -> list[int]:
    """Return what still waits and is due to be looked at, which it then is not for a while: one worker finds it."""
    due = tx.scalars(select(table.id).where(waits, table.look_at <= at).order_by(table.look_at).limit(AT_ONCE)).all()
    taken = {"look_at": at + PATIENCE}
    return [each for each in due if tx.change(update(table).where(table.id == each, table.look_at <= at).values(taken))]
