"""What a room declares of a list: its rows, the columns they can be sorted by, the fields they can be narrowed by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Final, Generic, Literal, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Enum, Select, String, TypeDecorator, or_, type_coerce
from sqlalchemy.orm import InstrumentedAttribute

from giftshop.kernel.locale import N_

Row = TypeVar("Row")
Kind = Literal["", "number", "actions"]
Expression = ColumnElement[Any] | InstrumentedAttribute[Any]

LONGEST: Final = 100
"""Characters of a search that are looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column of the table, and if it can be sorted by, how.

    What cannot be sorted cheaply (figures counted for the page, words kept by language) has no `by`.
    """

    key: str
    """What the address calls it."""
    label: str
    """Its heading, to be translated."""
    kind: Kind = ""
    by: Expression | None = None
    """A value of each row; may be NULL, and such rows come last either way."""
    falls: bool = False
    """Whether the largest, or latest, comes first when it is asked for the first time."""

    @property
    def order(self) -> ColumnElement[Any] | None:
        """What rows are ordered by: a state by the word it is kept as."""
        if self.by is None:
            return None
        by: Any = self.by
        by = by.__clause_element__() if hasattr(by, "__clause_element__") else by
        return type_coerce(by, String) if isinstance(by.type, Enum) else by


@dataclass(frozen=True, slots=True)
class Words:
    """A field for words to search for."""

    label: str
    finds: Callable[[str], ColumnElement[bool]]
    key: str = "q"
    hint: str = ""
    """An example of what can be written, as it stands: "T-…"."""

    @property
    def keys(self) -> tuple[str, ...]:
        """What the address calls it."""
        return (self.key,)

    def tidy(self, key: str, text: str) -> str:
        """Return what is looked for, or nothing."""
        return text.strip()[:LONGEST]

    def conditions(self, values: Mapping[str, str], zone: str) -> list[ColumnElement[bool]]:
        """Return what rows have to meet."""
        return [self.finds(values[self.key])] if self.key in values else []


@dataclass(frozen=True, slots=True)
class Choice:
    """A field to choose one of a few: a state, a kind, a firm, a person."""

    key: str
    label: str
    options: Mapping[str, str]
    """What the address says, and what people read."""
    is_one: Callable[[str], ColumnElement[bool]]
    are_names: bool = False
    """Whether what people read is proper names, which are not translated."""

    @property
    def keys(self) -> tuple[str, ...]:
        """What the address calls it."""
        return (self.key,)

    def tidy(self, key: str, text: str) -> str:
        """Return the option, or nothing if there is none like it."""
        return text if text in self.options else ""

    def conditions(self, values: Mapping[str, str], zone: str) -> list[ColumnElement[bool]]:
        """Return what rows have to meet."""
        return [self.is_one(values[self.key])] if self.key in values else []


def said_in(*columns: ColumnElement[Any] | InstrumentedAttribute[Any]) -> Callable[[str], ColumnElement[bool]]:
    """Return how words are found that stand anywhere in one of `columns`, in capitals or not."""
    return lambda wanted: or_(*(column.icontains(wanted, autoescape=True) for column in columns))


def by_state(column: Expression, words: Mapping[Any, str]) -> Choice:
    """Return the field for one of the states in `words`, which call them by name; `column` keeps them."""
    states = {str(state.value): state for state in words}
    said = {value: words[state] for value, state in states.items()}
    return Choice("state", N_("State"), said, lambda value: column == states[value])


@dataclass(frozen=True, slots=True)
class Days:
    """Two fields, a first and a last day, of a moment or a calendar day."""

    key: str
    label: str
    of: Expression

    @property
    def keys(self) -> tuple[str, ...]:
        """What the address calls its two ends."""
        return (f"{self.key}_from", f"{self.key}_to")

    def tidy(self, key: str, text: str) -> str:
        """Return a day as ISO 8601 writes it, or nothing."""
        try:
            day = date.fromisoformat(text.strip())
        except ValueError:
            return ""
        return day.isoformat() if 1900 <= day.year <= 9000 else ""

    def conditions(self, values: Mapping[str, str], zone: str) -> list[ColumnElement[bool]]:
        """Return what rows have to meet; days of moments are those of `zone`."""
        first, last = (date.fromisoformat(values[key]) if key in values else None for key in self.keys)
        of: Any = self.of
        if not self._is_moment:
            return [*([of >= first] if first else []), *([of <= last] if last else [])]
        return [
            *([of >= _midnight(first, zone)] if first else []),
            *([of < _midnight(last + timedelta(days=1), zone)] if last else []),
        ]

    @property
    def _is_moment(self) -> bool:
        return value_kind(self.of) is datetime


Field = Words | Choice | Days


def value_kind(expression: Any) -> type[Any]:
    """Return what Python keeps a value of `expression` as."""
    kind = expression.type
    found: type[Any] = (kind.impl_instance if isinstance(kind, TypeDecorator) else kind).python_type
    return found


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(zone))


@dataclass(frozen=True, eq=False)
class Listing(Generic[Row]):
    """A list: whose rows `statement` gives, of which `key` is the unique number that breaks ties."""

    name: str
    """What the downloaded file is called, and the record: "orders"."""
    statement: Select[*tuple[Any, ...]]
    """Already narrowed to what the person may see. Joins are fine, groups are not."""
    key: InstrumentedAttribute[int]
    columns: Sequence[Column]
    fields: Sequence[Field] = ()
    first: str = ""
    """The column it is sorted by unless somebody asks for another; "-" before it: falling. Else: the newest first."""
    make: Callable[..., Row] = field(default=lambda row: row)
    """Makes a row of what the statement selects."""
    is_personal: bool = False
    """Whether rows name people: then who took a copy of them is written down."""

    @cached_property
    def usual(self) -> tuple[Column, bool]:
        """The column it is sorted by unless somebody asks for another, and whether falling."""
        column = self.sorted_by(self.first.removeprefix("-")) if self.first else None
        if column is None:
            return Column("", N_("Newest"), by=self.key), True
        return column, self.first.startswith("-")

    def sorted_by(self, key: str) -> Column | None:
        """Return the column that an address calls `key`, if it can be sorted by."""
        return next((column for column in self.columns if column.key == key and column.by is not None), None)
