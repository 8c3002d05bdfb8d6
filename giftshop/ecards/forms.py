"""The forms of e-cards."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from giftshop.ecards.rules import Moment, zones
from giftshop.web import Form


def hour_field() -> SelectField:
    """Return the choice of an hour of the day."""
    return SelectField(_l("Hour"), coerce=int, choices=[(hour, f"{hour:02}:00") for hour in range(24)], default=9)


def zone_field() -> SelectField:
    """Return the choice of whose clock it is."""
    return SelectField(_l("Time zone"), choices=[(name, name.replace("_", " ")) for name in zones()])


class WhenForm(Form):
    """The day and hour of sending, by whose clock."""

    day = DateField(_l("Day"), validators=[InputRequired(_l("Choose the day on which they are sent."))])
    hour = hour_field()
    zone = zone_field()

    @property
    def moment(self) -> Moment:
        """What was chosen; to be asked for once the form was found right."""
        day = self.day.data
        assert day is not None, "the field is required"  # noqa: S101
        return Moment(day, self.hour.data, self.zone.data)


class ResendForm(Form):
    """Where an e-card goes instead."""

    to = StringField(
        _l("E-mail address or mobile phone"),
        validators=[DataRequired(_l("Write an e-mail address, or the number of a mobile phone.")), Length(max=200)],
    )


def _id(text: object) -> int:
    """Read an id as a form sends it; 0, which nothing has, for anything else."""
    written = str(text)
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 19 else 0


class RemindForm(Form):
    """Whom to remind."""

    card = SelectMultipleField(coerce=_id, validate_choice=False)
