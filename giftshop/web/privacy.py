"""What a room says of the personal data that it holds: where to find somebody's, what may go, and how it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from giftshop.db import Reader, Transaction

RowKey = int | str
AT_ONCE = 500
"""Rows looked for and erased together."""


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody who asks to be forgotten, by what they are known by: at least one of the two."""

    phone: str = ""
    """E.164."""
    email: str = ""
    """In lower case."""


@dataclass(frozen=True, slots=True)
class Traces:
    """What one kind holds of somebody."""

    rows: Sequence[RowKey] = ()
    """What can go at once."""
    needed: Sequence[str] = field(default_factory=tuple)
    """What is still needed, by the numbers that staff know it by: a parcel on its way, an order being made."""


@dataclass(frozen=True, slots=True)
class Eraser:
    """One kind of personal data. Each room registers its own with `app.erasers`."""

    kind: str
    """room.kind: what the audit and the journal call it."""
    label: str
    """A msgid, marked with N_."""
    find: Callable[[Reader, Whom, datetime], Traces]
    erase: Callable[[Transaction, Sequence[RowKey]], int]
    """Delete or blank these rows for good, and return how many. Done twice, it finds nothing."""
    days: int
    """How long it is kept once its purpose has ended."""
    past: Callable[[Reader, datetime], Sequence[RowKey]] | None
    """Up to AT_ONCE rows whose purpose had ended before a moment, and that are not erased yet.

    None: goes when its room is done with it, or when somebody asks; not by its days.
    """


@dataclass(frozen=True, slots=True)
class Erased:
    """Somebody asked to be forgotten, and these rows of one kind were: told in the transaction that erases them."""

    kind: str
    rows: Sequence[RowKey]
    at: datetime


def nobody(_reader: Reader, _whom: Whom, _at: datetime) -> Traces:
    """Find nothing: for what says of nobody whose it is, and only grows old."""
    return Traces()
