"""What waits at the bench, for the home page of those who pack."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from giftshop import accounts
from giftshop.db import Reader
from giftshop.fulfilment import queries
from giftshop.fulfilment.blueprint import onlookers
from giftshop.fulfilment.models import Shipment
from giftshop.fulfilment.presenting import supplier_filter, view_filter
from giftshop.fulfilment.queries import QueueFilter, bounded_counts
from giftshop.kernel.actor import Actor
from giftshop.kernel.role import StaffRole
from giftshop.web import FEW, Piece, Waiting, Watched, long_day, shown_count


def _pieces(reader: Reader, shipments: Iterable[Shipment]) -> dict[int, Piece]:
    """Name parcels by whose they are and when they are promised; of receivers, the home page says nothing."""
    found = list(shipments)
    firms = accounts.firms_by_id(reader, {each.firm_id for each in found})
    return {
        each.id: Piece(
            each.number,
            url_for("fulfilment.show", number=each.number),
            _("%(firm)s, promised %(day)s", firm=firms[each.firm_id].name, day=long_day(each.promised_on)),
        )
        for each in found
    }


def at_bench(reader: Reader, ids: Collection[int]) -> dict[int, Piece]:
    """Return parcels as our people know them, by id."""
    return _pieces(reader, queries.shipments_by_id(reader, ids).values())


def _first(wanted: Callable[[str], QueueFilter], view: str) -> Callable[[Reader, Actor], Sequence[Piece]]:
    def find(reader: Reader, _person: Actor) -> Sequence[Piece]:
        return list(_pieces(reader, queries.queue_page(reader, wanted(view), None, size=FEW).rows).values())

    return find


def _in_view(view: str) -> Callable[[Reader, Actor], int]:
    return lambda reader, _person: bounded_counts(reader, {view: view_filter(view)})[view]


def _overdue(count: int) -> str:
    return str(
        ngettext("%(count)s parcel is overdue", "%(count)s parcels are overdue", count, count=shown_count(count))
    )


def _stopped(count: int) -> str:
    return str(
        ngettext("%(count)s parcel cannot go on", "%(count)s parcels cannot go on", count, count=shown_count(count))
    )


def _to_pack(count: int) -> str:
    return str(
        ngettext(
            "%(count)s parcel is to be packed", "%(count)s parcels are to be packed", count, count=shown_count(count)
        )
    )


def _to_hand_over(count: int) -> str:
    return str(
        ngettext(
            "%(count)s packed parcel is to be handed over",
            "%(count)s packed parcels are to be handed over",
            count,
            count=shown_count(count),
        )
    )


def _at_suppliers(view: str) -> Callable[[Reader, Actor], int]:
    return lambda reader, _person: bounded_counts(reader, {view: supplier_filter(view)})[view]


def _to_order(count: int) -> str:
    return str(
        ngettext(
            "%(count)s parcel is to be ordered from a supplier",
            "%(count)s parcels are to be ordered from suppliers",
            count,
            count=shown_count(count),
        )
    )


def _stopped_at_supplier(count: int) -> str:
    return str(
        ngettext(
            "%(count)s parcel of a supplier cannot go on",
            "%(count)s parcels of suppliers cannot go on",
            count,
            count=shown_count(count),
        )
    )


def _waiting(view: str, words: Callable[[int], str], icon: str, *, is_pressing: bool = False) -> Waiting:
    return Waiting(
        PACKERS,
        _in_view(view),
        words,
        "fulfilment.queue",
        {"view": view},
        icon,
        is_pressing,
        first=_first(view_filter, view),
    )


def _new_words(count: int) -> str:
    shown = shown_count(count)
    return str(ngettext("%(count)s new parcel. Refresh", "%(count)s new parcels. Refresh", count, count=shown))


NEWS: Final = Watched((onlookers,), queries.newest_id, queries.came_since, _new_words)
"""Parcels to be packed that have come since."""

PACKERS: Final = frozenset({StaffRole.FULFILMENT})
WAITING: Final = (
    _waiting("late", _overdue, "clock", is_pressing=True),
    _waiting("exception", _stopped, "alert-triangle", is_pressing=True),
    _waiting("waiting", _to_pack, "package"),
    _waiting("packed", _to_hand_over, "truck"),
    Waiting(
        PACKERS,
        _at_suppliers("to_order"),
        _to_order,
        "fulfilment.suppliers",
        icon="send",
        first=_first(supplier_filter, "to_order"),
    ),
    Waiting(
        PACKERS,
        _at_suppliers("exception"),
        _stopped_at_supplier,
        "fulfilment.suppliers",
        icon="alert-triangle",
        is_pressing=True,
        first=_first(supplier_filter, "exception"),
    ),
)
