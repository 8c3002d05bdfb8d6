from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from giftshop.billing import BillKind, BillNumber
from giftshop.billing.capitals import in_capitals
from giftshop.billing.rules import account
from giftshop.kernel.money import Money


@pytest.mark.parametrize(
    ("minor", "said"),
    [
        (0, "人民币零元整"),
        (5, "人民币伍分"),
        (50, "人民币伍角整"),
        (12_005, "人民币壹佰贰拾元零伍分"),
        (611_000, "人民币陆仟壹佰壹拾元整"),
        (1_000_100, "人民币壹万零壹元整"),
        (10_010_000, "人民币壹拾万零壹佰元整"),
        (8_037_010, "人民币捌万零叁佰柒拾元壹角整"),
        (100_000_000_000, "人民币壹拾亿元整"),
        (1_000_000_020_034, "人民币壹佰亿零贰佰元叁角肆分"),
        (-12_345, "人民币负壹佰贰拾叁元肆角伍分"),
    ],
)
def test_an_amount_in_capitals_cannot_be_read_otherwise(minor: int, said: str) -> None:
    assert in_capitals(minor) == said


def test_a_number_is_read_as_people_type_it() -> None:
    number = BillNumber(BillKind.CREDIT_NOTE, 2026, 42)
    assert str(number) == "CRN-2026-00042"
    assert BillNumber.read(" crn-2026-00042 ") == number
    assert (
        BillNumber.read("CRN-2026-42") is BillNumber.read("XYZ-2026-00042") is BillNumber.read("CRN-٢٠٢٦-00042") is None
    )


@dataclass(frozen=True)
class Moved:
    on: date
    amount: Money


def test_what_was_before_the_period_opens_it_and_what_comes_after_is_not_told() -> None:
    moved = [
        Moved(date(2026, 1, 1 + day), Money(minor, currency))
        for day, minor, currency in [(0, 500, "CNY"), (1, -200, "CNY"), (2, 900, "USD"), (3, 70, "CNY"), (9, 1, "CNY")]
    ]
    said = account(moved, lambda each: each.on, first=date(2026, 1, 2), last=date(2026, 1, 5), currency="CNY")
    assert said.opening == Money(500, "CNY")
    assert [after.amount_minor for _line, after in said.lines] == [300, 370]
    assert (said.charged, said.credited, said.closing) == (Money(70, "CNY"), Money(200, "CNY"), Money(370, "CNY"))
