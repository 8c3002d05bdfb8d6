"""The tables of favourites, lists, and of what whoever reads a list said."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, intpk
from giftshop.wishes.rules import Verdict


class Favourite(Base):
    """A gift that a person of a firm marked, for themselves."""

    __tablename__ = "favourites"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, autoincrement=False)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True, autoincrement=False)
    added_at: Mapped[datetime]


class WishList(Base):
    """Gifts that a firm keeps together while it decides. Everybody of the firm may change it."""

    __tablename__ = "wish_lists"
    __table_args__ = (
        CheckConstraint("people BETWEEN 1 AND 100000", name="people_in_range"),
        Index("ix_wish_lists_firm_id_id", "firm_id", "id"),
    )

    id: Mapped[intpk]
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"))
    name: Mapped[str]
    people: Mapped[int]
    """For how many the total is worked out."""
    drawn_up_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    drawn_up_at: Mapped[datetime]
    dropped_at: Mapped[datetime | None] = mapped_column(index=True)
    """When it was deleted: for a while it can come back."""


class WishListItem(Base):
    """A gift on a list."""

    __tablename__ = "wish_list_items"
    __table_args__ = (CheckConstraint("quantity BETWEEN 1 AND 99", name="quantity_in_range"),)

    list_id: Mapped[int] = mapped_column(ForeignKey("wish_lists.id"), primary_key=True, autoincrement=False)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True, autoincrement=False)
    position: Mapped[int]
    """Its place, from 1."""
    quantity: Mapped[int]
    """How many a person gets."""
    note: Mapped[str]
    """Why it is here; whoever reads the list sees it."""
    added_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    added_at: Mapped[datetime]


class WishLink(Base):
    """A secret address under which a list can be read by somebody without an account. The secret is kept nowhere."""

    __tablename__ = "wish_links"

    id: Mapped[intpk]
    list_id: Mapped[int] = mapped_column(ForeignKey("wish_lists.id"), index=True)
    with_prices: Mapped[bool]
    locale: Mapped[str]
    """The reader's language, or nothing: whatever their browser asks for."""
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    def is_live(self, at: datetime) -> bool:
        """Whether it opens the list at this moment."""
        return self.revoked_at is None and at < self.expires_at


class WishReader(Base):
    """Somebody who read a list by its link and answered, under the name they gave."""

    __tablename__ = "wish_readers"

    id: Mapped[intpk]
    link_id: Mapped[int] = mapped_column(ForeignKey("wish_links.id"), index=True)
    name: Mapped[str]
    words: Mapped[str]
    """What they say of the whole."""
    answered_at: Mapped[datetime]


class WishAnswer(Base):
    """What a reader says of one gift."""

    __tablename__ = "wish_answers"

    reader_id: Mapped[int] = mapped_column(ForeignKey("wish_readers.id"), primary_key=True, autoincrement=False)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True, autoincrement=False)
    verdict: Mapped[Verdict | None]
    words: Mapped[str]


class WishTry(Base):
    """An answer sent through a link, written down before it is judged. Kept for a day."""

    __tablename__ = "wish_tries"
    __table_args__ = (Index("ix_wish_tries_address_at", "address", "at"),)

    id: Mapped[intpk]
    address: Mapped[str]
    """The network it came from."""
    at: Mapped[datetime]
