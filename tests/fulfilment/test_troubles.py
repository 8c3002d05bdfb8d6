from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from giftshop import fulfilment
from giftshop.fulfilment import ExceptionReason, ShipmentExcepted, ShipmentReturned, ShipmentState, ShipmentStepUndone
from giftshop.fulfilment.errors import AlreadyClaimed, NotUndoable, ReasonNeedsNote
from giftshop.fulfilment.queries import history_of
from giftshop.kernel.errors import Refused
from giftshop.web import GiftShop
from tests.fulfilment.conftest import LI, NOON, Warehouse
from tests.fulfilment.test_service import heard

S = ShipmentState
LATER = date(2026, 10, 8)


def revision(warehouse: Warehouse, shipment: Any) -> int:
    return warehouse.now(shipment).revision


def undo(warehouse: Warehouse, shipment: Any) -> None:
    warehouse.do(fulfilment.undo, shipment.id, revision(warehouse, shipment))


def test_a_packed_parcel_with_a_bad_address_is_stopped_mended_and_goes_on(app: GiftShop, warehouse: Warehouse) -> None:
    news = heard(app, ShipmentExcepted)
    shipment = warehouse.packed()
    warehouse.do(fulfilment.stop, shipment.id, ExceptionReason.BAD_ADDRESS, "no such building")
    stopped = warehouse.now(shipment)
    assert (stopped.state, stopped.exception_note) == (S.EXCEPTION, "no such building")
    assert [(told.source, told.reason) for told in news] == [(shipment.source, ExceptionReason.BAD_ADDRESS)]
    warehouse.do(fulfilment.change_receiver, shipment.id, LI)
    warehouse.do(fulfilment.resolve, shipment.id)
    assert (warehouse.state(shipment), warehouse.now(shipment).receiver) == (S.PACKED, LI)


def test_a_damaged_parcel_is_packed_anew(warehouse: Warehouse) -> None:
    shipment = warehouse.packed()
    warehouse.do(fulfilment.stop, shipment.id, ExceptionReason.DAMAGED)
    warehouse.do(fulfilment.resolve, shipment.id, packs_again=True)
    assert warehouse.state(shipment) is S.WAITING
    assert [line.scanned for line in warehouse.lines(shipment)] == [0]
    warehouse.do(fulfilment.claim, shipment.id)


def test_what_was_stopped_while_packing_leaves_its_packer(warehouse: Warehouse) -> None:
    shipment = warehouse.request()
    warehouse.do(fulfilment.claim, shipment.id)
    warehouse.do(fulfilment.stop, shipment.id, ExceptionReason.OUT_OF_STOCK)
    assert warehouse.now(shipment).claimed_by is None
    warehouse.do(fulfilment.cancel, shipment.id)
    assert warehouse.state(shipment) is S.CANCELLED
    assert warehouse.free(warehouse.tea) == 10


def test_another_reason_needs_words(warehouse: Warehouse) -> None:
    shipment = warehouse.request()
    with pytest.raises(ReasonNeedsNote):
        warehouse.do(fulfilment.stop, shipment.id, ExceptionReason.OTHER, "  ")
    assert warehouse.state(shipment) is S.WAITING


def test_sound_goods_that_came_back_are_on_the_shelf_again_and_can_be_sent_anew(
    app: GiftShop, warehouse: Warehouse
) -> None:
    news = heard(app, ShipmentReturned)
    shipment = warehouse.dispatched(tracking_number="SF1234567890")
    warehouse.do(fulfilment.stop, shipment.id, ExceptionReason.REFUSED)
    warehouse.do(fulfilment.take_back, shipment.id, goods_are_sound=True)
    assert (warehouse.state(shipment), warehouse.free(warehouse.tea)) == (S.RETURNED, 10)
    assert [told.source for told in news] == [shipment.source]
    warehouse.do(fulfilment.change_receiver, shipment.id, LI)
    warehouse.do(fulfilment.resend, shipment.id, LATER)
    again = warehouse.now(shipment)
    assert (again.state, again.promised_on, again.tracking_number) == (S.WAITING, LATER, None)
    assert warehouse.free(warehouse.tea) == 9
    warehouse.do(fulfilment.claim, shipment.id)
    warehouse.do(fulfilment.scan, shipment.id, "TEA-1")
    warehouse.do(fulfilment.pack, shipment.id)
    warehouse.do(fulfilment.assign, shipment.id, tracking_number="SF0987654321")
    leaving = warehouse.do(fulfilment.draw_up, [shipment.id])
    warehouse.do(fulfilment.hand_over, leaving.manifests[0], 1)
    assert warehouse.on_hand(warehouse.tea) == 9


def test_broken_goods_that_came_back_are_replaced_from_the_shelf(warehouse: Warehouse) -> None:
    shipment = warehouse.dispatched()
    warehouse.do(fulfilment.take_back, shipment.id, goods_are_sound=False)
    assert warehouse.on_hand(warehouse.tea) == 9
    warehouse.do(fulfilment.resend, shipment.id, LATER)
    assert (warehouse.on_hand(warehouse.tea), warehouse.free(warehouse.tea)) == (9, 8)


def test_a_parcel_closed_by_mistake_is_opened_again(warehouse: Warehouse) -> None:
    shipment = warehouse.packed(carrier=None)
    undo(warehouse, shipment)
    opened = warehouse.now(shipment)
    assert (opened.state, opened.claimed_by, opened.packed_at) == (S.PACKING, warehouse.packer.id, None)
    with warehouse.database.reading() as reader:
        steps = [(event.step, event.state_before, event.state_after) for event in history_of(reader, shipment.id)]
    assert steps[:2] == [("undo", S.PACKED, S.PACKING), ("pack", S.PACKING, S.PACKED)]


def test_a_wrong_tracking_number_gives_way_to_the_one_before(warehouse: Warehouse) -> None:
    shipment = warehouse.packed(tracking_number="SF1234567890")
    warehouse.do(fulfilment.assign, shipment.id, tracking_number="SF9999999999")
    undo(warehouse, shipment)
    assert warehouse.now(shipment).tracking_number == "SF1234567890"


def test_a_hand_over_by_mistake_brings_parcel_and_goods_back(app: GiftShop, warehouse: Warehouse) -> None:
    news = heard(app, ShipmentStepUndone)
    shipment = warehouse.dispatched()
    undo(warehouse, shipment)
    back = warehouse.now(shipment)
    assert (back.state, back.dispatched_at, back.manifest_id) == (S.PACKED, None, None)
    assert (warehouse.on_hand(warehouse.tea), warehouse.free(warehouse.tea)) == (10, 9)
    assert [(told.was, told.now) for told in news] == [(S.DISPATCHED, S.PACKED)]
    leaving = warehouse.do(fulfilment.draw_up, [shipment.id])
    warehouse.do(fulfilment.hand_over, leaving.manifests[0], 1)
    assert warehouse.on_hand(warehouse.tea) == 9


def test_a_delivery_by_mistake_is_on_its_way_again(warehouse: Warehouse) -> None:
    shipment = warehouse.dispatched()
    warehouse.do(fulfilment.deliver, shipment.id)
    undo(warehouse, shipment)
    assert (warehouse.state(shipment), warehouse.now(shipment).delivered_at) == (S.DISPATCHED, None)
    assert warehouse.now(shipment).manifest_id is not None


def test_an_exception_by_mistake_is_taken_back_with_its_packer(warehouse: Warehouse) -> None:
    shipment = warehouse.request()
    warehouse.do(fulfilment.claim, shipment.id)
    warehouse.do(fulfilment.stop, shipment.id, ExceptionReason.DAMAGED)
    undo(warehouse, shipment)
    assert (warehouse.state(shipment), warehouse.now(shipment).claimed_by) == (S.PACKING, warehouse.packer.id)
    with pytest.raises(AlreadyClaimed):
        warehouse.do(fulfilment.claim, shipment.id, by=warehouse.colleague, at=NOON + timedelta(minutes=1))


def test_a_room_above_that_cannot_take_it_back_stops_the_undo(app: GiftShop, warehouse: Warehouse) -> None:
    class CardsAreActive(Refused):
        message = "The cards are active."

    def refuse(tx: Any, event: ShipmentStepUndone) -> None:
        raise CardsAreActive

    shipment = warehouse.dispatched()
    warehouse.do(fulfilment.deliver, shipment.id)
    app.events.subscribe(ShipmentStepUndone, refuse)
    with pytest.raises(CardsAreActive):
        undo(warehouse, shipment)
    assert warehouse.state(shipment) is S.DELIVERED


def test_only_the_last_step_is_undone_and_only_once(warehouse: Warehouse) -> None:
    shipment = warehouse.packed(tracking_number="SF1234567890")
    with pytest.raises(NotUndoable):
        warehouse.do(fulfilment.undo, shipment.id, revision(warehouse, shipment) - 1)
    undo(warehouse, shipment)
    with pytest.raises(NotUndoable):
        undo(warehouse, shipment)


def test_a_cancellation_is_not_the_benchs_to_undo(warehouse: Warehouse) -> None:
    shipment = warehouse.request()
    warehouse.do(fulfilment.cancel, shipment.id)
    with pytest.raises(NotUndoable):
        undo(warehouse, shipment)


def test_history_and_audit_hold_no_personal_data(warehouse: Warehouse) -> None:
    from sqlalchemy import select

    from giftshop.audit import AuditEvent

    shipment = warehouse.request()
    warehouse.do(fulfilment.change_receiver, shipment.id, LI)
    with warehouse.database.reading() as reader:
        kept = [(event.before, event.facts) for event in history_of(reader, shipment.id)]
        audited = reader.scalars(select(AuditEvent.facts)).all()
    told = repr(kept) + repr(audited)
    assert kept
    for secret in ("张伟", "李娜", "13812345678", "体育西路"):
        assert secret not in told
