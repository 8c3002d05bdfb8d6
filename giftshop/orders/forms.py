"""The forms of drawing up, placing and deciding an order."""

from __future__ import annotations

from typing import Any, cast

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Email, InputRequired, Length, NumberRange, Optional, StopValidation

from giftshop import branding, ecards
from giftshop.addresses import AddressForm
from giftshop.cards import Unredeemed
from giftshop.ecards import Moment
from giftshop.kernel.locale import LOCALES
from giftshop.orders.presenting import UNREDEEMED_WORDS
from giftshop.orders.rules import MAX_CARDS, MAX_GREETING, MAX_HEADLINE, Delivery, Holder, is_identity_number
from giftshop.web import Form, MoneyField

BY_NUMBER = "number"
BY_LIST = "list"
PRINTED = "printed"
DIGITAL = "digital"
WHEN_PAID = "paid"
AT_AN_HOUR = "hour"


class ForWhomForm(Form):
    """For the people of a list, or for a number of people whom nobody names.

    `budget`, an amount of money, is added by what makes the form: `choose_form`, `value_form`, `set_form`.
    """

    mode = RadioField(
        _l("For whom?"),
        choices=[
            (BY_LIST, _l("For people on a list")),
            (BY_NUMBER, _l("A number that we hand out ourselves")),
        ],
        default=BY_LIST,
        validators=[DataRequired(_l("Choose one of the two."))],
    )
    quantity = IntegerField(_l("How many"), validators=[Optional()])

    def validate_quantity(self, field: IntegerField) -> None:
        """A number is wanted only when there is no list."""
        if self.mode.data != BY_NUMBER:
            return
        InputRequired(_l("How many do you need?"))(self, field)
        NumberRange(1, MAX_CARDS, _l("Between 1 and %(max)s.") % {"max": MAX_CARDS})(self, field)

    @property
    def wanted(self) -> int | None:
        """How many; None for a list."""
        number: int | None = self.quantity.data
        return number if self.mode.data == BY_NUMBER else None

    @property
    def budget_minor(self) -> int | None:
        """What may be spent on all of them, in minor units of its field's currency; None: nobody said."""
        amount = cast("int | None", self["budget"].data)
        return amount if amount is not None and amount > 0 else None


class ByCardForm(ForWhomForm):
    """The same for what comes as a card: on paper, or as an e-card."""

    sent_as = RadioField(
        _l("How do they get it?"),
        choices=[
            (PRINTED, _l("As a printed card")),
            (DIGITAL, _l("As an e-card, by e-mail or text message")),
        ],
        default=PRINTED,
    )

    @property
    def is_digital(self) -> bool:
        """Whether e-cards were chosen."""
        return bool(self.sent_as.data == DIGITAL)


class ChooseForm(ByCardForm):
    """Which gift book, and for how many."""

    edition = RadioField(_l("Gift book"), coerce=int, validators=[DataRequired(_l("Choose a gift book."))])


def _id(text: object) -> int:
    """Read an id as a form sends it; 0, which nothing has, for anything else."""
    written = str(text)
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 19 else 0


class ValueForm(ByCardForm):
    """What a shopping card holds, whose it is, and what it can be spent on. `value_form` adds the amount."""

    holder = RadioField(
        _l("Whose is a card?"),
        choices=[
            (Holder.BEARER.value, _l("Whoever holds it")),
            (Holder.NAMED.value, _l("The person it names")),
        ],
        default=Holder.BEARER.value,
        validators=[DataRequired(_l("Choose one of the two."))],
    )
    products = SelectMultipleField(_l("What it can be spent on"), coerce=_id, validate_choice=False)
    allows_difference = BooleanField(_l("Holders may choose something dearer and pay the difference themselves"))


class GiftSetForm(ForWhomForm):
    """Which gift set, for how many or for whom, and where it goes."""

    gift_set = RadioField(_l("Gift set"), coerce=int, validators=[DataRequired(_l("Choose a gift set."))])
    delivery = RadioField(
        _l("Where do they go?"),
        choices=[
            (Delivery.DIRECT.value, _l("Straight to the people of the list")),
            (Delivery.FIRM.value, _l("All to your firm")),
            (Delivery.BRANCHES.value, _l("To several branches")),
        ],
        default=Delivery.DIRECT.value,
        validators=[DataRequired(_l("Choose one of these."))],
    )


class BranchForm(Form):
    """A branch, and how many sets it gets."""

    address = FormField(AddressForm)
    quantity = IntegerField(
        _l("Sets for this branch"),
        validators=[InputRequired(_l("How many go there?")), NumberRange(1, MAX_CARDS, _l("At least one."))],
    )


def choose_form(currency: str, **known: Any) -> ChooseForm:
    """Return the form of a gift book with a budget in `currency`, filled with what is known."""

    class BudgetedChooseForm(ChooseForm):
        budget = _budget_field(currency)

    return BudgetedChooseForm(**known)


def value_form(currency: str, **known: Any) -> ValueForm:
    """Return the form of a shopping card and its budget in `currency`, filled with what is known."""

    class PricedValueForm(ValueForm):
        face = MoneyField(
            _l("Value of one card"), [InputRequired(_l("Write how much a card holds."))], currency=currency
        )
        budget = _budget_field(currency)

    return PricedValueForm(**known)


def set_form(currency: str, **known: Any) -> GiftSetForm:
    """Return the form of a gift set with a budget in `currency`, filled with what is known."""

    class BudgetedSetForm(GiftSetForm):
        budget = _budget_field(currency)

    return BudgetedSetForm(**known)


def _more_than_nothing(_form: Form, field: MoneyField) -> None:
    """Validator: an amount above zero. What is no amount was answered as it was read."""
    if field.data is not None and field.data <= 0:
        raise ValidationError(_l("This must be more than zero."))


def _budget_field(currency: str) -> MoneyField:
    return MoneyField(
        _l("Budget for the order"),
        [Optional(), _more_than_nothing],
        currency=currency,
        description=_l("If you have one: what is left of it is shown beside the total."),
    )


class ListForm(Form):
    """A file of recipients."""

    file = FileField(_l("Your list"), validators=[FileRequired(_l("Choose a file first."))])


class BrandForm(Form):
    """What the card says."""

    sender_name = StringField(
        _l("Who it is from"),
        validators=[DataRequired(_l("Write the name that the card is signed with.")), Length(max=60)],
    )
    card_locale = RadioField(_l("Language of the card"), choices=list(LOCALES.items()))
    headline = StringField(
        _l("Large words"),
        validators=[
            DataRequired(_l("Write a few large words, such as the name of the festival.")),
            Length(max=MAX_HEADLINE),
        ],
    )
    greeting = TextAreaField(
        _l("Your words to them"),
        validators=[DataRequired(_l("A gift deserves a few words.")), Length(max=MAX_GREETING)],
    )
    contact_line = StringField(_l("Contact line"), validators=[Length(max=80)])
    design = RadioField(_l("Design"))
    accent = StringField(_l("Colour"), validators=[DataRequired(_l("Choose a colour."))])
    lettering = RadioField(
        _l("Lettering of the large words"),
        choices=[(each.value, words) for each, words in branding.LETTERING_WORDS.items()],
    )
    occasion = SelectField(
        _l("Use our greeting for"),
        choices=[(each.value, _l(words)) for each, words in branding.OCCASION_WORDS.items()],
        validate_choice=False,
    )
    logo = FileField(_l("Logo"))
    which_logo = RadioField(_l("Which one"), coerce=_id)
    keep_logo = BooleanField(_l("Put our logo on the card"), default=True)
    valid_until = DateField(_l("Can be redeemed until"), validators=[Optional()])
    unredeemed = RadioField(
        _l("What nobody redeems in time"),
        choices=[(choice.value, _l(words)) for choice, words in UNREDEEMED_WORDS.items()],
        default=Unredeemed.KEEP.value,
    )
    fallback = SelectField(_l("Or send us a gift for each book that nobody redeems"), coerce=_id, validate_choice=False)
    is_surprise = BooleanField(_l("It is a surprise: send recipients no message before the parcel arrives"))


class DeliveryForm(Form):
    """Who takes in the printed cards, and whom the invoice names."""

    address = FormField(AddressForm)

    invoice_title = StringField(
        _l("Invoice title"), validators=[DataRequired(_l("Whom should the invoice name?")), Length(max=100)]
    )
    tax_number = StringField(_l("Tax number"), validators=[Length(max=30)])
    invoice_email = EmailField(
        _l("E-mail for the invoice"),
        validators=[Optional(), Email(_l("This does not look like an e-mail address.")), Length(max=200)],
    )


def wanted_with_an_hour(form: Form, field: DateField) -> None:
    """Validator: a day is wanted when e-cards are sent at an hour, and not looked at otherwise."""
    if form["when"].data != AT_AN_HOUR:
        field.errors = []
        raise StopValidation
    InputRequired(_l("Choose the day on which they are sent."))(form, field)


class SendingForm(Form):
    """When e-cards are sent; a part of the page that asks for the invoice."""

    when = RadioField(
        _l("When are they sent?"),
        choices=[(WHEN_PAID, _l("As soon as they are paid")), (AT_AN_HOUR, _l("On a day and at an hour"))],
        default=WHEN_PAID,
    )
    day = DateField(_l("Day"), validators=[wanted_with_an_hour])
    hour = ecards.hour_field()
    zone = ecards.zone_field()

    @property
    def moment(self) -> Moment | None:
        """What was chosen; None: as soon as they are paid."""
        if self.when.data != AT_AN_HOUR or self.day.data is None:
            return None
        return Moment(self.day.data, self.hour.data, self.zone.data)


class SetDeliveryForm(DeliveryForm):
    """The same for gift sets: `address` is taken away where they do not go to the firm; and when they leave."""

    not_before = DateField(_l("First day of sending"), validators=[Optional()])
    arrives_on = DateField(_l("All there by"), validators=[Optional()])


class RealNameForm(DeliveryForm):
    """The same, with who buys on the firm's behalf, where the market asks for a real name."""

    agent_name = StringField(
        _l("Who buys on your firm's behalf"),
        validators=[DataRequired(_l("Write the name as it appears on the identity document.")), Length(max=60)],
    )
    agent_document = StringField(
        _l("Number of the identity card"),
        validators=[DataRequired(_l("Write the number of the identity card.")), Length(max=30)],
        filters=[lambda text: (text or "").replace(" ", "").upper()],
    )

    def validate_agent_document(self, field: StringField) -> None:
        """The number's own check digit says whether it was mistyped."""
        if not is_identity_number(field.data or ""):
            raise ValidationError(_l("This is not an identity card number: check its 18 characters."))


class PlaceForm(Form):
    """The last look."""

    seen_total_minor = HiddenField()
    seen_proof = HiddenField()


class ChangesForm(Form):
    """What a firm wants changed on its card."""

    seen_proof = HiddenField()
    comment = TextAreaField(_l("What should be changed?"), validators=[Length(max=500)])


class SendBackForm(Form):
    """An approver's no."""

    reason = TextAreaField(_l("What should be changed?"), validators=[Length(max=500)])
