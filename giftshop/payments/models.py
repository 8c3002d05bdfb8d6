"""The table of expected and received money."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, intpk
from giftshop.kernel.money import Money
from giftshop.payments.rules import NUMBERS, Payable


class PaymentState(StrEnum):
    """Where the money is."""

    EXPECTED = "expected"
    """The firm was told what to pay and how."""
    SETTLED = "settled"
    """It came, whole."""
    CANCELLED = "cancelled"
    """It is not wanted any more."""


class PaymentMethod(StrEnum):
    """How money comes."""

    TRANSFER = "transfer"
    """A bank transfer that quotes our reference."""


class Payment(Base):
    """One sum for one payable. A payable has one at most that is not cancelled."""

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="positive"),
        CheckConstraint("(state = 'settled') = (settled_at IS NOT NULL)", name="settled_when"),
        Index(
            "uq_payments_live_payable",
            "payable_kind",
            "payable_id",
            unique=True,
            sqlite_where=text("state <> 'cancelled'"),
            postgresql_where=text("state <> 'cancelled'"),
        ),
        Index("ix_payments_state", "state", "id"),
    )

    id: Mapped[intpk]
    payable_kind: Mapped[str]
    payable_id: Mapped[int]
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"), index=True)
    payer: Mapped[str]
    """The firm's name, as finance will see it on the statement."""
    about: Mapped[str]
    """What it is for, such as an order's number."""
    method: Mapped[PaymentMethod]
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
