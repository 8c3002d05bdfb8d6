"""What makes an address, a name and a receiver usable. Pure; the form and every import ask here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from giftshop.addresses.address import Address
from giftshop.addresses.divisions import division_named
from giftshop.addresses.errors import (
    AddressProblem,
    CountryUnknown,
    NameMissing,
    NameTooLong,
    PartTooLong,
    PartUnknown,
    PostcodeMalformed,
    StreetTooLong,
)
from giftshop.addresses.formats import CHINA, AddressFormat, countries, format_of
from giftshop.addresses.tidying import tidy_line, tidy_lines
from giftshop.addresses.words import PartMissing, missing
from giftshop.addresses.zones import is_zone

PLACES: Final = ("region", "city", "district")
MAX_NAME: Final = 60
MAX_PLACE: Final = 60
MAX_STREET: Final = 200
"""Characters. The carriers' files hold 60 and 200; longer ones would be cut there without anybody noticing."""


def tidied(address: Address) -> Address:
    """Return `address` without invisible characters, stray spaces and parts that its country does not have."""
    if address.country not in countries():
        return address
    layout = format_of(address.country)
    kept = {part: _tidied_part(part, getattr(address, part)) for part in layout.parts}
    empty = {part: "" for part in ("region", "city", "district", "street", "postcode") if part not in layout.parts}
    return replace(address, **kept, **empty)


def address_problems(address: Address) -> list[AddressProblem]:
    """Return everything that is wrong with a tidied `address`, in the order of its parts; nothing if it can be used.

    Of the places, which follow from one another, only the first that is missing is named.
    """
    if address.country not in countries():
        return [CountryUnknown(field="country")]
    layout = format_of(address.country)
    found = [problem for part in layout.parts for problem in _part_problems(layout, address, part)]
    missing_places = [problem for problem in found if isinstance(problem, PartMissing) and problem.field in PLACES]
    return [problem for problem in found if problem not in missing_places[1:]]


def needs(address: Address, part: str) -> bool:
    """Whether `part` must be filled in, given the larger ones: 仙桃 has no districts, in 东莞 the town is optional."""
    if part == "district" and address.country == "CN":
        city = division_named("CN", address.region, address.city)
        return city is None or city.level != 2 or not city.needs_no_child
    return part in format_of(address.country).required


def checked_name(text: str) -> str:
    """Return the name of a receiver, tidied. Raises NameMissing or NameTooLong."""
    name = tidy_line(text)
    if not any(character.isalpha() for character in name):
        raise NameMissing(field="name")
    if len(name) > MAX_NAME:
        raise NameTooLong(field="name", limit=MAX_NAME)
    return name


def _tidied_part(part: str, text: str) -> str:
    if part == "street":
        return tidy_lines(text)
    return tidy_line(text).upper() if part == "postcode" else tidy_line(text)


def _part_problems(layout: AddressFormat, address: Address, part: str) -> Iterator[AddressProblem]:
    text = getattr(address, part)
    if not text:
        if needs(address, part):
            yield missing(layout.kinds[part], part)
    elif part == "street":
        if len(text) > MAX_STREET:
            yield StreetTooLong(field=part, limit=MAX_STREET)
    elif len(text) > MAX_PLACE:
        yield PartTooLong(field=part, limit=MAX_PLACE)
    elif part == "postcode":
        if layout.postcode_pattern and not layout.postcode_pattern.fullmatch(text):
            yield PostcodeMalformed(field=part, example=layout.postcode_example)
    elif not _is_known(layout, address, part):
        yield PartUnknown(field=part, part=text)


def _is_known(layout: AddressFormat, address: Address, part: str) -> bool:
    """Whether the name is on the list of its level, where there is one. An unknown parent is one complaint, not two."""
    if address.country not in CHINA:
        return part != "region" or not layout.regions or address.region in dict(layout.regions)
    names = (address.region, address.city, address.district)[: PLACES.index(part) + 1]
    if len(names) > 1 and division_named(address.country, *names[:-1]) is None:
        return True
    return division_named(address.country, *names) is not None or (part == "district" and is_zone(address.district))
