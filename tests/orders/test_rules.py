"""What an order costs and what it lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giftshop.kernel.market import MarketRules
from giftshop.kernel.money import Money
from giftshop.orders.rules import Filled, Lack, LineKind, Tariff, lacks, lines_of, needs_approval, total_of

TODAY = date(2026, 8, 1)
TARIFF = Tariff()
MARKET = MarketRules().stored_value
BOOK = Money(20_000, "CNY")
COMPLETE = Filled(
    quantity=390,
    headline="中秋快乐",
    greeting="感谢您对我们的支持",
    sender_name="联动",
    valid_until=date(2027, 8, 1),
    has_receiver=True,
    invoice_title="联动科技有限公司",
)


def test_three_hundred_and_ninety_books_with_a_logo_are_explained_line_by_line() -> None:
    lines = lines_of(BOOK, 390, has_logo=True, tariff=TARIFF)
    assert [(line.kind, line.amount.amount_minor) for line in lines] == [
        (LineKind.BOOKS, 7_800_000),
        (LineKind.PRINTING, 117_000),
        (LineKind.BRANDING, 12_000),
        (LineKind.DELIVERY, 0),
    ]
    assert total_of(lines, "CNY") == Money(7_929_000, "CNY")


def test_a_small_order_pays_for_its_delivery() -> None:
    delivery = lines_of(BOOK, 49, has_logo=False, tariff=TARIFF)[-1]
    assert delivery.amount == Money(2_000, "CNY")


@given(st.integers(1, 100_000), st.integers(1, 10_000_000), st.booleans())
def test_a_total_is_the_sum_of_its_lines_and_never_less_than_the_books(
    quantity: int, price: int, has_logo: bool
) -> None:
    lines = lines_of(Money(price, "CNY"), quantity, has_logo=has_logo, tariff=TARIFF)
    total = total_of(lines, "CNY").amount_minor
    assert total == sum(line.unit.amount_minor * line.quantity for line in lines)
    assert total >= price * quantity


def test_a_complete_draft_lacks_nothing() -> None:
    assert lacks(COMPLETE, today=TODAY, market=MARKET) == ()


@pytest.mark.parametrize(
    ("gap", "lack"),
    [
        ({"quantity": 0}, Lack.QUANTITY),
        ({"quantity": 100_001}, Lack.QUANTITY),
        ({"headline": " "}, Lack.GREETING),
        ({"greeting": ""}, Lack.GREETING),
        ({"sender_name": "\n"}, Lack.SENDER),
        ({"valid_until": None}, Lack.VALIDITY),
        ({"valid_until": TODAY + timedelta(days=29)}, Lack.VALIDITY),
        ({"valid_until": TODAY + timedelta(days=3 * 366 + 1)}, Lack.VALIDITY),
        ({"has_receiver": False}, Lack.RECEIVER),
        ({"invoice_title": ""}, Lack.INVOICE),
    ],
)
def test_each_gap_of_a_draft_is_named(gap: dict[str, object], lack: Lack) -> None:
    assert lacks(replace(COMPLETE, **gap), today=TODAY, market=MARKET) == (lack,)  # type: ignore[arg-type]


@pytest.mark.parametrize(("limit", "wanted"), [(None, False), (7_929_000, False), (7_928_999, True), (0, True)])
def test_an_order_above_its_buyers_limit_needs_an_approver(limit: int | None, wanted: bool) -> None:
    assert needs_approval(Money(7_929_000, "CNY"), limit) is wanted
