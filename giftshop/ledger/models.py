"""The one table of the ledger."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped

from giftshop.db import Base, intpk
from giftshop.kernel.actor import ActorKind
from giftshop.kernel.money import Money
from giftshop.ledger.rules import Account, EntryKind


class Posting(Base):
    """One leg of an entry. Written once, never changed; whose entry it is stands in each, so that one row tells it all.

    Batches and cards belong to rooms above, which the ledger knows by id only.
    """

    __tablename__ = "postings"
    __table_args__ = (
        UniqueConstraint("entry", "position"),
        CheckConstraint("amount_minor <> 0", name="moves_something"),
        Index("ix_postings_batch_id_account", "batch_id", "account"),
        Index(
            "ix_postings_card_id",
            "card_id",
            "id",
            sqlite_where=text("card_id IS NOT NULL"),
            postgresql_where=text("card_id IS NOT NULL"),
        ),
    )

    id: Mapped[intpk]
    entry: Mapped[str]
    """Which entry: "issue/17" for what can be once only, else a random word."""
    position: Mapped[int]
    """From 1."""
    kind: Mapped[EntryKind]
    account: Mapped[Account]
    batch_id: Mapped[int]
    card_id: Mapped[int | None]
    """None: of the whole batch."""
    amount_minor: Mapped[int]
    """Above zero a debit, below a credit."""
    currency: Mapped[str]
    subject_kind: Mapped[str]
    """With `subject_id`, what it was for: ("batch", 17), ("redemption", 5)."""
    subject_id: Mapped[int]
    at: Mapped[datetime]
    by_kind: Mapped[ActorKind]
    by_id: Mapped[int | None]

    @property
    def amount(self) -> Money:
        """What moved."""
        return Money(self.amount_minor, self.currency)
