"""Telephone numbers as people type them."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giftshop.addresses import PhoneProblem, can_receive_texts, display_phone, masked_phone, normalise_phone
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


@pytest.mark.parametrize(
    ("typed", "country", "phone"),
    [
        ("13812345678", "CN", "+8613812345678"),
        (" 138-1234-5678 ", "CN", "+8613812345678"),
        ("１３８ １２３４ ５６７８", "CN", "+8613812345678"),
        ("+86 138 1234 5678", "CN", "+8613812345678"),
        ("0086 13812345678", "CN", "+8613812345678"),
        ("+86 138 1234 5678", "HK", "+8613812345678"),
        ("020-8123 4567", "CN", "+862081234567"),
        ("（0755）26001234", "CN", "+8675526001234"),
        ("9123 4567", "HK", "+85291234567"),
        ("+852 9123 4567", "CN", "+85291234567"),
        ("0912 345 678", "TW", "+886912345678"),
        ("07400 123456", "GB", "+447400123456"),
    ],
)
def test_a_number_is_kept_the_same_however_it_was_typed(typed: str, country: str, phone: str) -> None:
    assert normalise_phone(typed, country) == phone


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", PhoneMissing),
        ("　", PhoneMissing),
        ("ask at the gate", PhoneNotUnderstood),
        ("1" * 60, PhoneNotUnderstood),
        ("1381234567", PhoneTooShort),
        ("138123456789", PhoneTooLong),
        ("12812345678", PhoneNotInUse),
        ("81234567", PhoneAreaCodeMissing),
        ("020-81234567转801", PhoneExtension),
        ("020-81234567-801", PhoneExtension),
        ("400-820-1234", PhoneNotPersonal),
    ],
)
def test_a_number_nobody_answers_is_refused_with_the_reason(typed: str, problem: type[PhoneProblem]) -> None:
    with pytest.raises(PhoneProblem) as refusal:
        normalise_phone(typed)
    assert type(refusal.value) is problem
    assert refusal.value.field == "phone"


@given(st.text(max_size=50))
def test_no_text_whatever_breaks_the_reading_of_a_number(typed: str) -> None:
    with contextlib.suppress(PhoneProblem):
        phone = normalise_phone(typed)
        assert normalise_phone(phone) == phone


@pytest.mark.parametrize(
    ("phone", "shown", "masked", "takes_texts"),
    [
        ("+8613812345678", "138 1234 5678", "138****5678", True),
        ("+862081234567", "020 8123 4567", "020****4567", False),
        ("+8675526001234", "0755 2600 1234", "0755****1234", False),
        ("+85291234567", "+852 9123 4567", "+852 ****4567", True),
    ],
)
def test_a_number_is_shown_whole_to_the_packer_and_masked_to_others(
    phone: str, shown: str, masked: str, takes_texts: bool
) -> None:
    assert display_phone(phone) == shown
    assert masked_phone(phone) == masked
    assert can_receive_texts(phone) is takes_texts
