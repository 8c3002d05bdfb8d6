"""The tables of numbered papers about money. What stands in them is never changed: it is what was handed out."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.billing.rules import BillKind, BillNumber
from giftshop.db import Base, intpk
from giftshop.kernel.money import Money
from giftshop.orders import InvoiceKind
from giftshop.payments import PaymentMethod


class BillCounter(Base):
    """The last number given out of one kind in one year: raised in the transaction that issues, so none is skipped."""

    __tablename__ = "bill_counters"
    __table_args__ = (CheckConstraint("last >= 0", name="counts_from_one"),)

    kind: Mapped[BillKind] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class Bill(Base):
    """An invoice, credit note, receipt or refund receipt, as it was issued: names and prices of that day.

    Kept by law, for longer than anything is known of people; it names firms only.
    """

    __tablename__ = "bills"
    __table_args__ = (
        UniqueConstraint("kind", "year", "sequence"),
        UniqueConstraint("kind", "source"),
        CheckConstraint("sequence > 0", name="counts_from_one"),
        CheckConstraint("total_minor > 0", name="positive"),
        CheckConstraint("kind <> 'credit_note' OR corrects_id IS NOT NULL", name="a_credit_note_corrects"),
        Index("ix_bills_firm_id_id", "firm_id", "id"),
        Index("ix_bills_total_minor_id", "total_minor", "id"),
        Index("ix_bills_payable", "payable_kind", "payable_id"),
    )

    id: Mapped[intpk]
    kind: Mapped[BillKind]
    year: Mapped[int]
    """Of the operator's calendar."""
    sequence: Mapped[int]
    """From 1 in each year, without a gap."""
    source: Mapped[str]
    """What it was issued for, once of each kind: "payment/12", "refund/3"."""
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"))
    payable_kind: Mapped[str]
    payable_id: Mapped[int]
    about: Mapped[str]
    """The number of what was sold, such as an order's."""
    reference: Mapped[str]
    """The payment's."""
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("bills.id"), index=True)
    """Of a credit note: the invoice. Of receipts: the invoice that was paid, if there is one."""
    issuer: Mapped[dict[str, str]]
    """Who we were: site_name, legal_name, legal_footer, hotline, public_url."""
    firm_name: Mapped[str]
    title: Mapped[str]
    """发票抬头: whom it names."""
    tax_number: Mapped[str] = mapped_column(default="")
    currency: Mapped[str]
    total_minor: Mapped[int]
    method: Mapped[PaymentMethod]
    """How the money came, or went back."""
    paid_on: Mapped[date]
    """The day of the operator's calendar on which it did."""
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]

    @property
    def number(self) -> str:
        """What people call it."""
        return str(BillNumber(self.kind, self.year, self.sequence))

    @property
    def total(self) -> Money:
        """What it comes to."""
        return Money(self.total_minor, self.currency)


class BillLine(Base):
    """One line of an invoice or a credit note."""

    __tablename__ = "bill_lines"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity_positive"),)

    bill_id: Mapped[int] = mapped_column(ForeignKey("bills.id"), primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """From 1, as they are shown."""
    words: Mapped[dict[str, str]]
    detail: Mapped[dict[str, str]]
    """Which one exactly, by language; empty where the words say it all."""
    invoice: Mapped[InvoiceKind]
    unit_minor: Mapped[int]
    currency: Mapped[str]
    quantity: Mapped[int]

    @property
    def unit(self) -> Money:
        """What one costs."""
        return Money(self.unit_minor, self.currency)

    @property
    def amount(self) -> Money:
        """What it comes to."""
        return self.unit * self.quantity
