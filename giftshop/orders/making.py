"""From paid gift sets to parcels at the bench: goods set aside, parcels planned, decorations done, shipments sent for.

Every step is repeatable: a worker that is killed in between is followed by one that goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, insert, select, update

from giftshop import audit, catalogue, fulfilment, giftsets, jobs, production, stock
from giftshop.addresses import Address, Receiver, parse_china
from giftshop.db import Reader, Transaction
from giftshop.fulfilment import ExceptionReason
from giftshop.giftsets import Contents
from giftshop.jobs import JobRun
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.orders.models import Order, OrderBranch, OrderParcel, OrderRecipient
from giftshop.orders.offers import branches_of, bundles_of
from giftshop.orders.parcels import TELL
from giftshop.orders.presenting import receiver_in, receiver_of
from giftshop.orders.queries import KIND, PARCEL
from giftshop.orders.rules import CARD_DAYS, Delivery, OrderState, earliest_sending
from giftshop.orders.service import MAKE
from giftshop.production import JobKind, Wanted, WorkDone
from giftshop.stock import OutOfStock

RELEASE: Final = "orders.release"
"""The job that sends for the shipments of gift sets that are made."""
CHUNK: Final = 200
"""Parcels that one transaction plans or sends for."""
LOOK_AGAIN: Final = timedelta(hours=1)
"""When to see whether goods that were wanting have come."""
CARD_WORDS: Final = {"en": "Greeting cards", "zh_Hans": "贺卡"}
CARD_IN_PARCEL: Final = {"en": "Greeting card %s", "zh_Hans": "贺卡 %s"}


def make(run: JobRun, *, parcel_limit_g: int, time_zone: str) -> None:
    """Job: have the gift sets of a paid order made. Goods that are wanting are looked for again later."""
    order_id = int(run.payload["order_id"])
    try:
        run.transact(reserve_goods, order_id)
    except OutOfStock:
        run.transact(note_short, order_id)
        return
    while run.transact(plan_parcels, order_id, parcel_limit_g=parcel_limit_g):
        pass
    run.transact(ask_production, order_id, time_zone=time_zone)


def release(run: JobRun, *, time_zone: str) -> None:
    """Job: send for the shipments of an order whose sets are made, some hundred in each transaction."""
    order_id = int(run.payload["order_id"])
    while run.transact(request_parcels, order_id, time_zone=time_zone):
        pass


def reserve_goods(tx: Transaction, order_id: int) -> None:
    """Set aside all goods of a paid order, or none. Raises stock.OutOfStock. Done twice, it does nothing more."""
    order = _locked(tx, order_id)
    if order.reserved_at is not None or order.state is not OrderState.PAID:
        return
    contents = _contents(tx, order)
    items = _items(tx, contents)
    for part in sorted(contents.parts, key=lambda part: part.item_id):
        if items[part.item_id].supplier_id is not None:
            continue  # lies on no shelf of ours
        stock.reserve(tx, part.item_id, part.quantity * order.quantity, purpose=(KIND, order_id))
    order.reserved_at, order.short_since = clock.now(), None
    audit.record(tx, "orders.reserve", (KIND, order_id), by=SYSTEM, at=clock.now())


def note_short(tx: Transaction, order_id: int) -> None:
    """Goods of a paid order are wanting: its firm is told, once, and they are looked for again in an hour."""
    first = (Order.id == order_id, Order.short_since.is_(None), Order.reserved_at.is_(None))
    if tx.change(update(Order).where(*first).values(short_since=clock.now())):
        audit.record(tx, "orders.short", (KIND, order_id), by=SYSTEM, at=clock.now())
        jobs.enqueue(tx, TELL, {"order_id": order_id, "what": "short"})
    jobs.enqueue(tx, MAKE, {"order_id": order_id}, at=clock.now() + LOOK_AGAIN)


def plan_parcels(tx: Transaction, order_id: int, *, parcel_limit_g: int) -> int:
    """Write down the next parcels of an order. Returns how many; none when all are written."""
    order = _locked(tx, order_id)
    done = tx.scalar(select(func.count()).select_from(OrderParcel).where(OrderParcel.order_id == order_id)) or 0
    if order.delivery is Delivery.DIRECT:
        rows = [
            {"order_id": order_id, "position": place, "recipient_id": person_id, "branch_id": None, "quantity": 1}
            for person_id, place in tx.execute(
                select(OrderRecipient.id, OrderRecipient.position)
                .where(OrderRecipient.order_id == order_id, OrderRecipient.position > done)
                .order_by(OrderRecipient.position)
                .limit(CHUNK)
            )
        ]
    else:
        rows = _loads(tx, order, parcel_limit_g)[done : done + CHUNK]
    if rows:
        tx.execute(insert(OrderParcel), rows)
    return len(rows)


def ask_production(tx: Transaction, order_id: int, *, time_zone: str) -> None:
    """Ask for every decoration and for the cards; with nothing to be made, the parcels go to the bench at once."""
    order = _locked(tx, order_id)
    wanted = _wanted(_contents(tx, order), order, time_zone)
    if not wanted:
        hear_of_work_done(tx, WorkDone((KIND, order_id)))
        return
    production.ask(tx, (KIND, order_id), order.firm_id, wanted, about=order.number, by=SYSTEM, at=clock.now())


def hear_of_work_done(tx: Transaction, news: WorkDone) -> None:
    """Subscriber: everything of an order is made, so its parcels are sent for, by a job."""
    kind, order_id = news.source
    if kind != KIND:
        return
    paid = (Order.id == order_id, Order.state == OrderState.PAID)
    if tx.change(update(Order).where(*paid).values(state=OrderState.MADE, made_at=clock.now())):
        audit.record(tx, "orders.made", (KIND, order_id), by=SYSTEM, at=clock.now())
        jobs.enqueue(tx, RELEASE, {"order_id": order_id}, key=f"{RELEASE}:{order_id}")


def request_parcels(tx: Transaction, order_id: int, *, time_zone: str) -> int:
    """Send for the shipments of the next parcels of an order. Returns how many; none when all are sent for."""
    order = _locked(tx, order_id)
    waiting = select(OrderParcel).where(OrderParcel.order_id == order_id, OrderParcel.shipment_id.is_(None))
    parcels = tx.scalars(waiting.order_by(OrderParcel.position).limit(CHUNK)).all()
    if not parcels:
        return 0
    contents = _contents(tx, order)
    items = _items(tx, contents)
    people = _people(tx, parcels)
    branches = {branch.id: branch for branch in branches_of(tx, order_id)}
    for parcel in parcels:
        receiver, is_readable = _receiver(order, parcel, people, branches)
        loads = fulfilment.split_by_sender(
            _lines(contents, parcel, items), {item.id: item.supplier_id for item in items.values()}
        )
        for supplier_id, lines in loads.items():
            shipment_id = _request(tx, order, parcel, receiver, lines, supplier_id=supplier_id, time_zone=time_zone)
            if not is_readable:
                fulfilment.stop(tx, shipment_id, ExceptionReason.BAD_ADDRESS, by=SYSTEM, at=clock.now())
    return len(parcels)


def faces_of(reader: Reader, order: Order) -> list[tuple[str, str]]:
    """Return what each greeting card of an order says of its own: a name, if it has one, and its parcel's number."""
    names: list[str] = []
    if order.has_list:
        people = select(OrderRecipient.name).where(OrderRecipient.order_id == order.id)
        names = list(reader.scalars(people.order_by(OrderRecipient.position)))
    parcels = reader.scalars(select(OrderParcel).where(OrderParcel.order_id == order.id).order_by(OrderParcel.position))
    numbers = [parcel.number for parcel in parcels for _ in range(parcel.quantity)]
    return [(names[place] if place < len(names) else "", number) for place, number in enumerate(numbers)]


def _request(
    tx: Transaction,
    order: Order,
    parcel: OrderParcel,
    receiver: Receiver,
    lines: Sequence[fulfilment.Line],
    *,
    supplier_id: int | None,
    time_zone: str,
) -> int:
    """Send for one shipment of a parcel; what a supplier adds to ours goes on its own, for the same parcel."""
    at = clock.now()
    is_main = parcel.shipment_id is None
    shipment_id = fulfilment.request_shipment(
        tx,
        source=(PARCEL if is_main else f"{PARCEL}.{supplier_id}", parcel.id),
        receiver=receiver,
        lines=lines,
        firm_id=order.firm_id,
        promised_on=order.not_before or earliest_sending(clock.local_day(at, time_zone), 0),
        not_before=order.not_before,
        is_surprise=order.is_surprise,
        held_by=(KIND, order.id) if supplier_id is None else None,
        by=SYSTEM,
        at=at,
    )
    if is_main:
        parcel.shipment_id, parcel.requested_at = shipment_id, at
    audit.record(tx, "orders.send_parcel", (KIND, order.id), by=SYSTEM, at=at, shipment=shipment_id)
    return shipment_id


def _lines(contents: Contents, parcel: OrderParcel, items: Mapping[int, catalogue.Item]) -> list[fulfilment.Line]:
    lines = [
        fulfilment.Line(part.item_id, part.names, part.quantity * parcel.quantity, items[part.item_id].sku)
        for part in contents.parts
    ]
    if contents.wrap:
        lines.append(fulfilment.Line(None, contents.wrap.names, parcel.quantity, contents.wrap.code))
    if contents.has_card:
        words = {locale: said % parcel.number for locale, said in CARD_IN_PARCEL.items()}
        lines.append(fulfilment.Line(None, words, parcel.quantity, parcel.number))
    return lines


def _receiver(
    order: Order,
    parcel: OrderParcel,
    people: Mapping[int, OrderRecipient],
    branches: Mapping[int, OrderBranch],
) -> tuple[Receiver, bool]:
    """Return who takes a parcel in, and whether their address could be read."""
    if parcel.recipient_id is not None:
        person = people[parcel.recipient_id]
        place = _address(person.address)
        unread = Address("CN", street=person.address)
        return Receiver(person.name, person.phone, place or unread), place is not None
    branch = branches.get(parcel.branch_id or 0)
    receiver = receiver_in(branch.receiver) if branch else receiver_of(order)
    if receiver is None:
        raise ValueError(f"a parcel of {order.number} that goes nowhere")
    return receiver, True


def _address(line: str) -> Address | None:
    """Return an address of a list, which was read before; None if the tables of places have changed since."""
    place = parse_china(line)
    return place if isinstance(place, Address) else None


def _loads(tx: Transaction, order: Order, parcel_limit_g: int) -> list[dict[str, Any]]:
    branches = [branch.id for branch in branches_of(tx, order.id)]
    loads = bundles_of(tx, [order])[order.id].loads(order.quantity, parcel_limit_g)
    return [
        {
            "order_id": order.id,
            "position": place,
            "recipient_id": None,
            "branch_id": None if load.branch is None else branches[load.branch],
            "quantity": load.sets,
        }
        for place, load in enumerate(loads, start=1)
    ]


def _wanted(contents: Contents, order: Order, time_zone: str) -> list[Wanted]:
    lead = max(contents.lead_days, CARD_DAYS if contents.has_card else 0)
    leaves = order.not_before or earliest_sending(clock.local_day(clock.now(), time_zone), lead)
    due_on = clock.working_days_before(leaves, 1)
    wanted = [
        Wanted(
            kind=JobKind(craft.kind),
            words=craft.names,
            quantity=craft.pieces * order.quantity,
            begin_by=clock.working_days_before(leaves, max(craft.lead_days, 1)),
            due_on=due_on,
            on=craft.on,
            places=craft.places,
            width_mm=craft.width_mm,
            height_mm=craft.height_mm,
            logo_id=craft.logo_id,
            text=craft.text,
        )
        for craft in contents.crafts
    ]
    if contents.has_card:
        begin_by = clock.working_days_before(leaves, CARD_DAYS)
        wanted.append(Wanted(JobKind.GREETING_CARDS, CARD_WORDS, order.quantity, begin_by, due_on))
    return wanted


def _locked(tx: Transaction, order_id: int) -> Order:
    return tx.get_one(Order, order_id, with_for_update=True, populate_existing=True)


def _contents(tx: Transaction, order: Order) -> Contents:
    return giftsets.contents_of(tx, order.gift_set_id or 0)


def _items(tx: Transaction, contents: Contents) -> dict[int, catalogue.Item]:
    return catalogue.items_by_id(tx, [part.item_id for part in contents.parts])


def _people(tx: Transaction, parcels: Sequence[OrderParcel]) -> dict[int, OrderRecipient]:
    ids = [parcel.recipient_id for parcel in parcels if parcel.recipient_id]
    rows = tx.scalars(select(OrderRecipient).where(OrderRecipient.id.in_(ids))) if ids else ()
    return {row.id: row for row in rows}


def try_again(tx: Transaction, order_id: int, *, at: datetime) -> None:
    """Look for wanting goods now instead of in an hour."""
    jobs.enqueue(tx, MAKE, {"order_id": order_id}, at=at)
