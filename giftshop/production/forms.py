"""The forms of production."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length

from giftshop.web import Form


class ReasonForm(Form):
    """Why a print file is opened; it stays in the record."""

    reason = StringField(_l("Reason"), validators=[Length(max=200)])
