"""A firm's account: what it was asked for, what came, and what went back, each with its day and its sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import select

from giftshop.db import Reader
from giftshop.kernel.money import Money
from giftshop.payments.models import Dispute, Payment, Refund
from giftshop.payments.rules import DisputeState, PaymentState, RefundReason, RefundState


class EntryKind(StrEnum):
    """What moved a firm's account."""

    ASKED = "asked"
    """Something was ordered, and its price is due."""
    PAID = "paid"
    """Money came for it."""
    PAID_AGAIN = "paid_again"
    """Money came by card that was not due, or not due any more."""
    UNDONE = "undone"
    """A paid order was undone: its price is the firm's again."""
    GIVEN_BACK = "given_back"
    """Money went back to the firm."""
    TAKEN_BACK = "taken_back"
    """The payer's bank took a payment back."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an account. What the firm owes is positive, what it has paid negative."""

    kind: EntryKind
    at: datetime
    amount: Money
    about: str
    """What it was for, such as an order's number."""
    reference: str
    """The payment's."""


_BACK: Final = (RefundState.DONE, RefundState.BY_HAND)


def entries_of(reader: Reader, firm_id: int) -> list[Entry]:
    """Return all entries of a firm's account, oldest first. What was given up before it was paid is left out."""
    payments = {row.id: row for row in reader.scalars(select(Payment).where(Payment.firm_id == firm_id))}
    of_firm = select(Payment.id).where(Payment.firm_id == firm_id)
    refunds = reader.scalars(select(Refund).where(Refund.payment_id.in_(of_firm))).all()
    lost = select(Dispute).where(Dispute.payment_id.in_(of_firm), Dispute.state == DisputeState.LOST)
    entries = [entry for payment in payments.values() for entry in _of_payment(payment)]
    entries += [entry for refund in refunds for entry in _of_refund(refund, payments[refund.payment_id])]
    entries += [_of_dispute(dispute, payments[dispute.payment_id]) for dispute in reader.scalars(lost)]
    return sorted(entries, key=lambda entry: (entry.at, list(EntryKind).index(entry.kind), entry.reference))


def settled_payments(reader: Reader, *, after: int, limit: int) -> Sequence[Payment]:
    """Return payments of firms whose money came and stays, by id from `after` on."""
    settled = (Payment.id > after, Payment.state == PaymentState.SETTLED, Payment.firm_id.is_not(None))
    return reader.scalars(select(Payment).where(*settled).order_by(Payment.id).limit(limit)).all()


def _of_payment(payment: Payment) -> Iterator[Entry]:
    if payment.state is PaymentState.CANCELLED:
        return
    yield Entry(EntryKind.ASKED, payment.created_at, payment.amount, payment.about, payment.reference)
    if payment.settled_at is not None:
        yield Entry(EntryKind.PAID, payment.settled_at, -payment.amount, payment.about, payment.reference)


def _of_refund(refund: Refund, payment: Payment) -> Iterator[Entry]:
    why = EntryKind.UNDONE if refund.reason is RefundReason.ASKED else EntryKind.PAID_AGAIN
    yield Entry(why, refund.wanted_at, -refund.amount, payment.about, payment.reference)
    if refund.state in _BACK:
        yield Entry(EntryKind.GIVEN_BACK, refund.changed_at, refund.amount, payment.about, payment.reference)


def _of_dispute(dispute: Dispute, payment: Payment) -> Entry:
    return Entry(EntryKind.TAKEN_BACK, dispute.changed_at, payment.amount, payment.about, payment.reference)
