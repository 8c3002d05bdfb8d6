"""A set's total as it is shown: every charge in one group, setting up beside its decoration; and what ideas keep to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from giftshop.branding import Occasion
from giftshop.giftsets.ideas import ideas, themes
from giftshop.giftsets.rules import Part, Rates
from giftshop.giftsets.totals import total_of
from giftshop.kernel.money import Money
from tests.giftsets.test_rules import ALONE, BAG, SET


@given(st.integers(1, 100_000), st.integers(1, 10_000_000))
def test_groups_rows_and_lines_come_to_the_same_and_the_budget_is_held_against_each(quantity: int, budget: int) -> None:
    total = total_of(SET, quantity, rates=Rates(), budget_minor=budget)
    assert total is not None
    charged = sum(line.amount.amount_minor for line in SET.charges(quantity, parcels=quantity, rates=Rates()))
    assert total.amount.amount_minor == charged
    assert sum(group.amount.amount_minor for group in total.groups) == charged
    assert sum(row.amount.amount_minor for group in total.groups for row in group.rows) == charged
    assert 0 <= total.each.amount_minor * quantity - charged < quantity
    assert total.left == Money(budget, "CNY") - total.each


def test_a_decoration_is_one_line_with_its_setting_up_once() -> None:
    total = total_of(SET, 30, rates=Rates())
    assert total is not None
    (mark,) = [group for group in total.groups if group.title == "Your branding"]
    (row,) = mark.rows
    assert row.words == {"en": "Engraving"}
    assert sorted((charge.unit.amount_minor, charge.quantity) for charge in row.charges) == [(400, 60), (8_000, 1)]


def test_an_empty_set_has_no_total() -> None:
    assert total_of(replace(SET, parts=[], crafts=[]), 30, rates=Rates()) is None


@given(
    st.lists(
        st.builds(
            lambda price, weight, tags: (price, weight, tags),
            st.integers(100, 200_000),
            st.integers(0, 9_000),
            st.lists(
                st.sampled_from(["tea", "food", "office", "mooncake", "mid-autumn", "fresh"]), unique=True, max_size=3
            ),
        ),
        max_size=14,
    )
)
def test_ideas_keep_to_their_budget_to_what_may_lie_together_and_each_has_its_own_gifts(
    goods: list[tuple[int, int, list[str]]],
) -> None:
    offered = [
        Part(number, {}, Money(price, "CNY"), weight, 1, tuple(tags))
        for number, (price, weight, tags) in enumerate(goods, 1)
    ]
    found = ideas(offered, [BAG], [ALONE], rates=Rates(), today=date(2026, 9, 1))
    seen = [part.item_id for idea in found for part in idea.parts]
    assert len(seen) == len(set(seen))
    for idea in found:
        assert idea.each(Rates()) <= idea.budget
        contents = replace(idea.contents("h", "g"), clashes=[ALONE])
        assert contents.refusals(50, parcel_limit_g=10**9) == ()


def test_the_next_feast_comes_first() -> None:
    firsts = {day: themes(day)[0].occasion for day in (date(2026, 1, 5), date(2026, 6, 1), date(2026, 9, 1))}
    assert list(firsts.values()) == [Occasion.SPRING_FESTIVAL, Occasion.DRAGON_BOAT, Occasion.MID_AUTUMN]
