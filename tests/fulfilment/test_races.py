"""Two at the same thing at the same moment: one gets it, the other is told why not."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

from sqlalchemy import insert

from giftshop import fulfilment
from giftshop.db import Transaction
from giftshop.fulfilment import Shipment, ShipmentDispatched, ShipmentState
from giftshop.fulfilment.errors import AlreadyClaimed, ManifestClosed, TrackingNumberTaken
from giftshop.fulfilment.models import ShipmentEvent
from giftshop.kernel.errors import Refused
from giftshop.web import GiftShop
from tests.fulfilment.conftest import NOON, TODAY, Warehouse
from tests.fulfilment.test_service import heard


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all of this at one moment; give what each returned or the refusal it met."""
    barrier = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return act()
        except Refused as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_two_packers_who_reach_for_one_parcel_do_not_both_get_it(warehouse: Warehouse) -> None:
    for _ in range(5):
        shipment = warehouse.request()
        answers = at_once(
            *(
                lambda by=by, wanted=shipment.id: warehouse.do(fulfilment.claim, wanted, by=by)
                for by in (warehouse.packer, warehouse.colleague)
            )
        )
        assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyClaimed", "Shipment"]
        assert any(isinstance(answer, AlreadyClaimed) and answer.facts["packer"] for answer in answers)
        assert warehouse.state(shipment) is ShipmentState.PACKING


def test_without_the_revision_both_packers_would_get_it(warehouse: Warehouse) -> None:
    """The control: read, wait for the other, write."""
    shipment = warehouse.request()
    barrier = Barrier(2)

    def careless(tx: Transaction, by: int) -> bool:
        waiting = tx.get_one(Shipment, shipment.id).state is ShipmentState.WAITING
        tx.add(ShipmentEvent(**_line(shipment.id, by)))
        return waiting

    def read_then_write(by: int) -> bool:
        with warehouse.database.reading() as reader:
            waiting = reader.get_one(Shipment, shipment.id).state is ShipmentState.WAITING
        barrier.wait()
        if waiting:
            warehouse.database.transact(careless, by)
        return waiting

    assert at_once(lambda: read_then_write(1), lambda: read_then_write(2)) == [True, True]


def test_a_recipient_and_a_packer_at_once_leave_one_truth(warehouse: Warehouse) -> None:
    for _ in range(5):
        shipment = warehouse.request()
        cancelled, claimed = at_once(
            lambda wanted=shipment.id: warehouse.do(fulfilment.cancel, wanted),  # type: ignore[misc]
            lambda wanted=shipment.id: warehouse.do(fulfilment.claim, wanted),  # type: ignore[misc]
        )
        assert isinstance(cancelled, Refused) != isinstance(claimed, Refused)
        expected = ShipmentState.PACKING if isinstance(cancelled, Refused) else ShipmentState.CANCELLED
        assert warehouse.state(shipment) is expected


def test_a_manifest_signed_twice_at_once_leaves_once(app: GiftShop, warehouse: Warehouse) -> None:
    news = heard(app, ShipmentDispatched)
    parcels = [warehouse.packed() for _ in range(3)]
    number = warehouse.do(fulfilment.draw_up, [parcel.id for parcel in parcels]).manifests[0]
    answers = at_once(*[lambda: warehouse.do(fulfilment.hand_over, number, 3)] * 4)
    assert sorted(type(answer).__name__ for answer in answers) == ["ManifestClosed"] * 3 + ["int"]
    assert any(isinstance(answer, ManifestClosed) for answer in answers)
    assert len(news) == 3
    assert warehouse.on_hand(warehouse.tea) == 7


def test_two_colleagues_do_not_put_one_parcel_onto_two_manifests(warehouse: Warehouse) -> None:
    parcels = [warehouse.packed().id for _ in range(4)]
    answers = at_once(*[lambda: warehouse.do(fulfilment.draw_up, parcels)] * 3)
    taken = [answer.taken for answer in answers if not isinstance(answer, Refused)]
    assert sum(map(len, taken)) == 4


def test_two_benches_do_not_give_one_number_to_two_parcels(warehouse: Warehouse) -> None:
    first, second = warehouse.packed(carrier=None), warehouse.packed(carrier=None)
    facts: dict[str, Any] = {"carrier_id": warehouse.carriers["SF"].id, "tracking_number": "SF1234567890"}
    answers = at_once(
        lambda: warehouse.do(fulfilment.assign, first.id, **facts),
        lambda: warehouse.do(fulfilment.assign, second.id, **facts),
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Shipment", "TrackingNumberTaken"]
    assert any(isinstance(answer, TrackingNumberTaken) for answer in answers)


def plenty(tx: Transaction, firm_id: int, count: int) -> None:
    """Put many shipments into the queue, with nothing in them."""
    tx.execute(insert(Shipment), [_row(firm_id, number) for number in range(count)])


def _row(firm_id: int, number: int) -> dict[str, Any]:
    place = {"country": "CN", "region": "广东省", "city": "广州市", "district": "天河区", "street": "1", "postcode": ""}
    return {
        "source_kind": "plenty",
        "source_id": number,
        "firm_id": firm_id,
        "receiver_name": f"Zhang {number}",
        "receiver_phone": f"+86138{number:08d}",
        **place,
        "state": ShipmentState.WAITING,
        "promised_on": TODAY + timedelta(days=number % 60),
        "is_surprise": False,
        "requested_at": NOON,
        "revision": 0,
        "attempt": 1,
        "slips_printed": 0,
        "labels_printed": 0,
    }


def _line(shipment_id: int, by: int) -> dict[str, Any]:
    return {
        "shipment_id": shipment_id,
        "revision": by,
        "step": "claim",
        "state_before": ShipmentState.WAITING,
        "state_after": ShipmentState.PACKING,
        "before": {},
        "facts": {},
        "at": NOON,
        "actor_kind": "staff",
        "actor_id": by,
    }
