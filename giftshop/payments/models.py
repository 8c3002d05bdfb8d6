"""The tables of expected and received money, and of what Stripe was asked and said."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, Json, intpk
from giftshop.kernel.money import Money
from giftshop.payments.rules import (
    NUMBERS,
    CheckoutState,
    DisputeState,
    Outcome,
    Payable,
    PaymentMethod,
    PaymentState,
    RefundReason,
    RefundState,
)


class Payment(Base):
    """One sum for one payable. A payable has one at most that is not cancelled."""

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="positive"),
        CheckConstraint("(state IN ('settled', 'reversed')) = (settled_at IS NOT NULL)", name="settled_when"),
        Index(
            "uq_payments_live_payable",
            "payable_kind",
            "payable_id",
            unique=True,
            sqlite_where=text("state <> 'cancelled'"),
            postgresql_where=text("state <> 'cancelled'"),
        ),
        Index("ix_payments_state", "state", "id"),
        Index("ix_payments_amount_minor_id", "amount_minor", "id"),
        Index("ix_payments_settled_at_id", "settled_at", "id"),
    )

    id: Mapped[intpk]
    payable_kind: Mapped[str]
    payable_id: Mapped[int]
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firms.id"), index=True)
    """None: somebody without an account pays."""
    payer: Mapped[str]
    """The firm's name, as finance will see it on the statement."""
    about: Mapped[str]
    """What it is for, such as an order's number."""
    method: Mapped[PaymentMethod]
    """How it came; until then, what was asked for first."""
    transfer_only: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Market rules ask for a bank transfer: no card."""
    amount_minor: Mapped[int]
    currency: Mapped[str]
    state: Mapped[PaymentState] = mapped_column(default=PaymentState.EXPECTED)
    bank_note: Mapped[str | None]
    """What finance read on the bank's statement."""
    received_on: Mapped[date | None]
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]

    @property
    def payable(self) -> Payable:
        """What is paid for."""
        return Payable(self.payable_kind, self.payable_id)

    @property
    def amount(self) -> Money:
        """What is expected."""
        return Money(self.amount_minor, self.currency)

    @property
    def reference(self) -> str:
        """What the firm writes on its transfer."""
        return NUMBERS.of(self.id)


class Checkout(Base):
    """One attempt to pay a payment by card, whole. A payment has one at most that money may still come through."""

    __tablename__ = "checkouts"
    __table_args__ = (
        CheckConstraint("state <> 'open' OR (session_id IS NOT NULL AND url IS NOT NULL)", name="open_somewhere"),
        CheckConstraint("state <> 'paid' OR intent IS NOT NULL", name="paid_by_something"),
        Index(
            "uq_checkouts_live",
            "payment_id",
            unique=True,
            sqlite_where=text("state IN ('wanted', 'open')"),
            postgresql_where=text("state IN ('wanted', 'open')"),
        ),
        Index("ix_checkouts_state_look_at", "state", "look_at"),
    )

    id: Mapped[intpk]
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"), index=True)
    key: Mapped[str] = mapped_column(unique=True)
    """Ours: the idempotency key of the opening, what Stripe calls it back by, and the address payers return to."""
    state: Mapped[CheckoutState] = mapped_column(default=CheckoutState.WANTED)
    locale: Mapped[str]
    return_to: Mapped[str]
    """A path of ours for who has paid."""
    cancel_to: Mapped[str]
    """A path of ours for who has not."""
    expires_at: Mapped[datetime]
    """When the page to pay on closes, as we asked."""
    session_id: Mapped[str | None] = mapped_column(unique=True)
    url: Mapped[str | None]
    intent: Mapped[str | None] = mapped_column(unique=True)
    """The PaymentIntent that the money came by."""
    look_at: Mapped[datetime]
    """When Stripe is asked about it, if nothing is heard until then."""
    wanted_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class Refund(Base):
    """Money that goes back to the card it came from, whole: once at most for each checkout."""

    __tablename__ = "refunds"
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="positive"),
        Index("ix_refunds_state_look_at", "state", "look_at"),
    )

    id: Mapped[intpk]
    checkout_id: Mapped[int] = mapped_column(ForeignKey("checkouts.id"), unique=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"), index=True)
    key: Mapped[str] = mapped_column(unique=True)
    """Ours: the idempotency key, and what Stripe calls it back by. Another one when it is tried again."""
    amount_minor: Mapped[int]
    currency: Mapped[str]
    reason: Mapped[RefundReason]
    note: Mapped[str] = mapped_column(default="")
    """Why, in the words of whoever decided it."""
    state: Mapped[RefundState] = mapped_column(default=RefundState.WANTED)
    provider_id: Mapped[str | None] = mapped_column(unique=True)
    """Stripe's."""
    failure: Mapped[str] = mapped_column(default="")
    """Stripe's word for why it could not."""
    look_at: Mapped[datetime]
    """When Stripe is asked about it, if nothing is heard until then."""
    wanted_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    @property
    def amount(self) -> Money:
        """What goes back."""
        return Money(self.amount_minor, self.currency)


class Dispute(Base):
    """A payer's bank that asks for a payment back."""

    __tablename__ = "disputes"

    id: Mapped[intpk]
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"), index=True)
    provider_id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[DisputeState] = mapped_column(index=True)
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class StripeEvent(Base):
    """The inbox: a piece of Stripe's news, verified and kept under its id before anything is done about it."""

    __tablename__ = "stripe_events"
    __table_args__ = (
        CheckConstraint("(handled_at IS NULL) = (outcome IS NULL)", name="handled_somehow"),
        Index(
            "ix_stripe_events_waiting",
            "look_at",
            sqlite_where=text("handled_at IS NULL"),
            postgresql_where=text("handled_at IS NULL"),
        ),
    )

    id: Mapped[intpk]
    event_id: Mapped[str] = mapped_column(unique=True)
    """Stripe's: news that comes twice is one piece of news."""
    type: Mapped[str]
    news: Mapped[dict[str, Any]] = mapped_column(Json)
    """Of the object it is about, what we read of it: never the payer's name, mail or card."""
    look_at: Mapped[datetime]
    """When it is worked on again, if it was not by then."""
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None]
