"""Price bands, pages, and the next festival."""

from datetime import date

import pytest

from giftshop.kernel.clock import working_days_before
from giftshop.kernel.festivals import next_festival
from giftshop.shop.rules import band_of, bands_of, page_of


@pytest.mark.parametrize("currency", ["CNY", "EUR", "JPY"])
def test_every_price_lies_in_one_band_and_a_budget_holds_what_costs_just_as_much(currency: str) -> None:
    bands = bands_of(currency)
    for price in (1, 2999, 3000, 3001, 10_000, 20_000, 20_001, 9_999_999):
        assert sum(band.holds(price) for band in bands) == 1
    first = bands[0]
    assert first.most is not None
    assert first.holds(first.most.amount_minor)
    assert not bands[1].holds(first.most.amount_minor)


def test_a_band_is_found_by_its_address_and_nonsense_is_none() -> None:
    assert band_of("CNY", "100-200") == bands_of("CNY")[1]
    assert band_of("CNY", "1-2") is None
    assert band_of("CNY", "") is None


@pytest.mark.parametrize(("typed", "page"), [("3", 3), ("0", 1), ("-1", 1), ("x", 1), ("²", 1), ("9" * 30, 1)])
def test_a_page_is_a_number_from_one(typed: str, page: int) -> None:
    assert page_of(typed) == page


def test_the_next_festival_is_the_first_that_can_still_be_ordered_for() -> None:
    coming = next_festival(date(2026, 9, 1))
    assert coming is not None
    assert (coming.festival.tag, coming.on, coming.order_by) == ("mid-autumn", date(2026, 9, 25), date(2026, 9, 4))
    after = next_festival(date(2026, 9, 5))
    assert after is not None
    assert (after.festival.tag, after.on) == ("spring-festival", date(2027, 2, 6))


def test_working_days_leave_out_weekends() -> None:
    assert working_days_before(date(2026, 11, 30), 1) == date(2026, 11, 27)


def test_where_the_calendar_ends_there_is_no_next_festival() -> None:
    assert next_festival(date(2099, 12, 1)) is None
