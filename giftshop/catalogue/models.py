"""The tables of suppliers, items, pictures and gift books."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.catalogue.rules import EditionState, ItemState
from giftshop.db import Base, intpk
from giftshop.kernel.money import Money


class Supplier(Base):
    """Somebody who sends an item to the receiver themselves, so that it never lies on our shelf."""

    __tablename__ = "suppliers"

    id: Mapped[intpk]
    code: Mapped[str] = mapped_column(unique=True)
    names: Mapped[dict[str, str]]
    contact: Mapped[str]
    """Whom to ask for, and how: one line for colleagues."""
    email: Mapped[str]
    is_active: Mapped[bool] = mapped_column(default=True)


class Item(Base):
    """One thing that can be given."""

    __tablename__ = "items"
    __table_args__ = (
        CheckConstraint("price_minor > 0", name="price_is_positive"),
        CheckConstraint("weight_g >= 0", name="weight_is_not_negative"),
        CheckConstraint("lead_days >= 0", name="lead_is_not_negative"),
    )

    id: Mapped[intpk]
    sku: Mapped[str] = mapped_column(unique=True)
    names: Mapped[dict[str, str]]
    descriptions: Mapped[dict[str, str]]
    picture: Mapped[str | None]
    """The SHA-256 of a row of `pictures`, or the name of a drawing under static/goods ("longjing-tea")."""
    price_minor: Mapped[int]
    currency: Mapped[str]
    weight_g: Mapped[int] = mapped_column(default=0)
    """Packed weight in grams; 0 when not known."""
    lead_days: Mapped[int] = mapped_column(default=0)
    """Working days until it can leave when it is not in stock."""
    tags: Mapped[list[str]]
    state: Mapped[ItemState] = mapped_column(default=ItemState.DRAFT, index=True)
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("suppliers.id"), index=True)
    """Who sends it; None: we do, from our own shelf."""
    search_words: Mapped[str]
    """SKU, names and tags in small letters: what a search looks through."""

    @property
    def price(self) -> Money:
        """Return what one costs."""
        return Money(self.price_minor, self.currency)


class Picture(Base):
    """An uploaded picture, written anew by us and kept under the hash of what we wrote."""

    __tablename__ = "pictures"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes]
    """WebP, at most 1200 pixels a side."""
    width: Mapped[int]
    height: Mapped[int]


class Edition(Base):
    """One edition of a gift book: a price tier and its gifts, of which a recipient picks one."""

    __tablename__ = "editions"
    __table_args__ = (CheckConstraint("tier_minor > 0", name="tier_is_positive"),)

    id: Mapped[intpk]
    code: Mapped[str] = mapped_column(unique=True)
    names: Mapped[dict[str, str]]
    labels: Mapped[dict[str, str]]
    """Which edition it is (版次): "Autumn 2026"."""
    tier_minor: Mapped[int]
    currency: Mapped[str]
    state: Mapped[EditionState] = mapped_column(default=EditionState.DRAWN_UP, index=True)
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("editions.id"), index=True)
    """The edition this one was drawn up from."""

    @property
    def tier(self) -> Money:
        """Return what a firm pays for one book."""
        return Money(self.tier_minor, self.currency)


class EditionItem(Base):
    """A gift in a book, at its place."""

    __tablename__ = "edition_items"
    __table_args__ = (UniqueConstraint("edition_id", "position"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True, index=True)
    position: Mapped[int]
    """Place in the book, from 1."""


class ItemFile(Base):
    """An uploaded table of items that waits between its preview and the decision to import it."""

    __tablename__ = "item_files"
    __table_args__ = {"sqlite_autoincrement": True}
    """A number is never given twice: an old preview must not import a newer file."""

    id: Mapped[intpk]
    filename: Mapped[str]
    raw: Mapped[bytes]
    uploaded_by: Mapped[int | None]
    uploaded_at: Mapped[datetime] = mapped_column(index=True)
