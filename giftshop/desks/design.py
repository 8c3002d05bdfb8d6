"""Every piece that pages and mails are made of, side by side in all languages: for whoever builds the next page."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Final

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired

from giftshop.kernel import clock
from giftshop.kernel.errors import Missing
from giftshop.kernel.locale import LOCALES
from giftshop.listing import Chip, Control, Heading
from giftshop.notifications import MAIL_POLICY, Letterhead, painter, samples_of
from giftshop.web import Form, Piece, allow, current_shop, in_locale, staff
from giftshop.web.home import Task, emphasised

bp = Blueprint("design", __name__)
COLOURS: Final = re.compile(r"^  (--[a-z-]+): #", re.MULTILINE)
"""In the tokens: names of colours."""


class SampleForm(Form):
    """One field of each kind."""

    name = StringField(_l("Name"), [InputRequired()])
    email = EmailField(_l("E-mail address"))
    password = PasswordField(_l("Password"), [InputRequired()])
    greeting = TextAreaField(_l("Greeting"))
    day = DateField(_l("Date"))
    language = SelectField(_l("Language"), choices=[SelectChoice(*pair) for pair in LOCALES.items()])
    mode = RadioField(_l("Gift book"), choices=[SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))])
    agreed = BooleanField(_l("Yes"))
    gift = StringField(_l("Choose your gift"))


@bp.get("/design")
@allow(staff())
def show() -> ResponseReturnValue:
    """The whole box of pieces."""
    tokens = Path(current_shop().static_folder or "", "css/tokens.css").read_text(encoding="utf-8")
    colours = list(dict.fromkeys(COLOURS.findall(tokens)))
    pieces = {code: _pieces(code) for code in LOCALES}
    return render_template("desks/design.html", colours=colours, pieces=pieces)


@bp.get("/design/letters")
@allow(staff())
def letters() -> ResponseReturnValue:
    """Every letter that the site writes, in every language: as text, and as a mail programme shows it."""
    shown = {name: {code: _written(name, code) for code in LOCALES} for name in sorted(samples_of(current_shop()))}
    return render_template("desks/letters.html", letters=shown)


@bp.get("/design/letters/<name>/<locale>")
@allow(staff())
def letter(name: str, locale: str) -> ResponseReturnValue:
    """One letter with made-up facts, as a mail programme shows it."""
    if locale not in LOCALES or name not in samples_of(current_shop()):
        raise Missing
    subject, text = _written(name, locale)
    if not subject:
        raise Missing
    return _as_mail(subject, text, locale)


@bp.get("/design/mail/<locale>")
@allow(staff())
def mail(locale: str) -> ResponseReturnValue:
    """A mail with all that a mail can have."""
    if locale not in LOCALES:
        raise Missing
    shop = current_shop()
    with in_locale(locale):
        subject, link = _("Your gift is on its way"), f"{shop.settings.public_url}/contact"
        words = [_("Follow it here:"), link, _("Your code"), "482 913", f"- {_('Name')}\n- {_('Date')}"]
    return _as_mail(subject, "\n\n".join(words), locale)


def _written(name: str, locale: str) -> tuple[str, str]:
    with in_locale(locale):
        return samples_of(current_shop())[name]()


def _as_mail(subject: str, text: str, locale: str) -> Response:
    shop = current_shop()
    response = Response(painter(shop.jinja_env, Letterhead.of(shop.settings))(subject, text, locale))
    response.headers["Content-Security-Policy"] = MAIL_POLICY
    return response


def _sample_list() -> SimpleNamespace:
    """Return what a page is given of a list, without a list."""
    label = _("Sort by %(column)s, ascending", column=_("Date"))
    return SimpleNamespace(
        is_empty=False,
        carried=[],
        controls=[Control("words", _("Name"), "q", ""), Control("days", _("Date"), "day", "")],
        sorts=[("day", _("Date"), True)],
        matching=_("%(number)s in all", number=2),
        chips=[Chip("欧阳", "#"), Chip("Zoë", "#")],
        plain_url="#",
        files=[("CSV", "#"), ("XLSX", "#")],
        headings=[
            Heading(_("Name"), ""),
            Heading(_("Date"), "", "#", label, "descending"),
            Heading(_("Quantity"), "number", "#", label),
        ],
        first_url="#",
        next_url="#",
    )


def _pieces(locale: str) -> Markup:
    """Return the pieces in one language; their ids are that language's own."""
    with in_locale(locale):
        form = SampleForm(formdata=None, prefix=f"{locale}-")
        form.email.errors = [_("This is not an e-mail address.")]
        shown = {"form": form, "sample_list": _sample_list(), "samples": _samples()}
        return Markup(render_template("desks/_pieces.html", **shown))  # noqa: S704 -- our own template, escaped there


def _samples() -> list[Task]:
    """Return work that waits, as a home page has it."""
    order = Piece("O-1234-567-890", "#", _("Gift book"), clock.now() - timedelta(days=3), done=(640, 1200))
    words = _("%(chosen)s of %(total)s", chosen=3, total=4)
    return [
        Task(emphasised(words), "#", "gift", is_pressing=True, first=[order]),
        Task(emphasised(words), "#", "truck", is_pressing=False, first=()),
    ]
