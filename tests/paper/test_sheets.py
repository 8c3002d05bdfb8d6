from __future__ import annotations

import dataclasses
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giftshop.paper import (
    A4_TEN_UP,
    DESIGNS,
    ONE_UP,
    SRA3_TWENTY_FOUR_UP,
    Area,
    GridNumberWrong,
    GridTooLarge,
    Imposition,
    Output,
    grids_for,
    proof_areas,
    refuse_unfit,
)
from giftshop.paper.output import needed_mm
from giftshop.paper.sheets import BLEED, Edges, Sheet, sheet_of

A6 = DESIGNS["moon"]
BUSINESS_CARD = dataclasses.replace(A6, width_mm=85.6, height_mm=54)
DL = dataclasses.replace(A6, width_mm=210, height_mm=99)
HAIR = 0.01
SPARE_MM = st.floats(0, 60)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Sheets with marks, as large as their cards need or larger, upright and lying."""
    design = draw(st.sampled_from([A6, BUSINESS_CARD]))
    gutter = draw(st.sampled_from([0, 1, 3, 6, 9.5]))
    grid = Imposition(draw(st.integers(1, 3)), draw(st.integers(1, 4)), 1, 1, gutter)
    width, height = needed_mm(grid, design)
    grid = dataclasses.replace(grid, sheet_width_mm=width + draw(SPARE_MM), sheet_height_mm=height + draw(SPARE_MM))
    return sheet_of(design, Output(grid, has_marks=True))


def within(inner: Edges, outer: Edges) -> bool:
    return (
        inner.left >= outer.left - HAIR
        and inner.bottom >= outer.bottom - HAIR
        and inner.right <= outer.right + HAIR
        and inner.top <= outer.top + HAIR
    )


@settings(max_examples=80, deadline=None)
@given(sheets())
def test_no_cut_mark_lies_on_a_card_and_every_cut_has_one_at_either_end(sheet: Sheet) -> None:
    paper = Edges(0, 0, sheet.width, sheet.height)
    for slot in [*sheet.fronts, *sheet.backs]:
        for mark in sheet.marks:
            drawn = Edges(*sorted([mark.x, mark.end_x]), *sorted([mark.y, mark.end_y]))
            drawn = Edges(drawn[0], drawn[2], drawn[1], drawn[3])
            assert within(drawn, paper)
            beside = drawn.right <= slot.cut.left + HAIR or drawn.left >= slot.cut.right - HAIR
            assert beside or drawn.top <= slot.cut.bottom + HAIR or drawn.bottom >= slot.cut.top - HAIR
    upright = [mark for mark in sheet.marks if mark.x == mark.end_x]
    around = [mark for mark in upright if mark.end_y <= sheet.trim.bottom or mark.y >= sheet.trim.top]
    for x in {x for slot in sheet.fronts for x in (slot.cut.left, slot.cut.right)}:
        assert [abs(mark.x - x) < HAIR and mark.end_y - mark.y > 5 for mark in around].count(True) == 2


@settings(max_examples=80, deadline=None)
@given(sheets())
def test_each_card_s_back_lies_behind_its_front_when_the_sheet_is_turned_on_its_long_edge(sheet: Sheet) -> None:
    is_lying = sheet.width > sheet.height
    for front, back in zip(sheet.fronts, sheet.backs, strict=True):
        left, bottom, right, top = back.cut
        seen = (
            Edges(left, sheet.height - top, right, sheet.height - bottom)
            if is_lying
            else Edges(sheet.width - right, bottom, sheet.width - left, top)
        )
        assert seen == pytest.approx(front.cut, abs=HAIR)
        assert back.is_turned == is_lying


@settings(max_examples=80, deadline=None)
@given(sheets())
def test_a_card_s_bleed_stays_off_its_neighbours_and_reaches_out_at_the_edge(sheet: Sheet) -> None:
    for side in (sheet.fronts, sheet.backs):
        for slot in side:
            assert within(slot.cut, slot.reach)
            assert within(slot.reach, slot.cut.wider(BLEED))
            others = [other.cut for other in side if other is not slot]
            for other in others:
                beside = slot.reach.right <= other.left + HAIR or slot.reach.left >= other.right - HAIR
                assert beside or slot.reach.top <= other.bottom + HAIR or slot.reach.bottom >= other.top - HAIR
        assert Edges(
            min(slot.reach.left for slot in side),
            min(slot.reach.bottom for slot in side),
            max(slot.reach.right for slot in side),
            max(slot.reach.top for slot in side),
        ) == pytest.approx(sheet.bleed, abs=HAIR)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("columns", 0),
        ("columns", -2),
        ("rows", 10**9),
        ("sheet_width_mm", 0),
        ("sheet_height_mm", -297),
        ("sheet_width_mm", 1e12),
        ("sheet_height_mm", math.inf),
        ("sheet_width_mm", math.nan),
        ("gutter_mm", -1),
        ("gutter_mm", math.nan),
        ("gutter_mm", 400),
    ],
)
def test_a_number_no_press_takes_is_refused_at_its_field(field: str, value: float) -> None:
    with pytest.raises(GridNumberWrong) as refusal:
        refuse_unfit(dataclasses.replace(A4_TEN_UP, **{field: value}), BUSINESS_CARD)  # type: ignore[arg-type]
    assert refusal.value.field == field


@pytest.mark.parametrize(("columns", "rows", "field"), [(3, 5, "columns"), (2, 6, "rows")])
def test_cards_that_do_not_fit_the_sheet_are_refused(columns: int, rows: int, field: str) -> None:
    with pytest.raises(GridTooLarge, match="the sheet has") as refusal:
        sheet_of(BUSINESS_CARD, Output(dataclasses.replace(A4_TEN_UP, columns=columns, rows=rows)))
    assert refusal.value.field == field


def test_the_house_s_usual_grids_are_offered_for_business_cards() -> None:
    offered = grids_for(BUSINESS_CARD)
    assert A4_TEN_UP in offered
    assert SRA3_TWENTY_FOUR_UP in offered


@pytest.mark.parametrize(("design", "most"), [(A6, {210: 2, 297: 4, 320: 8}), (DL, {210: 2, 297: 4, 320: 6})])
def test_every_size_is_offered_grids_that_fit_and_hold_no_more(design: object, most: dict[float, int]) -> None:
    assert isinstance(design, type(A6))
    offered = grids_for(design)
    for grid in offered:
        refuse_unfit(grid, design)
        for more in ("columns", "rows"):
            with pytest.raises(GridTooLarge):
                refuse_unfit(dataclasses.replace(grid, **{more: getattr(grid, more) + 1}), design)
    fullest = dict.fromkeys(most, 0)
    for grid in offered:
        short = min(grid.sheet_width_mm, grid.sheet_height_mm)
        fullest[short] = max(fullest[short], grid.cards)
    assert fullest == most


def test_a_buyer_s_screen_is_told_where_the_knife_goes_and_what_is_safe_from_it() -> None:
    areas = proof_areas(A6, output=ONE_UP)
    assert areas.page == areas.bleed == Area(0, 0, 154, 111)
    assert areas.trim == Area(3, 3, 148, 105)
    assert areas.safe == Area(6, 6, 142, 99)
    marked = proof_areas(A6, output=Output(has_marks=True))
    assert (marked.page, marked.trim) == (Area(0, 0, 166, 123), Area(9, 9, 148, 105))
    imposed = proof_areas(BUSINESS_CARD, output=Output(A4_TEN_UP, has_marks=True))
    assert imposed.page == Area(0, 0, 210, 297)
    assert imposed.trim == Area(17.9, 7.5, 85.6, 54)
    assert imposed.bleed == Area(14.9, 4.5, 90.1, 58.5)
