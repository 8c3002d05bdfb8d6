"""What an address asks of a list. What it says wrong, or of columns there are not, is as if it were not said."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from giftshop.listing.declared import Column, Listing, value_kind

SORT: Final = "sort"
AFTER: Final = "after"
LARGEST: Final = 2**63 - 1
LONGEST_CURSOR: Final = 2000


@dataclass(frozen=True, slots=True)
class Place:
    """A row's place in the order: the value it is sorted by, None where it has none, and its number."""

    value: object
    key: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A sort, the fields that say something, and after which row the page begins."""

    column: Column
    falling: bool
    values: Mapping[str, str]
    after: Place | None
    is_usual: bool
    """Whether nobody asked for this sort."""

    @property
    def sort(self) -> str:
        """The sort as an address says it; nothing for the usual one."""
        return "" if self.is_usual else f"{'-' if self.falling else ''}{self.column.key}"


def ask(listing: Listing[Any], said: Mapping[str, str]) -> Asked:
    """Return what an address that says `said` asks of `listing`."""
    wanted = said.get(SORT, "")
    column, falling = listing.sorted_by(wanted.removeprefix("-")), wanted.startswith("-")
    is_usual = column is None or (column, falling) == listing.usual
    if column is None:
        column, falling = listing.usual
    found = {key: each.tidy(key, said.get(key, "")) for each in listing.fields for key in each.keys}
    values = {key: value for key, value in found.items() if value}
    return Asked(column, falling, values, read_place(said.get(AFTER, ""), column), is_usual)


def written_place(place: Place) -> str:
    """Return a place as an address says it."""
    value = place.value
    if isinstance(value, date):  # a moment is one too
        value = value.isoformat()
    elif isinstance(value, Decimal):
        value = str(value)
    written = json.dumps([value, place.key], ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(written).rstrip(b"=").decode()


def read_place(text: str, column: Column) -> Place | None:
    """Return the place that an address says, if a row could have it in a list sorted by `column`."""
    if not text or len(text) > LONGEST_CURSOR or column.order is None:
        return None
    try:
        value, key = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True).decode())
        if type(key) is not int or abs(key) > LARGEST:
            return None
        return Place(None if value is None else _as(value_kind(column.order), value), key)
    except (binascii.Error, ValueError, TypeError, ArithmeticError, RecursionError):
        return None


def _as(kind: type[object], value: Any) -> object:
    """Return what JSON holds as a value of `kind`. Raises ValueError, TypeError, ArithmeticError."""
    if kind is datetime:
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC) if moment.tzinfo else _wrong(value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is Decimal:
        number = Decimal(value)
        return number if number.is_finite() else _wrong(value)
    if type(value) is not kind or (isinstance(value, int) and abs(value) > LARGEST):
        return _wrong(value)
    if isinstance(value, str):
        value.encode()  # half a surrogate pair is no text
        return _wrong(value) if "\0" in value else value
    return value


def _wrong(value: object) -> object:
    raise ValueError(value)
