"""What a recipient fills in."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    EmailField,
    FormField,
    HiddenField,
    RadioField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional

from giftshop.addresses import MAX_PASTED, AddressForm
from giftshop.redemption.rules import LONGEST_NOTE, ProblemKind
from giftshop.web import Form

PROBLEM_WORDS = {
    ProblemKind.LATE: _l("It has not arrived"),
    ProblemKind.WRONG: _l("Something else came than I chose"),
    ProblemKind.DAMAGED: _l("It arrived broken or incomplete"),
    ProblemKind.PAGE: _l("Something is wrong with these pages"),
    ProblemKind.OTHER: _l("Something else"),
}


def deliverable(_form: Form, field: EmailField) -> None:
    """Validator: an e-mail address as one can be, without asking its server."""
    try:
        field.data = validate_email(field.data or "", check_deliverability=False).normalized
    except EmailNotValidError:
        raise ValidationError(_l("That does not look like an e-mail address. One looks like li@example.com.")) from None


class DayField(DateField):
    """A day, refused in words that help where the browser has no calendar of its own."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a day as browsers send it."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Write a day such as 2026-12-31, or choose one.")) from None


class CodeForm(Form):
    """The code of a card."""

    code = StringField(_l("Your gift code"))


class GiftForm(Form):
    """One gift of a book."""

    gift = RadioField(_l("Choose one gift"), coerce=str, validate_choice=False, choices=[])

    @property
    def item_id(self) -> int:
        """The item chosen; 0, which is none, for anything else."""
        text = self.gift.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


class DeliveryForm(Form):
    """Who gets the gift, where, and when."""

    to = FormField(AddressForm)
    not_before = DayField(
        _l("Not before"),
        [Optional()],
        description=_l("If you are away, choose the first day on which it may arrive. Otherwise we send it soon."),
    )
    email = EmailField(
        _l("E-mail"),
        [Optional(), Length(max=254), deliverable],
        description=_l("If you would like news of your gift by mail, too."),
    )


class PasteForm(Form):
    """Name, phone and address in one piece, to be taken apart."""

    pasted = TextAreaField(
        _l("Name, phone and address, in any order"),
        [Length(max=MAX_PASTED)],
        description=_l("As you copied them from a chat or another shop. We fill in the fields below."),
    )


def _count_in(text: str | None) -> int:
    written = text or ""
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 13 else 0


class ConfirmForm(Form):
    """A yes to what was shown."""

    seen = HiddenField()
    """The revision of the draft on the page."""
    on_top = HiddenField()
    """What the holder of a shopping card was told to pay on top, in minor units; empty for nothing."""
    cards = HiddenField()
    """The seal of what each card was shown to give, where several pay; empty for one."""

    @property
    def revision(self) -> int:
        """The revision that was seen; 0, which none has, for anything else."""
        return _count_in(self.seen.data)

    @property
    def difference_minor(self) -> int:
        """What is to be paid on top; 0 for nothing, and for anything else."""
        return _count_in(self.on_top.data)


class OneTimeForm(Form):
    """The one-time code of an e-card."""

    code = StringField(
        _l("The six digits"), validators=[DataRequired(_l("Write the six digits that we sent you.")), Length(max=40)]
    )


class ProofForm(Form):
    """What only the receiver knows."""

    last_digits = StringField(
        _l("Last four digits of the phone number"),
        [InputRequired(_l("Write the last four digits of the phone number you gave us."))],
    )


class ProblemForm(Form):
    """Something is wrong."""

    kind = RadioField(
        _l("What is it about?"),
        [AnyOf(list(ProblemKind), message=_l("Choose what it is about."))],
        validate_choice=False,
        choices=[(kind.value, words) for kind, words in PROBLEM_WORDS.items()],
    )
    note = TextAreaField(
        _l("What happened?"),
        [
            DataRequired(_l("Write what happened.")),
            Length(max=LONGEST_NOTE, message=_l("Please use at most %(max)d characters.")),
        ],
    )


class ThanksForm(Form):
    """A word to the sender."""

    words = TextAreaField(
        _l("Your words"),
        [
            DataRequired(_l("Write a few words first.")),
            Length(max=LONGEST_NOTE, message=_l("Please use at most %(max)d characters.")),
        ],
    )
    signed = StringField(
        _l("Your name"), [Length(max=60)], description=_l("As the sender knows you. Leave it empty if you like.")
    )
