"""The forms of the brand kit."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from giftshop.branding.kits import Look
from giftshop.branding.occasions import MAX_HEADLINE, MAX_MESSAGE
from giftshop.branding.rules import MAX_CONTACT
from giftshop.kernel.locale import LOCALES
from giftshop.paper import Lettering
from giftshop.web import Form
from giftshop.web.forms import typed

LETTERING_WORDS = {
    Lettering.SERIF: _l("With serifs: classic and warm"),
    Lettering.SANS: _l("Without serifs: clear and modern"),
}


class LookForm(Form):
    """Colour, lettering and contact line."""

    accent = StringField(_l("Your colour"), [DataRequired(_l("Choose a colour."))])
    lettering = RadioField(
        _l("Lettering of the large words"),
        choices=[(each.value, words) for each, words in LETTERING_WORDS.items()],
        default=Lettering.SERIF.value,
    )
    contact_line = StringField(_l("Contact line"), [Length(max=MAX_CONTACT)])
    seen = HiddenField(default="0")

    @property
    def look(self) -> Look:
        """What was chosen."""
        return Look(typed(self.accent), Lettering(self.lettering.data), typed(self.contact_line))

    @property
    def seen_version(self) -> int:
        """The version that was shown; one that never was, where nonsense was sent."""
        text = typed(self.seen)
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else -1


class LogoForm(Form):
    """Another logo."""

    logo = FileField(_l("Upload a logo"), [FileRequired(_l("Choose a file first."))])


def greeting_form(**known: str) -> Form:
    """Return a form with large words and a message in each language, filled with what is known."""
    fields: dict[str, object] = {}
    for locale in LOCALES:
        fields[f"headline_{locale}"] = StringField(_l("Large words"), [Length(max=MAX_HEADLINE)])
        fields[f"message_{locale}"] = TextAreaField(_l("Message"), [Length(max=MAX_MESSAGE)])
    return type("GreetingForm", (Form,), fields)(**known)  # type: ignore[no-any-return]
