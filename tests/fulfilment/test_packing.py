from __future__ import annotations

from datetime import timedelta

import pytest

from giftshop import fulfilment
from giftshop.fulfilment import Line, ShipmentState
from giftshop.fulfilment.errors import (
    AlreadyClaimed,
    AlreadyPacked,
    ContentsNotConfirmed,
    NotClaimed,
    OneTooMany,
    StepNotPossible,
    WrongItem,
)
from giftshop.fulfilment.rules import CLAIM_LASTS
from tests.fulfilment.conftest import NOON, Warehouse


def test_a_packer_takes_confirms_and_closes_a_parcel(warehouse: Warehouse) -> None:
    shipment = warehouse.request(warehouse.line_of_tea(2), warehouse.line_of_cups())
    warehouse.do(fulfilment.claim, shipment.id)
    assert not warehouse.do(fulfilment.scan, shipment.id, "tea-1").is_complete
    assert not warehouse.do(fulfilment.scan, shipment.id, "TEA-1").is_complete
    assert warehouse.do(fulfilment.scan, shipment.id, "CUP-2").is_complete
    assert warehouse.do(fulfilment.pack, shipment.id) == shipment.number
    packed = warehouse.now(shipment)
    assert (packed.state, packed.packed_by, packed.packed_at) == (ShipmentState.PACKED, warehouse.packer.id, NOON)
    assert packed.claimed_by is None


def test_a_colleague_is_told_who_has_the_parcel_and_until_when(warehouse: Warehouse) -> None:
    shipment = warehouse.request()
    warehouse.do(fulfilment.claim, shipment.id)
    with pytest.raises(AlreadyClaimed) as refused:
        warehouse.do(fulfilment.claim, shipment.id, by=warehouse.colleague)
    assert refused.value.facts == {
        "number": shipment.number,
        "packer": warehouse.packer.name,
        "until": NOON + CLAIM_LASTS,
    }


def test_a_second_scan_of_a_packed_parcel_says_who_packed_it_and_when(warehouse: Warehouse) -> None:
    shipment = warehouse.packed()
    with pytest.raises(AlreadyPacked) as refused:
        warehouse.do(fulfilment.claim, shipment.id, by=warehouse.colleague)
    assert refused.value.facts["packer"] == warehouse.packer.name
    assert refused.value.facts["at"] == NOON


def test_a_parcel_left_lying_may_be_taken_by_a_colleague_who_scans_it_anew(warehouse: Warehouse) -> None:
    shipment = warehouse.request(warehouse.line_of_tea(2))
    warehouse.do(fulfilment.claim, shipment.id)
    warehouse.do(fulfilment.scan, shipment.id, "TEA-1")
    later = NOON + CLAIM_LASTS + timedelta(seconds=1)
    warehouse.do(fulfilment.claim, shipment.id, by=warehouse.colleague, at=later)
    assert [line.scanned for line in warehouse.lines(shipment)] == [0]
    with pytest.raises(AlreadyClaimed):
        warehouse.do(fulfilment.scan, shipment.id, "TEA-1", at=later)


def test_every_scan_gives_the_packer_their_time_anew(warehouse: Warehouse) -> None:
    shipment = warehouse.request(warehouse.line_of_tea(2))
    warehouse.do(fulfilment.claim, shipment.id)
    warehouse.do(fulfilment.scan, shipment.id, "TEA-1", at=NOON + CLAIM_LASTS - timedelta(minutes=1))
    with pytest.raises(AlreadyClaimed):
        warehouse.do(fulfilment.claim, shipment.id, by=warehouse.colleague, at=NOON + CLAIM_LASTS)


def test_taking_ones_own_parcel_again_keeps_what_was_scanned(warehouse: Warehouse) -> None:
    shipment = warehouse.request(warehouse.line_of_tea(2))
    warehouse.do(fulfilment.claim, shipment.id)
    warehouse.do(fulfilment.scan, shipment.id, "TEA-1")
    warehouse.do(fulfilment.claim, shipment.id)
    assert [line.scanned for line in warehouse.lines(shipment)] == [1]


def test_a_wrong_item_stops_and_counts_for_nothing(warehouse: Warehouse) -> None:
    shipment = warehouse.request(warehouse.line_of_tea())
    warehouse.do(fulfilment.claim, shipment.id)
    with pytest.raises(WrongItem):
        warehouse.do(fulfilment.scan, shipment.id, "CUP-2")
    with pytest.raises(ContentsNotConfirmed):
        warehouse.do(fulfilment.pack, shipment.id)


def test_one_item_too_many_stops(warehouse: Warehouse) -> None:
    shipment = warehouse.request(warehouse.line_of_tea(2))
    warehouse.do(fulfilment.claim, shipment.id)
    warehouse.do(fulfilment.scan, shipment.id, "TEA-1")
    with pytest.raises(OneTooMany):
        warehouse.do(fulfilment.scan, shipment.id, "TEA-1", 2)
    assert [line.scanned for line in warehouse.lines(shipment)] == [1]


def test_a_parcel_is_not_closed_while_something_is_missing(warehouse: Warehouse) -> None:
    shipment = warehouse.request(warehouse.line_of_tea(), warehouse.line_of_cups())
    warehouse.do(fulfilment.claim, shipment.id)
    warehouse.do(fulfilment.scan, shipment.id, "TEA-1")
    with pytest.raises(ContentsNotConfirmed):
        warehouse.do(fulfilment.pack, shipment.id)
    assert warehouse.state(shipment) is ShipmentState.PACKING


def test_a_thing_without_a_barcode_is_ticked_off(warehouse: Warehouse) -> None:
    shipment = warehouse.request(Line(None, {"en": "Logo bag", "zh_Hans": "礼品袋"}, 3))
    warehouse.do(fulfilment.claim, shipment.id)
    (bag,) = warehouse.lines(shipment)
    assert warehouse.do(fulfilment.tick_off, shipment.id, bag.id).is_complete


def test_a_thing_with_a_barcode_is_scanned_once_before_the_rest_is_counted(warehouse: Warehouse) -> None:
    shipment = warehouse.request(warehouse.line_of_tea(9))
    warehouse.do(fulfilment.claim, shipment.id)
    (tea,) = warehouse.lines(shipment)
    with pytest.raises(ContentsNotConfirmed):
        warehouse.do(fulfilment.tick_off, shipment.id, tea.id)
    warehouse.do(fulfilment.scan, shipment.id, "TEA-1")
    assert warehouse.do(fulfilment.tick_off, shipment.id, tea.id).is_complete


def test_a_line_of_another_parcel_cannot_be_ticked_off_here(warehouse: Warehouse) -> None:
    mine = warehouse.request()
    other = warehouse.request(Line(None, {"en": "Logo bag"}, 1))
    warehouse.do(fulfilment.claim, mine.id)
    with pytest.raises(ContentsNotConfirmed):
        warehouse.do(fulfilment.tick_off, mine.id, warehouse.lines(other)[0].id)
    assert [line.scanned for line in warehouse.lines(other)] == [0]


def test_what_was_put_back_is_scanned_anew(warehouse: Warehouse) -> None:
    shipment = warehouse.request(warehouse.line_of_tea(2))
    warehouse.do(fulfilment.claim, shipment.id)
    warehouse.do(fulfilment.scan, shipment.id, "TEA-1")
    with pytest.raises(AlreadyClaimed):
        warehouse.do(fulfilment.release, shipment.id, by=warehouse.colleague)
    warehouse.do(fulfilment.release, shipment.id)
    assert warehouse.state(shipment) is ShipmentState.WAITING
    assert [line.scanned for line in warehouse.lines(shipment)] == [0]


def test_nothing_is_scanned_into_a_parcel_nobody_took(warehouse: Warehouse) -> None:
    shipment = warehouse.request()
    with pytest.raises(NotClaimed):
        warehouse.do(fulfilment.scan, shipment.id, "TEA-1")
    with pytest.raises(StepNotPossible):
        warehouse.do(fulfilment.pack, shipment.id)


def test_a_packed_parcel_takes_no_more(warehouse: Warehouse) -> None:
    shipment = warehouse.packed()
    with pytest.raises(AlreadyPacked):
        warehouse.do(fulfilment.scan, shipment.id, "TEA-1")
