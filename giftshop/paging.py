"""Keyset paging: a page at any depth costs the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from giftshop.db import Reader

Row = TypeVar("Row")
PAGE = 50
COUNTED = 99
"""Where counting for a page stops: above it, nobody needs the figure."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of rows; `next` is the cursor of the page after it, or None at the end."""

    rows: Sequence[Row]
    next: str | None


def keyset_page(
    reader: Reader,
    statement: Select[Row],
    key: InstrumentedAttribute[int],
    *,
    after: str | None,
    descending: bool = True,
    size: int = PAGE,
) -> Page[Row]:
    """Return the page of `statement` after the cursor `after`, ordered by the unique integer column `key`.

    A cursor that is no number starts at the beginning: it can only come from a hand-made address.
    """
    if after and after.isascii() and after.isdigit() and len(after) < 19:
        statement = statement.where(key < int(after) if descending else key > int(after))
    ordered = statement.order_by(key.desc() if descending else key.asc()).limit(size + 1)
    rows = reader.scalars(ordered).all()
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, str(getattr(rows[-1], key.key)) if more else None)


def bounded_count(reader: Reader, statement: Select[Any]) -> int:
    """Return how many rows `statement` has, at most COUNTED + 1: it never reads more of a table than that."""
    return reader.scalar(select(func.count()).select_from(statement.limit(COUNTED + 1).subquery())) or 0


def shown_count(count: int) -> str:
    """Return a bounded count as a page shows it."""
    return f"{COUNTED}+" if count > COUNTED else str(count)
