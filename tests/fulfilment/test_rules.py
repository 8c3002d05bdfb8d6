from __future__ import annotations

import pytest

from giftshop.fulfilment.rules import (
    ALLOWED_FROM,
    LEADS_TO,
    ShipmentState,
    Step,
    is_allowed,
    scan_code,
    state_after_resolving,
    tracking_code,
)

S = ShipmentState


def test_every_step_says_where_it_may_be_taken() -> None:
    assert set(ALLOWED_FROM) == set(Step)


def test_every_state_can_be_reached() -> None:
    assert set(LEADS_TO.values()) == set(S) - {S.HELD}, "a shipment begins held or waiting"


@pytest.mark.parametrize("state", [S.PACKING, S.PACKED, S.DISPATCHED, S.DELIVERED, S.CANCELLED])
@pytest.mark.parametrize("step", [Step.CHANGE_LINES, Step.CANCEL, Step.READDRESS])
def test_nothing_is_changed_once_packing_began(step: Step, state: ShipmentState) -> None:
    assert not is_allowed(step, state, has_left=state is S.DISPATCHED)


def test_a_stopped_parcel_that_lies_with_us_can_be_changed_but_cannot_come_back() -> None:
    assert is_allowed(Step.READDRESS, S.EXCEPTION, has_left=False)
    assert is_allowed(Step.CANCEL, S.EXCEPTION, has_left=False)
    assert not is_allowed(Step.TAKE_BACK, S.EXCEPTION, has_left=False)


def test_a_stopped_parcel_that_the_carrier_has_can_come_back_but_not_be_changed() -> None:
    assert is_allowed(Step.TAKE_BACK, S.EXCEPTION, has_left=True)
    assert not is_allowed(Step.READDRESS, S.EXCEPTION, has_left=True)
    assert not is_allowed(Step.CANCEL, S.EXCEPTION, has_left=True)


@pytest.mark.parametrize(
    ("stopped_in", "packs_again", "goes_on"),
    [
        (S.HELD, False, S.HELD),
        (S.WAITING, False, S.WAITING),
        (S.PACKING, False, S.WAITING),
        (S.PACKED, False, S.PACKED),
        (S.PACKED, True, S.WAITING),
        (S.DISPATCHED, True, S.DISPATCHED),
    ],
)
def test_what_was_stopped_goes_on_where_it_stood(
    stopped_in: ShipmentState, packs_again: bool, goes_on: ShipmentState
) -> None:
    assert state_after_resolving(stopped_in, packs_again=packs_again) is goes_on


@pytest.mark.parametrize("typed", ["tea-1", " TEA-1 ", "ＴＥＡ－１", "Tea -1\n"])
def test_a_code_is_known_however_the_scanner_writes_it(typed: str) -> None:
    assert scan_code(typed) == "TEA-1"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("sf 1234 5678 9012", "SF123456789012"),
        ("EA123456789CN", "EA123456789CN"),
        ("JD-0012345678-1", "JD-0012345678-1"),
        ("1234567", None),
        ("no number here", None),
        ("SF123456789012; DROP", None),
        ("=cmd|' /C calc'!A0", None),
        ("运单123456789", None),
    ],
)
def test_a_tracking_number_is_letters_and_digits(typed: str, kept: str | None) -> None:
    assert tracking_code(typed) == kept
