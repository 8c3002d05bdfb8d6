"""Serial numbers, as read out on the telephone."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giftshop.kernel.serials import FIRST_BATCH, MAX_SEQUENCE, Serial, numbers, parse_serial, printed

some = st.builds(Serial, batch=st.integers(FIRST_BATCH, 10**9 - 1), sequence=st.integers(1, MAX_SEQUENCE))


@given(some)
def test_a_serial_number_read_out_names_its_batch_and_place(serial: Serial) -> None:
    assert parse_serial(str(serial)) == serial
    assert parse_serial(str(serial.number)) == serial
    assert parse_serial(str(serial).replace(" ", "-")) == serial
    assert serial.number < 2**63


@given(some)
def test_every_wrong_digit_and_every_exchange_of_neighbours_is_caught(serial: Serial) -> None:
    digits = str(serial.number)
    for place, digit in itertools.product(range(len(digits)), "0123456789"):
        if digit != digits[place]:
            assert parse_serial(digits[:place] + digit + digits[place + 1 :]) is None
    for place in range(len(digits) - 1):
        left, right = digits[place], digits[place + 1]
        if left != right:
            assert parse_serial(digits[:place] + right + left + digits[place + 2 :]) is None


def test_a_first_serial_number_has_three_groups_of_four() -> None:
    assert str(Serial(1001, 17)) == "1001 0000 0170"
    assert printed(Serial(10001, 17).number).startswith("1 0001 0000 01")


@given(some, st.integers(0, 2100))
def test_many_serial_numbers_at_once_are_those_drawn_one_by_one(first: Serial, count: int) -> None:
    count = min(count, MAX_SEQUENCE - first.sequence)
    places = {first.sequence, first.sequence + count - 1} if count else set()
    drawn = numbers(first.batch, first.sequence, count)
    assert len(drawn) == len(set(drawn)) == count
    for place in places:
        assert drawn[place - first.sequence] == Serial(first.batch, place).number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "礼",
        "1001",
        "1001 0000 0171",
        "9" * 40,
        "1001 0000 017O",
        "1000 0000 0017",
        "٣" * 12,
        "1001 0000 0000",
        "²" * 12,
    ],
)
def test_what_is_no_serial_number_is_none(text: str) -> None:
    assert parse_serial(text) is None


@pytest.mark.parametrize(("batch", "sequence"), [(1000, 1), (0, 1), (1001, 0), (1001, 10_000_000), (-1, 1)])
def test_no_serial_number_is_made_for_a_place_outside_a_batch(batch: int, sequence: int) -> None:
    with pytest.raises(ValueError, match="no card"):
        Serial(batch, sequence)
