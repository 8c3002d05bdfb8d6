"""What people fill in about themselves, their firm and their colleagues."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField, SelectField, SelectMultipleField, StringField, TelField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Email, Length, Optional, Regexp, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from giftshop.accounts.rules import FirmKind, Role
from giftshop.accounts.words import FIRM_KINDS, role_words
from giftshop.kernel.locale import LOCALES
from giftshop.web import Form, MoneyField
from giftshop.web.forms import not_negative

NAME = [DataRequired(_l("Enter a name.")), Length(max=100, message=_l("Use at most %(max)d characters."))]
LANGUAGES = [SelectChoice(code, name) for code, name in LOCALES.items()]


def email_field() -> EmailField:
    """An e-mail address that must be one."""
    checks = [
        DataRequired(_l("Enter an e-mail address.")),
        Length(max=254, message=_l("Use at most %(max)d characters.")),
        Email(_l("Enter an e-mail address such as li.mei@example.com.")),
    ]
    return EmailField(_l("E-mail address"), checks, filters=[_trimmed])


def _trimmed(typed: str | None) -> str | None:
    return typed.strip() if typed else typed


class SignInForm(Form):
    """Come in."""

    email = EmailField(_l("E-mail address"), [DataRequired(_l("Enter your e-mail address."))], filters=[_trimmed])
    password = PasswordField(_l("Password"), [DataRequired(_l("Enter your password."))])


class ForgottenForm(Form):
    """Ask for a link."""

    email = email_field()


class NewPasswordForm(Form):
    """Choose another password."""

    password = PasswordField(_l("New password"), [DataRequired(_l("Choose a password."))])


class InvitationForm(NewPasswordForm):
    """Begin."""

    name = StringField(_l("Your name"), NAME, filters=[_trimmed])


class ChangePasswordForm(NewPasswordForm):
    """Change the password one knows."""

    current = PasswordField(_l("Current password"), [DataRequired(_l("Enter your current password."))])


class ProfileForm(Form):
    """What a person keeps of themselves."""

    name = StringField(_l("Your name"), NAME, filters=[_trimmed])
    phone = TelField(
        _l("Phone"),
        [
            Optional(),
            Length(max=40, message=_l("Use at most %(max)d characters.")),
            Regexp(r"^[+0-9][0-9 ()./-]*$", message=_l("Use digits, spaces and hyphens, such as 138 0013 8000.")),
        ],
        filters=[_trimmed],
    )
    locale = SelectField(_l("Language"), choices=LANGUAGES)


class FirmForm(Form):
    """What a firm keeps of itself."""

    name = StringField(
        _l("Name of the firm"),
        NAME,
        filters=[_trimmed],
        description=_l("As it should appear on the gift books."),
    )
    invoice_title = StringField(
        _l("Invoice title"), [Length(max=200, message=_l("Use at most %(max)d characters."))], filters=[_trimmed]
    )
    tax_number = StringField(
        _l("Tax number"),
        [
            Optional(),
            Regexp(r"^[0-9A-Za-z-]{5,30}$", message=_l("A tax number has 5 to 30 digits and letters.")),
        ],
        filters=[_trimmed],
        description=_l("In mainland China: the 18 characters of the unified social credit code."),
    )
    contact_line = TextAreaField(
        _l("Contact line"),
        [Length(max=120, message=_l("Use at most %(max)d characters."))],
        filters=[_trimmed],
        description=_l("Whom recipients may ask at your firm. Printed under the greeting."),
    )
    locale = SelectField(
        _l("Language"), choices=LANGUAGES, description=_l("New people of the firm are first written to in it.")
    )


class Ticks(SelectMultipleField):
    """Several of a few, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AtLeastOne:
    """Validator: refuse no tick at all."""

    field_flags: ClassVar = {"required": True}

    def __call__(self, _form: Form, field: Any) -> None:
        """Look at the ticks."""
        if not field.data:
            raise StopValidation(_l("Choose at least one role."))


class DutiesForm(Form):
    """What a person may do."""

    roles = Ticks(_l("Roles"), [AtLeastOne()])

    @classmethod
    def for_people_of(cls, firm_id: int | None, currency: str, **kwargs: Any) -> DutiesForm:
        """Return the form with the roles of this side and, for members, the limit in the firm's `currency`."""

        class Bound(cls):  # type: ignore[misc, valid-type]  # WTForms reads its fields off the class
            if firm_id is not None:
                order_limit_minor = MoneyField(
                    _l("May order without approval up to"),
                    [not_negative],
                    currency=currency,
                    description=_l(
                        "For buyers. An order above this amount waits for an approver; leave it empty for no limit."
                    ),
                )

        form = Bound(**kwargs)
        form.roles.choices = [
            SelectChoice(role.value, gettext(label)) for role, (label, _line) in role_words(firm_id).items()
        ]
        return form

    @property
    def limit(self) -> int | None:
        """The limit in minor units; None for no limit, and for staff."""
        amount: int | None = self.order_limit_minor.data if "order_limit_minor" in self else None
        return amount


class InviteForm(DutiesForm):
    """Invite somebody."""

    name = StringField(_l("Name"), NAME, filters=[_trimmed])
    email = email_field()
    locale = SelectField(_l("Language of the invitation"), choices=LANGUAGES)


class FirmAtDeskForm(FirmForm):
    """A firm as the operator keeps it: with what it is, which the firm itself does not decide."""

    kind = SelectField(
        _l("What it is"),
        choices=[SelectChoice(kind.value, _l(words)) for kind, words in FIRM_KINDS.items()],
        default=FirmKind.COMPANY.value,
    )


class NewFirmForm(FirmAtDeskForm):
    """Take on a firm, with its first administrator."""

    currency = SelectField(_l("Currency"), choices=[SelectChoice(code) for code in ("CNY", "HKD", "USD", "EUR")])
    administrator_name = StringField(_l("Name"), NAME, filters=[_trimmed])
    administrator_email = email_field()


def roles_chosen(form: DutiesForm, firm_id: int | None) -> frozenset[Role]:
    """Return the roles that were ticked."""
    return frozenset(role for role in role_words(firm_id) if role.value in (form.roles.data or []))
