"""The festivals to come, and until when one orders for them."""

from __future__ import annotations

from datetime import date

import pytest

from giftshop.kernel.festivals import WITHOUT_PRINT, coming_festivals


def test_the_nearest_festival_comes_first_with_its_last_day_and_each_comes_once() -> None:
    coming = coming_festivals(date(2026, 9, 1))
    assert [(each.festival.tag, each.on, each.order_by) for each in coming] == [
        ("mid-autumn", date(2026, 9, 25), date(2026, 9, 4)),
        ("spring-festival", date(2027, 2, 6), date(2027, 1, 18)),
        ("dragon-boat", date(2027, 6, 9), date(2027, 5, 19)),
    ]


@pytest.mark.parametrize(
    ("today", "is_too_late"),
    [(date(2026, 9, 4), False), (date(2026, 9, 5), True), (date(2026, 9, 25), True), (date(2026, 9, 26), None)],
)
def test_a_festival_is_too_late_after_its_last_day_and_gone_after_it(today: date, is_too_late: bool | None) -> None:
    answers = [each.is_too_late(today) for each in coming_festivals(today) if each.on == date(2026, 9, 25)]
    assert answers == ([] if is_too_late is None else [is_too_late])


def test_what_is_not_printed_can_be_ordered_for_longer() -> None:
    assert coming_festivals(date(2026, 9, 1), WITHOUT_PRINT)[0].order_by == date(2026, 9, 16)


def test_where_the_calendar_ends_no_festival_comes() -> None:
    assert coming_festivals(date(2099, 12, 1)) == ()
    assert [each.festival.tag for each in coming_festivals(date(2098, 6, 30))] == ["mid-autumn"]
