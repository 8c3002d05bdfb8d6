"""The tables of top-ups."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, intpk
from giftshop.kernel.money import Money
from giftshop.topups.rules import NUMBERS, CardOutcome, TopUpState


class TopUp(Base):
    """The same sum more on each of several cards of a programme, bought by its firm."""

    __tablename__ = "top_ups"
    __table_args__ = (
        CheckConstraint("each_minor > 0 AND quantity > 0", name="something_for_something"),
        CheckConstraint("refused BETWEEN 0 AND quantity", name="refused_within_quantity"),
        CheckConstraint("(given_back_at IS NULL) = (given_back_by IS NULL)", name="given_back_by_somebody"),
        Index("ix_top_ups_firm_id_id", "firm_id", "id"),
    )

    id: Mapped[intpk]
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    state: Mapped[TopUpState] = mapped_column(default=TopUpState.AWAITING_PAYMENT)
    each_minor: Mapped[int]
    currency: Mapped[str]
    quantity: Mapped[int]
    """Cards it is for."""
    refused: Mapped[int] = mapped_column(default=0)
    """Of those, the cards that could not take it by the time it was paid."""
    agent_name: Mapped[str] = mapped_column(default="")
    """Who buys on the firm's behalf, where the market asks for a real name (实名登记)."""
    agent_document: Mapped[str] = mapped_column(default="")
    """The number of that person's identity document."""
    placed_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    given_back_at: Mapped[datetime | None]
    """When finance paid back what could not be put on cards."""
    given_back_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    given_back_note: Mapped[str] = mapped_column(default="")

    @property
    def number(self) -> str:
        """What people call it."""
        return NUMBERS.of(self.id)

    @property
    def each(self) -> Money:
        """What each card gets."""
        return Money(self.each_minor, self.currency)

    @property
    def total(self) -> Money:
        """What it costs."""
        return self.each * self.quantity

    @property
    def has_money_left(self) -> bool:
        """Whether some of it is to be paid back still."""
        return self.state is TopUpState.DONE and self.refused > 0 and self.given_back_at is None

    @property
    def to_give_back(self) -> Money:
        """What could not be put on cards, and is the firm's."""
        return self.each * self.refused


class TopUpCard(Base):
    """One card of a top-up."""

    __tablename__ = "top_up_cards"

    top_up_id: Mapped[int] = mapped_column(ForeignKey("top_ups.id"), primary_key=True, autoincrement=False)
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), primary_key=True, autoincrement=False)
    outcome: Mapped[CardOutcome] = mapped_column(default=CardOutcome.WAITING)
    most_minor: Mapped[int]
    """What it may hold at most, as the market's rules had it when it was placed."""
