"""Addresses and names as they are printed, and as they are shown to those who need not know them."""

from __future__ import annotations

import re
from typing import Final

from giftshop.addresses.address import Address, Receiver
from giftshop.addresses.formats import CHINA, country_name, format_of
from giftshop.addresses.phones import display_phone

_LETTERS: Final = {"S": "region", "C": "city", "D": "district", "A": "street", "Z": "postcode"}
_EAST_ASIAN: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_FIELD: Final = re.compile("%([SCDAZNOX])")


def one_line(address: Address) -> str:
    """Return `address` on one line: Chinese ones from large to small without spaces, others with commas.

    The Chinese postcode is left out, since carriers do not ask for it; `parse_china` reads the line back to the same
    place.
    """
    if address.country in CHINA and _is_east_asian(address):
        outside = {"HK": "香港", "MO": "澳门", "TW": "台湾"}.get(address.country, "")
        return outside + _place(address) + address.street.replace("\n", " ")
    return ", ".join(address_lines(address))


def address_lines(address: Address, *, sent_from: str = "CN") -> tuple[str, ...]:
    """Return the lines of `address` for a label, in the order of its country and of the script it is written in.

    Chinese: 广东省广州市天河区 / 体育西路123号 / 510620. When a parcel crosses a border from `sent_from`, the country's
    name comes last, in English capitals as the postal union wants it.
    """
    lines = _chinese_lines(address) if address.country in CHINA and _is_east_asian(address) else _lines(address)
    abroad = [] if address.country == sent_from else [country_name(address.country, "en").upper()]
    return tuple(line for line in [*lines, *abroad] if line)


def label_lines(receiver: Receiver, *, sent_from: str = "CN") -> tuple[str, ...]:
    """Return name and phone on the first line, as waybills have it, and then the lines of the address."""
    phone = display_phone(receiver.phone, receiver.address.country)
    return (f"{receiver.name} {phone}", *address_lines(receiver.address, sent_from=sent_from))


def masked_name(name: str) -> str:
    """Return the first letter and a star, 张*, whatever the length: the length of a name says who it is, too."""
    return f"{name[:1]}*" if name else ""


def masked_address(address: Address) -> str:
    """Return the city and nothing smaller: 广东省广州市; elsewhere, Mountain View, CA."""
    if address.country in CHINA:
        return "".join(dict.fromkeys((address.region, address.city if address.country == "CN" else "")))
    return ", ".join(part for part in (address.city, address.region) if part)


def _is_east_asian(address: Address) -> bool:
    """Whether the script is. In China the places decide, which are chosen from lists; elsewhere what was typed does."""
    deciding = _place(address) if address.country in CHINA else address.street
    return bool(_EAST_ASIAN.search(deciding or address.street or address.city))


def _place(address: Address) -> str:
    """From large to small; a municipality, being its own city, once."""
    return "".join(dict.fromkeys((address.region, address.city, address.district)))


def _chinese_lines(address: Address) -> list[str]:
    return [_place(address), *address.street.split("\n"), address.postcode]


def _lines(address: Address) -> list[str]:
    """Fill the country's pattern, local or Latin, and leave out punctuation that stands beside nothing."""
    layout = format_of(address.country)
    patterns = layout.lines if _is_east_asian(address) else layout.latin_lines
    values = {letter: getattr(address, part) for letter, part in _LETTERS.items()}
    values |= {letter: values[letter].upper() for letter, part in _LETTERS.items() if part in layout.upper}
    filled = (_filled(pattern, values) for pattern in patterns)
    return [line for text in filled for line in text.split("\n") if line]


def _filled(pattern: str, values: dict[str, str]) -> str:
    fields = _FIELD.findall(pattern)
    if fields and not any(values.get(letter) for letter in fields):
        return ""
    return _FIELD.sub(lambda match: values.get(match[1], ""), pattern).strip(" ,-–")
