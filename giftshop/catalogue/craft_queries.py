"""Reading what gift sets are made with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from giftshop.catalogue.errors import NoSuchDecoration, NoSuchPackaging
from giftshop.catalogue.models import BundleRule, Decoration, Item, ItemDecoration, Packaging
from giftshop.db import Reader


@dataclass(frozen=True, slots=True)
class DecorationPlace:
    """A decoration, and where it goes."""

    place: ItemDecoration
    decoration: Decoration
    comes_by: bool = True
    """Whether what it goes on passes through our hands: what its supplier ships does not."""

    @property
    def is_offered(self) -> bool:
        """Whether it can still be ordered there."""
        return self.comes_by and self.place.is_active and self.decoration.is_active


def packaging(reader: Reader, packaging_id: int) -> Packaging:
    """Return a packaging, in use or not. Raises NoSuchPackaging."""
    found = reader.get(Packaging, packaging_id)
    if found is None:
        raise NoSuchPackaging
    return found


def packagings(reader: Reader, currency: str | None = None) -> Sequence[Packaging]:
    """Return every packaging; with a `currency` (ISO 4217) only those in use that are priced in it, lightest first."""
    statement = select(Packaging)
    if currency is not None:
        statement = statement.where(Packaging.is_active, Packaging.currency == currency)
    return reader.scalars(statement.order_by(Packaging.holds_g, Packaging.id)).all()


def packagings_by_id(reader: Reader, ids: Collection[int]) -> dict[int, Packaging]:
    """Return packagings by their ids, in one query."""
    if not ids:
        return {}
    return {found.id: found for found in reader.scalars(select(Packaging).where(Packaging.id.in_(set(ids))))}


def decoration(reader: Reader, decoration_id: int) -> Decoration:
    """Return a decoration, in use or not. Raises NoSuchDecoration."""
    found = reader.get(Decoration, decoration_id)
    if found is None:
        raise NoSuchDecoration
    return found


def decorations(reader: Reader) -> Sequence[Decoration]:
    """Return every decoration, in use or not."""
    return reader.scalars(select(Decoration).order_by(Decoration.kind, Decoration.id)).all()


def places_of_decoration(reader: Reader, decoration_id: int) -> Sequence[ItemDecoration]:
    """Return where a decoration can be ordered."""
    of_it = select(ItemDecoration).where(ItemDecoration.decoration_id == decoration_id, ItemDecoration.is_active)
    return reader.scalars(of_it.order_by(ItemDecoration.id)).all()


def places_on(reader: Reader, item_ids: Collection[int], packaging_ids: Collection[int]) -> list[DecorationPlace]:
    """Return what can be ordered onto these items and packagings, in one query."""
    statement = (
        _places()
        .where(ItemDecoration.is_active, Decoration.is_active, Item.supplier_id.is_(None))
        .where(ItemDecoration.item_id.in_(set(item_ids)) | ItemDecoration.packaging_id.in_(set(packaging_ids)))
        .order_by(ItemDecoration.item_id, ItemDecoration.packaging_id, ItemDecoration.id)
    )
    return [DecorationPlace(place, known) for place, known, _supplier_id in reader.execute(statement)]


def places_by_id(reader: Reader, ids: Collection[int]) -> dict[int, DecorationPlace]:
    """Return decorations with their places by the places' ids, offered or not, in one query."""
    if not ids:
        return {}
    rows = reader.execute(_places().where(ItemDecoration.id.in_(set(ids))))
    return {place.id: DecorationPlace(place, known, supplier_id is None) for place, known, supplier_id in rows}


def _places() -> Select[ItemDecoration, Decoration, int | None]:
    """Places with their decoration, and with the supplier who ships the item, if it is one and there is one."""
    return (
        select(ItemDecoration, Decoration, Item.supplier_id)
        .join(Decoration, Decoration.id == ItemDecoration.decoration_id)
        .outerjoin(Item, Item.id == ItemDecoration.item_id)
    )


def bundle_rules(reader: Reader) -> Sequence[BundleRule]:
    """Return what may not lie in one parcel."""
    return reader.scalars(select(BundleRule).order_by(BundleRule.tag, BundleRule.other_tag)).all()
