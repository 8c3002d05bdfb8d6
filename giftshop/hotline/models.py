"""The table of calls. Nothing in it says who called: a card, and what was done about it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, intpk
from giftshop.hotline.rules import FoundBy, Outcome, is_heard
from giftshop.redemption import Redemption


class Call(Base):
    """One call that an agent took, about one card at a time."""

    __tablename__ = "calls"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (outcome IS NULL)", name="ended_with_an_outcome"),
        CheckConstraint("(card_id IS NULL) = (found_by IS NULL)", name="found_somehow"),
        CheckConstraint("card_id IS NOT NULL OR (heard_at IS NULL AND proved_id IS NULL)", name="heard_of_a_card"),
        Index(
            "uq_calls_open",
            "agent_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_calls_agent_id_id", "agent_id", "id"),
    )

    id: Mapped[intpk]
    agent_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    locale: Mapped[str]
    """The caller's language: they are read to and written to in it."""
    card_id: Mapped[int | None] = mapped_column(ForeignKey("cards.id"), index=True)
    found_by: Mapped[FoundBy | None]
    heard_at: Mapped[datetime | None]
    """When the code of this card was read out; it opens the card for half an hour."""
    misheard: Mapped[int] = mapped_column(default=0)
    """Codes typed in this call that no card has."""
    draft_key: Mapped[str | None]
    """The unfinished choice made in this call."""
    proved_id: Mapped[int | None] = mapped_column(ForeignKey("redemptions.id"))
    """The redemption whose receiver the caller is known to be: they named the end of the phone number."""
    outcome: Mapped[Outcome | None]
    note: Mapped[str] = mapped_column(default="")

    def may_spend(self, *, at: datetime) -> bool:
        """Whether the card's code was read out, not too long ago."""
        return is_heard(self.heard_at, at=at)

    def knows(self, redemption: Redemption) -> bool:
        """Whether the caller may be told whom this was sent to: they said so in this call, or know the phone."""
        is_own = self.draft_key is not None and self.draft_key == redemption.draft_key
        return is_own or self.proved_id == redemption.id
