"""Keeping what items are found by: written in the transaction that changes an item, a collection or a list of items."""

from __future__ import annotations

from collections.abc import Collection as Several
from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select

from giftshop.catalogue.models import Collection, Item, SearchTerm
from giftshop.catalogue.terms import TermKind, terms_of
from giftshop.db import Reader, Transaction

COLUMNS = ("item_id", "kind", "term", "size")
AT_ONCE = 500


def index_items(tx: Transaction, item_ids: Several[int]) -> None:
    """Write anew what these items are found by. They are flushed already."""
    wanted = sorted(set(item_ids))
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        columns = (Item.id, Item.sku, Item.names, Item.tags)
        items = tx.execute(select(*columns).where(Item.id.in_(some))).all()
        words = words_of_tags(tx, {tag for item in items for tag in item.tags})
        tx.change(delete(SearchTerm).where(SearchTerm.item_id.in_(some)))
        rows = [
            (item.id, kind, term, len(term))
            for item in items
            for kind, term in sorted(terms_of(item.sku, _words(item.names, item.tags, words), item.tags))
        ]
        tx.load(SearchTerm, COLUMNS, rows)


def index_tag(tx: Transaction, tag: str) -> None:
    """Write anew what the items with a tag are found by, since its collection is called something else."""
    bearing = select(SearchTerm.item_id).where(SearchTerm.kind == TermKind.TAG, SearchTerm.term == tag)
    index_items(tx, tx.scalars(bearing).all())


def words_of_tags(reader: Reader, tags: Iterable[str]) -> dict[str, list[str]]:
    """Return what the collections of these tags are called, by tag: people look for 茶叶, and the tag says "tea"."""
    named = select(Collection.tag, Collection.names, Collection.also).where(Collection.tag.in_(set(tags)))
    return {tag: [*names.values(), also] for tag, names, also in reader.execute(named)}


def _words(names: Mapping[str, str], tags: Iterable[str], by_tag: Mapping[str, list[str]]) -> list[str]:
    return [*names.values(), *(word for tag in tags for word in by_tag.get(tag, ()))]
