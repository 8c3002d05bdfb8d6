"""Receiving, counting, promising and giving out goods.

Every race is decided by one conditional UPDATE of the level, under constraints that would refuse anything below zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Delete, Update, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from giftshop import catalogue
from giftshop.audit import record
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.stock.errors import (
    AlreadyReserved,
    CountedMeanwhile,
    FewerThanReserved,
    NotHeld,
    OutOfStock,
    QuantityNotPositive,
    ReasonMissing,
    TooMany,
)
from giftshop.stock.models import MOST, Movement, MovementKind, Reservation, ReservationState, StockLevel

Purpose = tuple[str, int]
"""What a reservation is for: kind and id, such as ("shipment", 12)."""


_PROMISE: Final = (
    update(StockLevel)
    .where(
        StockLevel.item_id == bindparam("of_item"), StockLevel.on_hand - StockLevel.reserved >= bindparam("quantity")
    )
    .values(reserved=StockLevel.reserved + bindparam("quantity"))
)


def receive(tx: Transaction, item_id: int, quantity: int, reason: str, *, by: Actor, at: datetime) -> int:
    """Put `quantity` more of an item on the shelf; return how many there are now. `reason` says whence they came.

    Raises NoSuchItem, QuantityNotPositive, TooMany.
    """
    catalogue.item(tx, item_id)
    if quantity <= 0:
        raise QuantityNotPositive(field="quantity")
    _refuse_too_many(quantity, field="quantity")
    dialect = postgresql if tx.get_bind().dialect.name == "postgresql" else sqlite
    level = dialect.insert(StockLevel).values(item_id=item_id, on_hand=quantity, reserved=0)
    more = level.on_conflict_do_update(
        index_elements=["item_id"],
        set_={"on_hand": StockLevel.on_hand + quantity},
        where=StockLevel.on_hand + quantity <= MOST,
    )
    on_hand: int | None = tx.scalar(more.returning(StockLevel.on_hand))
    if on_hand is None:
        raise TooMany(field="quantity", most=MOST)
    _note(tx, item_id, MovementKind.RECEIVED, quantity, reason.strip(), by=by, at=at)
    return on_hand


def correct(tx: Transaction, item_id: int, counted: int, reason: str, *, seen: int, by: Actor, at: datetime) -> int:
    """Say that somebody counted `counted` on the shelf while the page said `seen`. Returns what was counted.

    Raises ReasonMissing, FewerThanReserved, TooMany, and CountedMeanwhile when goods came or went since.
    """
    catalogue.item(tx, item_id)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    if counted < 0:
        raise FewerThanReserved(field="counted", reserved=0)
    _refuse_too_many(counted, field="counted")
    _ensure_level(tx, item_id)
    as_seen = (StockLevel.item_id == item_id) & (StockLevel.on_hand == seen) & (StockLevel.reserved <= counted)
    if not tx.change(update(StockLevel).where(as_seen).values(on_hand=counted)):
        raise _why_not_corrected(tx, item_id, counted)
    _note(tx, item_id, MovementKind.CORRECTED, counted - seen, reason.strip(), by=by, at=at)
    return counted


def reserve(tx: Transaction, item_id: int, quantity: int, *, purpose: Purpose) -> None:
    """Promise `quantity` of an item to `purpose`. Raises OutOfStock when fewer are free, AlreadyReserved."""
    if quantity <= 0:
        raise QuantityNotPositive
    if not tx.run(_PROMISE, {"of_item": item_id, "quantity": quantity}).rowcount:
        item = catalogue.item(tx, item_id)
        raise OutOfStock(field="item", item_id=item_id, sku=item.sku, wanted=quantity)
    _hold(tx, item_id, quantity, purpose)


def release(tx: Transaction, purpose: Purpose) -> int:
    """Give back what `purpose` still holds. Returns how many items it held; done twice, it does nothing more."""
    freed = _returned(tx, delete(Reservation).where(*_of(purpose, ReservationState.HELD)))
    for item_id, quantity in freed:
        _shift(tx, item_id, on_hand=0, reserved=-quantity)
    return len(freed)


def hand_on(tx: Transaction, item_id: int, quantity: int, *, source: Purpose, target: Purpose) -> None:
    """Let `target` hold `quantity` of an item that `source` holds; nobody else gets it in between.

    Raises NotHeld when `source` holds less, AlreadyReserved when `target` holds some already.
    """
    if quantity <= 0:
        raise QuantityNotPositive
    of_item = (*_of(source, ReservationState.HELD), Reservation.item_id == item_id)
    less = update(Reservation).where(*of_item, Reservation.quantity > quantity)
    if not tx.change(less.values(quantity=Reservation.quantity - quantity)) and not tx.change(
        delete(Reservation).where(*of_item, Reservation.quantity == quantity)
    ):
        raise NotHeld(item_id=item_id, wanted=quantity)
    _hold(tx, item_id, quantity, target)


def consume(tx: Transaction, purpose: Purpose) -> int:
    """Let what `purpose` holds leave the shelf. Returns how many items; done twice, it does nothing more."""
    gone = _turn(tx, purpose, ReservationState.HELD, ReservationState.CONSUMED)
    for item_id, quantity in gone:
        _shift(tx, item_id, on_hand=-quantity, reserved=-quantity)
    return len(gone)


def put_back(tx: Transaction, purpose: Purpose) -> int:
    """Undo `consume`: the goods never left, and are promised to `purpose` as before. Returns how many items."""
    back = _turn(tx, purpose, ReservationState.CONSUMED, ReservationState.HELD)
    for item_id, quantity in back:
        _shift(tx, item_id, on_hand=quantity, reserved=quantity)
    return len(back)


def _hold(tx: Transaction, item_id: int, quantity: int, purpose: Purpose) -> None:
    try:
        tx.insert(Reservation, purpose_kind=purpose[0], purpose_id=purpose[1], item_id=item_id, quantity=quantity)
    except IntegrityError as twice:
        raise AlreadyReserved from twice


def _turn(
    tx: Transaction, purpose: Purpose, source: ReservationState, target: ReservationState
) -> Sequence[tuple[int, int]]:
    return _returned(tx, update(Reservation).where(*_of(purpose, source)).values(state=target))


def _returned(tx: Transaction, statement: Delete | Update) -> list[tuple[int, int]]:
    """Run a statement on reservations and return (item id, quantity) of those it touched, by item.

    Levels are then changed in the order of their items, so that two shipments never wait for each other in a ring.
    """
    touched = statement.returning(Reservation.item_id, Reservation.quantity)
    rows = tx.execute(touched, execution_options={"synchronize_session": False})
    return sorted((item_id, quantity) for item_id, quantity in rows)


def _of(purpose: Purpose, state: ReservationState) -> tuple[ColumnElement[bool], ...]:
    kind, purpose_id = purpose
    return (Reservation.purpose_kind == kind, Reservation.purpose_id == purpose_id, Reservation.state == state)


def _shift(tx: Transaction, item_id: int, *, on_hand: int, reserved: int) -> None:
    tx.change(
        update(StockLevel)
        .where(StockLevel.item_id == item_id)
        .values(on_hand=StockLevel.on_hand + on_hand, reserved=StockLevel.reserved + reserved)
    )


def _ensure_level(tx: Transaction, item_id: int) -> None:
    tx.add_new(StockLevel, item_id=item_id, on_hand=0, reserved=0)


def _why_not_corrected(tx: Transaction, item_id: int, counted: int) -> CountedMeanwhile | FewerThanReserved:
    level = tx.execute(select(StockLevel.on_hand, StockLevel.reserved).where(StockLevel.item_id == item_id)).one()
    if level.reserved > counted:
        return FewerThanReserved(field="counted", reserved=level.reserved)
    return CountedMeanwhile(field="counted", on_hand=level.on_hand)


def _refuse_too_many(number: int, *, field: str) -> None:
    if number > MOST:
        raise TooMany(field=field, most=MOST)


def _note(
    tx: Transaction, item_id: int, kind: MovementKind, change: int, reason: str, *, by: Actor, at: datetime
) -> None:
    tx.add(Movement(item_id=item_id, kind=kind, change=change, reason=reason[:200], by_id=by.id, at=at))
    record(tx, f"stock.{kind}", ("item", item_id), by=by, at=at, change=change)
