"""Commands on lists: draw up, fill, arrange, delete and bring back, turn into a gift set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, func, select

from giftshop import accounts, audit, giftsets
from giftshop.accounts import Firm
from giftshop.catalogue import ItemState
from giftshop.db import Transaction
from giftshop.giftsets import Wishes
from giftshop.kernel.actor import Actor
from giftshop.wishes import queries
from giftshop.wishes.errors import ListFull, NameMissing, NoSuchList, NothingToPack, TooManyLists
from giftshop.wishes.favourites import offered_item
from giftshop.wishes.models import WishList, WishListItem
from giftshop.wishes.queries import Line
from giftshop.wishes.rules import MAX_ITEMS, MAX_LISTS, MAX_OF_ONE, MAX_PEOPLE, MAX_WORDS, arranged, moved

SUBJECT = "wish_list"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Everything that was typed on a list's page."""

    name: str
    people: int
    quantities: Mapping[int, int] = field(default_factory=dict)
    """By item id. What is not named stays as it is."""
    notes: Mapping[int, str] = field(default_factory=dict)
    order: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A gift as it stands, or stood, on a list."""

    item_id: int
    quantity: int = 1
    note: str = ""
    position: int | None = None
    """None: at the end."""


def draw_up(
    tx: Transaction, firm_id: int, name: str, item_ids: Sequence[int] = (), *, people: int = 50, by: Actor, at: datetime
) -> int:
    """Begin a list, with some gifts on it or none. Returns its id. Raises NameMissing, TooManyLists, NoSuchItem."""
    if not name.strip():
        raise NameMissing(field="name")
    _refuse_too_many(tx, firm_id)
    made = WishList(firm_id=firm_id, name=name.strip(), people=people, drawn_up_by=by.user_id, drawn_up_at=at)
    tx.add(made)
    tx.flush()
    for place, item_id in enumerate(dict.fromkeys(item_ids[:MAX_ITEMS]), start=1):
        offered_item(tx, item_id)
        tx.add(_row(made.id, Placed(item_id), place, by, at))
    audit.record(tx, "wishes.draw_up", (SUBJECT, made.id), by=by, at=at)
    return made.id


def _refuse_too_many(tx: Transaction, firm_id: int) -> None:
    """Count a firm's lists while nobody else of it can begin one."""
    tx.execute(select(Firm.id).where(Firm.id == firm_id).with_for_update())
    of_firm = (WishList.firm_id == firm_id, WishList.dropped_at.is_(None))
    if (tx.scalar(select(func.count()).where(*of_firm)) or 0) >= MAX_LISTS:
        raise TooManyLists(most=MAX_LISTS)


def put_in(tx: Transaction, list_id: int, firm_id: int, placed: Placed, *, by: Actor, at: datetime) -> bool:
    """Put a gift onto a list; return whether it was not on it before. Raises NoSuchList, NoSuchItem, ListFull."""
    locked(tx, list_id, firm_id)
    there = _ids(tx, list_id)
    if placed.item_id in there:
        return False
    offered_item(tx, placed.item_id)
    if len(there) >= MAX_ITEMS:
        raise ListFull(most=MAX_ITEMS)
    tx.add(_row(list_id, placed, len(there) + 1, by, at))
    tx.flush()
    if placed.position is not None:
        _number(tx, list_id, moved([*there, placed.item_id], placed.item_id, placed.position - len(there) - 1))
    audit.record(tx, "wishes.put_in", (SUBJECT, list_id), by=by, at=at, item=placed.item_id)
    return True


def put_back(
    tx: Transaction, list_id: int, firm_id: int, stood: tuple[int, int, str, int], *, by: Actor, at: datetime
) -> bool:
    """Undo `take_out`: put a gift, its quantity and its note back to its place. Raises as `put_in` does."""
    return put_in(tx, list_id, firm_id, Placed(*stood), by=by, at=at)


def take_out(tx: Transaction, list_id: int, firm_id: int, item_id: int, *, by: Actor, at: datetime) -> Placed | None:
    """Take a gift off a list. Returns how it stood, so that it can be put back; None when it was not on it."""
    locked(tx, list_id, firm_id)
    row = tx.get(WishListItem, (list_id, item_id))
    if row is None:
        return None
    stood = Placed(item_id, row.quantity, row.note, row.position)
    tx.change(delete(WishListItem).where(WishListItem.list_id == list_id, WishListItem.item_id == item_id))
    tx.expire_all()
    _number(tx, list_id, _ids(tx, list_id))
    audit.record(tx, "wishes.take_out", (SUBJECT, list_id), by=by, at=at, item=item_id)
    return stood


def arrange(tx: Transaction, list_id: int, firm_id: int, wanted: Wanted) -> None:
    """Make a list what was typed on its page. Raises NoSuchList, NameMissing."""
    found = locked(tx, list_id, firm_id)
    if not wanted.name.strip():
        raise NameMissing(field="name")
    found.name = wanted.name.strip()
    found.people = min(max(wanted.people, 1), MAX_PEOPLE)
    for row in _rows(tx, list_id):
        row.quantity = min(max(wanted.quantities.get(row.item_id, row.quantity), 1), MAX_OF_ONE)
        row.note = wanted.notes.get(row.item_id, row.note).strip()[:MAX_WORDS]
    _number(tx, list_id, arranged(_ids(tx, list_id), wanted.order))


def move(tx: Transaction, list_id: int, firm_id: int, item_id: int, by_places: int) -> None:
    """Move a gift up (below zero) or down its list; at an end it stays. Raises NoSuchList."""
    locked(tx, list_id, firm_id)
    _number(tx, list_id, moved(_ids(tx, list_id), item_id, by_places))


def drop(tx: Transaction, list_id: int, firm_id: int, *, by: Actor, at: datetime) -> None:
    """Delete a list; its links show nothing from now on. For some days it can come back. Raises NoSuchList."""
    locked(tx, list_id, firm_id).dropped_at = at
    audit.record(tx, "wishes.drop", (SUBJECT, list_id), by=by, at=at)


def bring_back(tx: Transaction, list_id: int, firm_id: int, *, by: Actor, at: datetime) -> None:
    """Undo a deletion; a list that is there is no matter. Raises NoSuchList, TooManyLists."""
    found = tx.get(WishList, list_id, with_for_update=True, populate_existing=True)
    if found is None or found.firm_id != firm_id:
        raise NoSuchList
    if found.dropped_at is None:
        return
    _refuse_too_many(tx, firm_id)
    found.dropped_at = None
    audit.record(tx, "wishes.bring_back", (SUBJECT, list_id), by=by, at=at)


def make_set(tx: Transaction, list_id: int, firm_id: int, *, by: Actor, at: datetime) -> int:
    """Draw up a gift set of what is on a list and offered, for as many people. Returns the set's id.

    A set holds fewer gifts than a list: the first ones go in. Raises NoSuchList, NothingToPack.
    """
    found = queries.own_list(tx, firm_id, list_id)
    packed = packable(queries.lines_of(tx, list_id), accounts.firm(tx, firm_id).currency)
    if not packed:
        raise NothingToPack
    set_id = giftsets.draw_up(tx, firm_id, found.name, by=by, at=at)
    for line in packed:
        giftsets.put_in(tx, set_id, firm_id, line.item.id)
    tx.flush()
    quantities = {line.item.id: line.row.quantity for line in packed}
    giftsets.arrange(tx, set_id, firm_id, Wishes(found.name, quantities, planned=found.people))
    audit.record(tx, "wishes.make_set", (SUBJECT, list_id), by=by, at=at, gift_set=set_id)
    return set_id


def packable(lines: Sequence[Line], currency: str) -> list[Line]:
    """Return the lines of a list that go into a gift set in `currency` (ISO 4217)."""
    return [line for line in lines if line.item.state is ItemState.ON_OFFER and line.item.currency == currency][
        : giftsets.MAX_ITEMS
    ]


def locked(tx: Transaction, list_id: int, firm_id: int) -> WishList:
    """Return a firm's list, which is this transaction's until its end. Raises NoSuchList."""
    tx.get(WishList, list_id, with_for_update=True, populate_existing=True)
    return queries.own_list(tx, firm_id, list_id)


def _row(list_id: int, placed: Placed, position: int, by: Actor, at: datetime) -> WishListItem:
    return WishListItem(
        list_id=list_id,
        item_id=placed.item_id,
        position=position,
        quantity=min(max(placed.quantity, 1), MAX_OF_ONE),
        note=placed.note.strip()[:MAX_WORDS],
        added_by=by.user_id,
        added_at=at,
    )


def _rows(tx: Transaction, list_id: int) -> Sequence[WishListItem]:
    of_list = select(WishListItem).where(WishListItem.list_id == list_id)
    return tx.scalars(of_list.order_by(WishListItem.position, WishListItem.item_id)).all()


def _ids(tx: Transaction, list_id: int) -> list[int]:
    return [row.item_id for row in _rows(tx, list_id)]


def _number(tx: Transaction, list_id: int, order: Sequence[int]) -> None:
    """Write down the places that gifts have in `order`."""
    places = {item_id: place for place, item_id in enumerate(order, start=1)}
    for row in _rows(tx, list_id):
        row.position = places[row.item_id]
