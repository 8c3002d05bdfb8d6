"""Gift sets from the order to the doors: goods set aside, decorations first, then a parcel for each person."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from flask.testing import FlaskClient
from sqlalchemy import func, select

from giftshop import fulfilment, giftsets, orders, production, stock
from giftshop.db import Database, Transaction
from giftshop.demo.bench import Bench
from giftshop.fulfilment import ExceptionReason, Shipment, ShipmentDispatched, ShipmentState, ShipmentStepUndone
from giftshop.giftsets.errors import BelowMinimum
from giftshop.jobs import Job, JobRun
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing
from giftshop.notifications.models import Message
from giftshop.orders import Delivery, OrderKind, OrderState, Tariff
from giftshop.orders import making as work
from giftshop.orders.errors import BranchesTooMany, DirectNeedsList, Incomplete, OtherKind, WindowTurned
from giftshop.orders.models import OrderParcel
from giftshop.orders.parcels import note_dispatched, note_undone
from giftshop.orders.rules import LineKind
from giftshop.production import DecorationState
from giftshop.production.errors import JobTaken, NotBegun
from giftshop.web import GiftShop
from tests.giftsets.conftest import set_id, shelf
from tests.giftsets.making import Shelf, draw_up, order_set, pay, people_of_a_list, place
from tests.people import People, sign_in

__all__ = ["set_id", "shelf"]
THIRTY = people_of_a_list(30)


def state_of(database: Database, order_id: int) -> OrderState:
    with database.reading() as reader:
        return orders.order_by_id(reader, order_id).state


def count(database: Database, table: Any) -> int:
    with database.reading() as reader:
        return reader.scalar(select(func.count()).select_from(table)) or 0


def do_all_jobs(database: Database, people: People, order_id: int) -> None:
    """Production begins and finishes every decoration of an order."""
    who: dict[str, Any] = {"by": people.staff.production.actor, "at": clock.now()}
    with database.reading() as reader:
        jobs = [job.id for job in production.jobs_of(reader, (orders.KIND, order_id))]
    for job_id in jobs:
        database.transact(production.begin, job_id, **who)
        database.transact(production.finish, job_id, **who)


def paid(app: GiftShop, people: People, order_id: int) -> None:
    pay(app.database, people, order_id)
    app.jobs.run_due()


def made(app: GiftShop, people: People, order_id: int) -> None:
    paid(app, people, order_id)
    do_all_jobs(app.database, people, order_id)
    app.jobs.run_due()


def test_thirty_decorated_sets_go_to_thirty_doors_and_nothing_is_packed_before_it_is_decorated(
    app: GiftShop, database: Database, people: People, shelf: Shelf, set_id: int
) -> None:
    order_id = order_set(database, people, set_id, rows=THIRTY)
    paid(app, people, order_id)
    with database.reading() as reader:
        jobs = production.jobs_of(reader, (orders.KIND, order_id))
        assert [(job.kind.value, job.quantity) for job in jobs] == [
            ("engraving", 60),
            ("bag_print", 30),
            ("greeting_cards", 30),
        ]
        assert all(job.begin_by < job.due_on or job.kind == "greeting_cards" for job in jobs)
        assert stock.levels(reader, [shelf.cup])[shelf.cup].reserved == 60
        assert [parcel.ref for parcel in orders.parcels_of(reader, order_id)] == [row["ref"] for row in THIRTY]
    assert count(database, Shipment) == 0

    do_all_jobs(database, people, order_id)
    app.jobs.run_due()
    assert state_of(database, order_id) is OrderState.MADE
    with database.reading() as reader:
        parcels = orders.parcels_of(reader, order_id)
        assert len({parcel.number for parcel in parcels}) == 30
        assert stock.levels(reader, [shelf.cup])[shelf.cup].reserved == 60, "handed on, not reserved twice"
        first = reader.scalars(select(OrderParcel).order_by(OrderParcel.position)).first()
        assert first is not None
        lines = fulfilment.lines_by_shipment(reader, [first.shipment_id or 0])[first.shipment_id or 0]
        assert [(line.code, line.quantity) for line in lines] == [
            ("TEA-1", 1),
            ("CUP-2", 2),
            ("BAG-1", 1),
            (first.number, 1),
        ]
        shipment = fulfilment.shipment(reader, first.shipment_id or 0)
        assert (shipment.receiver_name, shipment.city, shipment.is_surprise) == ("王1", "广州市", True)

    deliver_all(app, people)
    assert state_of(database, order_id) is OrderState.SENT
    with database.reading() as reader:
        assert all(parcel.delivered_at for parcel in orders.parcels_of(reader, order_id))
        assert stock.levels(reader, [shelf.cup])[shelf.cup] == stock.Level(40, 0)


def deliver_all(app: GiftShop, people: People) -> None:
    packer = people.staff.fulfilment.actor

    def at_the_bench(tx: Transaction) -> None:
        fulfilment.add_usual_carriers(tx, by=packer, at=clock.now())
        bench, parcels = Bench(tx, packer), tx.scalars(select(Shipment)).all()
        bench.dispatch(list(parcels))
        for parcel in parcels:
            bench.deliver(parcel)

    app.database.transact(at_the_bench)


def test_each_greeting_card_bears_its_name_and_the_code_of_its_parcel(
    app: GiftShop, database: Database, client: FlaskClient, people: People, set_id: int
) -> None:
    order_id = order_set(database, people, set_id, rows=THIRTY)
    paid(app, people, order_id)
    sign_in(client, people.staff.production)
    with database.reading() as reader:
        number = orders.order_by_id(reader, order_id).number
        codes = [row.number for row in reader.scalars(select(OrderParcel).order_by(OrderParcel.position))]
    assert f"/desk/orders/{number}/greeting-cards.pdf" in client.get("/desk/decorations").text
    answer = client.get(f"/desk/orders/{number}/greeting-cards.pdf")
    with pypdfium2.PdfDocument(io.BytesIO(answer.data)) as document:
        read = []
        for place, page in enumerate(document):
            (barcode,) = zxingcpp.read_barcodes(page.render(scale=300 / 72).to_pil())
            read.append(barcode.text)
            assert f"王{place + 1}" in page.get_textpage().get_text_bounded()
    assert read == codes


def test_a_worker_killed_between_chunks_is_followed_by_one_that_goes_on(
    app: GiftShop, database: Database, people: People, set_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "CHUNK", 7)
    order_id = order_set(database, people, set_id, rows=THIRTY)
    pay(database, people, order_id)
    run = JobRun(0, {"order_id": order_id}, clock.now(), database)
    database.transact(work.reserve_goods, order_id)
    database.transact(work.plan_parcels, order_id, parcel_limit_g=20_000)
    assert count(database, OrderParcel) == 7
    for _ in range(2):
        work.make(run, parcel_limit_g=20_000, time_zone="Asia/Shanghai")
    assert count(database, OrderParcel) == 30
    do_all_jobs(database, people, order_id)
    assert database.transact(work.request_parcels, order_id, time_zone="Asia/Shanghai") == 7
    for _ in range(2):
        work.release(run, time_zone="Asia/Shanghai")
    app.jobs.run_due()
    assert count(database, Shipment) == 30
    with database.reading() as reader:
        assert reader.scalar(select(func.count(func.distinct(OrderParcel.shipment_id)))) == 30


def test_of_two_paid_orders_for_the_last_goods_one_is_made_and_the_other_waits_and_is_told(
    app: GiftShop, database: Database, client: FlaskClient, people: People, shelf: Shelf, set_id: int
) -> None:
    first = order_set(database, people, set_id, rows=people_of_a_list(40))
    second = order_set(database, people, set_id, rows=people_of_a_list(40))
    for order_id in (first, second):
        pay(database, people, order_id)

    def make(order_id: int) -> None:
        run = JobRun(0, {"order_id": order_id}, clock.now(), database)
        work.make(run, parcel_limit_g=20_000, time_zone="Asia/Shanghai")

    at_once(partial(make, first), partial(make, second))
    app.jobs.run_due()
    with database.reading() as reader:
        both = [orders.order_by_id(reader, order_id) for order_id in (first, second)]
        (short,) = [order for order in both if order.short_since]
        assert [order.id for order in both if order.reserved_at] == [order.id for order in both if order is not short]
        level = stock.levels(reader, [shelf.cup])[shelf.cup]
        assert (level.on_hand, level.reserved) == (100, 80)
        mails = [mail for mail in reader.scalars(select(Message)) if "waits for goods" in (mail.subject or "")]
        assert len(mails) == 1
    sign_in(client, people.staff.sales)
    assert ">1</strong> paid order waits for goods" in client.get("/desk").text
    assert "It has arrived: continue now" in client.get(f"/desk/orders/{short.number}").text
    assert client.post(f"/desk/orders/{short.number}/make").status_code == 302

    who: dict[str, Any] = {"by": people.staff.sales.actor, "at": clock.now()}
    database.transact(stock.receive, shelf.cup, 100, "delivery note", **who)
    app.jobs.run_due(at=clock.now() + timedelta(hours=2))
    with database.reading() as reader:
        assert orders.order_by_id(reader, short.id).short_since is None
        assert stock.levels(reader, [shelf.cup])[shelf.cup].reserved == 160


def test_a_set_below_a_decorations_minimum_is_not_ordered_and_says_both_numbers(
    database: Database, people: People, set_id: int
) -> None:
    with pytest.raises(BelowMinimum) as refusal:
        order_set(database, people, set_id, rows=people_of_a_list(9))
    assert (refusal.value.facts["least"], refusal.value.facts["quantity"]) == (20, 18)
    assert refusal.value.field == "quantity"


def test_what_was_ordered_is_frozen_and_a_change_makes_a_copy(
    database: Database, people: People, shelf: Shelf, set_id: int
) -> None:
    firm = people.lantern.id
    order_set(database, people, set_id, rows=THIRTY)
    with pytest.raises(giftsets.SetFrozen):
        database.transact(giftsets.put_in, set_id, firm, shelf.mooncakes)
    copied = database.transact(giftsets.copy, set_id, firm, "Copy", by=people.lantern.buyer.actor, at=clock.now())
    database.transact(giftsets.take_out, copied, firm, shelf.cup)
    with database.reading() as reader:
        assert len(giftsets.contents_of(reader, set_id).crafts) == 2
        assert [craft.kind for craft in giftsets.contents_of(reader, copied).crafts] == ["bag_print"]


def test_thirty_sets_to_the_firm_go_in_as_few_parcels_as_the_weight_allows(
    app: GiftShop, database: Database, people: People, set_id: int
) -> None:
    order_id = order_set(database, people, set_id, quantity=30)
    with database.reading() as reader:
        order = orders.order_by_id(reader, order_id)
        lines = {line.kind: line for line in orders.lines_for(reader, order, Tariff())}
        assert lines[LineKind.PARCELS].quantity == 2, "30 sets of 1,330 g, 15 to a parcel of 20 kg"
    made(app, people, order_id)
    with database.reading() as reader:
        assert [row.quantity for row in reader.scalars(select(OrderParcel).order_by(OrderParcel.position))] == [15, 15]
        assert {parcel.receiver_name for parcel in reader.scalars(select(Shipment))} == {"陈婉仪"}


def test_sets_for_branches_add_up_exactly_before_they_are_ordered(
    app: GiftShop, database: Database, people: People, set_id: int
) -> None:
    from dataclasses import asdict

    from giftshop.orders import Destination
    from tests.giftsets.making import OFFICE, WORDS

    firm, buyer = people.lantern.id, people.lantern.buyer.actor
    who: dict[str, Any] = {"by": buyer, "at": clock.now()}

    def draft(tx: Transaction) -> int:
        number = orders.start_set(tx, firm, set_id, quantity=30, card_locale="en", delivery=Delivery.BRANCHES, **who)
        order_id = orders.order_of(tx, number, firm).id
        orders.brand(tx, order_id, firm, WORDS)
        orders.send_to(tx, order_id, firm, Destination(None, "联动科技有限公司", "", ""))
        orders.add_branch(tx, order_id, firm, asdict(OFFICE), 20, **who)
        return order_id

    order_id = database.transact(draft)
    with pytest.raises(Incomplete):
        database.transact(place, people, order_id)
    with pytest.raises(BranchesTooMany):
        database.transact(orders.add_branch, order_id, firm, asdict(OFFICE), 11, **who)
    database.transact(orders.add_branch, order_id, firm, asdict(OFFICE), 10, **who)
    database.transact(place, people, order_id)
    made(app, people, order_id)
    with database.reading() as reader:
        assert [row.quantity for row in reader.scalars(select(OrderParcel).order_by(OrderParcel.position))] == [
            10,
            10,
            10,
        ]


def test_without_decorations_and_card_parcels_go_to_the_bench_at_once_and_wait_for_their_day(
    app: GiftShop, database: Database, people: People, shelf: Shelf
) -> None:
    plain = database.transact(draw_up, people, shelf, decorated=False, has_card=False)
    later = clock.working_days_after(clock.local_day(clock.now(), "Asia/Shanghai"), 9)
    order_id = order_set(database, people, plain, rows=people_of_a_list(3), not_before=later)
    paid(app, people, order_id)
    with database.reading() as reader:
        assert {parcel.state for parcel in reader.scalars(select(Shipment))} == {ShipmentState.HELD}
        assert {parcel.promised_on for parcel in reader.scalars(select(Shipment))} == {later}


def test_a_day_of_sending_that_leaves_no_time_for_the_decorations_is_not_ordered(
    database: Database, people: People, set_id: int
) -> None:
    tomorrow = clock.local_day(clock.now(), "Asia/Shanghai") + timedelta(days=1)
    with pytest.raises(Incomplete):
        order_set(database, people, set_id, rows=THIRTY, not_before=tomorrow)


def test_a_window_that_ends_before_it_begins_and_a_set_of_another_firm_are_refused(
    database: Database, people: People, set_id: int
) -> None:
    firm = people.lantern.id
    who: dict[str, Any] = {"by": people.lantern.buyer.actor, "at": clock.now()}
    number = database.transact(orders.start_set, firm, set_id, quantity=None, card_locale="en", **who)
    with database.reading() as reader:
        order = orders.order_of(reader, number, firm)
    assert (order.kind, order.delivery, order.has_list) == (OrderKind.GIFT_SET, Delivery.DIRECT, True)
    day = clock.local_day(clock.now(), "Asia/Shanghai")
    with pytest.raises(WindowTurned):
        database.transact(
            orders.dispatch_window,
            order.id,
            firm,
            not_before=day + timedelta(days=9),
            arrives_by=clock.now(),
            is_surprise=False,
        )
    with pytest.raises(DirectNeedsList):
        database.transact(orders.choose_set, order.id, firm, gift_set_id=set_id, quantity=3, delivery=Delivery.DIRECT)
    with pytest.raises(OtherKind):
        database.transact(orders.choose, order.id, firm, edition_id=1, quantity=1)
    with pytest.raises(Missing):
        database.transact(orders.start_set, people.harbour.id, set_id, quantity=1, card_locale="en", **who)


def test_a_parcel_that_is_stopped_is_told_to_the_firm_and_one_that_came_back_is_seen(
    app: GiftShop, database: Database, people: People, client: FlaskClient, set_id: int
) -> None:
    order_id = order_set(database, people, set_id, rows=THIRTY)
    made(app, people, order_id)
    packer: dict[str, Any] = {"by": people.staff.fulfilment.actor, "at": clock.now()}
    with database.reading() as reader:
        parcel = reader.scalars(select(Shipment).order_by(Shipment.id)).first()
        number = orders.order_by_id(reader, order_id).number
    assert parcel is not None
    database.transact(fulfilment.stop, parcel.id, ExceptionReason.BAD_ADDRESS, "", **packer)
    app.jobs.run_due()
    with database.reading() as reader:
        mails = [mail for mail in reader.scalars(select(Message)) if "cannot go on" in (mail.subject or "")]
        assert [parcel.number in mail.text for mail in mails] == [True]
    sign_in(client, people.lantern.buyer)
    page = client.get(f"/orders/{number}/parcels").text
    assert "Stopped" in page
    assert "体育西路" not in page
    assert client.get(f"/orders/{number}/parcels.csv").data.decode("utf-8-sig").count("\n") == 31
    sign_in(client, people.harbour.buyer)
    assert client.get(f"/orders/{number}/parcels").status_code == 404


def test_a_job_is_begun_by_one_and_finished_after_it_was_begun(
    app: GiftShop, database: Database, people: People, set_id: int
) -> None:
    order_id = order_set(database, people, set_id, rows=THIRTY)
    paid(app, people, order_id)
    who: dict[str, Any] = {"by": people.staff.production.actor, "at": clock.now()}
    with database.reading() as reader:
        job = production.jobs_of(reader, (orders.KIND, order_id))[0]
    with pytest.raises(NotBegun):
        database.transact(production.finish, job.id, **who)
    database.transact(production.begin, job.id, **who)
    with pytest.raises(JobTaken):
        database.transact(production.begin, job.id, **who)
    database.transact(production.finish, job.id, **who)
    database.transact(production.finish, job.id, **who)
    with database.reading() as reader:
        assert production.jobs_of(reader, (orders.KIND, order_id))[0].state is DecorationState.DONE
        assert not reader.scalars(select(Job).where(Job.kind == work.RELEASE)).all()


def at_once(*calls: Callable[[], object]) -> None:
    """Do several things at the same moment, as different people would."""
    barrier = Barrier(len(calls))

    def begin(call: Callable[[], object]) -> None:
        barrier.wait()
        call()

    threads = [Thread(target=begin, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_who_finish_the_last_two_jobs_at_once_send_the_order_to_the_bench_once(
    app: GiftShop, database: Database, people: People, set_id: int
) -> None:
    order_id = order_set(database, people, set_id, rows=THIRTY)
    paid(app, people, order_id)
    who: dict[str, Any] = {"by": people.staff.production.actor, "at": clock.now()}
    with database.reading() as reader:
        first, second, third = [job.id for job in production.jobs_of(reader, (orders.KIND, order_id))]
    for job_id in (first, second, third):
        database.transact(production.begin, job_id, **who)
    database.transact(production.finish, first, **who)
    at_once(
        lambda: database.transact(production.finish, second, **who),
        lambda: database.transact(production.finish, third, **who),
    )
    assert state_of(database, order_id) is OrderState.MADE
    with database.reading() as reader:
        assert len(reader.scalars(select(Job).where(Job.kind == work.RELEASE)).all()) == 1


def test_of_two_last_parcels_that_leave_at_once_one_finds_that_all_are_sent_and_a_slip_is_taken_back(
    app: GiftShop, database: Database, people: People, shelf: Shelf
) -> None:
    plain = database.transact(draw_up, people, shelf, decorated=False, has_card=False)
    order_id = order_set(database, people, plain, rows=people_of_a_list(2))
    paid(app, people, order_id)
    with database.reading() as reader:
        parcels = reader.scalars(select(OrderParcel).order_by(OrderParcel.id)).all()
    news = [ShipmentDispatched(parcel.shipment_id or 0, ("parcel", parcel.id)) for parcel in parcels]
    at_once(*(partial(database.transact, note_dispatched, each) for each in news))
    assert state_of(database, order_id) is OrderState.SENT
    was, now = ShipmentState.DISPATCHED, ShipmentState.PACKED
    database.transact(note_undone, ShipmentStepUndone(news[0].shipment_id, news[0].source, was, now))
    assert state_of(database, order_id) is OrderState.MADE


def test_goods_run_out_for_nobody_else_while_they_are_handed_on(
    database: Database, people: People, shelf: Shelf
) -> None:
    database.transact(stock.reserve, shelf.tea, 5, purpose=("order", 1))
    database.transact(stock.hand_on, shelf.tea, 2, source=("order", 1), target=("shipment", 1))
    database.transact(stock.hand_on, shelf.tea, 3, source=("order", 1), target=("shipment", 2))
    with pytest.raises(stock.NotHeld):
        database.transact(stock.hand_on, shelf.tea, 1, source=("order", 1), target=("shipment", 3))
    with database.reading() as reader:
        assert stock.levels(reader, [shelf.tea])[shelf.tea] == stock.Level(100, 5)
    assert database.transact(stock.consume, ("shipment", 2)) == 1
