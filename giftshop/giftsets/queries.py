"""Reading gift sets. Every one of a firm goes through the firm."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from giftshop import catalogue
from giftshop.catalogue import DecorationPlace, ItemDecoration, ItemState
from giftshop.db import Reader
from giftshop.giftsets.errors import NoSuchGiftSet
from giftshop.giftsets.models import GiftSet, GiftSetDecoration, GiftSetItem
from giftshop.giftsets.rules import Clash, Contents, Craft, Part, Wrap
from giftshop.paging import Page, keyset_page


def gift_set(reader: Reader, firm_id: int, gift_set_id: int) -> GiftSet:
    """Return a firm's set, also a deleted one. Raises NoSuchGiftSet, also for another firm's."""
    found = reader.get(GiftSet, gift_set_id)
    if found is None or found.firm_id != firm_id:
        raise NoSuchGiftSet
    return found


def gift_sets_page(reader: Reader, firm_id: int, *, after: str | None = None) -> Page[GiftSet]:
    """Return a firm's sets, newest first, without deleted ones."""
    kept = select(GiftSet).where(GiftSet.firm_id == firm_id, GiftSet.deleted_at.is_(None))
    return keyset_page(reader, kept, GiftSet.id, after=after, size=24)


def deleted_sets(reader: Reader, firm_id: int, *, limit: int = 12) -> Sequence[GiftSet]:
    """Return the sets that a firm deleted last, which it can restore."""
    gone = select(GiftSet).where(GiftSet.firm_id == firm_id, GiftSet.deleted_at.is_not(None))
    return reader.scalars(gone.order_by(GiftSet.deleted_at.desc(), GiftSet.id.desc()).limit(limit)).all()


def latest_sets(reader: Reader, firm_id: int, *, limit: int = 60) -> Sequence[GiftSet]:
    """Return the sets that a firm drew up last, without deleted ones."""
    kept = select(GiftSet).where(GiftSet.firm_id == firm_id, GiftSet.deleted_at.is_(None))
    return reader.scalars(kept.order_by(GiftSet.id.desc()).limit(limit)).all()


def gift_sets_by_id(reader: Reader, ids: Collection[int]) -> dict[int, GiftSet]:
    """Return sets by their ids, in one query; for rooms that hold ids of a firm's own."""
    return {row.id: row for row in reader.scalars(select(GiftSet).where(GiftSet.id.in_(set(ids))))} if ids else {}


def items_in(reader: Reader, gift_set_id: int) -> Sequence[GiftSetItem]:
    """Return what lies in a set, in its order."""
    inside = select(GiftSetItem).where(GiftSetItem.gift_set_id == gift_set_id)
    return reader.scalars(inside.order_by(GiftSetItem.position)).all()


def decorations_of(reader: Reader, gift_set_id: int) -> Sequence[GiftSetDecoration]:
    """Return what is done to a set."""
    chosen = select(GiftSetDecoration).where(GiftSetDecoration.gift_set_id == gift_set_id)
    return reader.scalars(chosen.order_by(GiftSetDecoration.id)).all()


def contents_of(reader: Reader, gift_set_id: int) -> Contents:
    """Return a set as the rules judge it, at today's prices. Raises NoSuchGiftSet."""
    return contents_by_id(reader, [gift_set_id])[gift_set_id]


def contents_by_id(reader: Reader, ids: Collection[int]) -> dict[int, Contents]:
    """Return several sets as the rules judge them, in a few queries for any number. Raises NoSuchGiftSet."""
    sets = gift_sets_by_id(reader, ids)
    if set(ids) - set(sets):
        raise NoSuchGiftSet
    known = _Known(reader, sets)
    clashes = [Clash(rule.tag, rule.other_tag, rule.reasons) for rule in catalogue.bundle_rules(reader)]
    return {
        set_id: Contents(
            currency=found.currency,
            parts=[part_of(known.items[row.item_id], row.quantity) for row in known.inside[set_id]],
            wrap=wrap_of(known.packagings[found.packaging_id]) if found.packaging_id else None,
            crafts=[known.craft(row, found) for row in known.chosen[set_id]],
            has_card=found.has_card,
            headline=found.headline,
            greeting=found.greeting,
            clashes=clashes,
        )
        for set_id, found in sets.items()
    }


class _Known:
    """What lies in several sets and is done to them, with all that the catalogue says of it, read at once."""

    def __init__(self, reader: Reader, sets: Mapping[int, GiftSet]) -> None:
        self.inside: dict[int, list[GiftSetItem]] = {set_id: [] for set_id in sets}
        self.chosen: dict[int, list[GiftSetDecoration]] = {set_id: [] for set_id in sets}
        inside = select(GiftSetItem).where(GiftSetItem.gift_set_id.in_(sets)).order_by(GiftSetItem.position)
        chosen = select(GiftSetDecoration).where(GiftSetDecoration.gift_set_id.in_(sets))
        for row in reader.scalars(inside):
            self.inside[row.gift_set_id].append(row)
        for decoration in reader.scalars(chosen.order_by(GiftSetDecoration.id)):
            self.chosen[decoration.gift_set_id].append(decoration)
        self.places = catalogue.places_by_id(reader, {row.place_id for rows in self.chosen.values() for row in rows})
        places = [known.place for known in self.places.values()]
        items = {row.item_id for rows in self.inside.values() for row in rows}
        self.items = catalogue.items_by_id(reader, items | {place.item_id for place in places if place.item_id})
        own = {found.packaging_id for found in sets.values() if found.packaging_id}
        under = {place.packaging_id for place in places if place.packaging_id}
        self.packagings = catalogue.packagings_by_id(reader, own | under)

    def craft(self, row: GiftSetDecoration, found: GiftSet) -> Craft:
        """Return a decoration of a set as the rules judge it."""
        known = self.places[row.place_id]
        place = known.place
        on = self.items[place.item_id].names if place.item_id else self.packagings[place.packaging_id or 0].names
        craft = craft_of(known, row.logo_id, row.text, on=on, pieces=self._pieces(place, found))
        return craft if known.decoration.currency == found.currency else replace(craft, is_offered=False)

    def _pieces(self, place: ItemDecoration, found: GiftSet) -> int:
        """Return how many of what it goes onto are in each set."""
        if place.packaging_id is not None:
            return int(place.packaging_id == found.packaging_id)
        return sum(each.quantity for each in self.inside[found.id] if each.item_id == place.item_id)


def part_of(item: catalogue.Item, quantity: int) -> Part:
    """Return an item of the catalogue as the rules judge it, so many in each set."""
    is_offered = item.state is ItemState.ON_OFFER
    return Part(item.id, item.names, item.price, item.weight_g, quantity, tuple(item.tags), is_offered)


def wrap_of(packaging: catalogue.Packaging) -> Wrap:
    """Return a packaging of the catalogue as the rules judge it."""
    return Wrap(
        packaging.id,
        packaging.names,
        packaging.price,
        packaging.weight_g,
        packaging.holds_g,
        packaging.code,
        packaging.is_active,
    )


def craft_of(
    known: DecorationPlace, logo_id: int | None, text: str = "", *, on: Mapping[str, str], pieces: int = 1
) -> Craft:
    """Return a decoration with a firm's artwork as the rules judge it; `on` says what it is put onto."""
    place, decoration = known.place, known.decoration
    return Craft(
        place_id=place.id,
        kind=decoration.kind,
        names=decoration.names,
        on=on,
        places=place.places,
        setup=decoration.setup,
        unit=decoration.unit,
        least=decoration.least,
        lead_days=decoration.lead_days,
        pieces=pieces,
        width_mm=place.width_mm,
        height_mm=place.height_mm,
        logo_id=logo_id,
        text=text,
        is_offered=known.is_offered,
    )
