"""What a page of the bench costs the database, however long the queue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event

from giftshop import fulfilment
from giftshop.db import Database
from tests.fulfilment.conftest import Warehouse
from tests.fulfilment.test_races import plenty


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Collect what is asked of the database inside the block."""
    said: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    event.listen(database.engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(database.engine, "before_cursor_execute", hear)


def test_a_page_of_the_queue_asks_as_little_of_a_long_queue_as_of_a_short_one(
    packer: FlaskClient, warehouse: Warehouse
) -> None:
    for _ in range(2):
        warehouse.request()
    asked = []
    for more in (0, 300):
        warehouse.database.transact(plenty, warehouse.people.lantern.id, more) if more else None
        with statements(warehouse.database) as said:
            assert packer.get("/dispatch?view=waiting").status_code == 200
        asked.append(len(said))
    assert asked[0] == asked[1]
    assert asked[1] <= 9, said
    counting = [statement for statement in said if "count(" in statement.lower()]
    assert len(counting) == 1
    assert counting[0].upper().count("LIMIT") >= 9, "every count stops early"


def test_a_filtered_page_costs_no_more(packer: FlaskClient, warehouse: Warehouse) -> None:
    warehouse.database.transact(plenty, warehouse.people.lantern.id, 120)
    address = f"/dispatch?view=waiting&firm={warehouse.people.lantern.id}&by=2027-01-01"
    with statements(warehouse.database) as said:
        page = packer.get(address).text
    assert len(said) <= 9, said
    assert 'rel="next"' in page


def test_a_shipments_page_asks_the_same_of_a_long_history(packer: FlaskClient, warehouse: Warehouse) -> None:
    shipment = warehouse.request()
    address = f"/dispatch/shipments/{shipment.number}"
    asked = []
    for _ in range(2):
        with statements(warehouse.database) as said:
            assert packer.get(address).status_code == 200
        asked.append(len(said))
        for _ in range(3):
            warehouse.do(fulfilment.claim, shipment.id)
            warehouse.do(fulfilment.release, shipment.id)
    assert asked[1] <= asked[0] + 1, "one more: the names of those who did it"
    assert asked[1] <= 10, said


def test_asking_for_a_shipment_takes_a_handful_of_statements(warehouse: Warehouse) -> None:
    with statements(warehouse.database) as said:
        warehouse.ask(fulfilment.Line(warehouse.tea, {"en": "Tea"}, 1, code="TEA-1"))
    asked = [each for each in said if not each.startswith(("BEGIN", "PRAGMA"))]
    assert len(asked) <= 5, said  # one of them asks who sends it, unless the caller holds the item already


def test_a_suppliers_list_asks_as_little_when_it_is_long(packer: FlaskClient, warehouse: Warehouse) -> None:
    asked = []
    for more in (2, 30):
        crates = [warehouse.request(warehouse.line_of_fruit()) for _ in range(more)]
        with statements(warehouse.database) as said:
            assert packer.get("/dispatch/suppliers/GANNAN").status_code == 200
        asked.append(len(said))
    assert asked[0] == asked[1] <= 10, said
    ticked = [f"{crate.id}.{crate.revision}" for crate in crates]
    with statements(warehouse.database) as said:
        packer.post("/dispatch/suppliers/GANNAN/selection", data={"action": "order", "shipment": ticked})
    assert len(said) <= 20, said
    assert warehouse.now(crates[0]).ordered_at is not None
