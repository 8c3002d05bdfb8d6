"""Whom firms named in their orders: recipients, places of their own, who bought in the firm's name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import ColumnElement, String, cast, delete, func, or_, select, update

from giftshop import cards
from giftshop.db import Reader, Transaction
from giftshop.kernel.clock import local_day
from giftshop.kernel.locale import N_
from giftshop.kernel.retention import Retention
from giftshop.orders.models import ListUpload, Order, OrderBranch, OrderRecipient
from giftshop.orders.rules import NUMBERS, OrderState
from giftshop.web.privacy import AT_ONCE, Eraser, RowKey, Traces, Whom, nobody

DONE: Final = (OrderState.ISSUED, OrderState.SENT, OrderState.CANCELLED)
"""Whatever was ordered is made, or never will be: its lists are needed no more."""
NOWHERE: Final = {
    "name": "",
    "phone": "",
    "address": dict.fromkeys(("country", "region", "city", "district", "street", "postcode"), ""),
}
"""Stands where somebody's address stood."""
_ENDED: Final = func.coalesce(Order.sent_at, Order.issued_at, Order.cancelled_at)


def erasers(keep: Retention, *, zone: str) -> list[Eraser]:
    """Return what orders know of people."""
    names, old_names = N_("Names on cards"), partial(_old_names, zone=zone)
    places, buyers = N_("Places of firms"), N_("Buyers by their real names")
    return [
        Eraser("orders.recipients", N_("Lists of recipients"), _people, _no_people, keep.lists, _old_people),
        Eraser("orders.uploads", N_("Uploaded lists"), _uploads, _no_uploads, keep.messages, _old_uploads),
        Eraser("orders.card_names", names, _names, _no_names, keep.card_names, old_names),
        Eraser("orders.places", places, _places, _no_places, keep.lists, _old_places),
        Eraser("orders.branches", N_("Branches of firms"), _branches, _no_branches, keep.lists, _old_branches),
        Eraser("orders.real_names", buyers, nobody, _no_buyers, keep.real_names, _old_buyers),
    ]


def _people(reader: Reader, whom: Whom, _at: datetime) -> Traces:
    mine = select(OrderRecipient.id, Order.id, Order.state).join(Order, Order.id == OrderRecipient.order_id)
    return _by_order(reader, mine.where(OrderRecipient.phone == whom.phone)) if whom.phone else Traces()


def _no_people(tx: Transaction, rows: Sequence[RowKey]) -> int:
    nothing = dict.fromkeys(("name", "phone", "kind", "grade", "address"), "")
    known = (OrderRecipient.id.in_(rows), OrderRecipient.phone != "")
    return tx.change(update(OrderRecipient).where(*known).values(nothing))


def _old_people(reader: Reader, before: datetime) -> Sequence[RowKey]:
    people = select(OrderRecipient.id).join(Order, Order.id == OrderRecipient.order_id)
    return reader.scalars(people.where(*_old(before), OrderRecipient.phone != "").limit(AT_ONCE)).all()


def _uploads(reader: Reader, whom: Whom, _at: datetime) -> Traces:
    if not whom.phone:
        return Traces()
    says_so = cast(ListUpload.rows, String).contains(whom.phone)
    return Traces(reader.scalars(select(ListUpload.order_id).where(says_so)).all())


def _no_uploads(tx: Transaction, rows: Sequence[RowKey]) -> int:
    return tx.change(delete(ListUpload).where(ListUpload.order_id.in_(rows)))


def _old_uploads(reader: Reader, before: datetime) -> Sequence[RowKey]:
    return reader.scalars(select(ListUpload.order_id).where(ListUpload.uploaded_at < before).limit(AT_ONCE)).all()


def _names(reader: Reader, whom: Whom, _at: datetime) -> Traces:
    if not whom.phone:
        return Traces()
    refs = reader.scalars(select(OrderRecipient.id).where(OrderRecipient.phone == whom.phone)).all()
    return Traces(*cards.named_for(reader, refs))


def _no_names(tx: Transaction, rows: Sequence[RowKey]) -> int:
    return cards.forget_names(tx, [int(row) for row in rows])


def _old_names(reader: Reader, before: datetime, *, zone: str) -> Sequence[RowKey]:
    return cards.names_ended_before(reader, local_day(before, zone), limit=AT_ONCE)


def _places(reader: Reader, whom: Whom, _at: datetime) -> Traces:
    known: list[ColumnElement[bool]] = []
    if whom.phone:
        known.append(Order.receiver["phone"].as_string() == whom.phone)
    if whom.email:
        known.append(func.lower(Order.invoice_email) == whom.email)
    return _by_order(reader, select(Order.id, Order.id, Order.state).where(or_(*known)))


def _no_places(tx: Transaction, rows: Sequence[RowKey]) -> int:
    done = (Order.id.in_(rows), Order.state.in_(DONE))
    return tx.change(update(Order).where(*done).values(receiver=NOWHERE, invoice_email=""))


def _old_places(reader: Reader, before: datetime) -> Sequence[RowKey]:
    somewhere = or_(Order.receiver["phone"].as_string() != "", Order.invoice_email != "")
    return reader.scalars(select(Order.id).where(*_old(before), somewhere).limit(AT_ONCE)).all()


def _branches(reader: Reader, whom: Whom, _at: datetime) -> Traces:
    mine = OrderBranch.receiver["phone"].as_string() == whom.phone
    found = select(OrderBranch.id, Order.id, Order.state).join(Order, Order.id == OrderBranch.order_id).where(mine)
    return _by_order(reader, found) if whom.phone else Traces()


def _no_branches(tx: Transaction, rows: Sequence[RowKey]) -> int:
    return tx.change(update(OrderBranch).where(OrderBranch.id.in_(rows)).values(receiver=NOWHERE))


def _old_branches(reader: Reader, before: datetime) -> Sequence[RowKey]:
    somewhere = OrderBranch.receiver["phone"].as_string() != ""
    found = select(OrderBranch.id).join(Order, Order.id == OrderBranch.order_id)
    return reader.scalars(found.where(*_old(before), somewhere).limit(AT_ONCE)).all()


def _no_buyers(tx: Transaction, rows: Sequence[RowKey]) -> int:
    return tx.change(update(Order).where(Order.id.in_(rows)).values(agent_name="", agent_document=""))


def _old_buyers(reader: Reader, before: datetime) -> Sequence[RowKey]:
    named = or_(Order.agent_name != "", Order.agent_document != "")
    return reader.scalars(select(Order.id).where(*_old(before), named).limit(AT_ONCE)).all()


def _old(before: datetime) -> tuple[ColumnElement[bool], ...]:
    return Order.state.in_(DONE), before > _ENDED


def _by_order(reader: Reader, found: Any) -> Traces:
    """Return rows (their key, their order's id and state): those of orders that are still being made are needed."""
    rows = reader.execute(found).all()
    active = sorted({order_id for _row, order_id, state in rows if state not in DONE})
    return Traces([row for row, _order, state in rows if state in DONE], [NUMBERS.of(each) for each in active])
