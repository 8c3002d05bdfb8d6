"""What staff fill in about items and editions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, EmailField, Field, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional, ValidationError

from giftshop.catalogue.models import Edition, Item, Supplier
from giftshop.catalogue.rules import (
    EditionFacts,
    ItemFacts,
    edition_code_of,
    sku_of,
    supplier_code_of,
)
from giftshop.catalogue.suppliers import SupplierFacts
from giftshop.kernel.errors import Refused
from giftshop.kernel.money import Money
from giftshop.web import Form, MoneyField, WholeNumberField, localized, say
from giftshop.web.forms import typed

NAME = [Length(max=120, message=_l("Use at most %(max)d characters."))]
TEXT = [Length(max=2000, message=_l("Use at most %(max)d characters."))]


def _passes(check: Callable[[str], object]) -> Callable[[Form, Field], None]:
    """Return a validator that shows the refusal of a rule at its field, beside those of the other fields."""

    def validate(_form: Form, field: Field) -> None:
        try:
            check(typed(field))
        except Refused as refusal:
            raise ValidationError(say(refusal)) from refusal

    return validate


class ItemForm(Form):
    """The fields of an item that do not depend on its currency."""

    sku = StringField(_l("SKU"), [InputRequired(_l("Write a SKU.")), _passes(sku_of)])
    name_en = StringField(_l("Name in English"), NAME)
    name_zh_Hans = StringField(_l("Name in Chinese"), NAME)  # noqa: N815 -- ends in the locale
    description_en = TextAreaField(_l("Description in English"), TEXT)
    description_zh_Hans = TextAreaField(_l("Description in Chinese"), TEXT)  # noqa: N815
    weight_g = WholeNumberField(
        _l("Packed weight in grams"),
        [Optional(), NumberRange(0, 1_000_000, _l("Between 0 and %(max)s."))],
        description=_l("With its box, ready to be sent."),
    )
    lead_days = WholeNumberField(
        _l("Working days to procure"),
        [Optional(), NumberRange(0, 365, _l("Between 0 and %(max)s."))],
        description=_l("When it is not in stock."),
    )
    tags = StringField(
        _l("Tags"), [Length(max=300)], description=_l("Separated by commas, such as tea, food. Found by the search.")
    )
    supplier = SelectField(
        _l("Who sends it"),
        coerce=str,
        validate_choice=False,
        description=_l("A supplier's goods need no stock of ours. Parcels asked for before stay as they are."),
    )
    picture = HiddenField()
    photograph = FileField(_l("Picture"), description=_l("PNG, JPEG or WebP, square if you can, at least 800 pixels."))


def item_form(currency: str, suppliers: Sequence[Supplier], item: Item | None = None) -> ItemForm:
    """Return the form of an item priced in `currency`, filled with what is known of it.

    It offers those of `suppliers` who are in use, and the item's own.
    """

    class PricedItemForm(ItemForm):
        price = MoneyField(_l("Price"), [InputRequired(_l("Write a price."))], currency=currency)

    form = PricedItemForm(data=_values_of(item) if item else None)
    form.supplier.choices = [("", _("We do, from our own shelf"))]
    form.supplier.choices += [
        (str(supplier.id), f"{localized(supplier.names)} ({supplier.code})")
        for supplier in suppliers
        if supplier.is_active or (item and item.supplier_id == supplier.id)
    ]
    return form


def _values_of(item: Item) -> dict[str, object]:
    return {
        "sku": item.sku,
        "name_en": item.names.get("en", ""),
        "name_zh_Hans": item.names.get("zh_Hans", ""),
        "description_en": item.descriptions.get("en", ""),
        "description_zh_Hans": item.descriptions.get("zh_Hans", ""),
        "price": item.price_minor,
        "weight_g": item.weight_g,
        "lead_days": item.lead_days,
        "tags": ", ".join(item.tags),
        "supplier": str(item.supplier_id or ""),
        "picture": item.picture or "",
    }


def item_facts_in(form: ItemForm, currency: str) -> ItemFacts:
    """Return what was filled in about an item."""
    return ItemFacts(
        sku=typed(form.sku),
        names={"en": typed(form.name_en), "zh_Hans": typed(form.name_zh_Hans)},
        descriptions={"en": typed(form.description_en), "zh_Hans": typed(form.description_zh_Hans)},
        price=Money(form["price"].data or 0, currency),
        picture=typed(form.picture) or None,
        weight_g=form.weight_g.data or 0,
        lead_days=form.lead_days.data or 0,
        tags=tuple(typed(form.tags).replace("，", ",").split(",")),
        supplier_id=_supplier_id_in(typed(form.supplier)),
    )


def _supplier_id_in(text: str) -> int | None:
    """Return the supplier that was chosen, or None for our own shelf; what only a hand-made form holds is nobody."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


class SupplierForm(Form):
    """Who sends goods for us."""

    code = StringField(
        _l("Code"),
        [InputRequired(_l("Write a code.")), _passes(supplier_code_of)],
        description=_l("Short, such as GANNAN. Appears in file names."),
    )
    name_en = StringField(_l("Name in English"), NAME)
    name_zh_Hans = StringField(_l("Name in Chinese"), NAME)  # noqa: N815 -- ends in the locale
    contact = StringField(
        _l("Contact"),
        [Length(max=200, message=_l("Use at most %(max)d characters."))],
        description=_l("Whom to ask for, and the telephone."),
    )
    email = EmailField(_l("E-mail"), [Optional(), Length(max=200), Email(_l("Write an e-mail address."))])
    is_active = BooleanField(_l("In use: items can be given to them"), default=True)


def supplier_form(supplier: Supplier | None = None) -> SupplierForm:
    """Return the form of a supplier, filled with what is known of them."""
    if supplier is None:
        return SupplierForm()
    names = {"name_en": supplier.names.get("en", ""), "name_zh_Hans": supplier.names.get("zh_Hans", "")}
    return SupplierForm(obj=supplier, **names)


def supplier_facts_in(form: SupplierForm) -> SupplierFacts:
    """Return what was filled in about a supplier."""
    return SupplierFacts(
        code=typed(form.code),
        names={"en": typed(form.name_en), "zh_Hans": typed(form.name_zh_Hans)},
        contact=typed(form.contact),
        email=typed(form.email),
        is_active=bool(form.is_active.data),
    )


class EditionForm(Form):
    """The fields of an edition that do not depend on its currency."""

    code = StringField(
        _l("Book code"),
        [InputRequired(_l("Write a code.")), _passes(edition_code_of)],
        description=_l("Appears in the address of its page, such as HE200-2026."),
    )
    name_en = StringField(_l("Name in English"), NAME)
    name_zh_Hans = StringField(_l("Name in Chinese"), NAME)  # noqa: N815 -- ends in the locale
    label_en = StringField(_l("Edition in English"), NAME, description=_l("Such as Autumn 2026."))
    label_zh_Hans = StringField(_l("Edition in Chinese"), NAME, description=_l("Such as 2026 秋季版."))  # noqa: N815


def edition_form(currency: str, edition: Edition | None = None, *, follows: Edition | None = None) -> EditionForm:
    """Return the form of an edition in `currency`, filled with what is known of it, or of the one it follows."""

    class TieredEditionForm(EditionForm):
        tier = MoneyField(
            _l("Price of one book"), [InputRequired(_l("Write what a firm pays for one book."))], currency=currency
        )

    known = edition or follows
    if known is None:
        return TieredEditionForm()
    values: dict[str, object] = {
        "name_en": known.names.get("en", ""),
        "name_zh_Hans": known.names.get("zh_Hans", ""),
        "tier": known.tier_minor,
    }
    if edition is not None:
        values |= {
            "code": edition.code,
            "label_en": edition.labels.get("en", ""),
            "label_zh_Hans": edition.labels.get("zh_Hans", ""),
        }
    return TieredEditionForm(data=values)


def edition_facts_in(form: EditionForm, currency: str) -> EditionFacts:
    """Return what was filled in about an edition."""
    return EditionFacts(
        code=typed(form.code),
        names={"en": typed(form.name_en), "zh_Hans": typed(form.name_zh_Hans)},
        labels={"en": typed(form.label_en), "zh_Hans": typed(form.label_zh_Hans)},
        tier=Money(form["tier"].data or 0, currency),
    )


class ItemFileForm(Form):
    """A table of items."""

    file = FileField(_l("Table"), description=_l("CSV in UTF-8 or GBK, or an Excel workbook (.xlsx)."))
