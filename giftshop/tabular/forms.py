"""Saying by hand which column of a kept file is what."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from giftshop.kernel.errors import Refused
from giftshop.tabular.errors import AnotherIsToo, ColumnMeansTheSame, NoColumnIs
from giftshop.tabular.models import KeptFile
from giftshop.tabular.table import Column, Layout, alike, heading_cells, letter, missing_in, recognised_in
from giftshop.web.forms import Form

SAMPLES: Final = 3
NOT_USED: Final = ""
NO_HEADINGS: Final = "0"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of somebody's file as it is shown to them."""

    at: int
    letter: str
    heading: str
    samples: Sequence[str]
    field: Field


class ColumnsForm(Form):
    """For each column of a file, what it is. Made by `columns_form`, which adds a field for each."""

    heading = SelectField(_l("The headings are in"))
    kept: KeptFile
    columns: Sequence[Column]

    @property
    def shown(self) -> list[SheetColumn]:
        """The columns of the file: their headings, first cells, and selects. Those without a word are left out."""
        headings, rows = self._headings(), [cells for _number, cells in self._under()]
        return [
            SheetColumn(at, letter(at), _at(headings, at), [_at(cells, at) for cells in rows[:SAMPLES]], field)
            for at, field in self._fields_by_place().items()
        ]

    def layout(self) -> Layout:
        """Return what was chosen. Where other headings were named, they speak for the columns that were left out."""
        number = int(self.heading.data)
        chosen = {field.data: at for at, field in self._fields_by_place().items() if field.data != NOT_USED}
        if number and number != self.kept.laid_out.heading:
            told = recognised_in(self.kept.lead, number, self.columns).places
            chosen = {key: at for key, at in told.items() if at not in chosen.values()} | chosen
        return Layout(number or None, chosen, is_by_hand=True)

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse two columns that are the same thing, and a list without what it needs, each at its select."""
        return super().validate(extra_validators) and not (self._refuse_twice() or self.refuse_gaps(self.layout()))

    def refuse_gaps(self, layout: Layout) -> bool:
        """Say at the likeliest column what no column is yet. Returns whether something is wanting."""
        free = [at for at in self._fields_by_place() if at not in layout.places.values()]
        missing = missing_in(layout, self.columns)
        for column in missing:
            at = max(free, key=lambda place: self._likeness(place, column), default=None)
            if at is not None:
                free.remove(at)
            self._refuse(at, NoColumnIs(name=named(column)))
        return bool(missing)

    def refuse_doubts(self) -> bool:
        """Say what is wanting or unclear of a file whose columns nobody has looked at. Returns whether anything is."""
        layout = self.kept.laid_out
        doubts = [] if layout.is_by_hand else alike(self._headings(), self.columns)
        for first, second in doubts:
            self._refuse(second, ColumnMeansTheSame(first=letter(first)))
        return self.refuse_gaps(layout) or bool(doubts)

    def _refuse_twice(self) -> bool:
        first: dict[str, int] = {}
        wrong = False
        for at, field in self._fields_by_place().items():
            if field.data != NOT_USED and first.setdefault(field.data, at) != at:
                self._refuse(at, AnotherIsToo(first=letter(first[field.data])))
                wrong = True
        return wrong

    def _refuse(self, at: int | None, error: Refused) -> None:
        error.field = None if at is None else field_name(at)
        self.refuse(error)

    def _likeness(self, at: int, column: Column) -> int:
        samples = [_at(cells, at) for _number, cells in self._under()]
        return sum(bool(column.looks and re.fullmatch(column.looks, cell)) for cell in samples)

    def _headings(self) -> list[str]:
        return heading_cells(self.kept.lead, self.kept.laid_out)

    def _under(self) -> list[tuple[int, list[str]]]:
        heading = self.kept.laid_out.heading or 0
        return [(number, cells) for number, cells in self.kept.lead if number > heading]

    def _fields_by_place(self) -> dict[int, Field]:
        return {at: self[field_name(at)] for at in places_of(self.kept)}


def columns_form(kept: KeptFile, columns: Sequence[Column], *, is_sent: bool) -> ColumnsForm:
    """Return the form for a kept file, filled with what is known of it, or with what was sent."""
    layout = kept.laid_out
    keys = {at: key for key, at in layout.places.items()}
    offered = {column.key: named(column) for column in columns}
    choices = [SelectChoice(key, words) for key, words in {NOT_USED: _("not used"), **offered}.items()]
    fields: dict[str, object] = {
        field_name(at): SelectField(
            _("Column %(letter)s is", letter=letter(at)),
            choices=choices,
            default=keys[at] if keys.get(at) in offered else NOT_USED,
        )
        for at in places_of(kept)
    }
    made = cast(
        Callable[..., ColumnsForm], type("ColumnsForm", (ColumnsForm,), {"kept": kept, "columns": columns} | fields)
    )
    form = made(**({} if is_sent else {"formdata": None}))
    form.heading.choices = [*_rows_of(kept), SelectChoice(NO_HEADINGS, _("no row: the list begins at once"))]
    if not is_sent:
        form.heading.data = str(layout.heading or NO_HEADINGS)
    return form


def named(column: Column) -> str:
    """Return what a column is called, in the language of the page."""
    return _(column.label) if column.label else column.names[0]


def field_name(at: int) -> str:
    """Return the name of the select for the column at a place."""
    return f"column_{at}"


def places_of(kept: KeptFile) -> list[int]:
    """Return the places of the columns that hold a word in the first rows."""
    lead = kept.lead
    widest = max((len(cells) for _number, cells in lead), default=0)
    return [at for at in range(widest) if any(_at(cells, at) for _number, cells in lead)]


def _rows_of(kept: KeptFile) -> list[SelectChoice]:
    words = [(number, _short(" · ".join(filter(None, cells)))) for number, cells in kept.lead]
    return [
        SelectChoice(str(number), _("row %(number)s: %(words)s", number=number, words=text)) for number, text in words
    ]


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _at(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""
