"""What staff fill in about packaging, decorations, and what may not lie in one parcel."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from giftshop.catalogue.forms import NAME
from giftshop.catalogue.models import Decoration, Packaging
from giftshop.catalogue.rules import DecorationFacts, DecorationKind, PackagingFacts, PackagingKind
from giftshop.catalogue.words import DECORATION_KINDS, PACKAGING_KINDS
from giftshop.kernel.money import Money
from giftshop.web import Form, MoneyField, WholeNumberField
from giftshop.web.forms import typed

MOST_GRAMS = 1_000_000
MOST_MM = 2_000


def _grams(label: str) -> WholeNumberField:
    return WholeNumberField(
        label,
        [InputRequired(_l("Write a whole number.")), NumberRange(0, MOST_GRAMS, _l("Between 0 and %(max)s."))],
    )


def _millimetres(label: str) -> WholeNumberField:
    between = NumberRange(1, MOST_MM, _l("Between %(min)s and %(max)s."))
    return WholeNumberField(label, [InputRequired(_l("Write a whole number.")), between])


class PackagingForm(Form):
    """A box, bag or wrapping."""

    name_en = StringField(_l("Name in English"), NAME)
    name_zh_Hans = StringField(_l("Name in Chinese"), NAME)  # noqa: N815 -- ends in the locale
    kind = RadioField(
        _l("Kind"),
        choices=[(kind.value, _l(words)) for kind, words in PACKAGING_KINDS.items()],
        default=PackagingKind.BOX.value,
    )
    code = StringField(_l("Barcode"), [InputRequired(_l("Write a code."))], description=_l("What the packer scans."))
    weight_g = _grams(_l("Its own weight in grams"))
    holds_g = _grams(_l("Holds at most, in grams"))
    is_active = BooleanField(_l("Offered to firms"), default=True)
    picture = HiddenField()
    photograph = FileField(_l("Picture"), description=_l("PNG, JPEG or WebP, square if you can, at least 800 pixels."))


def packaging_form(currency: str, known: Packaging | None = None) -> PackagingForm:
    """Return the form of a packaging priced in `currency`, filled with what is known of it."""

    class PricedPackagingForm(PackagingForm):
        price = MoneyField(_l("Price"), [InputRequired(_l("Write a price."))], currency=currency)

    if known is None:
        return PricedPackagingForm()
    same = ("code", "weight_g", "holds_g", "is_active")
    values: dict[str, object] = {name: getattr(known, name) for name in same}
    names = {"name_en": known.names.get("en", ""), "name_zh_Hans": known.names.get("zh_Hans", "")}
    more = {"kind": known.kind.value, "picture": known.picture or "", "price": known.price_minor}
    return PricedPackagingForm(data={**values, **names, **more})


def packaging_facts_in(form: PackagingForm, currency: str) -> PackagingFacts:
    """Return what was filled in about a packaging."""
    return PackagingFacts(
        code=typed(form.code),
        kind=PackagingKind(form.kind.data),
        names={"en": typed(form.name_en), "zh_Hans": typed(form.name_zh_Hans)},
        price=Money(form["price"].data or 0, currency),
        weight_g=form.weight_g.data or 0,
        holds_g=form.holds_g.data or 0,
        picture=typed(form.picture) or None,
    )


class DecorationForm(Form):
    """A way to put a firm's mark onto something."""

    name_en = StringField(_l("Name in English"), NAME)
    name_zh_Hans = StringField(_l("Name in Chinese"), NAME)  # noqa: N815 -- ends in the locale
    kind = RadioField(
        _l("Kind"),
        choices=[(kind.value, _l(words)) for kind, words in DECORATION_KINDS.items()],
        default=DecorationKind.SILK_SCREEN.value,
    )
    least = WholeNumberField(
        _l("Smallest number"),
        [InputRequired(_l("Write a whole number.")), NumberRange(1, 100_000, _l("Between %(min)s and %(max)s."))],
    )
    lead_days = WholeNumberField(
        _l("Working days it takes"), [Optional(), NumberRange(0, 365, _l("Between 0 and %(max)s."))]
    )
    width_mm = _millimetres(_l("Covers at most, width in mm"))
    height_mm = _millimetres(_l("Covers at most, height in mm"))
    is_active = BooleanField(_l("Offered to firms"), default=True)


def decoration_form(currency: str, known: Decoration | None = None, *, sent: bool = True) -> DecorationForm:
    """Return the form of a decoration priced in `currency`, filled with what is known of it.

    Not `sent`: another form of the page was, and this one shows what is known.
    """
    unsent: dict[str, Any] = {} if sent else {"formdata": None}

    class PricedDecorationForm(DecorationForm):
        setup = MoneyField(_l("Set-up, once"), [InputRequired(_l("Write a price."))], currency=currency)
        unit = MoneyField(_l("Price a piece"), [InputRequired(_l("Write a price."))], currency=currency)

    if known is None:
        return PricedDecorationForm(**unsent)
    same = ("least", "lead_days", "width_mm", "height_mm", "is_active")
    values: dict[str, object] = {name: getattr(known, name) for name in same}
    names = {"name_en": known.names.get("en", ""), "name_zh_Hans": known.names.get("zh_Hans", "")}
    more = {"kind": known.kind.value, "setup": known.setup_minor, "unit": known.unit_minor}
    return PricedDecorationForm(**unsent, data={**values, **names, **more})


def decoration_facts_in(form: DecorationForm, currency: str) -> DecorationFacts:
    """Return what was filled in about a decoration."""
    return DecorationFacts(
        kind=DecorationKind(form.kind.data),
        names={"en": typed(form.name_en), "zh_Hans": typed(form.name_zh_Hans)},
        setup=Money(form["setup"].data or 0, currency),
        unit=Money(form["unit"].data or 0, currency),
        least=form.least.data or 0,
        lead_days=form.lead_days.data or 0,
        width_mm=form.width_mm.data or 0,
        height_mm=form.height_mm.data or 0,
    )


class PlaceForm(Form):
    """Where a decoration goes: on the item of a SKU, or the packaging of a code. Beside the decoration's form."""

    def __init__(self, **filled: Any) -> None:
        super().__init__(prefix="place-", **filled)

    on = StringField(
        _l("SKU of the item, or code of the packaging"), [InputRequired(_l("Write a SKU.")), Length(max=40)]
    )
    place_en = StringField(_l("Where on it, in English"), NAME, description=_l("Such as: on the lid."))
    place_zh_Hans = StringField(_l("Where on it, in Chinese"), NAME)  # noqa: N815
    width_mm = _millimetres(_l("Width there, in mm"))
    height_mm = _millimetres(_l("Height there, in mm"))


class RuleForm(Form):
    """Two tags that may not lie in one parcel."""

    tag = StringField(_l("Items tagged"), [Length(max=40)])
    other_tag = StringField(
        _l("Not with items tagged"), [Length(max=40)], description=_l("A tag, or * for everything else.")
    )
    reason_en = StringField(_l("Why, in English"), NAME)
    reason_zh_Hans = StringField(_l("Why, in Chinese"), NAME)  # noqa: N815
