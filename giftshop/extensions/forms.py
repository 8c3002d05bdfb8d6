"""What a buyer fills in to give everybody more time, and finance to pay a fee back."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, StringField
from wtforms.validators import InputRequired, Length

from giftshop.web import Form


class ExtensionForm(Form):
    """Until when, at the total that was shown."""

    until = DateField(_l("New last day"), validators=[InputRequired(_l("Until which day?"))])
    seen_minor = HiddenField()

    @property
    def day(self) -> date:
        """The day, once it was checked."""
        if self.until.data is None:
            raise ValueError("asked before the form was checked")
        return self.until.data

    @property
    def seen(self) -> int:
        """The total that was seen; -1, which none comes to, for anything else."""
        text = self.seen_minor.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else -1


class GivenBackForm(Form):
    """How the fee went back."""

    note = StringField(_l("How and when it was paid back"), [Length(max=200)])
