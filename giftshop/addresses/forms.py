"""The part of a form that asks who takes a parcel in and where, by country."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Final

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, SelectField, StringField, TelField, TextAreaField
from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta

from giftshop.addresses.address import Address, Receiver
from giftshop.addresses.divisions import Division, division_named
from giftshop.addresses.formats import CHINA, country_choices, format_of
from giftshop.addresses.phones import MAX_TYPED, display_phone, example_phone, normalise_phone
from giftshop.addresses.rules import (
    MAX_NAME,
    MAX_PLACE,
    MAX_STREET,
    PLACES,
    address_problems,
    checked_name,
    needs,
    tidied,
)
from giftshop.addresses.words import LABELS
from giftshop.addresses.zones import is_zone
from giftshop.kernel.errors import DomainError
from giftshop.web import current_locale, say

AUTOCOMPLETE: Final = {
    "region": "address-level1",
    "city": "address-level2",
    "district": "address-level3",
    "street": "street-address",
    "postcode": "postal-code",
}
MORE: Final = "more"
"""Name of the button that asks for the next list, for those without JavaScript."""


class AddressForm(BaseForm):
    """Name, phone and address: `address = FormField(AddressForm)` in a form, `address_fields(form.address)` on a page.

    Which fields there are, their order and their names follow the country. Chinese places are chosen from lists that
    depend on each other: the script beside the macro fills them in the browser, and without it a button sends the
    form for the next list. So a view first asks `form.address.asks_for_more` and, if so, shows the page again as it
    is; then it validates, and takes `form.address.receiver`.

    Fill it in with a Receiver or an Address: `Form(data={"address": receiver})`. `offered`: the countries to
    choose from; a subclass may name others of `countries()`.
    """

    offered: ClassVar[tuple[str, ...]] = CHINA

    def __init__(
        self,
        formdata: Any = None,
        obj: Receiver | Address | None = None,
        prefix: str = "",
        data: Mapping[str, Any] | None = None,
        meta: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        known = _values(obj) | dict(data or {}) | kwargs
        prefix = f"{prefix.rstrip('-')}-" if prefix else ""
        chosen = formdata.get(f"{prefix}country") if formdata else known.get("country")
        self.country_code: str = chosen if chosen in self.offered else self.offered[0]
        rules = DefaultMeta()
        rules.update_values(dict(meta or {}))
        super().__init__(_fields(self.country_code), prefix=prefix, meta=rules)
        for name, field in self._fields.items():
            setattr(self, name, field)
        self._more_name = prefix + MORE
        self._pressed_more = bool(formdata and formdata.get(self._more_name))
        self._shown_for = formdata.get(f"{prefix}shown_for") if formdata else self.country_code
        self._receiver: Receiver | None = None
        self.process(formdata, data=known)
        country: Any = self["country"]
        country.data, country.choices = self.country_code, country_choices(self.offered, current_locale())
        self._offer_places()
        self._mark_required()
        self._go_on()

    @property
    def asks_for_more(self) -> bool:
        """Whether this was sent to see other fields or the next list, not to be done with."""
        return self._shown_for != self.country_code or (self._pressed_more and self.next_choice is not None)

    @property
    def next_choice(self) -> str | None:
        """The first list nothing was chosen from yet: region, city or district; None when all are."""
        return next((name for name in self._lists() if not self[name].data and needs(self.address, name)), None)

    @property
    def cascades(self) -> bool:
        """Whether the places are chosen from lists that depend on each other."""
        return self.country_code in CHINA

    @property
    def more_name(self) -> str:
        """The name of the button that asks for the next list."""
        return self._more_name

    @property
    def parts(self) -> Iterator[Field]:
        """The visible fields after the country, in the order of the country."""
        return (field for name, field in self._fields.items() if name not in {"country", "shown_for"})

    @property
    def address(self) -> Address:
        """What was typed, tidied; not necessarily usable."""
        parts = {name: self[name].data or "" for name in AUTOCOMPLETE if name in self}
        return tidied(Address(self.country_code, **parts))

    @property
    def receiver(self) -> Receiver:
        """Who and where. Only after `validate` returned True."""
        if self._receiver is None:
            raise RuntimeError("validate first")
        return self._receiver

    def validate(self, extra_validators: Any = None) -> bool:
        """Check everything; errors stand at their fields, in the current language."""
        valid = super().validate(extra_validators)
        name = self._tried("name", lambda: checked_name(self["name"].data or ""))
        phone = self._tried("phone", lambda: normalise_phone(self["phone"].data or "", self.country_code))
        problems = address_problems(self.address)
        for problem in problems:
            self._refuse(problem.field or "street", problem)
        if not valid or problems or name is None or phone is None:
            return False
        self._receiver = Receiver(name, phone, self.address)
        return True

    def _tried(self, field: str, check: Callable[[], str]) -> str | None:
        try:
            return check()
        except DomainError as problem:
            self._refuse(field, problem)
            return None

    def _refuse(self, name: str, problem: DomainError) -> None:
        field = self[name]
        field.errors = [*field.errors, say(problem)]

    def _lists(self) -> list[str]:
        return [name for name in PLACES if name in self and isinstance(self[name], SelectField)]

    def _offer_places(self) -> None:
        """Give each list the choices that follow from the one above, and forget what is not among them."""
        above: Division | None = None
        for name in self._lists():
            field: Any = self[name]
            choices = format_of(self.country_code).regions if name == "region" else _names_below(above)
            if len(choices) == 1:
                field.data = choices[0][0]
            if name == "district" and field.data and above and is_zone(field.data):
                choices = (*choices, (field.data, field.data))
            if field.data not in dict(choices):
                field.data = ""
            field.choices = [("", _l("Choose…")), *choices]
            above = self._division(name)

    def _mark_required(self) -> None:
        for name in ("name", "phone", *format_of(self.country_code).parts):
            self[name].flags.required = name in {"name", "phone"} or needs(self.address, name)

    def _division(self, upto: str) -> Division | None:
        names = [self[name].data for name in PLACES[: PLACES.index(upto) + 1] if name in self]
        return division_named(self.country_code, *names) if all(names) else None

    def _go_on(self) -> None:
        """After the next list was asked for, begin there."""
        if self._pressed_more and self.next_choice:
            field = self[self.next_choice]
            field.render_kw = {**(field.render_kw or {}), "autofocus": True}


def _values(obj: Receiver | Address | None) -> dict[str, Any]:
    """The values of the fields that show `obj`."""
    address = obj.address if isinstance(obj, Receiver) else obj
    values: dict[str, Any] = {} if address is None else {"country": address.country}
    for name in AUTOCOMPLETE:
        if address is not None:
            values[name] = getattr(address, name)
    if isinstance(obj, Receiver):
        values |= {"name": obj.name, "phone": display_phone(obj.phone, obj.address.country)}
    return values


def _names_below(above: Division | None) -> tuple[tuple[str, str], ...]:
    return tuple((child.name, child.name) for child in above.children) if above else ()


def _fields(country: str) -> dict[str, Any]:
    """The fields of `country`, in order, not yet bound to a form."""
    fields: dict[str, Any] = {
        "country": SelectField(
            _l("Country or region"),
            default=country,
            validate_choice=False,
            render_kw={"autocomplete": "country", "data-address-country": True},
        ),
        "shown_for": HiddenField(default=country, filters=[lambda _sent: country]),
        "name": StringField(_l("Receiver"), render_kw={"autocomplete": "name", "maxlength": MAX_NAME}),
        "phone": TelField(
            _l("Mobile or landline number"),
            description=_l("The courier calls it before coming, such as %(example)s.", example=example_phone(country)),
            render_kw={"autocomplete": "tel", "inputmode": "tel", "maxlength": MAX_TYPED},
        ),
    }
    return fields | {part: _part_field(country, part) for part in format_of(country).parts}


def _part_field(country: str, part: str) -> Any:
    layout = format_of(country)
    label = _l(LABELS[layout.kinds[part]])
    attributes: dict[str, Any] = {"autocomplete": AUTOCOMPLETE[part]}
    if part == "street":
        hint = _l("Street, number, building and room; no need to repeat the places above.") if country in CHINA else ""
        return TextAreaField(label, description=hint, render_kw={**attributes, "rows": 2, "maxlength": MAX_STREET})
    if part == "postcode":
        keyboard = "numeric" if layout.postcode_example.isdigit() else "text"
        return StringField(label, render_kw={**attributes, "inputmode": keyboard, "maxlength": 12})
    if country in CHINA or (part == "region" and layout.regions):
        return SelectField(label, validate_choice=False, render_kw={**attributes, "data-level": part})
    return StringField(label, render_kw={**attributes, "maxlength": MAX_PLACE})
