"""What a campaign ordered is made, sent and handed over; its report reads each step back from the orders."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest

from giftshop import campaigns, fulfilment, orders, production, stock
from giftshop.campaigns import figures
from giftshop.campaigns.report import Report
from giftshop.db import Database, Transaction
from giftshop.demo.bench import Bench
from giftshop.fulfilment import ShipmentState
from giftshop.fulfilment.errors import NotYet
from giftshop.kernel import clock
from giftshop.orders import Destination
from giftshop.web import GiftShop
from tests.campaigns.conftest import NOON, SUPPLY, Gift, Plan
from tests.campaigns.test_deciding import decided, drawn_orders, order
from tests.giftsets.making import OFFICE, pay, place
from tests.people import People

__all__ = ["decided"]
FIRST_DAY = NOON.replace(month=9, day=19)
"""Noon of 8/9, when sending starts."""


def report(database: Database, plan: Plan) -> Report:
    with database.reading() as reader:
        campaign = campaigns.campaign_of(reader, plan.id, plan.firm_id)
        return figures.report_of(reader, campaign, SUPPLY, zone="Asia/Shanghai", at=clock.now())


def paid(app: GiftShop, people: People, drawn: orders.Order) -> None:
    receiver = asdict(OFFICE) if drawn.delivery is orders.Delivery.FIRM else None
    to = Destination(receiver, "联动科技有限公司", "91440101MA5DEMO00X", "")
    app.database.transact(orders.send_to, drawn.id, people.lantern.id, to)
    app.database.transact(place, people, drawn.id)
    pay(app.database, people, drawn.id)
    app.jobs.run_due()


def printed(app: GiftShop, people: People, drawn: orders.Order) -> None:
    who: dict[str, Any] = {"by": people.staff.production.actor, "at": clock.now()}
    with app.database.reading() as reader:
        [job] = production.jobs_of(reader, (orders.KIND, drawn.id))
    app.database.transact(production.begin, job.id, **who)
    app.database.transact(production.finish, job.id, **who)
    app.jobs.run_due()


def shipments(database: Database, drawn: orders.Order) -> list[fulfilment.Shipment]:
    with database.reading() as reader:
        numbers = [parcel.number for parcel in orders.parcels_of(reader, drawn.id)]
        return [fulfilment.shipment_by_number(reader, number) for number in numbers if number]


@pytest.fixture
def made(app: GiftShop, database: Database, people: People, decided: Plan, gift: Gift) -> dict[bool, orders.Order]:
    """Both orders, paid, and their cards printed, on 1 September."""
    with clock.standing_at(NOON):
        database.transact(stock.receive, gift.item_id, 3, "到货", by=people.staff.sales.actor, at=NOON)
        database.transact(fulfilment.add_usual_carriers, by=people.staff.fulfilment.actor, at=NOON)
        order(database, decided, people)
        drawn = drawn_orders(database, decided)
        for each in drawn.values():
            paid(app, people, each)
        assert report(database, decided).total.printed == 0
        for each in drawn.values():
            printed(app, people, each)
    return drawn


def test_cards_are_printed_for_everybody_and_parcels_to_doors_are_held_until_the_window(
    app: GiftShop, database: Database, people: People, decided: Plan, made: dict[bool, orders.Order]
) -> None:
    packer = people.staff.fulfilment.actor
    total = report(database, decided).total
    assert (total.printed, total.dispatched, total.delivered) == (3, 0, 0)
    to_doors, to_firm = (shipments(database, made[is_on_site]) for is_on_site in (False, True))
    assert {(each.state, each.is_surprise) for each in to_doors} == {(ShipmentState.HELD, True)}
    assert [each.state for each in to_firm] == [ShipmentState.WAITING]
    with clock.standing_at(NOON), pytest.raises(NotYet):
        database.transact(fulfilment.claim, to_doors[0].id, by=packer, at=NOON)
    with clock.standing_at(FIRST_DAY):
        app.jobs.run_due()
    assert {each.state for each in shipments(database, made[False])} == {ShipmentState.WAITING}


def test_what_is_sent_delivered_late_and_returned_is_read_from_the_parcels(
    app: GiftShop, database: Database, people: People, decided: Plan, made: dict[bool, orders.Order]
) -> None:
    packer = people.staff.fulfilment.actor
    with clock.standing_at(FIRST_DAY):
        app.jobs.run_due()
        parcels = shipments(database, made[False])

        def send(tx: Transaction) -> None:
            bench = Bench(tx, packer)
            bench.dispatch(parcels)
            fulfilment.take_back(tx, parcels[1].id, goods_are_sound=True, by=packer, at=clock.now())

        database.transact(send)
        assert report(database, decided).total.dispatched == 2
    with clock.standing_at(FIRST_DAY + timedelta(days=5)):
        database.transact(fulfilment.deliver, parcels[0].id, by=packer, at=clock.now())
        total = report(database, decided).total
    assert (total.delivered, total.late, total.returned) == (1, 1, 1)


def test_a_list_that_the_buyer_put_in_the_place_of_the_campaigns_tells_nothing_of_its_people(
    database: Database, people: People, decided: Plan
) -> None:
    order(database, decided, people)
    to_doors = drawn_orders(database, decided)[False]
    row = {
        "name": "别人",
        "phone": "+8613900139000",
        "kind": "",
        "grade": "",
        "address": "广东省广州市天河区体育西路1号",
    }
    place_of = (to_doors.id, decided.firm_id)
    database.transact(orders.keep_upload, *place_of, "别的.csv", [row], at=NOON)
    database.transact(orders.accept_upload, *place_of, by=people.lantern.buyer.actor, at=NOON)
    with database.reading() as reader:
        assert SUPPLY.parcels_of(reader, decided.firm_id, [to_doors.number]) == {}
