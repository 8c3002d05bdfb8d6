"""Bringing a list of items into the catalogue: looked at first, then whole or not at all; twice adds nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError

from giftshop.audit import record
from giftshop.catalogue import queries
from giftshop.catalogue.errors import FileFlawed, FileGone, NameMissing, NotInThatState
from giftshop.catalogue.indexing import index_items
from giftshop.catalogue.listing import ListedItem, Listing, read_listing
from giftshop.catalogue.models import Item, ItemFile
from giftshop.catalogue.rules import ItemFacts
from giftshop.catalogue.service import item_columns
from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.money import Money
from giftshop.tabular import Flaw

KEPT_FOR: Final = timedelta(days=1)
NAME_COLUMN: Final = "Name / 名称"


@dataclass(frozen=True, slots=True)
class Difference:
    """What importing a list would do."""

    listing: Listing
    new: list[ItemFacts]
    changed: list[tuple[int, ItemFacts]]
    unchanged: int

    @property
    def is_sound(self) -> bool:
        """Whether every row can be imported."""
        return not self.listing.flaws


def upload_items(tx: Transaction, filename: str, raw: bytes, *, by: Actor, at: datetime) -> int:
    """Keep an uploaded table until it is decided about, for a day at most. Returns its id."""
    tx.change(delete(ItemFile).where(ItemFile.uploaded_at < at - KEPT_FOR))
    file = ItemFile(filename=filename[:200], raw=raw, uploaded_by=by.id, uploaded_at=at)
    tx.add(file)
    tx.flush()
    return file.id


def uploaded_file(reader: Reader, file_id: int, *, by: Actor) -> ItemFile:
    """Return a table that `by` uploaded. Raises FileGone."""
    file = reader.get(ItemFile, file_id)
    if file is None or file.uploaded_by != by.id:
        raise FileGone
    return file


def difference(reader: Reader, raw: bytes, *, currency: str) -> Difference:
    """Return what importing a table would do. Raises refusals of `giftshop.tabular` when it cannot be read."""
    listing = read_listing(raw, currency=currency)
    known = queries.items_by_sku(reader, [item.sku for item in listing.items])
    new, changed, unchanged = [], [], 0
    for listed in listing.items:
        item = known.get(listed.sku)
        if item is None and not listed.names:
            listing.flaws.append((Flaw(listed.row, NAME_COLUMN, NameMissing()), ""))
        elif item is None:
            new.append(_facts_of(listed))
        elif (facts := _with(item, listed)) != facts_of(item):
            changed.append((item.id, facts))
        else:
            unchanged += 1
    return Difference(listing, new, changed, unchanged)


def import_items(tx: Transaction, file_id: int, *, currency: str, by: Actor, at: datetime) -> tuple[int, int]:
    """Import an uploaded table whole. Returns how many items are new and how many changed.

    Raises FileGone, FileFlawed when a row has a flaw, NotInThatState when somebody wrote one of its SKUs meanwhile.
    """
    told = difference(tx, uploaded_file(tx, file_id, by=by).raw, currency=currency)
    if not told.is_sound:
        raise FileFlawed
    try:
        if told.new:
            tx.execute(insert(Item), [item_columns(facts) for facts in told.new])
        if told.changed:
            tx.execute(update(Item), [{"id": item_id, **item_columns(facts)} for item_id, facts in told.changed])
        written = queries.ids_by_sku(tx, [facts.sku for facts in told.new])
        index_items(tx, [*written.values(), *(item_id for item_id, _facts in told.changed)])
    except IntegrityError as taken:
        raise NotInThatState from taken
    drop_file(tx, file_id, by=by)
    facts = {"new": len(told.new), "changed": len(told.changed)}
    record(tx, "catalogue.import_items", ("item_file", file_id), by=by, at=at, **facts)
    return len(told.new), len(told.changed)


def drop_file(tx: Transaction, file_id: int, *, by: Actor) -> None:
    """Forget an uploaded table."""
    tx.change(delete(ItemFile).where(ItemFile.id == file_id, ItemFile.uploaded_by == by.id))


def facts_of(item: Item) -> ItemFacts:
    """Return what is written about an item."""
    return ItemFacts(
        sku=item.sku,
        names=dict(item.names),
        price=Money(item.price_minor, item.currency),
        descriptions=dict(item.descriptions),
        picture=item.picture,
        weight_g=item.weight_g,
        lead_days=item.lead_days,
        tags=tuple(item.tags),
        supplier_id=item.supplier_id,
    )


def _facts_of(listed: ListedItem) -> ItemFacts:
    return ItemFacts(
        sku=listed.sku,
        names=listed.names,
        price=listed.price,
        descriptions=listed.descriptions,
        weight_g=listed.weight_g or 0,
        lead_days=listed.lead_days or 0,
        tags=listed.tags or (),
    )


def _with(item: Item, listed: ListedItem) -> ItemFacts:
    """Return an item's facts with what a row says; what the row leaves open stays."""
    known = facts_of(item)
    return replace(
        known,
        names={**known.names, **listed.names},
        price=listed.price,
        descriptions={**known.descriptions, **listed.descriptions},
        weight_g=known.weight_g if listed.weight_g is None else listed.weight_g,
        lead_days=known.lead_days if listed.lead_days is None else listed.lead_days,
        tags=known.tags if listed.tags is None else listed.tags,
    )
