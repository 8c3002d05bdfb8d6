"""Reading the catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Final

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from giftshop.catalogue.errors import NoSuchEdition, NoSuchItem
from giftshop.catalogue.models import Edition, EditionItem, Item, Picture
from giftshop.catalogue.rules import EditionState, ItemState
from giftshop.catalogue.searching import tagged, understand
from giftshop.db import Reader
from giftshop.kernel.locale import N_, WRITTEN_LOCALES
from giftshop.listing import Choice, Column, Listing, Words, by_state, said_in


def item(reader: Reader, item_id: int) -> Item:
    """Return an item, whatever its state. Raises NoSuchItem."""
    found = reader.get(Item, item_id)
    if found is None:
        raise NoSuchItem
    return found


def items_by_id(reader: Reader, item_ids: Collection[int]) -> dict[int, Item]:
    """Return items by their ids, in one query; ids without an item are left out."""
    if not item_ids:
        return {}
    return {found.id: found for found in reader.scalars(select(Item).where(Item.id.in_(set(item_ids))))}


def items_at_hand(reader: Reader, item_ids: Collection[int]) -> dict[int, Item]:
    """Return items by their ids; those that this transaction holds already are not asked for again."""
    held = {
        item_id: found
        for item_id in set(item_ids)
        if (found := reader.identity_map.get(reader.identity_key(Item, item_id))) is not None
    }
    return held | items_by_id(reader, set(item_ids) - held.keys())


def items_by_sku(reader: Reader, skus: Collection[str]) -> dict[str, Item]:
    """Return items by their SKUs, a few hundred at a time; SKUs without an item are left out."""
    wanted = sorted(set(skus))
    found: dict[str, Item] = {}
    for start in range(0, len(wanted), 500):
        rows = reader.scalars(select(Item).where(Item.sku.in_(wanted[start : start + 500])))
        found.update((row.sku, row) for row in rows)
    return found


def ids_by_sku(reader: Reader, skus: Collection[str]) -> dict[str, int]:
    """Return the ids of items by their SKUs, a few hundred at a time; SKUs without an item are left out."""
    wanted = sorted(set(skus))
    found: dict[str, int] = {}
    for start in range(0, len(wanted), 500):
        rows = reader.execute(select(Item.sku, Item.id).where(Item.sku.in_(wanted[start : start + 500])))
        found.update((sku, item_id) for sku, item_id in rows)
    return found


def item_by_sku(reader: Reader, sku: str) -> Item:
    """Return the item with this SKU, whatever its state. Raises NoSuchItem."""
    found = reader.scalar(select(Item).where(Item.sku == sku.upper()))
    if found is None:
        raise NoSuchItem
    return found


def items_list(reader: Reader, state: ItemState | None, suppliers: Mapping[str, str]) -> Listing[Item]:
    """Return the list of items, all or those in `state`; `suppliers` are their names by id.

    What items are called is kept by language, so nothing sorts by it.
    """
    statement = select(Item) if state is None else select(Item).where(Item.state == state)
    sent_by = Choice(
        "supplier", N_("Supplier"), suppliers, lambda supplier: Item.supplier_id == int(supplier), are_names=True
    )
    return Listing(
        "items",
        statement,
        Item.id,
        columns=(
            Column("name", N_("Gift")),
            Column("sku", N_("SKU"), by=Item.sku),
            Column("price", N_("Price"), "number", by=Item.price_minor),
            Column("weight", N_("Weight"), "number", by=Item.weight_g),
            Column("tags", N_("Tags")),
            Column("state", N_("State"), by=Item.state),
        ),
        fields=(Words(N_("SKU, name or tag"), partial(holding, reader)), *([sent_by] if suppliers else [])),
    )


def items_on_offer(reader: Reader, currency: str, *, limit: int = 300) -> Sequence[Item]:
    """Return items on offer that are priced in `currency` (ISO 4217), by their first tag, the cheapest first."""
    on_offer = (Item.state == ItemState.ON_OFFER, Item.currency == currency)
    found = reader.scalars(select(Item).where(*on_offer).order_by(Item.price_minor, Item.id).limit(limit)).all()
    return sorted(found, key=lambda item: item.tags[0] if item.tags else "")


def items_to_choose(
    reader: Reader, currency: str, *, tag: str = "", wanted: str = "", limit: int = 24
) -> Sequence[Item]:
    """Return items on offer in `currency`, of one tag if it is named, found by `wanted`: best, then cheapest first."""
    statement = select(Item).where(Item.state == ItemState.ON_OFFER, Item.currency == currency)
    if tag:
        statement = statement.where(tagged(tag))
    return reader.scalars(_best_first(reader, statement, wanted).order_by(Item.price_minor, Item.id).limit(limit)).all()


def tags_on_offer(reader: Reader, currency: str) -> list[tuple[str, int]]:
    """Return the first tags of items on offer, which name their categories, with how many items each has."""
    counted = Counter(item.tags[0] for item in items_on_offer(reader, currency) if item.tags)
    return sorted(counted.items())


def items_to_add(reader: Reader, edition_id: int, *, wanted: str = "", limit: int = 12) -> Sequence[Item]:
    """Return items on offer that are not in an edition yet and found by `wanted`: best, then newest first."""
    there = select(EditionItem.item_id).where(EditionItem.edition_id == edition_id)
    statement = select(Item).where(Item.state == ItemState.ON_OFFER, Item.id.not_in(there))
    return reader.scalars(_best_first(reader, statement, wanted).order_by(Item.id.desc()).limit(limit)).all()


def _best_first(reader: Reader, statement: Select[Item], wanted: str) -> Select[Item]:
    search = understand(reader, wanted)
    if not search:
        return statement
    found = search.matches()
    return statement.join(found, found.c.item_id == Item.id).order_by(found.c.rank)


def holding(reader: Reader, wanted: str) -> ColumnElement[bool]:
    """Return the condition that `wanted` finds an item (see `searching`)."""
    return understand(reader, wanted).holds()


def editions_list(states: Mapping[EditionState, str]) -> Listing[Edition]:
    """Return the list of editions, the newest first; `states` call by name how they stand.

    A shop has tens of them: what stands in their rows sorts, and so do their gifts. What they are called is kept by
    language.
    """
    return Listing(
        "editions",
        select(Edition),
        Edition.id,
        columns=(
            Column("name", N_("Gift book")),
            Column("edition", N_("Edition")),
            Column("code", N_("Book code"), by=Edition.code),
            Column("price", N_("Price of one book"), "number", by=Edition.tier_minor),
            Column("gifts", N_("Gifts"), "number", by=_gift_count(), falls=True),
            Column("state", N_("State"), by=Edition.state),
        ),
        fields=(
            Words(N_("Gift book, edition or code"), said_in(*_called(), Edition.code)),
            by_state(Edition.state, states),
        ),
    )


def _gift_count() -> ColumnElement[int]:
    return select(func.count(EditionItem.item_id)).where(EditionItem.edition_id == Edition.id).scalar_subquery()


def _called() -> list[ColumnElement[str]]:
    return [each[locale].as_string() for each in (Edition.names, Edition.labels) for locale in WRITTEN_LOCALES]


def edition(reader: Reader, edition_id: int) -> Edition:
    """Return an edition, whatever its state. Raises NoSuchEdition."""
    found = reader.get(Edition, edition_id)
    if found is None:
        raise NoSuchEdition
    return found


def edition_by_code(reader: Reader, code: str) -> Edition:
    """Return the edition with this code. Raises NoSuchEdition."""
    found = reader.scalar(select(Edition).where(Edition.code == code.upper()))
    if found is None:
        raise NoSuchEdition
    return found


def editions_by_id(reader: Reader, edition_ids: Collection[int]) -> dict[int, Edition]:
    """Return editions by their ids, in one query; ids without an edition are left out."""
    if not edition_ids:
        return {}
    return {found.id: found for found in reader.scalars(select(Edition).where(Edition.id.in_(set(edition_ids))))}


def editions_on_offer(reader: Reader) -> Sequence[Edition]:
    """Return the editions that may be ordered, the lowest tier first."""
    statement = select(Edition).where(Edition.state == EditionState.ON_OFFER)
    return reader.scalars(statement.order_by(Edition.currency, Edition.tier_minor, Edition.id)).all()


def editions_with(reader: Reader, item_id: int) -> Sequence[Edition]:
    """Return the editions on offer that hold an item, the lowest tier first."""
    holding = select(Edition).join(EditionItem, EditionItem.edition_id == Edition.id)
    holding = holding.where(EditionItem.item_id == item_id, Edition.state == EditionState.ON_OFFER)
    return reader.scalars(holding.order_by(Edition.tier_minor, Edition.id)).all()


def items_of(reader: Reader, edition_id: int) -> Sequence[Item]:
    """Return the gifts of an edition in the order of the book."""
    return items_of_editions(reader, [edition_id]).get(edition_id, [])


def item_of(reader: Reader, edition_id: int, item_id: int) -> Item | None:
    """Return one gift of an edition, or None when it is not in it."""
    return reader.scalars(_ONE_OF, {"edition_id": edition_id, "item_id": item_id}).one_or_none()


_ONE_OF: Final = (
    select(Item)
    .join(EditionItem, EditionItem.item_id == Item.id)
    .where(EditionItem.edition_id == bindparam("edition_id"), Item.id == bindparam("item_id"))
)


def items_of_editions(reader: Reader, edition_ids: Collection[int]) -> Mapping[int, list[Item]]:
    """Return the gifts of several editions by edition id, each in the order of its book, in one query."""
    gifts: dict[int, list[Item]] = {}
    statement = (
        select(EditionItem.edition_id, Item)
        .join(Item, Item.id == EditionItem.item_id)
        .where(EditionItem.edition_id.in_(set(edition_ids)))
        .order_by(EditionItem.edition_id, EditionItem.position)
    )
    for edition_id, gift in reader.execute(statement):
        gifts.setdefault(edition_id, []).append(gift)
    return gifts


def picture(reader: Reader, sha256: str) -> Picture | None:
    """Return an uploaded picture by its hash, if there is one."""
    return reader.get(Picture, sha256)


def counts_by_state(reader: Reader) -> dict[ItemState, int]:
    """Return how many items stand in each state."""
    return dict(reader.execute(select(Item.state, func.count()).group_by(Item.state)).all())
