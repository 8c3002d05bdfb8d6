"""What suppliers send themselves: from the list they are given to the receiver's door, past the packing table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from giftshop import catalogue, fulfilment, stock
from giftshop.catalogue.importing import facts_of
from giftshop.catalogue.service import change_item
from giftshop.fulfilment import (
    AlreadyPacking,
    ExceptionReason,
    Line,
    MixedSenders,
    Shipment,
    ShipmentDispatched,
    ShipmentState,
    ShipmentStepUndone,
    carrier_files,
    split_by_sender,
)
from giftshop.fulfilment.errors import (
    CarrierMissing,
    FileHasErrors,
    NothingToHandOver,
    NothingToPrint,
    SentBySupplier,
    StepNotPossible,
    TrackingNumberMissing,
)
from giftshop.fulfilment.presenting import supplier_filter
from giftshop.fulfilment.printing import print_papers
from giftshop.fulfilment.queries import QueueFilter, bounded_counts
from giftshop.fulfilment.rules import FileKind, Paper
from giftshop.web import GiftShop
from tests.fulfilment.conftest import LI, NOON, TODAY, Warehouse
from tests.fulfilment.test_races import at_once

S = ShipmentState


@pytest.fixture
def crate(warehouse: Warehouse) -> Shipment:
    """A crate of fruit that the growers send to Zhang Wei."""
    return warehouse.request(warehouse.line_of_fruit())


def test_fruit_goes_onto_the_growers_list_and_needs_no_stock(warehouse: Warehouse, crate: Shipment) -> None:
    assert (crate.state, crate.supplier_id) == (S.WAITING, warehouse.supplier.id)
    assert warehouse.free(warehouse.fruit) == stock.UNLIMITED
    assert _on_our_shelf(warehouse) == stock.Level(0, 0)
    with warehouse.database.reading() as reader:
        counted = bounded_counts(
            reader,
            {
                "bench": QueueFilter(state=S.WAITING, is_ours=True),
                "growers": supplier_filter("to_order", warehouse.supplier.id),
                "all suppliers": supplier_filter("to_order"),
            },
        )
    assert counted == {"bench": 0, "growers": 1, "all suppliers": 1}


def test_one_parcel_never_has_two_senders(warehouse: Warehouse) -> None:
    box = Line(None, {"en": "A card"})
    for others in ([warehouse.line_of_tea()], [warehouse.line_of_a_chair()], [box]):
        with pytest.raises(MixedSenders):
            warehouse.request(warehouse.line_of_fruit(), *others)
    assert warehouse.free(warehouse.tea) == 10
    assert warehouse.request(warehouse.line_of_fruit(), warehouse.line_of_fruit(2)).supplier_id == warehouse.supplier.id


def test_whoever_asks_splits_by_sender_our_own_parcel_first() -> None:
    tea, fruit, chair, card = (Line(item, {"en": "x"}) for item in (1, 2, 3, None))
    supplier_of = {1: None, 2: 70, 3: 80}
    assert split_by_sender([fruit, tea, chair, card], supplier_of) == {None: [tea, card], 70: [fruit], 80: [chair]}
    assert split_by_sender([fruit], supplier_of) == {70: [fruit]}
    assert split_by_sender([tea], {}) == {None: [tea]}
    assert split_by_sender([], supplier_of) == {}


def test_fruit_that_was_withdrawn_is_gone(warehouse: Warehouse) -> None:
    warehouse.do(catalogue.withdraw_item, warehouse.fruit)
    assert warehouse.free(warehouse.fruit) == 0
    with pytest.raises(stock.OutOfStock):
        warehouse.request(warehouse.line_of_fruit())


def test_nobody_packs_what_a_supplier_sends(warehouse: Warehouse, crate: Shipment) -> None:
    for command in (fulfilment.claim, fulfilment.release, fulfilment.pack):
        with pytest.raises(SentBySupplier):
            warehouse.do(command, crate.id)
    with pytest.raises(NothingToPrint):
        warehouse.do(print_papers, [crate.id], {Paper.SLIP})
    with pytest.raises(NothingToHandOver):
        warehouse.do(fulfilment.draw_up, [crate.id])


def test_what_we_pack_is_never_ordered_or_sent_by_a_supplier(warehouse: Warehouse) -> None:
    ours = warehouse.packed()
    assert warehouse.do(fulfilment.order_from_supplier, warehouse.supplier.id, {ours.id: ours.revision}) == 0
    with pytest.raises(StepNotPossible):
        warehouse.do(fulfilment.sent_by_supplier, ours.id)
    assert warehouse.state(ours) is S.PACKED


def test_once_the_growers_are_told_nothing_is_changed_any_more(warehouse: Warehouse, crate: Shipment) -> None:
    warehouse.do(fulfilment.change_receiver, crate.id, LI)
    told = warehouse.ordered(crate)
    assert (told.state, told.ordered_at, told.is_begun) == (S.WAITING, NOON, True)
    for command, args in (
        (fulfilment.change_receiver, [LI]),
        (fulfilment.change_lines, [[warehouse.line_of_tea()]]),
        (fulfilment.cancel, []),
    ):
        with pytest.raises(AlreadyPacking):
            warehouse.do(command, crate.id, *args)
    assert warehouse.do(fulfilment.order_from_supplier, warehouse.supplier.id, {crate.id: told.revision}) == 0


def test_a_parcel_that_changed_after_the_list_was_shown_is_not_ordered(warehouse: Warehouse, crate: Shipment) -> None:
    other = warehouse.request(warehouse.line_of_fruit())
    chair = warehouse.request(warehouse.line_of_a_chair())
    listed = {each.id: each.revision for each in (crate, other, chair)}
    warehouse.do(fulfilment.change_receiver, crate.id, LI)
    assert warehouse.do(fulfilment.order_from_supplier, warehouse.supplier.id, listed) == 1
    assert [warehouse.now(each).ordered_at is not None for each in (crate, other, chair)] == [False, True, False]


def test_ordering_is_undone_while_it_was_the_last_step(warehouse: Warehouse, crate: Shipment) -> None:
    told = warehouse.ordered(crate)
    warehouse.do(fulfilment.undo, crate.id, told.revision)
    assert (warehouse.now(crate).ordered_at, warehouse.now(crate).is_begun) == (None, False)


def test_it_is_sent_with_a_carrier_and_a_number_and_arrives(
    app: GiftShop, warehouse: Warehouse, crate: Shipment
) -> None:
    heard: list[object] = []
    app.events.subscribe(ShipmentDispatched, lambda _tx, news: heard.append(news.shipment_id))
    warehouse.ordered(crate)
    with pytest.raises(CarrierMissing):
        warehouse.do(fulfilment.sent_by_supplier, crate.id)
    warehouse.do(fulfilment.assign, crate.id, carrier_id=warehouse.carriers["SF"].id)
    with pytest.raises(TrackingNumberMissing):
        warehouse.do(fulfilment.sent_by_supplier, crate.id)
    warehouse.do(fulfilment.assign, crate.id, tracking_number="SF1234567890")
    warehouse.do(fulfilment.sent_by_supplier, crate.id)
    assert (warehouse.state(crate), heard) == (S.DISPATCHED, [crate.id])
    with warehouse.database.reading() as reader:
        facts = fulfilment.tracking_facts(reader, crate.id)
    assert facts.packed_at == facts.dispatched_at == NOON, "the recipient sees a parcel like any other"
    warehouse.do(fulfilment.deliver, crate.id)
    assert warehouse.state(crate) is S.DELIVERED


def test_a_slip_of_the_hand_is_taken_back_and_told(app: GiftShop, warehouse: Warehouse, crate: Shipment) -> None:
    undone: list[tuple[S, S]] = []
    app.events.subscribe(ShipmentStepUndone, lambda _tx, news: undone.append((news.was, news.now)))
    told = _sent(warehouse, warehouse.ordered(crate))
    warehouse.do(fulfilment.undo, crate.id, told.revision)
    assert undone == [(S.DISPATCHED, S.WAITING)]
    assert warehouse.now(crate).ordered_at == NOON
    assert _on_our_shelf(warehouse) == stock.Level(0, 0)


def test_a_bad_address_is_mended_and_the_growers_are_told_anew(warehouse: Warehouse, crate: Shipment) -> None:
    warehouse.ordered(crate)
    warehouse.do(fulfilment.stop, crate.id, ExceptionReason.BAD_ADDRESS)
    warehouse.do(fulfilment.change_receiver, crate.id, LI)
    warehouse.do(fulfilment.resolve, crate.id)
    assert (warehouse.state(crate), warehouse.now(crate).ordered_at) == (S.WAITING, None)


def test_a_supplier_who_found_the_goods_again_goes_on_as_ordered(warehouse: Warehouse, crate: Shipment) -> None:
    warehouse.ordered(crate)
    warehouse.do(fulfilment.stop, crate.id, ExceptionReason.OUT_OF_STOCK)
    warehouse.do(fulfilment.resolve, crate.id)
    assert warehouse.now(crate).ordered_at == NOON


def test_a_recipient_changes_from_fruit_to_tea_and_back(warehouse: Warehouse, crate: Shipment) -> None:
    warehouse.do(fulfilment.assign, crate.id, carrier_id=warehouse.carriers["SF"].id)
    warehouse.do(fulfilment.change_lines, crate.id, [warehouse.line_of_tea()])
    now = warehouse.now(crate)
    assert (now.supplier_id, now.carrier_id, warehouse.free(warehouse.tea)) == (None, None, 9)
    warehouse.do(fulfilment.change_lines, crate.id, [warehouse.line_of_fruit()])
    assert (warehouse.now(crate).supplier_id, warehouse.free(warehouse.tea)) == (warehouse.supplier.id, 10)
    with pytest.raises(MixedSenders):
        warehouse.do(fulfilment.change_lines, crate.id, [warehouse.line_of_fruit(), warehouse.line_of_tea()])


def test_a_packed_parcel_stopped_and_filled_with_something_else_is_not_packed_any_more(warehouse: Warehouse) -> None:
    for line in (warehouse.line_of_fruit(), warehouse.line_of_cups()):
        shipment = warehouse.packed()
        warehouse.do(fulfilment.stop, shipment.id, ExceptionReason.DAMAGED)
        warehouse.do(fulfilment.change_lines, shipment.id, [line])
        warehouse.do(fulfilment.resolve, shipment.id)
        assert (warehouse.state(shipment), warehouse.now(shipment).packed_at) == (S.WAITING, None)


def test_a_cancelled_crate_leaves_the_list(warehouse: Warehouse, crate: Shipment) -> None:
    warehouse.do(fulfilment.cancel, crate.id)
    assert warehouse.do(fulfilment.order_from_supplier, warehouse.supplier.id, {crate.id: 1}) == 0
    assert warehouse.state(crate) is S.CANCELLED


def test_what_came_back_is_the_suppliers_and_is_ordered_anew(warehouse: Warehouse, crate: Shipment) -> None:
    sent = _sent(warehouse, warehouse.ordered(crate))
    warehouse.do(fulfilment.take_back, sent.id, goods_are_sound=True)
    assert _on_our_shelf(warehouse) == stock.Level(0, 0)
    again = warehouse.do(fulfilment.resend, crate.id, TODAY)
    assert (again.state, again.attempt, again.ordered_at, again.tracking_number) == (S.WAITING, 2, None, None)
    assert _sent(warehouse, warehouse.ordered(crate)).state is S.DISPATCHED


def test_an_item_that_changes_hands_leaves_its_open_parcels_where_they_are(
    warehouse: Warehouse, crate: Shipment
) -> None:
    tea = warehouse.request()
    with warehouse.database.reading() as reader:
        item = catalogue.item(reader, warehouse.tea)
        facts = replace(facts_of(item), supplier_id=warehouse.supplier.id)
    warehouse.do(change_item, warehouse.tea, facts)
    assert warehouse.now(tea).supplier_id is None
    warehouse.do(fulfilment.claim, tea.id)
    warehouse.do(fulfilment.cancel, crate.id)


def test_the_growers_table_of_numbers_sends_their_parcels_and_only_numbers_ours(warehouse: Warehouse) -> None:
    crates = [warehouse.request(warehouse.line_of_fruit()) for _ in range(3)]
    warehouse.ordered(crates[0])
    warehouse.do(
        fulfilment.assign, crates[1].id, carrier_id=warehouse.carriers["SF"].id, tracking_number="SF0000000001"
    )
    ours = warehouse.packed(carrier=None)
    held = warehouse.request(warehouse.line_of_fruit(), not_before=TODAY.replace(month=10))
    numbers = [(one, f"SF000000000{place}") for place, one in enumerate((crates[0], crates[1], ours))]
    assert _apply(warehouse, numbers) == 3
    assert [warehouse.state(each) for each in (*crates, ours)] == [S.DISPATCHED, S.DISPATCHED, S.WAITING, S.PACKED]
    with pytest.raises(FileHasErrors):
        _apply(warehouse, [(held, "SF0000000009")])
    with pytest.raises(FileHasErrors):
        _apply(warehouse, [(crates[0], "SF0000000008")])


def test_of_two_who_order_the_same_list_at_once_each_parcel_is_ordered_once(warehouse: Warehouse) -> None:
    crates = [warehouse.request(warehouse.line_of_fruit()) for _ in range(5)]
    listed = {each.id: each.revision for each in crates}
    done = at_once(*[lambda: warehouse.do(fulfilment.order_from_supplier, warehouse.supplier.id, listed)] * 4)
    assert sorted(done) == [0, 0, 0, 5]
    assert {warehouse.now(each).revision for each in crates} == {1}


def _on_our_shelf(warehouse: Warehouse) -> stock.Level:
    with warehouse.database.reading() as reader:
        return stock.levels(reader, [warehouse.fruit])[warehouse.fruit]


def _sent(warehouse: Warehouse, shipment: Shipment) -> Shipment:
    number = f"SF{shipment.id:05d}{warehouse.now(shipment).attempt:05d}"
    carrier = warehouse.carriers["SF"].id
    warehouse.do(fulfilment.assign, shipment.id, carrier_id=carrier, tracking_number=number)
    warehouse.do(fulfilment.sent_by_supplier, shipment.id)
    return warehouse.now(shipment)


def _apply(warehouse: Warehouse, numbers: list[tuple[Shipment, str]]) -> int:
    table = "发货单,运单号,快递公司\n" + "".join(f"{one.number},{number},SF\n" for one, number in numbers)
    rows = carrier_files.read_file(table.encode(), FileKind.TRACKING)
    file_id = warehouse.do(carrier_files.keep_file, FileKind.TRACKING, "numbers.csv", rows)
    changed: int = warehouse.do(carrier_files.apply_file, file_id)
    return changed
