"""The forms of the cards desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from giftshop.cards.models import Stop
from giftshop.cards.rules import BlockReason
from giftshop.kernel.serials import FIRST_BATCH, Serial, parse_serial
from giftshop.web import Form, WholeNumberField

OFFERED: Final = (BlockReason.LOST, BlockReason.DAMAGED, BlockReason.MISUSE, BlockReason.FIRM_ASKED)
"""Why staff stop a card. The others stop cards by themselves."""


class WhyForm(Form):
    """A reason, kept in the record."""

    reason = StringField(_l("Reason"), validators=[DataRequired(_l("Say why.")), Length(max=200)])


class StopForm(WhyForm):
    """Why all cards of something are stopped, or let go again."""


def lift_forms(stops: Iterable[Stop], refused: Mapping[int, StopForm] | None = None) -> dict[int, StopForm]:
    """Return a form for each stop that can be lifted, by its id: those that were `refused`, and empty ones."""
    return {each.id: StopForm(formdata=None, within=f"lift-{each.id}") for each in stops} | dict(refused or {})


class ExtendForm(WhyForm):
    """Until when, and why."""

    until = DateField(_l("New last day"), validators=[InputRequired(_l("Until which day?"))])

    @property
    def day(self) -> date:
        """The day, once it was checked."""
        if self.until.data is None:
            raise ValueError("asked before the form was checked")
        return self.until.data


class BlockForm(Form):
    """Why a card is blocked or replaced."""

    reason = SelectField(_l("Reason"), validators=[InputRequired(_l("Say why."))])

    def offer(self, words: Mapping[BlockReason, str]) -> BlockForm:
        """Offer the reasons that staff may have, in the reader's words."""
        self.reason.choices = [(reason.value, gettext(words[reason])) for reason in OFFERED]
        return self


class RangeForm(Form):
    """From one serial number through another."""

    first = StringField(_l("First serial number"), validators=[DataRequired(_l("Write a serial number."))])
    last = StringField(_l("Last serial number"), validators=[DataRequired(_l("Write a serial number."))])

    def validate_first(self, field: StringField) -> None:
        """A serial number, by its check digit."""
        _serial_in(field)

    def validate_last(self, field: StringField) -> None:
        """The same, and not before the first."""
        last, first = _serial_in(field), parse_serial(self.first.data or "")
        if first and last.number < first.number:
            raise ValidationError(_l("This comes before the first one."))

    @property
    def serials(self) -> tuple[int, int]:
        """Both, once they were checked."""
        first, last = parse_serial(self.first.data or ""), parse_serial(self.last.data or "")
        return (first.number if first else 0), (last.number if last else 0)


class MoveForm(Form):
    """To which batch."""

    batch = WholeNumberField(_l("To batch number"), validators=[InputRequired(_l("Which batch?"))])

    @property
    def batch_id(self) -> int:
        """Its id, once it was checked; one that no batch has for a number below the first."""
        return max((self.batch.data or 0) - FIRST_BATCH + 1, 0)


class SwapForm(Form):
    """With which card."""

    serial = StringField(_l("Serial number of the other card"), validators=[DataRequired(_l("Write a serial number."))])

    def validate_serial(self, field: StringField) -> None:
        """A serial number, by its check digit."""
        _serial_in(field)


def _serial_in(field: StringField) -> Serial:
    serial = parse_serial(field.data or "")
    if serial is None:
        raise ValidationError(_l("This is not a serial number: compare it with the card, group by group."))
    return serial
