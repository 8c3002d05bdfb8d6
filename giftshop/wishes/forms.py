"""What is typed on the pages of lists, and by their readers."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from giftshop.kernel.locale import LOCALES
from giftshop.web import Form, WholeNumberField
from giftshop.web.forms import typed
from giftshop.wishes.rules import LINK_DAYS, MAX_NAME, MAX_OF_ONE, MAX_PEOPLE, MAX_WORDS, Verdict
from giftshop.wishes.service import Wanted
from giftshop.wishes.sharing import Said, Showing


class NewListForm(Form):
    """A new list."""

    name = StringField(
        _l("Name of the list"),
        [DataRequired(_l("Give the list a name.")), Length(max=MAX_NAME)],
        description=_l("For example: Mid-Autumn, key clients."),
    )
    with_favourites = BooleanField(_l("Begin with my favourites"))


class ListForm(Form):
    """The head of a list; its gifts are read by `wanted_in`."""

    name = StringField(_l("Name of the list"), [DataRequired(_l("Give the list a name.")), Length(max=MAX_NAME)])
    people = WholeNumberField(
        _l("For how many people?"),
        [
            InputRequired(_l("For how many is it meant?")),
            NumberRange(1, MAX_PEOPLE, _l("Between %(min)s and %(max)s.")),
        ],
    )


class ShareForm(Form):
    """How a list is shown to somebody."""

    with_prices = BooleanField(_l("With prices"))
    locale = RadioField(
        _l("Language"),
        choices=[SelectChoice("", _l("As their browser asks")), *(SelectChoice(*pair) for pair in LOCALES.items())],
        default="",
    )
    days = RadioField(
        _l("Can be opened for"),
        choices=[SelectChoice(str(days), _l("%(days)s days", days=days)) for days in LINK_DAYS],
        default=str(LINK_DAYS[1]),
    )

    def showing(self) -> Showing:
        """Return what was chosen."""
        return Showing(bool(self.with_prices.data), str(self.locale.data or ""), int(self.days.data))


class AnswerForm(Form):
    """Who answers; what they say of each gift is read by `said_in`."""

    name = StringField(
        _l("Your name"),
        [DataRequired(_l("Please write your name, so that they know whose opinion this is.")), Length(max=MAX_NAME)],
    )
    words = TextAreaField(_l("Anything else?"), [Length(max=MAX_WORDS)])


def wanted_in(form: ListForm, sent: MultiDict[str, str]) -> Wanted:
    """Return everything that was typed on a list's page. A number that no page of ours sends counts as not typed."""
    quantities = {item_id: _whole(sent[name]) for name, item_id in _numbered(sent, "quantity-")}
    return Wanted(
        name=typed(form.name)[:MAX_NAME],
        people=form.people.data or 1,
        quantities={item_id: min(number, MAX_OF_ONE) for item_id, number in quantities.items() if number},
        notes={item_id: _words(sent[name]) for name, item_id in _numbered(sent, "note-")},
        order=[number for number in map(_whole, sent.getlist("order")[:200]) if number],
    )


def said_in(sent: MultiDict[str, str]) -> dict[int, Said]:
    """Return what a reader said of each gift, by its id."""
    verdicts = {item_id: sent[name] for name, item_id in _numbered(sent, "verdict-")}
    words = {item_id: _words(sent[name]).strip() for name, item_id in _numbered(sent, "words-")}
    return {
        item_id: Said(_verdict(verdicts.get(item_id, "")), words.get(item_id, ""))
        for item_id in verdicts.keys() | words.keys()
    }


def whole_in(sent: Mapping[str, str], name: str) -> int | None:
    """Return the whole number that stands under `name`, or None."""
    return _whole(sent.get(name, "")) or None


def _verdict(text: str) -> Verdict | None:
    return Verdict(text) if text in set(Verdict) else None


def _words(text: str) -> str:
    return text.replace("\r\n", "\n")[:MAX_WORDS]


def _numbered(sent: MultiDict[str, str], prefix: str) -> list[tuple[str, int]]:
    named = [(name, _whole(name.removeprefix(prefix))) for name in list(sent)[:1000] if name.startswith(prefix)]
    return [(name, number) for name, number in named if number]


def _whole(text: str) -> int:
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 13 else 0
