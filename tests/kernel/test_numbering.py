from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giftshop.kernel.numbering import Numbering

ORDERS = Numbering("O")
ids = st.integers(1, 999_999_999)


@given(ids)
def test_a_number_leads_back_to_its_row(row_id: int) -> None:
    assert ORDERS.id_in(ORDERS.of(row_id)) == row_id


@given(ids, ids)
def test_two_rows_never_share_a_number(one: int, other: int) -> None:
    assert (ORDERS.of(one) == ORDERS.of(other)) == (one == other)


def test_neighbours_do_not_tell_how_many_orders_there_are() -> None:
    assert ORDERS.of(1)[:8] != ORDERS.of(2)[:8]


def test_a_number_is_found_however_it_was_typed() -> None:
    number = ORDERS.of(42)
    assert ORDERS.id_in(number.lower().replace("-", " ")) == 42
    assert ORDERS.id_in(number.removeprefix("O-")) == 42


@given(ids, st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(row_id: int, place: int, off: int) -> None:
    digits = list(ORDERS.of(row_id).removeprefix("O-").replace("-", ""))
    digits[place] = str((int(digits[place]) + off) % 10)
    assert ORDERS.id_in("".join(digits)) is None


@pytest.mark.parametrize("text", ["", "O-", "T-1234-567-890-1", "一二三", "O" * 1000, "12345678901234567890"])
def test_what_is_no_number_names_nothing(text: str) -> None:
    assert ORDERS.id_in(text) is None
