"""The forms of planning a campaign, nominating for it, judging, and handing over."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import TextInput

from giftshop.campaigns.presenting import COUNTERPARTY_WORDS, HANDOVER_WORDS, INFLUENCE_WORDS
from giftshop.campaigns.rules import MAX_GREETING, Handover, Influence
from giftshop.kernel.lunar import FIRST_YEAR, LAST_YEAR, LunarDay
from giftshop.kernel.market import Counterparty
from giftshop.web import Form, MoneyField, WholeNumberField
from giftshop.web.forms import not_negative

LONG: Final = _l("Use at most %(max)d characters.")
MOST: Final = 1_000_000
"""People that a plan may expect or budget."""


class LunarDayField(StringField):
    """A day of the lunar year, typed as "8/9"."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return str(self.data) if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; an empty field is None."""
        self.data: LunarDay | None = None  # type: ignore[assignment]  # the text field's type is str
        text = unicodedata.normalize("NFKC", valuelist[0] if valuelist else "").strip()
        if not text:
            self.raw_data = [""]  # spaces are nothing typed, also to whoever asks whether something was
            return
        parts = re.fullmatch(r"([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?", text)
        try:
            self.data = LunarDay(int(parts[1]), int(parts[2])) if parts else LunarDay(0, 0)
        except ValueError:
            raise ValueError(_l("Write a lunar month and day, such as 8/9.")) from None


A_DAY: Final = [InputRequired(_l("Write a day."))]


def _text(label: Any, missing: Any, most: int) -> StringField:
    return StringField(label, validators=[DataRequired(missing), Length(max=most, message=LONG)])


def _count(label: Any) -> WholeNumberField:
    return WholeNumberField(
        label,
        validators=[
            InputRequired(_l("Write a whole number.")),
            NumberRange(0, MOST, _l("Between 0 and %(max)s.") % {"max": MOST}),
        ],
    )


class CampaignForm(Form):
    """The window, the words, the dates."""

    name = _text(_l("Name"), _l("Give the campaign a name."), 60)
    year = WholeNumberField(
        _l("Year"),
        validators=[
            InputRequired(_l("Write a year.")),
            NumberRange(FIRST_YEAR, LAST_YEAR, _l("Write a year between %(min)s and %(max)s.")),
        ],
    )
    listed_by = LunarDayField(_l("List, gifts and cards at the carrier by"), validators=A_DAY)
    starts = LunarDayField(_l("Sending starts"), validators=A_DAY)
    last = LunarDayField(_l("The last gift arrives on"), validators=A_DAY)
    last_hour = WholeNumberField(
        _l("by the hour"),
        validators=[InputRequired(_l("Write an hour.")), NumberRange(1, 24, _l("Write an hour between 1 and 24."))],
    )
    closes_on = DateField(
        _l("Last day for nominations"), validators=[InputRequired(_l("Until which day may people be nominated?"))]
    )
    written_list_on = DateField(_l("the list"), validators=[Optional()])
    written_starts_on = DateField(_l("the sending"), validators=[Optional()])
    written_last_on = DateField(_l("the last delivery"), validators=[Optional()])
    occasion = StringField(
        _l("Large words"),
        validators=[
            DataRequired(_l("Write a few large words, such as the name of the festival.")),
            Length(max=24, message=LONG),
        ],
    )
    greeting = TextAreaField(
        _l("Your words to them"),
        validators=[DataRequired(_l("A gift deserves a few words.")), Length(max=MAX_GREETING, message=LONG)],
    )
    card_price = MoneyField(
        _l("Price of a card"), validators=[InputRequired(_l("Write what a card costs.")), not_negative], currency="CNY"
    )
    is_surprise = BooleanField(_l("It is a surprise: recipients are told nothing before delivery"), default=True)


class GradeForm(Form):
    """One grade of gift."""

    name = _text(_l("Name"), _l("Give the grade a name."), 20)
    budgeted = _count(_l("Budgeted for how many people"))
    gift = SelectField(_l("What to give"), validators=[Optional()])
    price = MoneyField(_l("Price of one gift"), validators=[not_negative], currency="CNY")


class GroupForm(Form):
    """One group of recipients."""

    name = _text(_l("Name"), _l("Give the group a name."), 40)
    about = StringField(_l("Who belongs to it"), validators=[Length(max=200, message=LONG)])
    asked_by = StringField(_l("Who submits the names"), validators=[Length(max=60, message=LONG)])
    expected_firms = _count(_l("Expected firms"))
    expected_people = _count(_l("Expected people"))
    grade = SelectField(_l("Grade meant for them"), validators=[Optional()])
    handover = RadioField(
        _l("How the gift comes to them"),
        choices=[SelectChoice(each.value, _l(HANDOVER_WORDS[each])) for each in Handover],
        default=Handover.DISPATCHED.value,
        validators=[DataRequired(_l("Choose one of the two."))],
    )
    visits_from = LunarDayField(_l("Visits from"), validators=[Optional()])
    visits_until = LunarDayField(_l("Visits until"), validators=[Optional()])


def _counterparty() -> SelectField:
    choices = [SelectChoice(each.value, _l(COUNTERPARTY_WORDS[each])) for each in Counterparty]
    return SelectField(_l("Who they work for"), choices=choices, default=Counterparty.BUSINESS.value)


def _influence(*, offers_neither: bool) -> RadioField:
    offered = [each for each in Influence if offers_neither or each is not Influence.NEITHER]
    return RadioField(
        _l("Their influence on buying from us"),
        choices=[SelectChoice(each.value, _l(INFLUENCE_WORDS[each])) for each in offered],
        validators=[DataRequired(_l("Say how much influence they have."))],
    )


def _declared() -> BooleanField:
    return BooleanField(_l("I declare that this entry is true (如实上报)"))


class NominateForm(Form):
    """The campaign's form: kind of client, name, address, telephone; and what the rules of giving ask."""

    group = SelectField(_l("Kind of client"), validators=[DataRequired(_l("Choose the kind of client."))])
    name = _text(_l("Client's name"), _l("Write their name."), 40)
    address = StringField(_l("Address"), validators=[Length(max=200, message=LONG)])
    phone = TelField(
        _l("Telephone"), validators=[DataRequired(_l("Write their telephone number.")), Length(max=40, message=LONG)]
    )
    organisation = StringField(_l("Their firm"), validators=[Length(max=80, message=LONG)])
    counterparty = _counterparty()
    influence = _influence(offers_neither=True)
    reason = _text(_l("Why they should be given something"), _l("Write a reason in a few words."), 200)
    declared = _declared()


class LinkForm(NominateForm):
    """The same for somebody without a login."""

    nominator = _text(_l("Your own name"), _l("Write your name."), 40)


class ListForm(Form):
    """A file of nominees, and what is true of rows that do not say."""

    file = FileField(_l("Your list"), validators=[FileRequired(_l("Choose a file first."))])
    counterparty = _counterparty()
    influence = _influence(offers_neither=False)
    reason = _text(_l("Why they should be given something"), _l("Write a reason in a few words."), 200)


class AcceptListForm(Form):
    """The declaration, for a whole list."""

    declared = BooleanField(_l("I declare that every entry of this list is true (如实上报)"))


class AnswerForm(Form):
    """A word why a contradiction is all right."""

    key = HiddenField()
    word = StringField(_l("Why it is all right"), validators=[Length(max=200, message=LONG)])
    read = BooleanField(_l("I have read this"), validators=[DataRequired(_l("Tick that you have read it."))])


class HandOverForm(Form):
    """A gift handed over: who took it, and their signature."""

    received_by = _text(_l("Received by"), _l("Write who took the gift."), 40)
    signature = HiddenField()
