from __future__ import annotations

from datetime import timedelta

import pytest

from giftshop import fulfilment
from giftshop.fulfilment import ShipmentDelivered, ShipmentDispatched, ShipmentState
from giftshop.fulfilment.errors import (
    CarrierMissing,
    ManifestChanged,
    ManifestClosed,
    NothingToHandOver,
    StepNotPossible,
    TrackingNumberMalformed,
    TrackingNumberTaken,
)
from giftshop.fulfilment.handing_over import discard, manifest, parcels_on
from giftshop.web import GiftShop
from tests.fulfilment.conftest import NOON, Warehouse
from tests.fulfilment.test_service import heard


def test_all_parcels_of_a_manifest_leave_at_once_and_their_goods_with_them(app: GiftShop, warehouse: Warehouse) -> None:
    news = heard(app, ShipmentDispatched)
    parcels = [warehouse.packed() for _ in range(3)]
    assert warehouse.on_hand(warehouse.tea) == 10
    leaving = warehouse.do(fulfilment.draw_up, [parcel.id for parcel in parcels])
    assert warehouse.do(fulfilment.hand_over, leaving.manifests[0], 3) == 3
    assert {warehouse.state(parcel) for parcel in parcels} == {ShipmentState.DISPATCHED}
    assert warehouse.on_hand(warehouse.tea) == 7
    assert warehouse.free(warehouse.tea) == 7
    assert [(told.shipment_id, told.source) for told in news] == [(p.id, p.source) for p in parcels]


def test_each_carrier_gets_a_manifest_of_its_own(warehouse: Warehouse) -> None:
    parcels = [warehouse.packed(carrier=code) for code in ("SF", "EMS", "SF")]
    leaving = warehouse.do(fulfilment.draw_up, [parcel.id for parcel in parcels])
    with warehouse.database.reading() as reader:
        counts = {manifest(reader, m).carrier_id: manifest(reader, m).parcel_count for m in leaving.manifests}
    assert counts == {warehouse.carriers["SF"].id: 2, warehouse.carriers["EMS"].id: 1}


def test_parcels_that_cannot_leave_stay_off_the_manifest(warehouse: Warehouse) -> None:
    ready = warehouse.packed()
    no_carrier = warehouse.packed(carrier=None)
    no_number = warehouse.packed(carrier=None)
    warehouse.do(fulfilment.assign, no_number.id, carrier_id=warehouse.carriers["EMS"].id)
    unpacked = warehouse.request()
    ids = [ready.id, no_carrier.id, no_number.id, unpacked.id]
    assert warehouse.do(fulfilment.draw_up, ids).taken == {ready.id}
    with pytest.raises(NothingToHandOver):
        warehouse.do(fulfilment.draw_up, ids)


def test_our_own_driver_needs_no_tracking_number(warehouse: Warehouse) -> None:
    parcel = warehouse.packed(carrier=None)
    warehouse.do(fulfilment.assign, parcel.id, carrier_id=warehouse.carriers["OWN"].id)
    assert warehouse.do(fulfilment.draw_up, [parcel.id]).taken == {parcel.id}


def test_a_manifest_is_handed_over_once(app: GiftShop, warehouse: Warehouse) -> None:
    news = heard(app, ShipmentDispatched)
    parcel = warehouse.packed()
    number = warehouse.do(fulfilment.draw_up, [parcel.id]).manifests[0]
    warehouse.do(fulfilment.hand_over, number, 1)
    with pytest.raises(ManifestClosed):
        warehouse.do(fulfilment.hand_over, number, 1, at=NOON + timedelta(minutes=1))
    assert len(news) == 1
    assert warehouse.on_hand(warehouse.tea) == 9


def test_a_sheet_that_is_no_longer_true_hands_nothing_over(warehouse: Warehouse) -> None:
    stays, leaves = warehouse.packed(), warehouse.packed()
    number = warehouse.do(fulfilment.draw_up, [stays.id, leaves.id]).manifests[0]
    warehouse.do(fulfilment.stop, stays.id, fulfilment.ExceptionReason.DAMAGED)
    with pytest.raises(ManifestChanged):
        warehouse.do(fulfilment.hand_over, number, 2)
    assert warehouse.state(leaves) is ShipmentState.PACKED
    assert warehouse.do(fulfilment.hand_over, number, 1) == 1
    assert warehouse.state(stays) is ShipmentState.EXCEPTION


def test_the_parcels_of_a_discarded_manifest_wait_for_another(warehouse: Warehouse) -> None:
    parcel = warehouse.packed()
    number = warehouse.do(fulfilment.draw_up, [parcel.id]).manifests[0]
    warehouse.do(discard, number)
    with warehouse.database.reading() as reader:
        assert parcels_on(reader, number) == []
    assert warehouse.do(fulfilment.draw_up, [parcel.id]).taken == {parcel.id}


def test_a_receiver_has_it_and_the_rooms_above_hear_of_it_once(app: GiftShop, warehouse: Warehouse) -> None:
    news = heard(app, ShipmentDelivered)
    shipment = warehouse.dispatched()
    warehouse.do(fulfilment.deliver, shipment.id)
    with pytest.raises(StepNotPossible):
        warehouse.do(fulfilment.deliver, shipment.id)
    assert [told.shipment_id for told in news] == [shipment.id]
    assert warehouse.now(shipment).delivered_at == NOON


def test_a_parcel_that_has_not_left_cannot_be_delivered(warehouse: Warehouse) -> None:
    with pytest.raises(StepNotPossible):
        warehouse.do(fulfilment.deliver, warehouse.packed().id)


def test_one_carrier_gives_a_number_to_one_parcel(warehouse: Warehouse) -> None:
    first = warehouse.packed(tracking_number="SF1234567890")
    second = warehouse.packed(carrier=None)
    sf, ems = warehouse.carriers["SF"].id, warehouse.carriers["EMS"].id
    with pytest.raises(TrackingNumberTaken) as refused:
        warehouse.do(fulfilment.assign, second.id, carrier_id=sf, tracking_number="sf 1234567890")
    assert refused.value.facts["number"] == first.number
    warehouse.do(fulfilment.assign, second.id, carrier_id=ems, tracking_number="SF1234567890")
    assert warehouse.now(second).tracking_number == "SF1234567890"


def test_another_carrier_takes_the_old_number_away(warehouse: Warehouse) -> None:
    shipment = warehouse.packed(tracking_number="SF1234567890")
    warehouse.do(fulfilment.assign, shipment.id, carrier_id=warehouse.carriers["EMS"].id)
    assert warehouse.now(shipment).tracking_number is None


def test_a_number_without_a_carrier_or_that_is_none_is_refused(warehouse: Warehouse) -> None:
    shipment = warehouse.packed(carrier=None)
    with pytest.raises(CarrierMissing):
        warehouse.do(fulfilment.assign, shipment.id, tracking_number="SF1234567890")
    with pytest.raises(TrackingNumberMalformed):
        warehouse.do(fulfilment.assign, shipment.id, tracking_number="soon")
