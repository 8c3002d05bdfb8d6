"""Telephone numbers: read as people type them, kept as E.164, shown in the way of their country."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult

from giftshop.addresses.errors import (
    PhoneAreaCodeMissing,
    PhoneExtension,
    PhoneMissing,
    PhoneNotInUse,
    PhoneNotPersonal,
    PhoneNotUnderstood,
    PhoneTooLong,
    PhoneTooShort,
)

MAX_TYPED: Final = 40
"""More characters than this are not read at all."""

_CHINESE_EXTENSION: Final = re.compile(r"(?:\s*(?:转|分机|ext\.?|x)\s*)(\d{1,6})$|(?<=\d{7})-(\d{1,5})$", re.IGNORECASE)
_PERSONAL: Final = {
    PhoneNumberType.MOBILE,
    PhoneNumberType.FIXED_LINE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE,
    PhoneNumberType.VOIP,
    PhoneNumberType.PERSONAL_NUMBER,
}
_TEXTABLE: Final = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


def normalise_phone(text: str, country: str = "CN") -> str:
    """Return `text` as E.164, such as +8613812345678.

    Takes whatever people type (full-width digits, spaces, hyphens, a country code or none); `country` (ISO 3166-1)
    is the one a number without a country code belongs to. Raises a PhoneProblem that says what is wrong.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    if not typed:
        raise PhoneMissing(field="phone")
    if len(typed) > MAX_TYPED:
        raise PhoneNotUnderstood(field="phone", text=f"{typed[:MAX_TYPED]}…")
    number = _parsed(typed, country)
    _check(number, country)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def can_receive_texts(phone: str) -> bool:
    """Whether the E.164 `phone` may be a mobile; one that was erased is none."""
    return bool(phone) and phonenumbers.number_type(phonenumbers.parse(phone)) in _TEXTABLE


def display_phone(phone: str, country: str = "CN") -> str:
    """Return the E.164 `phone` as one in `country` would dial it: 138 1234 5678, +852 2123 4567. Erased: nothing."""
    if not phone:
        return ""
    number = phonenumbers.parse(phone)
    is_local = phonenumbers.region_code_for_number(number) == country
    return phonenumbers.format_number(
        number, PhoneNumberFormat.NATIONAL if is_local else PhoneNumberFormat.INTERNATIONAL
    )


def masked_phone(phone: str) -> str:
    """Return the E.164 `phone` with its middle hidden: 138****5678; elsewhere +44 ****6789. Erased: nothing."""
    if not phone:
        return ""
    number = phonenumbers.parse(phone)
    digits = phonenumbers.national_significant_number(number)
    if number.country_code != 86:
        return f"+{number.country_code} ****{digits[-min(4, len(digits) // 2) :]}"
    if digits.startswith("1") and len(digits) == 11:
        return f"{digits[:3]}****{digits[-4:]}"
    return f"0{digits[: phonenumbers.length_of_geographical_area_code(number)]}****{digits[-4:]}"


def _parsed(typed: str, country: str) -> PhoneNumber:
    if extension := _CHINESE_EXTENSION.search(typed):
        raise PhoneExtension(field="phone", extension=extension[1] or extension[2])
    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException as error:
        raise PhoneNotUnderstood(field="phone", text=typed) from error
    if number.extension:
        raise PhoneExtension(field="phone", extension=number.extension)
    return number


def _check(number: PhoneNumber, country: str) -> None:
    """Refuse a number nobody can be reached at, with an example of a good one."""
    home = phonenumbers.region_code_for_country_code(number.country_code or 0)
    facts = {"field": "phone", "example": example_phone(home if home != "ZZ" else country)}
    if home == "CN":
        _check_chinese_length(phonenumbers.national_significant_number(number), facts)
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason in (ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY):
        raise PhoneTooShort(**facts)
    if reason == ValidationResult.TOO_LONG:
        raise PhoneTooLong(**facts)
    if not phonenumbers.is_valid_number(number):
        raise PhoneNotInUse(**facts)
    if phonenumbers.number_type(number) not in _PERSONAL:
        raise PhoneNotPersonal(field="phone")


def _check_chinese_length(digits: str, facts: dict[str, str]) -> None:
    """The library calls ten or twelve digits of a mobile possible; a person is helped by being told to count."""
    if digits.startswith("1") and 8 < len(digits) < 11:
        raise PhoneTooShort(**facts)
    if digits.startswith("1") and len(digits) > 11:
        raise PhoneTooLong(**facts)
    if not digits.startswith(("1", "4", "9")) and len(digits) in (7, 8):
        raise PhoneAreaCodeMissing(field="phone")


@lru_cache(maxsize=512)  # asked for each row of a long list
def example_phone(country: str) -> str:
    """Return a mobile number as it is written in `country`, for hints."""
    number = phonenumbers.example_number_for_type(country, PhoneNumberType.MOBILE)
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL) if number else "+86 131 2345 6789"
