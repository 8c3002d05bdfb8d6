"""The tables of suppliers, items, pictures, gift books, and what gift sets are made with: packaging, crafts, rules."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.catalogue.rules import CollectionKind, DecorationKind, EditionState, ItemState, PackagingKind
from giftshop.catalogue.terms import TermKind
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

    @property
    def price(self) -> Money:
        """Return what one costs."""
        return Money(self.price_minor, self.currency)


class SearchTerm(Base):
    """Something that an item is found by; written anew whenever the item changes (`catalogue.indexing`)."""

    __tablename__ = "search_terms"
    __table_args__ = (Index(None, "kind", "size"),)

    term: Mapped[str] = mapped_column(String().with_variant(String(collation="C"), "postgresql"), primary_key=True)
    """Compared byte by byte on every database, so that what begins with a word is one stretch of the index."""
    kind: Mapped[TermKind] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True, index=True)
    size: Mapped[int]
    """Characters: what was mistyped is compared with words of about its length."""


class Collection(Base):
    """A tag that the shop shows as a collection: what it is called, and where it stands."""

    __tablename__ = "collections"
    __table_args__ = (CheckConstraint("position > 0", name="position_is_positive"),)

    id: Mapped[intpk]
    tag: Mapped[str] = mapped_column(unique=True)
    """Items that bear it are in the collection; stands in its address."""
    kind: Mapped[CollectionKind]
    names: Mapped[dict[str, str]]
    texts: Mapped[dict[str, str]]
    """A line about it, by language; may be missing."""
    also: Mapped[str]
    """What else people type who look for it."""
    picture: Mapped[str | None]
    """As an item's; None: its first gift's."""
    position: Mapped[int]
    """Its place among those of its kind; of several at one, the older first."""


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


class Packaging(Base):
    """A box, bag or wrapping that a gift set goes into."""

    __tablename__ = "packagings"
    __table_args__ = (
        CheckConstraint("price_minor >= 0", name="price_is_not_negative"),
        CheckConstraint("weight_g >= 0", name="weight_is_not_negative"),
        CheckConstraint("holds_g > 0", name="holds_something"),
    )

    id: Mapped[intpk]
    code: Mapped[str] = mapped_column(unique=True)
    """What its barcode says at the packing table."""
    kind: Mapped[PackagingKind]
    names: Mapped[dict[str, str]]
    picture: Mapped[str | None]
    """As an item's."""
    price_minor: Mapped[int]
    currency: Mapped[str]
    weight_g: Mapped[int]
    """Its own, empty, in grams."""
    holds_g: Mapped[int]
    """The heaviest contents it carries, in grams."""
    is_active: Mapped[bool] = mapped_column(default=True)

    @property
    def price(self) -> Money:
        """Return what one costs."""
        return Money(self.price_minor, self.currency)


class Decoration(Base):
    """A way to put a firm's mark onto goods or packaging (定制工艺), and what it asks for."""

    __tablename__ = "decorations"
    __table_args__ = (
        CheckConstraint("setup_minor >= 0 AND unit_minor >= 0", name="prices_are_not_negative"),
        CheckConstraint("least > 0", name="least_is_positive"),
        CheckConstraint("lead_days >= 0", name="lead_is_not_negative"),
        CheckConstraint("width_mm > 0 AND height_mm > 0", name="area_is_positive"),
    )

    id: Mapped[intpk]
    kind: Mapped[DecorationKind]
    names: Mapped[dict[str, str]]
    setup_minor: Mapped[int]
    """Asked once for each place it is put, whatever the number."""
    unit_minor: Mapped[int]
    currency: Mapped[str]
    least: Mapped[int]
    """Pieces below which it is not done."""
    lead_days: Mapped[int]
    """Working days it takes."""
    width_mm: Mapped[int]
    """The largest area it covers."""
    height_mm: Mapped[int]
    is_active: Mapped[bool] = mapped_column(default=True)

    @property
    def setup(self) -> Money:
        """Return what setting it up costs, once."""
        return Money(self.setup_minor, self.currency)

    @property
    def unit(self) -> Money:
        """Return what it costs a piece."""
        return Money(self.unit_minor, self.currency)


class ItemDecoration(Base):
    """Where a decoration goes on an item, or on a packaging."""

    __tablename__ = "item_decorations"
    __table_args__ = (
        CheckConstraint("(item_id IS NULL) <> (packaging_id IS NULL)", name="on_one_thing"),
        CheckConstraint("width_mm > 0 AND height_mm > 0", name="area_is_positive"),
    )

    id: Mapped[intpk]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"), index=True)
    packaging_id: Mapped[int | None] = mapped_column(ForeignKey("packagings.id"), index=True)
    decoration_id: Mapped[int] = mapped_column(ForeignKey("decorations.id"), index=True)
    places: Mapped[dict[str, str]]
    """Where on it, by language: "on the lid"."""
    width_mm: Mapped[int]
    """The area there, within what the decoration covers at most."""
    height_mm: Mapped[int]
    is_active: Mapped[bool] = mapped_column(default=True)


class BundleRule(Base):
    """Two tags whose items may not lie in one parcel."""

    __tablename__ = "bundle_rules"
    __table_args__ = (UniqueConstraint("tag", "other_tag"),)

    id: Mapped[intpk]
    tag: Mapped[str]
    other_tag: Mapped[str]
    """`rules.ANYTHING`: everything that does not bear `tag` itself."""
    reasons: Mapped[dict[str, str]]
    """Why, by language, as the buyer reads it."""
