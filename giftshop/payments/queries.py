"""What was paid and what is still expected."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select

from giftshop.db import Reader
from giftshop.kernel.locale import N_
from giftshop.listing import Choice, Column, Days, Listing, Words
from giftshop.paging import bounded_count
from giftshop.payments.models import Checkout, Dispute, Payment, Refund
from giftshop.payments.rules import (
    LIVE_CHECKOUTS,
    NUMBERS,
    CheckoutState,
    DisputeState,
    Payable,
    PaymentMethod,
    PaymentState,
    RefundState,
)


class PaymentView(StrEnum):
    """What finance looks at at once: payments in one state, or those with something wrong."""

    EXPECTED = "expected"
    """Money is to come."""
    SETTLED = "settled"
    """It came."""
    REVERSED = "reversed"
    """It came and goes back."""
    CANCELLED = "cancelled"
    """It is not wanted any more."""
    TROUBLED = "troubled"
    """A refund failed, a bank disputes, or Stripe holds something we did not ask for."""


def payment_of(reader: Reader, payable: Payable) -> Payment | None:
    """Return the payment that is expected or was received for `payable`."""
    return reader.scalar(
        select(Payment).where(
            Payment.payable_kind == payable.kind,
            Payment.payable_id == payable.id,
            Payment.state != PaymentState.CANCELLED,
        )
    )


def payments_list(view: PaymentView, methods: Mapping[PaymentMethod, str]) -> Listing[Payment]:
    """Return the list of payments of a view, newest first; `methods` call by name how money came.

    Payers and what they pay for are text of other rooms without an index here: they are searched, not sorted by.
    """
    came = view in (PaymentView.SETTLED, PaymentView.REVERSED)
    return Listing(
        "payments",
        select(Payment).where(_in_view(view)),
        Payment.id,
        columns=(
            Column("reference", N_("Reference"), by=Payment.id, falls=True),
            Column("payer", N_("From")),
            Column("about", N_("What for")),
            Column("by", N_("By")),
            Column("amount", N_("Amount"), "number", by=Payment.amount_minor, falls=True),
            Column("since", N_("Since"), by=Payment.settled_at if came else Payment.id, falls=True),
        ),
        fields=(
            Words(N_("Reference, order or firm"), _matching, hint="T-…"),
            Choice(
                "by",
                N_("By"),
                {method.value: words for method, words in methods.items()},
                lambda method: Payment.method == PaymentMethod(method),
            ),
            Days("since", N_("Since"), Payment.settled_at if came else Payment.created_at),
        ),
        first="-reference",
        is_personal=True,
    )


def last_payment_of(reader: Reader, payable: Payable) -> Payment | None:
    """Return the payment of `payable` that was asked for last, also when it was cancelled."""
    of_it = (Payment.payable_kind == payable.kind, Payment.payable_id == payable.id)
    return reader.scalar(select(Payment).where(*of_it).order_by(Payment.id.desc()).limit(1))


def checkouts_of(reader: Reader, payment_id: int) -> Sequence[Checkout]:
    """Return the attempts to pay by card, newest first."""
    return reader.scalars(select(Checkout).where(Checkout.payment_id == payment_id).order_by(Checkout.id.desc())).all()


def is_being_paid(reader: Reader, payment_id: int) -> bool:
    """Whether somebody has a page to pay it on."""
    live = (Checkout.payment_id == payment_id, Checkout.state.in_(LIVE_CHECKOUTS))
    return reader.scalar(select(Checkout.id).where(*live)) is not None


def refunds_of(reader: Reader, payment_id: int) -> Sequence[Refund]:
    """Return what goes back of a payment, newest first."""
    return reader.scalars(select(Refund).where(Refund.payment_id == payment_id).order_by(Refund.id.desc())).all()


def dispute_of(reader: Reader, payment_id: int) -> Dispute | None:
    """Return the dispute about a payment, the last one if there were several."""
    return reader.scalar(select(Dispute).where(Dispute.payment_id == payment_id).order_by(Dispute.id.desc()).limit(1))


def is_frozen(reader: Reader, payable: Payable) -> bool:
    """Whether a bank asks for the money back, or has got it."""
    payments = select(Payment.id).where(Payment.payable_kind == payable.kind, Payment.payable_id == payable.id)
    against = (Dispute.payment_id.in_(payments), Dispute.state != DisputeState.WON)
    return reader.scalar(select(Dispute.id).where(*against).limit(1)) is not None


def troubled_count(reader: Reader) -> int:
    """Return how many payments a person must look at, counted as far as a page needs it."""
    return bounded_count(reader, select(Payment.id).where(_in_view(PaymentView.TROUBLED)))


def oldest_in_view(reader: Reader, view: PaymentView, *, limit: int) -> Sequence[Payment]:
    """Return the payments of a view that were asked for first."""
    return reader.scalars(select(Payment).where(_in_view(view)).order_by(Payment.id).limit(limit)).all()


def payments_by_id(reader: Reader, ids: Collection[int]) -> dict[int, Payment]:
    """Return those of `ids` that exist, in one query."""
    return {found.id: found for found in reader.scalars(select(Payment).where(Payment.id.in_(ids)))} if ids else {}


def expected_count(reader: Reader) -> int:
    """Return how many payments are expected, counted as far as a page needs it."""
    return bounded_count(reader, select(Payment.id).where(Payment.state == PaymentState.EXPECTED))


def _matching(wanted: str) -> ColumnElement[bool]:
    return or_(
        Payment.id == (NUMBERS.id_in(wanted) or 0),
        func.lower(Payment.payer).like(func.lower(f"%{_literal(wanted)}%"), escape="\\"),
        Payment.about == wanted.upper(),
    )


def _in_view(view: PaymentView) -> ColumnElement[bool]:
    if view is not PaymentView.TROUBLED:
        return Payment.state == PaymentState(view.value)
    return or_(
        Payment.id.in_(select(Refund.payment_id).where(Refund.state == RefundState.FAILED)),
        Payment.id.in_(select(Dispute.payment_id).where(Dispute.state == DisputeState.OPEN)),
        Payment.id.in_(select(Checkout.payment_id).where(Checkout.state == CheckoutState.MISMATCHED)),
    )


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
