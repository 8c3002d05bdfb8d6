"""The table of extensions."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, intpk
from giftshop.extensions.rules import NUMBERS, ExtensionState
from giftshop.kernel.money import Money


class Extension(Base):
    """More time for everybody of a programme, asked for by its firm."""

    __tablename__ = "extensions"
    __table_args__ = (
        CheckConstraint("fee_minor >= 0 AND quantity > 0", name="costs_something_or_nothing"),
        CheckConstraint("(given_back_at IS NULL) = (given_back_by IS NULL)", name="given_back_by_somebody"),
        Index("ix_extensions_firm_id_id", "firm_id", "id"),
    )

    id: Mapped[intpk]
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    state: Mapped[ExtensionState]
    until: Mapped[date]
    """The new last day, in the programme's time zone."""
    fee_minor: Mapped[int]
    """For each card; 0: it is free."""
    currency: Mapped[str]
    quantity: Mapped[int]
    """Cards that were still worth something when it was asked for."""
    asked_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    given_back_at: Mapped[datetime | None]
    given_back_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    given_back_note: Mapped[str] = mapped_column(default="")

    @property
    def number(self) -> str:
        """What people call it."""
        return NUMBERS.of(self.id)

    @property
    def fee(self) -> Money:
        """What it costs for each card."""
        return Money(self.fee_minor, self.currency)

    @property
    def total(self) -> Money:
        """What it costs."""
        return self.fee * self.quantity
