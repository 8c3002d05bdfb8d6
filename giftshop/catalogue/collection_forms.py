"""What staff fill in about the collections of the shop."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from giftshop.catalogue.forms import NAME
from giftshop.catalogue.models import Collection
from giftshop.catalogue.rules import CollectionFacts, CollectionKind
from giftshop.catalogue.words import COLLECTION_KINDS
from giftshop.web import Form, WholeNumberField
from giftshop.web.forms import typed

LINE = [Length(max=160, message=_l("Use at most %(max)d characters."))]


class CollectionForm(Form):
    """A tag that the shop shows."""

    name_en = StringField(_l("Name in English"), NAME)
    name_zh_Hans = StringField(_l("Name in Chinese"), NAME)  # noqa: N815 -- ends in the locale
    text_en = StringField(_l("A line about it in English"), LINE)
    text_zh_Hans = StringField(_l("A line about it in Chinese"), LINE)  # noqa: N815
    kind = RadioField(
        _l("Progress"),
        choices=[(kind.value, _l(words)) for kind, words in COLLECTION_KINDS.items()],
        default=CollectionKind.OCCASION.value,
    )
    position = WholeNumberField(
        _l("Its place there"),
        [InputRequired(_l("Write a whole number.")), NumberRange(1, 999, _l("Between %(min)s and %(max)s."))],
        default=1,
        description=_l("1 comes first."),
    )
    tag = StringField(
        _l("Tag"),
        [InputRequired(_l("Write a tag.")), Length(max=60, message=_l("Use at most %(max)d characters."))],
        description=_l("Every item on offer that has this tag is in the collection. Stands in the address."),
    )
    also = StringField(
        _l("What else people look for"),
        [Length(max=300, message=_l("Use at most %(max)d characters."))],
        description=_l("Other words for it, with spaces between. The search finds its gifts by them."),
    )
    picture = HiddenField()
    photograph = FileField(_l("Picture"), description=_l("Without one, it shows its newest gift."))


def collection_form(known: Collection | None = None) -> CollectionForm:
    """Return the form of a collection, filled with what is known of it."""
    if known is None:
        return CollectionForm()
    return CollectionForm(
        data={
            "name_en": known.names.get("en", ""),
            "name_zh_Hans": known.names.get("zh_Hans", ""),
            "text_en": known.texts.get("en", ""),
            "text_zh_Hans": known.texts.get("zh_Hans", ""),
            "kind": known.kind.value,
            "position": known.position,
            "tag": known.tag,
            "also": known.also,
            "picture": known.picture or "",
        }
    )


def collection_facts_in(form: CollectionForm) -> CollectionFacts:
    """Return what was filled in about a collection."""
    return CollectionFacts(
        tag=typed(form.tag),
        kind=CollectionKind(form.kind.data),
        names={"en": typed(form.name_en), "zh_Hans": typed(form.name_zh_Hans)},
        texts={"en": typed(form.text_en), "zh_Hans": typed(form.text_zh_Hans)},
        also=typed(form.also),
        picture=typed(form.picture) or None,
        position=form.position.data or 1,
    )
