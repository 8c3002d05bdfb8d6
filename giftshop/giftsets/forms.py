"""What a buyer fills in while putting a set together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from giftshop.giftsets.models import GiftSet
from giftshop.giftsets.rules import MAX_GREETING, MAX_HEADLINE, MAX_NAME, MAX_OF_ONE, MAX_PLANNED, MAX_TEXT
from giftshop.giftsets.service import Artwork, Wishes
from giftshop.web import Form, MoneyField, WholeNumberField
from giftshop.web.forms import typed

WORDS: Final = "words"
"""Chosen instead of a logo: what is put on are words."""


class NameForm(Form):
    """The name of a new set."""

    name = StringField(
        _l("Name of the set"),
        [DataRequired(_l("Give the set a name.")), Length(max=MAX_NAME)],
        description=_l("For yourselves, such as: Mid-Autumn 2026, key clients."),
    )


class BuilderForm(NameForm):
    """What does not depend on the set's contents. Quantities, packaging and decorations are read by `wishes_in`."""

    quantity = WholeNumberField(
        _l("For how many people?"),
        [
            InputRequired(_l("For how many is it meant?")),
            NumberRange(1, MAX_PLANNED, _l("Between %(min)s and %(max)s.")),
        ],
        description=_l("The total shown is for this number. You can still change it when you order."),
    )
    version = HiddenField()
    """Of the set as it was shown."""
    has_card = BooleanField(_l("With a printed greeting card"))
    headline = StringField(_l("Large words"), [Length(max=MAX_HEADLINE)])
    greeting = TextAreaField(_l("Your words to them"), [Length(max=MAX_GREETING)])


class LogoForm(Form):
    """Another logo to put on."""

    logo = FileField(
        _l("Upload a logo"),
        [FileRequired(_l("Choose a file first."))],
        description=_l("PNG, JPEG or SVG, 12 MB at most. SVG prints sharpest."),
    )


def builder_form(known: GiftSet) -> BuilderForm:
    """Return the form of a set, filled with what is known of it."""

    class WithBudget(BuilderForm):
        budget = MoneyField(
            _l("Budget for each person"),
            [Optional(), NumberRange(min=1, message=_l("Write an amount such as 128.50."))],
            currency=known.currency,
            description=_l("If you have one: what is left of it is shown beside the total."),
        )

    same = {name: getattr(known, name) for name in ("name", "has_card", "headline", "greeting", "version")}
    return WithBudget(data={**same, "quantity": known.planned, "budget": known.budget_minor})


def seen_version(form: BuilderForm) -> int | None:
    """Return the version that was on the page; None where none was sent."""
    return _whole(str(form.version.data or "")) or None


def wishes_in(form: BuilderForm, sent: MultiDict[str, str]) -> Wishes:
    """Return everything that was chosen. A number that no page of ours sends counts as not chosen."""
    quantities = {
        item_id: _whole(sent[name], MAX_OF_ONE)
        for name, item_id in _numbered(sent, "item-")
        if sent[name].strip()  # an emptied box is a slip, not a wish to take it out
    }
    return Wishes(
        name=typed(form.name)[:MAX_NAME],
        quantities=quantities,
        packaging_id=_whole(sent.get("packaging", "")) or None,
        crafts={
            place: _artwork(sent, place) for place in (_whole(each) for each in sent.getlist("decorations")) if place
        },
        has_card=bool(form.has_card.data),
        headline=typed(form.headline)[:MAX_HEADLINE],
        greeting=typed(form.greeting).replace("\r\n", "\n")[:MAX_GREETING],
        planned=form.quantity.data or 1,
        budget_minor=form["budget"].data if "budget" in form else None,
    )


def _artwork(sent: Mapping[str, str], place: int) -> Artwork:
    logo_id = _whole(sent.get(f"art-{place}", ""))
    return Artwork(logo_id) if logo_id else Artwork(text=sent.get(f"text-{place}", "").strip()[:MAX_TEXT])


def _numbered(sent: Iterable[str], prefix: str) -> list[tuple[str, int]]:
    named = [(name, _whole(name.removeprefix(prefix))) for name in sent if name.startswith(prefix)]
    return [(name, number) for name, number in named if number]


def _whole(text: str, most: int = 10**12) -> int:
    plain = text.strip()
    return min(int(plain), most) if plain.isascii() and plain.isdecimal() and len(plain) < 13 else 0
