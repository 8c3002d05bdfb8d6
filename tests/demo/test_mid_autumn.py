"""Liandong's mooncakes of 2004, from the first nomination to the last parcel, as the command tells them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from giftshop.application import create_app
from giftshop.campaigns.contradictions import Kind
from giftshop.config import Settings
from giftshop.demo.mid_autumn import LATE, RETURNED, Told, tell
from giftshop.demo.mid_autumn_page import page_of
from giftshop.web import in_locale


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """The whole story, told once, to a site that stays as it was."""
    instance = tmp_path_factory.mktemp("instance")
    shop = create_app(Settings.from_environ({"GIFTSHOP_MODE": "demo", "INSTANCE_PATH": str(instance)}))
    with shop.app_context():
        yield tell(shop.anew, tmp_path_factory.mktemp("liandong"), 2004)
    assert isinstance(shop, Flask)
    assert not (Path(instance) / "giftshop.db").exists()
    shop.database.dispose()


def test_the_list_is_held_against_390_and_the_budget_against_380(told: Told) -> None:
    report = told.report
    assert [(group.name, group.nominated) for group in report.groups] == [
        ("老客户", 80),
        ("经销商", 50),
        ("重点准客户", 200),
        ("到访客户", 60),
    ]
    assert (report.expected, report.nominated, report.budgeted, report.expected_firms) == (390, 390, 380, 350)


def test_every_gift_is_printed_sent_or_handed_over_and_what_is_late_is_said(told: Told) -> None:
    total = told.report.total
    assert (total.accepted, total.printed, total.dispatched, total.handed_over) == (390, 390, 330, 60)
    assert (total.delivered, total.late, total.returned) == (390 - RETURNED, LATE, RETURNED)


def test_parcels_to_doors_lay_ready_and_did_not_leave_before_the_window(told: Told) -> None:
    assert told.held == 330


def test_what_it_cost_is_a_gift_and_a_card_for_each(told: Told) -> None:
    assert told.report.cost.amount_minor == 200 * 41_960 + 190 * 17_860
    assert told.report.budget.amount_minor == 150 * 41_960 + 230 * 17_860


def test_the_plan_is_contradicted_before_money_is_spent_but_not_for_its_dates(told: Told) -> None:
    kinds = {each.kind for each in told.contradictions}
    assert {Kind.PEOPLE_AGAINST_BUDGET, Kind.FIRMS_AGAINST_PEOPLE, Kind.GRADE_SHORT, Kind.VISITS_TOO_LATE} <= kinds
    assert Kind.PRICE_UNKNOWN in kinds
    assert Kind.DATES_OF_ANOTHER_YEAR not in kinds
    late = next(each for each in told.contradictions if each.kind is Kind.VISITS_TOO_LATE)
    assert (late.figures["visits_on"], late.figures["last_on"]) == (date(2004, 9, 27), date(2004, 9, 26))


def test_the_page_says_it_in_both_languages(told: Told) -> None:
    with in_locale("en"):
        assert "390 people (80 + 50 + 200 + 60); the budget is for 380 (150 + 230)" in page_of(told)
    with in_locale("zh_Hans"):
        assert "2004 年中秋送月饼" in page_of(told)
