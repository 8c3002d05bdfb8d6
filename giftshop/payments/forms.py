"""The forms in which finance says that money came, or that it goes back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from giftshop.web import Form, MoneyField


def received_form(currency: str) -> Form:
    """Return the form for one payment in `currency`."""

    class ReceivedForm(Form):
        amount = MoneyField(
            _l("Amount received"), [InputRequired(_l("Write the amount that arrived."))], currency=currency
        )
        received_on = DateField(_l("Day it arrived"), [InputRequired(_l("Choose the day the money arrived."))])
        bank_note = StringField(_l("Statement"), [Length(max=200)])

    return ReceivedForm()


class RefundForm(Form):
    """Why a payment goes back."""

    note = TextAreaField(_l("Reason"), [Length(max=500)])
