"""Reading a list: one page, all of it, or how many rows match.

Rows that have no value to be sorted by come last either way, and the two databases place NULL differently: so a list is
read in two parts, each in an order that an index can give, and a page takes from the second what the first leaves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeVar

from sqlalchemy import Select, func, literal, select, tuple_

from giftshop.db import BigInt, Reader
from giftshop.listing.asked import Asked, Place, written_place
from giftshop.listing.declared import Listing
from giftshop.paging import PAGE, Page

Rows = Select[*tuple[Any, ...]]
Row = TypeVar("Row")
COUNTED: Final = 9_999
"""Where counting what matches stops."""
AT_ONCE: Final = 500
"""Rows that are taken at a time from a list that is read whole."""


def page(reader: Reader, listing: Listing[Row], asked: Asked, zone: str, *, size: int = PAGE) -> Page[Row]:
    """Return the page of `listing` that is asked for; `zone` (IANA) is where its days begin."""
    found: list[Any] = []
    for part in _parts(listing, asked, zone, after=asked.after):
        found += reader.execute(part.limit(size + 1 - len(found))).all()
        if len(found) > size:
            break
    more, found = len(found) > size, found[:size]
    rows = [listing.make(*row[:-2]) for row in found]
    return Page(rows, written_place(Place(*found[-1][-2:])) if more else None)


def every(reader: Reader, listing: Listing[Row], asked: Asked, zone: str) -> Iterator[Sequence[Row]]:
    """Yield all rows that match, some at a time, in the order that is asked for.

    `reader` must be of `Database.reading`: it reads on as rows are taken.
    """
    for part in _parts(listing, asked, zone, after=None):
        for rows in reader.execute(part.execution_options(yield_per=AT_ONCE)).partitions():
            yield [listing.make(*row[:-2]) for row in rows]


def count(reader: Reader, listing: Listing[Any], asked: Asked, zone: str) -> int:
    """Return how many rows match, at most COUNTED + 1."""
    matching = _narrowed(listing, asked, zone).with_only_columns(listing.key, maintain_column_froms=True)
    return reader.scalar(select(func.count()).select_from(matching.limit(COUNTED + 1).subquery())) or 0


def _place(after: Place, by: Any) -> Any:
    # Counts are small integers to the database, and an address can say a larger one.
    is_whole = isinstance(after.value, int) and not isinstance(after.value, bool)
    return tuple_(literal(after.value, BigInt if is_whole else by.type), literal(after.key, BigInt))


def _narrowed(listing: Listing[Any], asked: Asked, zone: str) -> Rows:
    conditions = [condition for each in listing.fields for condition in each.conditions(asked.values, zone)]
    return listing.statement.where(*conditions)


def _parts(listing: Listing[Any], asked: Asked, zone: str, *, after: Place | None) -> Iterator[Rows]:
    """Yield the rows that have a value to be sorted by, then those that have none; both only as far as they come after.

    Each row ends with that value and its number, of which the next page's place is made.
    """
    key: Any = listing.key
    by: Any = asked.column.order
    statement = _narrowed(listing, asked, zone).add_columns(by.label("sorted_by"), key.label("numbered"))
    if asked.column.by is listing.key:
        if after is not None:
            statement = statement.where(key < after.key if asked.falling else key > after.key)
        yield statement.order_by(key.desc() if asked.falling else key.asc())
        return
    if after is None or after.value is not None:
        valued = statement.where(by.is_not(None))
        if after is not None:
            row, place = tuple_(by, key), _place(after, by)
            valued = valued.where(row < place if asked.falling else row > place)
        yield valued.order_by(*((by.desc(), key.desc()) if asked.falling else (by.asc(), key.asc())))
        after = None
    valueless = statement.where(by.is_(None))
    if after is not None:
        valueless = valueless.where(key < after.key if asked.falling else key > after.key)
    yield valueless.order_by(key.desc() if asked.falling else key.asc())
