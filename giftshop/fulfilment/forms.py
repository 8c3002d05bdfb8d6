"""What is filled in at the bench."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from giftshop.addresses import AddressForm, Receiver
from giftshop.fulfilment.carriers import CarrierFacts
from giftshop.fulfilment.models import Carrier
from giftshop.fulfilment.presenting import REASONS
from giftshop.fulfilment.rules import ExceptionReason
from giftshop.web import Form


class ScanForm(Form):
    """The scan box: a shipment, a carrier's number, or a thing that goes into the parcel on the table."""

    code = StringField(_l("Scan or type"))
    at = HiddenField()
    """The number of the shipment on the table."""
    count = IntegerField(_l("How many"), validators=[Optional(), NumberRange(1, 10_000)], default=1)


class CarrierForm(Form):
    """Who takes it, under which number."""

    carrier = SelectField(_l("Carrier"), coerce=str, validate_choice=False)
    tracking_number = StringField(_l("Tracking number"), validators=[Length(max=60)])


class StopForm(Form):
    """What is wrong."""

    reason = SelectField(_l("What is wrong with it?"), validators=[DataRequired(_l("Choose what is wrong."))])
    note = TextAreaField(_l("Note for colleagues"), validators=[Length(max=400)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = [("", _("Choose…")), *((reason.value, _(words)) for reason, words in REASONS.items())]

    @property
    def chosen(self) -> ExceptionReason:
        """The reason, after the form was found valid."""
        return ExceptionReason(self.reason.data)


class ReceiverForm(Form):
    """Where it goes instead."""

    address = FormField(AddressForm)

    @property
    def receiver(self) -> Receiver:
        """The receiver, after the form was found valid."""
        return self.address.form.receiver

    @property
    def asks_for_more(self) -> bool:
        """Whether this was sent to see the next list of places, not to be done with."""
        return self.address.form.asks_for_more


class ResendForm(Form):
    """When it goes out once more."""

    promised_on = DateField(_l("To be sent by"), validators=[InputRequired(_l("By which day should it be sent?"))])

    @property
    def day(self) -> date:
        """The day, after the form was found valid."""
        return self.promised_on.data or date.max


class FileForm(Form):
    """A carrier's file."""

    kind = RadioField(
        _l("What does the file tell?"),
        choices=[("tracking", _l("Tracking numbers")), ("delivered", _l("Parcels that were delivered"))],
        default="tracking",
    )
    carrier = SelectField(_l("Carrier of all its parcels"), validate_choice=False)
    file = FileField(_l("File (CSV or XLSX)"), validators=[FileRequired(_l("Choose a file first."))])


class CarrierFactsForm(Form):
    """What we know of a carrier."""

    code = StringField(_l("Code"), validators=[DataRequired(_l("Write a short code, such as SF.")), Length(max=20)])
    name_en = StringField(_l("Name in English"), validators=[DataRequired(_l("Write its name.")), Length(max=60)])
    name_zh = StringField(_l("Name in Chinese"), validators=[DataRequired(_l("Write its name.")), Length(max=60)])
    cut_off = TimeField(_l("Collects at"), validators=[Optional()])
    tracking_url = StringField(
        _l("Tracking page"),
        description=_l("With {number} where the tracking number goes."),
        validators=[Length(max=300)],
    )
    is_tracked = BooleanField(_l("Its parcels need a tracking number before they are handed over"), default=True)
    name_limit = IntegerField(_l("Characters of a receiver's name"), validators=[Optional(), NumberRange(1, 1000)])
    address_limit = IntegerField(_l("Characters of an address"), validators=[Optional(), NumberRange(1, 1000)])
    contents_limit = IntegerField(_l("Characters of the contents"), validators=[Optional(), NumberRange(1, 1000)])
    is_active = BooleanField(_l("In use"), default=True)

    @classmethod
    def showing(cls, carrier: Carrier) -> CarrierFactsForm:
        """Return the form filled with what we know."""
        names = {"name_en": carrier.names.get("en", ""), "name_zh": carrier.names.get("zh_Hans", "")}
        return cls(obj=carrier, **names)

    @property
    def facts(self) -> CarrierFacts:
        """What was written, after the form was found valid."""
        cut_off: time | None = self.cut_off.data
        return CarrierFacts(
            code=self.code.data or "",
            names={"en": (self.name_en.data or "").strip(), "zh_Hans": (self.name_zh.data or "").strip()},
            cut_off=cut_off,
            tracking_url=self.tracking_url.data,
            is_tracked=bool(self.is_tracked.data),
            name_limit=self.name_limit.data,
            address_limit=self.address_limit.data,
            contents_limit=self.contents_limit.data,
            is_active=bool(self.is_active.data),
        )
