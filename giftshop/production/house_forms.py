"""The forms of print houses, and of how a run is printed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.validators import Length
from wtforms.widgets import TextInput

from giftshop.paper import ColourSpace, Imposition
from giftshop.production.certificates import MOST_BYTES
from giftshop.production.delivery import STANDARD, Delivery, Grid, Medium, Sheet
from giftshop.production.houses import HouseFacts
from giftshop.production.models import PrintHouse
from giftshop.production.presenting import grid_words
from giftshop.web import Form, WholeNumberField

TENTH: Final = Decimal("0.1")
ONE_UP: Final = (Sheet.ONE_UP.value, _l("One card a page"))
OWN_GRID: Final = (Sheet.OWN.value, _l("A grid of their own"))
NAMED: Final = {
    Sheet.A4.value: (Sheet.A4.value, _l("Ten on A4")),
    Sheet.SRA3.value: (Sheet.SRA3.value, _l("Twenty-four on SRA3")),
}
USUAL_GRID: Final = Grid()


class MillimetresField(StringField):
    """A length in millimetres, to a tenth; None when nothing was typed."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:g}"

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed, also with a comma or in full width."""
        self.data: float | None = None  # type: ignore[assignment]  # the text field's type is str
        text = unicodedata.normalize("NFKC", valuelist[0] if valuelist else "").strip().replace(",", ".")
        if not text:
            return
        try:
            length = Decimal(text.removesuffix("mm").strip()).quantize(TENTH)
        except InvalidOperation:  # no number, or one beyond all measure
            length = Decimal("NaN")
        if not length.is_finite():
            raise ValueError(_l("Write a length in millimetres, such as 4.5."))
        self.data = float(length)


class DeliveryForm(Form):
    """How a print house wants its files."""

    medium = RadioField(
        _l("What they get"),
        choices=[
            (Medium.PDF.value, _l("Finished pages (PDF)")),
            (Medium.DATA.value, _l("A data file, for houses that print names and codes themselves")),
        ],
        default=Medium.PDF.value,
    )
    sheet = RadioField(
        _l("Sheet"),
        choices=[ONE_UP, *NAMED.values(), OWN_GRID],
        default=Sheet.ONE_UP.value,
    )
    columns = WholeNumberField(_l("Columns"), default=USUAL_GRID.columns)
    rows = WholeNumberField(_l("Rows"), default=USUAL_GRID.rows)
    sheet_width_mm = MillimetresField(_l("Sheet width, mm"))
    sheet_height_mm = MillimetresField(_l("Sheet height, mm"))
    gutter_mm = MillimetresField(_l("Gutter, mm"))
    colour = RadioField(
        _l("Colours"),
        choices=[
            (ColourSpace.RGB.value, _l("RGB, for digital presses")),
            (ColourSpace.CMYK.value, _l("CMYK, names and codes in black alone")),
        ],
        default=ColourSpace.RGB.value,
    )
    has_marks = BooleanField(_l("With crop marks"))
    is_pdf_x = BooleanField(_l("Labelled PDF/X-4, with an output intent"))

    @property
    def delivery(self) -> Delivery:
        """What was chosen, after the form was found valid. A data file has no sheets."""
        if self.medium.data == Medium.DATA:
            return Delivery(medium=Medium.DATA)
        sheet = Sheet(self.sheet.data)
        return replace(self._in_inks, sheet=sheet, grid=self._grid if sheet is Sheet.OWN else None)

    @property
    def _in_inks(self) -> Delivery:
        return Delivery(
            has_marks=self.has_marks.data,
            colour=ColourSpace(self.colour.data),
            is_pdf_x=self.is_pdf_x.data,
        )

    @property
    def _grid(self) -> Grid:
        """What was typed; nothing typed is nothing that any sheet has, and is refused as such."""
        return Grid(
            self.columns.data or 0,
            self.rows.data or 0,
            self.sheet_width_mm.data or 0.0,
            self.sheet_height_mm.data or 0.0,
            -1.0 if self.gutter_mm.data is None else self.gutter_mm.data,
        )


class StartForm(DeliveryForm):
    """Why a batch is opened, who prints it, and how this time: on a sheet that holds its cards."""

    offered: Mapping[str, Imposition] = {}

    house = HiddenField()
    reason = StringField(_l("Reason"), validators=[Length(max=200)])

    def offer(self, grids: Sequence[Imposition]) -> None:
        """Let the sheets be chosen on which the cards fit, besides one card a page and a grid that is typed."""
        named = {grid: sheet.value for sheet, grid in STANDARD.items()}
        self.offered = {named.get(grid) or _key_of(grid): grid for grid in grids}
        wished = [NAMED[sheet] for sheet in NAMED if sheet == self.sheet.object_data and sheet not in self.offered]
        fitting = [(key, grid_words(grid)) for key, grid in self.offered.items()]
        self.sheet.choices = [ONE_UP, *wished, *fitting, OWN_GRID]

    @property
    def delivery(self) -> Delivery:
        """What was chosen, after the form was found valid."""
        chosen = self.offered.get(str(self.sheet.data))
        if chosen is None or self.medium.data == Medium.DATA or self.sheet.data in set(Sheet):
            return super().delivery
        sheet = (chosen.sheet_width_mm, chosen.sheet_height_mm, chosen.gutter_mm)
        return replace(self._in_inks, sheet=Sheet.OWN, grid=Grid(chosen.columns, chosen.rows, *sheet))

    @property
    def house_id(self) -> int | None:
        """The house that was chosen, None for our own press; what only a hand-made form holds is nobody."""
        text = str(self.house.data or "")
        if not text:
            return None
        return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


class HouseForm(DeliveryForm):
    """A print house."""

    name = StringField(
        _l("Name of the print house"), validators=[Length(max=100, message=_l("Use at most %(max)d characters."))]
    )
    certificate = FileField(_l("Certificate"))
    is_usual = BooleanField(_l("Our usual print house: new print runs begin with it"))
    is_active = BooleanField(_l("In use"), default=True)

    @property
    def facts(self) -> HouseFacts:
        """What was filled in, after the form was found valid."""
        upload = self.certificate.data
        return HouseFacts(
            name=str(self.name.data or ""),
            delivery=self.delivery,
            certificate=upload.read(MOST_BYTES + 1) if upload else None,
            is_usual=self.is_usual.data,
            is_active=self.is_active.data,
        )


def _key_of(grid: Imposition) -> str:
    """Return what stands for a grid among the choices of a form."""
    sheet = f"{grid.sheet_width_mm:g}x{grid.sheet_height_mm:g}"
    return f"{grid.columns}x{grid.rows}-{sheet}-{grid.gutter_mm:g}"


def values_of(delivery: Delivery) -> dict[str, Any]:
    """Return what the fields of a form show for a delivery."""
    grid = delivery.grid or USUAL_GRID
    return {
        "medium": delivery.medium.value,
        "sheet": delivery.sheet.value,
        "columns": grid.columns,
        "rows": grid.rows,
        "sheet_width_mm": grid.width_mm,
        "sheet_height_mm": grid.height_mm,
        "gutter_mm": grid.gutter_mm,
        "colour": delivery.colour.value,
        "has_marks": delivery.has_marks,
        "is_pdf_x": delivery.is_pdf_x,
    }


def values_of_house(house: PrintHouse) -> dict[str, Any]:
    """Return what the fields of a form show for a house."""
    written = {"name": house.name, "is_usual": house.is_usual, "is_active": house.is_active}
    return {**values_of(Delivery.of(house.delivery)), **written}
