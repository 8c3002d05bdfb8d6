"""What an agent fills in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, RadioField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, ValidationError

from giftshop.hotline.rules import BLOCKED_BY_HOTLINE, LONGEST_NOTE, Outcome, has_a_code
from giftshop.hotline.words import OUTCOME_WORDS, REASON_WORDS
from giftshop.kernel.locale import LOCALES
from giftshop.redemption import LONGEST_NOTE as LONGEST_REPORT
from giftshop.redemption import ProblemForm
from giftshop.web import Form


def without_code(_form: Form, field: TextAreaField) -> None:
    """Validator: no redeem code stands in it; one that does is not shown again."""
    if has_a_code(field.data or ""):
        field.data = ""
        raise ValidationError(_l("There was a code in it. Write it once more, without the code."))


class FindForm(Form):
    """Whatever the caller can name."""

    said = StringField(
        _l("Find the card"),
        description=_l("Serial number, the receiver's whole phone number, order number, parcel or tracking number."),
    )
    narrowed = StringField(_l("Name on the card, or its last four"))
    """Of an order's cards."""


class PickForm(FindForm):
    """One of what was found: the same words once more, and which."""

    card_id = HiddenField()

    @property
    def wanted(self) -> int:
        """The card that was picked; 0, which none is, for anything else."""
        text = self.card_id.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


class HeardForm(Form):
    """The code, as the caller reads it out. Never filled in again: a password's widget shows nothing of it."""

    code = PasswordField(
        _l("Code, as the caller reads it out"),
        description=_l("Four groups of four. Nobody sees it again, not even here."),
    )


class LanguageForm(Form):
    """The caller's language."""

    locale = RadioField(_l("Read to the caller in"), choices=list(LOCALES.items()))
    back = HiddenField()
    """Where the agent was reading: "check", or which of the card's redemptions; else the call's own page."""

    @property
    def nth(self) -> int:
        """Which redemption was read out; 0 for none."""
        text = self.back.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0


class BlockForm(Form):
    """Why a card is stopped."""

    reason = RadioField(
        _l("Why is it blocked?"),
        [AnyOf([reason.value for reason in BLOCKED_BY_HOTLINE], message=_l("Choose why."))],
        validate_choice=False,
        choices=[(reason.value, _l(REASON_WORDS[reason])) for reason in BLOCKED_BY_HOTLINE],
    )


class ReportForm(ProblemForm):
    """What a caller says is wrong, in the agent's words."""

    note = TextAreaField(
        _l("What happened?"),
        [
            without_code,
            DataRequired(_l("Write what happened.")),
            Length(max=LONGEST_REPORT, message=_l("Please use at most %(max)d characters.")),
        ],
        id="problem-note",  # on one page with the note about the call
    )


class EndForm(Form):
    """Goodbye."""

    outcome = RadioField(
        _l("What was the outcome?"),
        [AnyOf(list(Outcome), message=_l("Choose the outcome of the call."))],
        validate_choice=False,
        choices=[(outcome.value, _l(words)) for outcome, words in OUTCOME_WORDS.items()],
    )
    note = TextAreaField(
        _l("Note"),
        [without_code, Length(max=LONGEST_NOTE, message=_l("Please use at most %(max)d characters."))],
        description=_l("For colleagues, without names, numbers or codes."),
    )


class BeginForm(Form):
    """Taking a call."""

    locale = RadioField(_l("The caller speaks"), [InputRequired()], choices=list(LOCALES.items()))
