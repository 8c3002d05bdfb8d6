"""A list as its page shows it: headings that sort, fields, what is narrowed and how to undo it, the rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final, Generic, TypeVar

from flask import Response, request, url_for
from flask_babel import format_decimal, gettext, ngettext

from giftshop.listing import reading
from giftshop.listing.asked import AFTER, SORT, Asked, ask
from giftshop.listing.declared import Choice, Column, Days, Listing, Words
from giftshop.listing.export import WRITERS, Export, send
from giftshop.paging import Page
from giftshop.web import current_shop, long_day, reader

Row = TypeVar("Row")
AS: Final = "as"
"""What an address says which file it wants with."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading; `url` sorts by it, the other way round if it is sorted by already."""

    label: str
    kind: str
    url: str = ""
    said: str = ""
    """The link's name in full: "Sort by price, ascending"."""
    order: str = ""
    """As aria-sort says it: ascending, descending, or nothing."""


@dataclass(frozen=True, slots=True)
class Control:
    """A field of the bar."""

    kind: str
    """words, choice or days."""
    label: str
    key: str
    value: str
    hint: str = ""
    options: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Chip:
    """One field that narrows the list, and the address without it."""

    words: str
    url: str


def show(listing: Listing[Row], *, endpoint: str = "", **keep: str | None) -> Found[Row]:
    """Return `listing` as this request asks for it. Addresses keep what else the page was asked: `keep`.

    `endpoint` is the page it stands on, where a form that was refused shows it too.
    """
    kept = {key: value for key, value in keep.items() if value}
    return Found(listing, ask(listing, request.args), kept, endpoint or request.endpoint or "")


@dataclass(frozen=True)
class Found(Generic[Row]):
    """A list, and what was asked of it. It is read when it is looked at."""

    listing: Listing[Row]
    asked: Asked
    kept: Mapping[str, str]
    endpoint: str

    def file(self, export: Export[Row]) -> Response | None:
        """Return all that match as a file, if that is what was asked for."""
        kind = request.args.get(AS, "")
        return send(self.listing, self.asked, export, kind) if kind in WRITERS else None

    @cached_property
    def page(self) -> Page[Row]:
        """The page that was asked for."""
        return reading.page(reader(), self.listing, self.asked, _zone())

    @property
    def rows(self) -> Sequence[Row]:
        """Its rows."""
        return self.page.rows

    @cached_property
    def matching(self) -> str:
        """How many match, in words."""
        number = reading.count(reader(), self.listing, self.asked, _zone())
        if number > reading.COUNTED:
            return str(gettext("More than %(number)s", number=format_decimal(reading.COUNTED)))
        if not self.is_narrowed:
            return str(gettext("%(number)s in all", number=format_decimal(number)))
        return str(ngettext("%(number)s matches", "%(number)s match", number, number=format_decimal(number)))

    @property
    def is_narrowed(self) -> bool:
        """Whether a field says something."""
        return bool(self.asked.values)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all, so that there is nothing to sort, narrow or take away."""
        return not (self.rows or self.asked.values or self.asked.after)

    @property
    def headings(self) -> list[Heading]:
        """One for each column."""
        return [self._heading(column) for column in self.listing.columns]

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        """What a phone offers, which shows no headings: the address's word, what people read, whether it is so."""
        usual, _falls = self.listing.usual
        is_own = usual.key == ""
        start = [("", gettext(usual.label), self.asked.is_usual)] if is_own else []
        return start + [
            (f"{'-' if falling else ''}{column.key}", _sorted_by(column, falling=falling), self._is_by(column, falling))
            for column in self.listing.columns
            if column.by is not None
            for falling in ((True, False) if column.falls else (False, True))
        ]

    @property
    def controls(self) -> list[Control]:
        """The fields of the bar."""
        return list(self._controls())

    @property
    def chips(self) -> list[Chip]:
        """What narrows the list."""
        return [
            Chip(words, self._url(without={key}))
            for each in self.listing.fields
            for key in each.keys
            if (words := self._said(each, key))
        ]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What the bar's form sends along unseen."""
        return list(self.kept.items())

    def at(self, **keep: str | None) -> str:
        """Return the address of the same sort and fields where the page is asked something else: another view."""
        kept = {key: value for key, value in keep.items() if value}
        return replace(self, kept=kept)._url()

    @property
    def plain_url(self) -> str:
        """The address of the list that nothing narrows."""
        return self._url(without=set(self.asked.values))

    @property
    def first_url(self) -> str | None:
        """The address of the first page, if this is not it."""
        return self._url() if self.asked.after else None

    @property
    def next_url(self) -> str | None:
        """The address of the next page, if there is one."""
        return self._url({AFTER: self.page.next}) if self.page.next else None

    @property
    def files(self) -> list[tuple[str, str]]:
        """The files it can be had as: name and address."""
        return [(kind.upper(), self._url({AS: kind})) for kind in WRITERS]

    def _heading(self, column: Column) -> Heading:
        label = gettext(column.label)
        if column.by is None:
            return Heading(label, column.kind)
        is_by_it = self.asked.column.key == column.key
        falling = not self.asked.falling if is_by_it else column.falls
        order = ("descending" if self.asked.falling else "ascending") if is_by_it else ""
        url = self._url({SORT: f"{'-' if falling else ''}{column.key}"})
        return Heading(label, column.kind, url, _sort_by(column, falling=falling), order)

    def _is_by(self, column: Column, falling: bool) -> bool:
        return (self.asked.column.key, self.asked.falling) == (column.key, falling)

    def _controls(self) -> Iterator[Control]:
        for each in self.listing.fields:
            values = [self.asked.values.get(key, "") for key in each.keys]
            match each:
                case Words():
                    yield Control("words", gettext(each.label), each.key, values[0], each.hint)
                case Choice():
                    yield Control("choice", gettext(each.label), each.key, values[0], options=_options(each))
                case Days():
                    for key, value, words in zip(each.keys, values, _ends(each), strict=True):
                        yield Control("days", words, key, value)

    def _said(self, each: Words | Choice | Days, key: str) -> str:
        value = self.asked.values.get(key)
        if value is None:
            return ""
        match each:
            case Choice():
                return str(
                    gettext("%(label)s: %(value)s", label=gettext(each.label), value=dict(_options(each))[value])
                )
            case Days():
                day, words = date.fromisoformat(value), _ends(each)[each.keys.index(key)]
                return str(gettext("%(label)s: %(value)s", label=words, value=long_day(day)))
            case _:
                return str(gettext("“%(words)s”", words=value))

    def _url(self, more: Mapping[str, str | None] | None = None, *, without: set[str] | None = None) -> str:
        values = {key: value for key, value in self.asked.values.items() if key not in (without or ())}
        said = {**self.kept, **values, SORT: self.asked.sort or None, **(more or {})}
        return url_for(self.endpoint, **{**(request.view_args or {}), **said})


def _sort_by(column: Column, *, falling: bool) -> str:
    words = gettext("Sort by %(column)s, descending") if falling else gettext("Sort by %(column)s, ascending")
    return str(words % {"column": gettext(column.label)})


def _sorted_by(column: Column, *, falling: bool) -> str:
    words = gettext("%(column)s, descending") if falling else gettext("%(column)s, ascending")
    return str(words % {"column": gettext(column.label)})


def _options(each: Choice) -> list[tuple[str, str]]:
    return [(value, words if each.are_names else gettext(words)) for value, words in each.options.items()]


def _ends(each: Days) -> tuple[str, str]:
    label = gettext(each.label)
    return str(gettext("%(label)s from", label=label)), str(gettext("%(label)s through", label=label))


def _zone() -> str:
    return current_shop().settings.time_zone
