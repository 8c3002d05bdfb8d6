from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from giftshop import fulfilment, stock
from giftshop.fulfilment import AlreadyPacking, ShipmentState
from giftshop.fulfilment.errors import NothingToSend, NotYet, StepNotPossible
from giftshop.kernel import clock
from giftshop.web import GiftShop
from tests.fulfilment.conftest import LI, NOON, TODAY, ZHANG, Warehouse


def test_a_requested_gift_waits_with_its_goods_reserved(warehouse: Warehouse) -> None:
    shipment = warehouse.request(warehouse.line_of_tea(2))
    assert shipment.state is ShipmentState.WAITING
    assert shipment.number.startswith("S-")
    assert shipment.receiver == ZHANG
    assert (warehouse.free(warehouse.tea), warehouse.on_hand(warehouse.tea)) == (8, 10)


def test_two_lines_of_the_same_gift_reserve_it_once(warehouse: Warehouse) -> None:
    warehouse.request(warehouse.line_of_tea(1), warehouse.line_of_tea(2))
    assert warehouse.free(warehouse.tea) == 7


def test_a_gift_out_of_stock_is_refused_and_nothing_is_left_of_the_request(warehouse: Warehouse) -> None:
    with pytest.raises(stock.OutOfStock):
        warehouse.request(warehouse.line_of_cups(), warehouse.line_of_tea(11))
    assert warehouse.free(warehouse.cup) == 10


def test_a_parcel_with_nothing_in_it_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(NothingToSend):
        warehouse.do(
            fulfilment.request_shipment,
            source=("redemption", 1),
            receiver=ZHANG,
            lines=[],
            firm_id=warehouse.people.lantern.id,
            promised_on=TODAY,
        )


def test_a_box_of_cards_needs_no_stock_and_carries_its_own_code(warehouse: Warehouse) -> None:
    box = fulfilment.Line(None, {"en": "120 gift books", "zh_Hans": "礼品册 120 册"}, 1, code="b-1001")
    shipment = warehouse.request(box, source=("batch", 1001))
    assert [(line.item_id, line.code) for line in warehouse.lines(shipment)] == [(None, "B-1001")]


def test_a_recipient_changes_the_address_until_packing_begins(warehouse: Warehouse) -> None:
    shipment = warehouse.request()
    warehouse.do(fulfilment.change_receiver, shipment.id, LI)
    assert warehouse.now(shipment).receiver == LI
    warehouse.do(fulfilment.claim, shipment.id)
    with pytest.raises(AlreadyPacking):
        warehouse.do(fulfilment.change_receiver, shipment.id, ZHANG)
    assert warehouse.now(shipment).receiver == LI


def test_a_recipient_who_takes_another_gift_gives_the_first_back(warehouse: Warehouse) -> None:
    shipment = warehouse.request(warehouse.line_of_tea())
    warehouse.do(fulfilment.change_lines, shipment.id, [warehouse.line_of_cups()])
    assert [line.item_id for line in warehouse.lines(shipment)] == [warehouse.cup]
    assert (warehouse.free(warehouse.tea), warehouse.free(warehouse.cup)) == (10, 9)


def test_a_recipient_who_wants_a_gift_that_ran_out_keeps_the_first(warehouse: Warehouse) -> None:
    shipment = warehouse.request(warehouse.line_of_tea())
    with pytest.raises(stock.OutOfStock):
        warehouse.do(fulfilment.change_lines, shipment.id, [warehouse.line_of_cups(11)])
    assert [line.item_id for line in warehouse.lines(shipment)] == [warehouse.tea]
    assert warehouse.free(warehouse.tea) == 9


@pytest.mark.parametrize("begun", ["packing", "packed", "dispatched"])
def test_once_packing_began_nothing_is_changed_or_cancelled(warehouse: Warehouse, begun: str) -> None:
    shipment = warehouse.request() if begun == "packing" else getattr(warehouse, begun)()
    if begun == "packing":
        warehouse.do(fulfilment.claim, shipment.id)
    with pytest.raises(AlreadyPacking):
        warehouse.do(fulfilment.change_lines, shipment.id, [warehouse.line_of_cups()])
    with pytest.raises(AlreadyPacking):
        warehouse.do(fulfilment.cancel, shipment.id)
    assert warehouse.state(shipment) == begun


def test_a_cancelled_shipment_puts_its_goods_back_once(warehouse: Warehouse) -> None:
    shipment = warehouse.request(warehouse.line_of_tea(3))
    warehouse.do(fulfilment.cancel, shipment.id)
    assert (warehouse.state(shipment), warehouse.free(warehouse.tea)) == (ShipmentState.CANCELLED, 10)
    with pytest.raises(StepNotPossible):
        warehouse.do(fulfilment.cancel, shipment.id)
    assert warehouse.free(warehouse.tea) == 10


def test_a_gift_for_a_later_day_is_held_until_its_morning(app: GiftShop, warehouse: Warehouse) -> None:
    today = clock.local_day(clock.now(), app.settings.time_zone)
    day = today + timedelta(days=4)
    shipment = warehouse.request(at=clock.now(), promised_on=today, not_before=day)
    assert (shipment.state, shipment.promised_on) == (ShipmentState.HELD, day)
    dawn = clock.end_of_day(day - timedelta(days=1), app.settings.time_zone)
    app.jobs.run_due(at=dawn - timedelta(minutes=1))
    assert warehouse.state(shipment) is ShipmentState.HELD
    app.jobs.run_due(at=dawn + timedelta(minutes=10))
    assert warehouse.state(shipment) is ShipmentState.WAITING


def test_gifts_of_one_day_are_opened_by_one_job_and_later_ones_stay(app: GiftShop, warehouse: Warehouse) -> None:
    today = clock.local_day(clock.now(), app.settings.time_zone)
    soon, later = today + timedelta(days=4), today + timedelta(days=9)
    opened = [warehouse.request(at=clock.now(), not_before=soon) for _ in range(3)]
    held = warehouse.request(at=clock.now(), not_before=later)
    dawn = clock.end_of_day(soon - timedelta(days=1), app.settings.time_zone)
    assert app.jobs.run_due(at=dawn + timedelta(minutes=10)) == 1
    assert {warehouse.state(shipment) for shipment in opened} == {ShipmentState.WAITING}
    assert warehouse.state(held) is ShipmentState.HELD


def test_a_day_that_has_already_begun_holds_nothing_back_for_long(app: GiftShop, warehouse: Warehouse) -> None:
    today = clock.local_day(clock.now(), app.settings.time_zone)
    shipment = warehouse.request(at=clock.now(), not_before=today)
    app.jobs.run_due()
    assert warehouse.state(shipment) is ShipmentState.WAITING


def test_a_held_gift_cannot_be_packed(warehouse: Warehouse) -> None:
    shipment = warehouse.request(at=NOON, not_before=date(2026, 10, 1))
    with pytest.raises(NotYet):
        warehouse.do(fulfilment.claim, shipment.id)


def test_the_room_above_finds_its_shipment_and_what_may_be_told(warehouse: Warehouse) -> None:
    shipment = warehouse.dispatched(source=("redemption", 77), tracking_number="SF1234567890", is_surprise=True)
    with warehouse.database.reading() as reader:
        found = fulfilment.shipment_by_source(reader, ("redemption", 77))
        assert found is not None
        assert found.id == shipment.id
        assert fulfilment.shipment_by_source(reader, ("batch", 77)) is None
        facts = fulfilment.tracking_facts(reader, shipment.id)
    assert facts.tracking_number == "SF1234567890"
    assert facts.tracking_page is not None
    assert facts.tracking_page.endswith("/SF1234567890")
    assert not facts.may_be_told


def test_a_surprise_may_be_told_once_it_is_there(warehouse: Warehouse) -> None:
    shipment = warehouse.dispatched(is_surprise=True)
    warehouse.do(fulfilment.deliver, shipment.id)
    with warehouse.database.reading() as reader:
        assert fulfilment.tracking_facts(reader, shipment.id).may_be_told


def heard(app: GiftShop, *kinds: type) -> list[Any]:
    """What the rooms above hear."""
    news: list[Any] = []
    for kind in kinds:
        app.events.subscribe(kind, lambda tx, event: news.append(event))
    return news
