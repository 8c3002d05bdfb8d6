"""Forms: WTForms with our CSRF token, a request key, and refusals shown at their field."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from decimal import Decimal
from functools import cache
from typing import Any

from babel.numbers import get_currency_precision
from babel.support import Translations
from flask import g, request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Field, FileField, HiddenField, IntegerField, StringField
from wtforms.form import BaseForm
from wtforms.i18n import messages_path
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from giftshop.kernel.errors import DomainError
from giftshop.kernel.money import MAX_MINOR
from giftshop.web.filters import say
from giftshop.web.guard import actor
from giftshop.web.idempotency import KeyMissing, Once
from giftshop.web.languages import current_locale, is_switching


def new_request_key() -> str:
    """Return a fresh key for a form that moves money or goods."""
    return secrets.token_urlsafe(16)


class _WordsOfWtforms:
    """What WTForms says by itself, in one language."""

    def __init__(self, locale: str) -> None:
        words = Translations.load(messages_path(), [locale], domain="wtforms")
        self.gettext, self.ngettext = words.ugettext, words.ungettext


@cache
def _words_of_wtforms(locale: str) -> _WordsOfWtforms:
    return _WordsOfWtforms(locale)


class Form(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """What every form of ours is declared from."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """How what was sent reaches the fields, and which words WTForms itself uses."""

        csrf = False
        """`CSRFProtect` stands before every route and has looked at the token; a form would only sign another one."""

        def get_translations(self, _form: BaseForm) -> _WordsOfWtforms:
            """Return the words of this request's language: flask-wtf would read its catalogue anew for each request."""
            return _words_of_wtforms(current_locale())

        def wrap_formdata(self, form: BaseForm, formdata: Any) -> MultiDict[str, Any] | None:
            """Give text to the fields and files to the file fields; never a file to a field that takes text.

            What is no form (JSON, say) is as if nothing had been sent: its values could be anything but text.
            """
            if formdata is None or isinstance(formdata, MultiDict):
                return formdata
            files = {name: request.files.getlist(name) for name, field in form._fields.items() if _takes_files(field)}
            sent: MultiDict[str, Any] = CombinedMultiDict([MultiDict(files), request.form])
            return sent if request.method in {"POST", "PUT", "PATCH", "DELETE"} and sent else None

    request_key = HiddenField(default=new_request_key)

    def __init__(self, *args: Any, within: str = "", **kwargs: Any) -> None:
        """Fill the form as WTForms does. `within` sets ids apart where a page has fields of the same name."""
        super().__init__(*args, **kwargs)
        if within:
            for field in self:
                field.id = field.label.field_id = f"{within}-{field.id}"

    def once(self) -> Once:
        """Return the key this form was sent under, and the fingerprint of what was sent. Raises KeyMissing."""
        sent = hashlib.sha256(request.path.encode())
        for name in sorted(request.form):
            if name not in {"csrf_token", "request_key"}:
                sent.update(repr((name, request.form.getlist(name))).encode())
        for name in sorted(request.files):
            for upload in request.files.getlist(name):
                sent.update(repr((name, upload.filename)).encode() + hashlib.sha256(upload.stream.read()).digest())
                upload.stream.seek(0)
        who = actor()
        key = (self.request_key.data or "")[:64]
        if not key:
            raise KeyMissing
        return Once(f"{who.kind}:{who.id or 0}/{key}", sent.hexdigest())

    def validate(self, extra_validators: Any = None) -> bool:
        """Return whether what was sent can be taken. If not, the page says so in its title.

        What was sent to see it in another language is not taken, and there is nothing wrong with it.
        """
        if is_switching():
            return False
        is_sound = bool(super().validate(extra_validators))
        _note(refused=not is_sound)
        return is_sound

    def refuse(self, error: DomainError) -> None:
        """Show a command's refusal at the field it names, or above the form."""
        _note(refused=True)
        field = self[error.field] if error.field and error.field in self else None
        if field is None:
            self.form_errors.append(say(error))
        else:
            field.errors = [*field.errors, say(error)]

    @property
    def has_errors(self) -> bool:
        """Whether something was refused."""
        return bool(self.form_errors) or any(field.errors for field in self)


def _note(*, refused: bool) -> None:
    """Remember for the title of this answer that something sent was refused."""
    if refused and request.method == "POST":
        g.was_refused = True


def _takes_files(field: Field) -> bool:
    return isinstance(field, FileField)


def typed(field: Field) -> str:
    """Return what was typed into a text field; an empty string when nothing was."""
    return str(field.data or "")


class MoneyField(StringField):
    """An amount typed in major units ("1,288.50"), kept in minor units of `currency`."""

    widget = TextInput()

    def __init__(self, label: Any = None, validators: list[Any] | None = None, *, currency: str, **kwargs: Any):
        super().__init__(label, validators, **kwargs)
        self.currency = currency

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if self.data is None:
            return ""
        places = get_currency_precision(self.currency)
        return f"{Decimal(self.data).scaleb(-places):.{places}f}"

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; an empty field is None."""
        self.data: int | None = None  # type: ignore[assignment]  # the text field's type is str
        text = (valuelist[0] if valuelist else "").strip().replace(",", "").replace("，", "").lstrip("¥￥$€")
        if not text:
            self.raw_data = [""]  # spaces are nothing typed, also to whoever asks whether something was
            return
        try:
            amount = Decimal(text).scaleb(get_currency_precision(self.currency))
        except ArithmeticError:  # no number, or one beyond all measure
            raise ValueError(_l("Write an amount such as 128.50.")) from None
        if not amount.is_finite() or amount != amount.to_integral_value() or abs(amount) > MAX_MINOR:
            raise ValueError(_l("Write an amount such as 128.50."))
        self.data = int(amount)


class WholeNumberField(IntegerField):
    """A whole number, not below zero and not beyond what the database holds; an empty field is None."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed, also with separators of thousands."""
        self.data = None
        text = unicodedata.normalize("NFKC", valuelist[0] if valuelist else "").strip().replace(",", "")
        if not text:
            self.raw_data = [""]
            return
        if not text.removeprefix("-").isascii() or not text.removeprefix("-").isdigit() or len(text) > 15:
            raise ValueError(_l("Write a whole number."))
        self.data = int(text)


def not_negative(_form: Form, field: Field) -> None:
    """Validator: refuse an amount below zero."""
    if field.data is not None and field.data < 0:
        raise ValidationError(_l("This cannot be below zero."))
