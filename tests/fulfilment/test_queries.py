from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import text

from giftshop import fulfilment
from giftshop.addresses import Address, Receiver
from giftshop.fulfilment import ShipmentState, queries
from giftshop.fulfilment.carriers import CarrierFacts, change_carrier
from giftshop.fulfilment.models import NO_CUT_OFF
from giftshop.fulfilment.queries import Cursor, QueueFilter, bounded_counts, matching_ids, queue_page, shipment_scanned
from giftshop.paging import COUNTED
from tests.fulfilment.conftest import TODAY, Warehouse
from tests.fulfilment.test_races import plenty

WAITING = QueueFilter(state=ShipmentState.WAITING, is_ours=True)


def test_the_queue_is_sorted_by_promised_date_and_pages_both_ways(warehouse: Warehouse) -> None:
    asked = [warehouse.request(promised_on=TODAY + timedelta(days=day)) for day in (3, 1, 2, 1, 0)]
    right = [asked[i].id for i in (4, 1, 3, 2, 0)]
    with warehouse.database.reading() as reader:
        first = queue_page(reader, WAITING, None, size=2)
        second = queue_page(reader, WAITING, first.next, size=2)
        third = queue_page(reader, WAITING, second.next, size=2)
        back = queue_page(reader, WAITING, second.previous, size=2)
    pages = [[row.id for row in page.rows] for page in (first, second, third)]
    assert pages == [right[:2], right[2:4], right[4:]]
    assert (first.previous, third.next) == (None, None)
    assert ([row.id for row in back.rows], back.previous) == (right[:2], None)


def _facts(code: str, cut_off: time | None) -> CarrierFacts:
    return CarrierFacts(code, {"en": code, "zh_Hans": code}, cut_off=cut_off)


def _order(warehouse: Warehouse) -> list[int]:
    """The queue, read forwards page by page and found to be the same backwards."""
    with warehouse.database.reading() as reader:
        pages = [queue_page(reader, WAITING, None, size=2)]
        while pages[-1].next:
            pages.append(queue_page(reader, WAITING, pages[-1].next, size=2))
        for before, page in pairwise(pages):
            assert [row.id for row in queue_page(reader, WAITING, page.previous, size=2).rows] == [
                row.id for row in before.rows
            ]
        return [row.id for page in pages for row in page.rows]


def test_within_a_day_the_carrier_that_collects_first_comes_first(warehouse: Warehouse) -> None:
    never = warehouse.do(fulfilment.add_carrier, _facts("POST", None))
    codes = ("", "SF", "POST", "EMS", "JD", "EMS")
    ids = [warehouse.request().id for _code in codes]
    tomorrow = warehouse.request(promised_on=TODAY + timedelta(days=9)).id
    known = {**warehouse.carriers, "POST": never}
    for shipment_id, code in zip([*ids, tomorrow], [*codes, "OWN"], strict=True):
        if code:
            warehouse.do(fulfilment.assign, shipment_id, carrier_id=known[code].id)
    nobody, sf, post, ems, jd, ems_too = ids
    assert _order(warehouse) == [ems, ems_too, jd, sf, nobody, post, tomorrow]


def test_a_parcel_moves_when_its_carrier_or_the_carriers_hour_changes(warehouse: Warehouse) -> None:
    first, second, third = (warehouse.request().id for _ in range(3))
    warehouse.do(fulfilment.assign, second, carrier_id=warehouse.carriers["SF"].id)
    warehouse.do(fulfilment.assign, third, carrier_id=warehouse.carriers["JD"].id)
    assert _order(warehouse) == [third, second, first]
    warehouse.do(change_carrier, warehouse.carriers["SF"].id, _facts("SF", time(8, 0)))
    assert _order(warehouse) == [second, third, first]
    warehouse.do(change_carrier, warehouse.carriers["SF"].id, _facts("SF", None))
    assert _order(warehouse) == [third, first, second]
    moved = warehouse.do(fulfilment.assign, third, carrier_id=warehouse.carriers["SF"].id)
    assert _order(warehouse) == [first, second, third]
    warehouse.do(fulfilment.undo, third, moved.revision)
    assert _order(warehouse) == [third, first, second]


HANDMADE = (
    "",
    "x",
    "2026-09-21",
    "2026-09-21.5",
    "2026-13-01_18:00:00_5",
    "2026-09-21_18:00:00_-3",
    "2026-09-21_25:00_3",
    "2026-09-21__3",
    "2026-09-21_18:00:00_x",
    "-__",
    f"2026-09-21_18:00:00_{2**63}",
)


@pytest.mark.parametrize("typed", HANDMADE)
def test_a_cursor_made_by_hand_begins_at_the_beginning(typed: str) -> None:
    assert Cursor.read(typed) is None


def test_a_cursor_survives_the_address_bar() -> None:
    for cursor in (Cursor(TODAY, time(18), 7), Cursor(TODAY, NO_CUT_OFF, 7, is_backward=True)):
        assert Cursor.read(str(cursor)) == cursor


def test_filters_find_what_they_say(warehouse: Warehouse) -> None:
    late = warehouse.request(promised_on=date(2026, 9, 1))
    harbour = warehouse.request(firm_id=warehouse.people.harbour.id)
    packed = warehouse.packed(tracking_number="SF1234567890")
    with warehouse.database.reading() as reader:

        def found(**facts: object) -> list[int]:
            return matching_ids(reader, QueueFilter(**facts), limit=10)  # type: ignore[arg-type]

        assert found(promised_by=date(2026, 9, 20)) == [late.id]
        assert found(firm_id=warehouse.people.harbour.id) == [harbour.id]
        assert found(carrier_id=warehouse.carriers["SF"].id) == [packed.id]
        assert found(state=ShipmentState.PACKED) == [packed.id]
        assert found(state=ShipmentState.PACKED, firm_id=warehouse.people.harbour.id) == []


def test_a_shipment_is_found_by_number_tracking_number_phone_and_the_beginning_of_a_name(warehouse: Warehouse) -> None:
    chen = Receiver("Chen Ouyang", "+8613711112222", Address("CN", "广东省", "广州市", "越秀区", "中山五路1号"))
    shipment = warehouse.packed(receiver=chen, tracking_number="SF1234567890")
    warehouse.request()
    with warehouse.database.reading() as reader:
        for typed in (shipment.number, shipment.number.lower(), "sf1234567890", "137 1111 2222", "Chen", "Chen Ouyang"):
            assert matching_ids(reader, QueueFilter(text=typed), limit=10) == [shipment.id], typed
        for typed in ("Ouyang", "S-0000-000-000", "SF00000000", "%", "137 1111 222"):
            assert matching_ids(reader, QueueFilter(text=typed), limit=10) == [], typed


def test_a_scan_finds_a_parcel_by_either_number(warehouse: Warehouse) -> None:
    shipment = warehouse.packed(tracking_number="SF1234567890")
    with warehouse.database.reading() as reader:
        for scanned in (shipment.number, "sf1234567890"):
            found = shipment_scanned(reader, scanned)
            assert found is not None
            assert found.id == shipment.id
        assert shipment_scanned(reader, "TEA-1") is None


def test_counting_stops_where_it_stops_being_useful(warehouse: Warehouse) -> None:
    warehouse.database.transact(plenty, warehouse.people.lantern.id, COUNTED + 20)
    views = {"waiting": WAITING, "packed": QueueFilter(state=ShipmentState.PACKED)}
    with warehouse.database.reading() as reader:
        assert bounded_counts(reader, views) == {"waiting": COUNTED + 1, "packed": 0}


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (WAITING, "ix_shipments_queue"),
        (replace(WAITING, promised_by=TODAY), "ix_shipments_queue"),
        (replace(WAITING, state=ShipmentState.PACKED, carrier_id=1), "ix_shipments_carrier_queue"),
        (replace(WAITING, firm_id=1), "ix_shipments_firm_queue"),
        (QueueFilter(state=ShipmentState.WAITING, supplier_id=1, is_ordered=False), "ix_shipments_supplier_queue"),
        (QueueFilter(state=ShipmentState.EXCEPTION, supplier_id=1), "ix_shipments_supplier_queue"),
    ],
)
def test_the_queue_reads_an_index_and_sorts_nothing(warehouse: Warehouse, wanted: QueueFilter, index: str) -> None:
    warehouse.database.transact(plenty, warehouse.people.lantern.id, 3000)
    warehouse.database.transact(lambda tx: tx.execute(text("ANALYZE shipments")))
    statement = queries._wanted(wanted).order_by(*queries.QUEUE_ORDER).limit(51)
    with warehouse.database.reading() as reader:
        compiled = str(statement.compile(reader.get_bind(), compile_kwargs={"literal_binds": True}))
        how = "EXPLAIN QUERY PLAN " if warehouse.database.is_sqlite else "EXPLAIN "
        steps = [" ".join(map(str, row)) for row in reader.execute(text(how + compiled.replace(":", "\\:")))]
    plan = "\n".join(steps)
    # Where all rows are one firm's, the queue's own index serves as well.
    assert index in plan or "ix_shipments_queue" in plan, plan
    assert "Sort" not in plan, plan
    assert "TEMP B-TREE" not in plan, plan
