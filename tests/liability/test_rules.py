"""Ages, pictures and forecasts by themselves."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giftshop.liability import rules
from giftshop.liability.rules import History


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 5, 31), 3, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 12, 31), 24, date(2024, 12, 31)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
    ],
)
def test_so_many_months_before_is_the_same_day_or_the_months_last(day: date, months: int, before: date) -> None:
    assert rules.months_before(day, months) == before


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**9), max_size=8))
def test_what_is_shared_out_adds_up(whole: int, weights: list[int]) -> None:
    parts = rules.shared_out(whole, weights)
    assert sum(parts) == (whole if any(weights) else 0)
    assert all(part >= 0 for part in parts)


@given(st.integers(0, 10**9), st.lists(st.integers(-(10**6), 10**6), max_size=8))
def test_a_waterfall_hangs_together_and_stays_on_the_paper(opening: int, changes: list[int]) -> None:
    kept: list[int] = []
    for change in changes:
        kept.append(max(change, -(opening + sum(kept))))
    bars = rules.waterfall(opening, kept)
    assert len(bars) == len(kept) + 2
    assert all(bar.start >= 0 and bar.start + bar.length <= 100 for bar in bars)
    assert [bar.is_less for bar in bars[1:-1]] == [change < 0 for change in kept]
    widest = max([opening, *(opening + sum(kept[: n + 1]) for n in range(len(kept))), 1])
    assert bars[-1].length == Fraction(100 * (opening + sum(kept)), widest)


def test_too_little_of_the_past_makes_no_forecast() -> None:
    enough = [History(40, 1_000, 250)] * 3
    assert rules.share_never_redeemed(enough) == Fraction(1, 4)
    assert rules.share_never_redeemed(enough[:2]) is None, "two programmes"
    assert rules.share_never_redeemed([History(33, 1_000, 250)] * 3) is None, "99 cards"


def test_breakage_is_earned_as_the_rest_is_redeemed() -> None:
    """Of ¥1,000 a fifth is expected to stay: half of the other ¥800 redeemed, half of the ¥200 is earned."""
    fifth = Fraction(1, 5)
    assert rules.earned_so_far(fifth, 100_000, 40_000) == 10_000
    assert rules.earned_so_far(fifth, 100_000, 80_000) == 20_000
    assert rules.earned_so_far(fifth, 100_000, 95_000) == 20_000
    assert rules.earned_so_far(Fraction(1), 100_000, 0) == 0
    assert rules.expected_never(fifth, 100_000, 95_000 - 80_000) == 15_000
