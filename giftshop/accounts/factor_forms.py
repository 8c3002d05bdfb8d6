"""What people fill in about their second factor."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length

from giftshop.accounts.rules import ResetReason
from giftshop.accounts.words import RESET_REASONS
from giftshop.web import Form


def code_field() -> StringField:
    """A code, of which any spelling is taken."""
    return StringField(_l("Verification code"), [DataRequired(_l("Enter the code."))])


class CodeForm(Form):
    """Show a code at the door."""

    code = code_field()


class AnswerForm(Form):
    """Show a passkey at the door. A script fills it in."""

    answer = HiddenField(validators=[DataRequired()])


class PasswordForm(Form):
    """Change something about the second factor."""

    password = PasswordField(_l("Your password"), [DataRequired(_l("Enter your password."))])


class AppForm(PasswordForm):
    """Confirm that an app shows the right codes."""

    code = code_field()


class PasskeyForm(PasswordForm):
    """Add a passkey: say who one is, and what to call it."""

    name = StringField(
        _l("Name of the passkey"),
        [DataRequired(_l("Enter a name.")), Length(max=60, message=_l("Use at most %(max)d characters."))],
        filters=[lambda typed: typed.strip() if typed else typed],
        description=_l("What you will know it by, such as “My phone”."),
    )


class MadePasskeyForm(AnswerForm):
    """Keep the passkey that the browser made. A script fills it in."""

    name = HiddenField(validators=[DataRequired(), Length(max=60)])


class ResetForm(Form):
    """Take a colleague's second factor away."""

    reason = SelectField(
        _l("Why"),
        choices=[SelectChoice(reason.value, _l(words)) for reason, words in RESET_REASONS.items()],
        default=ResetReason.LOST.value,
    )
