"""Expect money, mark it as received, stop expecting it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update

from giftshop import audit
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Missing
from giftshop.kernel.money import Money
from giftshop.payments.errors import AlreadySettled, AmountDiffers, InTheFuture, PaymentCancelled
from giftshop.payments.models import Payment, PaymentMethod, PaymentState
from giftshop.payments.queries import payment_of
from giftshop.payments.rules import Payable


@dataclass(frozen=True, slots=True)
class PaymentSettled:
    """The whole sum for a payable is here."""

    payable: Payable
    amount: Money
    by: Actor
    at: datetime


def expect(
    tx: Transaction, payable: Payable, amount: Money, *, firm_id: int, payer: str, about: str, by: Actor, at: datetime
) -> Payment:
    """Expect `amount` for `payable` by bank transfer. `payer` and `about` are shown to finance."""
    payment = Payment(
        payable_kind=payable.kind,
        payable_id=payable.id,
        firm_id=firm_id,
        payer=payer,
        about=about,
        method=PaymentMethod.TRANSFER,
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

    Raises Missing, AmountDiffers, InTheFuture, AlreadySettled or PaymentCancelled. Publishes PaymentSettled.
    """
    payment = tx.get(Payment, payment_id)
    if payment is None:
        raise Missing
    if amount_minor != payment.amount_minor:
        received = Money(amount_minor, payment.currency)
        raise AmountDiffers(field="amount", expected=payment.amount, received=received, reference=payment.reference)
    if received_on > today:
        raise InTheFuture(field="received_on")
    settled = tx.change(
        update(Payment)
        .where(Payment.id == payment_id, Payment.state == PaymentState.EXPECTED)
        .values(state=PaymentState.SETTLED, settled_at=at, received_on=received_on, bank_note=bank_note)
    )
    if not settled:
        tx.refresh(payment)
        refusal = PaymentCancelled if payment.state is PaymentState.CANCELLED else AlreadySettled
        raise refusal(reference=payment.reference)
    audit.record(tx, "payments.mark_received", ("payment", payment_id), by=by, at=at, amount_minor=amount_minor)
    tx.publish(PaymentSettled(payment.payable, payment.amount, by, at))
    return payment.reference


def cancel(tx: Transaction, payable: Payable, *, by: Actor, at: datetime) -> None:
    """Stop expecting money for `payable`, if any was. Raises AlreadySettled when it came first."""
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
