"""What a set costs line by line, weighs, and may not be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giftshop.giftsets.errors import (
    ArtworkMissing,
    BelowMinimum,
    DecorationGone,
    GreetingMissing,
    ItemGone,
    NothingInside,
    NotTogether,
    PackagingGone,
    PackagingTooSmall,
    TooHeavy,
)
from giftshop.giftsets.rules import ChargeKind, Clash, Contents, Craft, Part, Rates, Wrap, fill_parcels
from giftshop.kernel.errors import Refused
from giftshop.kernel.money import Money


def yuan(amount: float) -> Money:
    return Money(round(amount * 100), "CNY")


TEA = Part(1, {"en": "Tea"}, yuan(198), 380, 1, ("tea", "food"))
CUP = Part(2, {"en": "Thermos"}, yuan(128), 420, 2, ("office",))
CAKES = Part(3, {"en": "Mooncakes"}, yuan(298), 900, 1, ("food", "mooncake"))
BAG = Wrap(1, {"en": "Bag"}, yuan(8), 90, 3_000)
ENGRAVING = Craft(
    place_id=1,
    kind="engraving",
    names={"en": "Engraving"},
    on={"en": "Thermos"},
    places={"en": "on the lid"},
    setup=yuan(80),
    unit=yuan(4),
    least=50,
    lead_days=3,
    pieces=2,
    width_mm=50,
    height_mm=20,
    text="联动",
)
ALONE = Clash("mooncake", "*", {"en": "Mooncakes are packed by themselves."})
SET = Contents(
    "CNY", [TEA, CUP], BAG, [ENGRAVING], has_card=True, headline="中秋快乐", greeting="感谢您", clashes=[ALONE]
)


def refusals(contents: Contents, quantity: int = 30, limit: int = 20_000) -> Sequence[Refused]:
    return contents.refusals(quantity, parcel_limit_g=limit)


def test_thirty_sets_are_explained_line_by_line() -> None:
    lines = SET.charges(30, parcels=30, rates=Rates())
    assert [(line.kind, line.unit, line.quantity) for line in lines] == [
        (ChargeKind.ITEMS, yuan(198), 30),
        (ChargeKind.ITEMS, yuan(128), 60),
        (ChargeKind.PACKAGING, yuan(8), 30),
        (ChargeKind.SETUP, yuan(80), 1),
        (ChargeKind.DECORATION, yuan(4), 60),
        (ChargeKind.CARD, yuan(3), 30),
        (ChargeKind.PARCELS, yuan(12), 30),
    ]
    assert lines[3].words == {"en": "Engraving · Thermos"}


@given(st.integers(1, 100_000), st.integers(0, 100_000))
def test_a_total_grows_by_one_sets_price_and_its_card_and_a_set_up_is_asked_once(quantity: int, parcels: int) -> None:
    def total(count: int) -> int:
        return sum(line.amount.amount_minor for line in SET.charges(count, parcels=parcels, rates=Rates()))

    assert total(quantity + 1) - total(quantity) == SET.unit.amount_minor + Rates().card_minor
    assert total(quantity) == quantity * (SET.unit.amount_minor + 300) + 8_000 + parcels * 1_200


def test_a_set_weighs_its_goods_its_card_and_its_packaging() -> None:
    assert (SET.contents_g, SET.weight_g) == (380 + 2 * 420 + 20, 380 + 2 * 420 + 20 + 90)


def test_a_sound_set_is_refused_nothing() -> None:
    assert refusals(SET) == ()


@pytest.mark.parametrize(
    ("wrong", "why", "field"),
    [
        (replace(SET, parts=[], crafts=[]), NothingInside, "items"),
        (replace(SET, parts=[replace(TEA, is_offered=False), CUP]), ItemGone, "items"),
        (replace(SET, parts=[replace(TEA, price=Money(100, "EUR")), CUP]), ItemGone, "items"),
        (replace(SET, parts=[TEA, CUP, CAKES]), NotTogether, "items"),
        (replace(SET, wrap=replace(BAG, holds_g=1_239)), PackagingTooSmall, "packaging"),
        (replace(SET, wrap=replace(BAG, is_offered=False)), PackagingGone, "packaging"),
        (replace(SET, crafts=[replace(ENGRAVING, is_offered=False)]), DecorationGone, "decorations"),
        (replace(SET, crafts=[replace(ENGRAVING, pieces=0)]), DecorationGone, "decorations"),
        (replace(SET, crafts=[replace(ENGRAVING, text=" ")]), ArtworkMissing, "decorations"),
        (replace(SET, crafts=[replace(ENGRAVING, least=61)]), BelowMinimum, "quantity"),
        (replace(SET, greeting="\n"), GreetingMissing, "greeting"),
    ],
)
def test_each_thing_that_is_wrong_is_refused_at_its_field(wrong: Contents, why: type[Refused], field: str) -> None:
    found = refusals(wrong)
    assert why in {type(refusal) for refusal in found}
    assert {refusal.field for refusal in found if type(refusal) is why} == {field}


def test_a_decoration_below_its_minimum_says_the_minimum_and_the_quantity() -> None:
    (refusal,) = refusals(SET, quantity=24)
    assert isinstance(refusal, BelowMinimum)
    assert (refusal.facts["least"], refusal.facts["quantity"]) == (50, 48)


def test_what_may_not_be_packed_together_is_named_with_the_reason_once_for_each_pair() -> None:
    found = [refusal for refusal in refusals(replace(SET, parts=[TEA, CAKES])) if isinstance(refusal, NotTogether)]
    assert [refusal.facts for refusal in found] == [
        {"first": {"en": "Tea"}, "second": {"en": "Mooncakes"}, "reason": ALONE.reasons}
    ]


def test_mooncakes_lie_with_mooncakes_and_two_tags_clash_in_either_order() -> None:
    assert not ALONE.forbids(CAKES, replace(CAKES, item_id=4))
    clash = Clash("office", "tea", {})
    assert clash.forbids(TEA, CUP)
    assert clash.forbids(CUP, TEA)
    assert not clash.forbids(TEA, CAKES)


@given(st.integers(1, 40_000))
def test_a_set_is_too_heavy_exactly_above_the_limit_and_says_both_weights(limit: int) -> None:
    found = [refusal for refusal in refusals(SET, limit=limit) if isinstance(refusal, TooHeavy)]
    assert bool(found) == (SET.weight_g > limit)
    assert all(refusal.facts == {"weight": SET.weight_g, "most": limit} for refusal in found)


@given(st.integers(0, 5_000), st.integers(0, 30_000), st.integers(1, 30_000))
def test_parcels_hold_all_sets_as_few_as_may_be_and_none_above_the_limit(
    quantity: int, weight: int, limit: int
) -> None:
    loads = fill_parcels(quantity, weight, limit)
    assert sum(loads) == quantity
    assert all(sets == 1 or sets * weight <= limit for sets in loads)
    assert max(loads, default=0) - min(loads, default=0) <= 1
    if loads and weight and weight <= limit:
        assert len(loads) == -(-quantity // (limit // weight))
