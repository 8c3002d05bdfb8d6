"""The tables of gift sets."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, intpk


class GiftSet(Base):
    """A firm's set of items with packaging, decorations and a greeting card. Changed freely until it is ordered."""

    __tablename__ = "gift_sets"
    __table_args__ = (
        CheckConstraint("planned BETWEEN 1 AND 100000", name="planned_in_range"),
        CheckConstraint("budget_minor IS NULL OR budget_minor > 0", name="budget_positive"),
        Index("ix_gift_sets_firm_id_id", "firm_id", "id"),
    )

    id: Mapped[intpk]
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"))
    name: Mapped[str]
    """The firm's own, for itself."""
    currency: Mapped[str]
    packaging_id: Mapped[int | None] = mapped_column(ForeignKey("packagings.id"))
    has_card: Mapped[bool] = mapped_column(default=True)
    headline: Mapped[str] = mapped_column(default="")
    """The few large words of the greeting card."""
    greeting: Mapped[str] = mapped_column(default="")
    planned: Mapped[int] = mapped_column(default=50)
    """How many the firm has in mind, for the total that is shown while it is put together."""
    budget_minor: Mapped[int | None]
    """What the firm means to spend on each person, all in, in minor units."""
    version: Mapped[int] = mapped_column(default=1)
    """Raised by every change: who changes an older one, after somebody else, is told instead."""
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    """Since when it is off the shelf, until it is restored."""
    drawn_up_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    drawn_up_at: Mapped[datetime]
    frozen_at: Mapped[datetime | None]
    """When it was first ordered: from then on it stays as it is."""
    copied_from: Mapped[int | None] = mapped_column(ForeignKey("gift_sets.id"))

    @property
    def is_frozen(self) -> bool:
        """Whether it was ordered."""
        return self.frozen_at is not None


class GiftSetItem(Base):
    """An item in a set, and how many of it."""

    __tablename__ = "gift_set_items"
    __table_args__ = (CheckConstraint("quantity BETWEEN 1 AND 99", name="quantity_in_range"),)

    gift_set_id: Mapped[int] = mapped_column(ForeignKey("gift_sets.id"), primary_key=True, autoincrement=False)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True, autoincrement=False)
    position: Mapped[int]
    quantity: Mapped[int]


class GiftSetDecoration(Base):
    """A decoration that was chosen for a set, with the firm's artwork: a logo, or words."""

    __tablename__ = "gift_set_decorations"
    __table_args__ = (UniqueConstraint("gift_set_id", "place_id"),)

    id: Mapped[intpk]
    gift_set_id: Mapped[int] = mapped_column(ForeignKey("gift_sets.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("item_decorations.id"))
    """What is done, on which item or packaging, and where on it."""
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("logos.id"))
    text: Mapped[str] = mapped_column(default="")
    """Words instead of a logo."""
