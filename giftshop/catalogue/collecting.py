"""Collections of the shop: tags with a name, a picture and a place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from giftshop.audit import record
from giftshop.catalogue.errors import CollectionTagTaken, NoSuchCollection
from giftshop.catalogue.indexing import index_tag
from giftshop.catalogue.models import Collection, Item, SearchTerm
from giftshop.catalogue.rules import CollectionFacts, CollectionKind, ItemState
from giftshop.catalogue.terms import TermKind
from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor


def add_collection(tx: Transaction, facts: CollectionFacts, *, by: Actor, at: datetime) -> Collection:
    """Show a tag as a collection. Raises CollectionTagTaken, or the refusal of a field."""
    facts = facts.checked()
    _refuse_taken_tag(tx, facts.tag, but=None)
    row = Collection(**_columns(facts))
    tx.add(row)
    tx.flush_or(CollectionTagTaken(field="tag", tag=facts.tag))
    index_tag(tx, facts.tag)
    record(tx, "catalogue.add_collection", ("collection", row.id), by=by, at=at, tag=facts.tag)
    return row


def change_collection(tx: Transaction, collection_id: int, facts: CollectionFacts, *, by: Actor, at: datetime) -> None:
    """Write a collection's facts anew. Raises NoSuchCollection, CollectionTagTaken, or the refusal of a field."""
    facts = facts.checked()
    row = _locked(tx, collection_id)
    _refuse_taken_tag(tx, facts.tag, but=collection_id)
    tags = {row.tag, facts.tag}
    for name, value in _columns(facts).items():
        setattr(row, name, value)
    tx.flush_or(CollectionTagTaken(field="tag", tag=facts.tag))
    for tag in sorted(tags):
        index_tag(tx, tag)
    record(tx, "catalogue.change_collection", ("collection", collection_id), by=by, at=at, tag=facts.tag)


def drop_collection(tx: Transaction, collection_id: int, *, by: Actor, at: datetime) -> None:
    """Take a collection out of the shop; its gifts keep their tag. Raises NoSuchCollection."""
    row = _locked(tx, collection_id)
    tag = row.tag
    tx.delete(row)
    tx.flush()
    index_tag(tx, tag)
    record(tx, "catalogue.drop_collection", ("collection", collection_id), by=by, at=at, tag=tag)


def collection(reader: Reader, tag: str) -> Collection:
    """Return the collection of a tag. Raises NoSuchCollection."""
    found = reader.scalar(select(Collection).where(Collection.tag == tag))
    if found is None:
        raise NoSuchCollection
    return found


def collections(reader: Reader, kind: CollectionKind | None = None) -> Sequence[Collection]:
    """Return the collections, of one kind if it is named, in the order of the shop."""
    wanted = select(Collection).order_by(Collection.kind, Collection.position, Collection.id)
    return reader.scalars(wanted if kind is None else wanted.where(Collection.kind == kind)).all()


def gifts_in_collections(reader: Reader, currency: str) -> dict[str, int]:
    """Return how many items on offer in `currency` each collection has, by its tag; empty ones are left out."""
    counted = (
        select(SearchTerm.term, func.count())
        .join(Collection, Collection.tag == SearchTerm.term)
        .join(Item, Item.id == SearchTerm.item_id)
        .where(SearchTerm.kind == TermKind.TAG, Item.state == ItemState.ON_OFFER, Item.currency == currency)
    )
    return dict(reader.execute(counted.group_by(SearchTerm.term)).all())


def _columns(facts: CollectionFacts) -> dict[str, object]:
    return {
        "tag": facts.tag,
        "kind": facts.kind,
        "names": dict(facts.names),
        "texts": dict(facts.texts),
        "also": facts.also,
        "picture": facts.picture,
        "position": facts.position,
    }


def _locked(tx: Transaction, collection_id: int) -> Collection:
    row = tx.get(Collection, collection_id, with_for_update=True)
    if row is None:
        raise NoSuchCollection
    return row


def _refuse_taken_tag(reader: Reader, tag: str, *, but: int | None) -> None:
    taken = reader.scalar(select(Collection.id).where(Collection.tag == tag))
    if taken not in {None, but}:
        raise CollectionTagTaken(field="tag", tag=tag)
