"""What orders have waiting for somebody, for their home page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask_babel import ngettext

from giftshop.db import Reader
from giftshop.kernel.actor import Actor
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.orders.queries import count_in_state, short_count
from giftshop.orders.rules import OrderState
from giftshop.web import Waiting, shown_count


def _standing(state: OrderState) -> Callable[[Reader, Actor], int]:
    return lambda reader, person: count_in_state(reader, state, person.firm_id)


def _to_approve(count: int) -> str:
    return str(
        ngettext(
            "%(count)s order waits for your approval",
            "%(count)s orders wait for your approval",
            count,
            count=shown_count(count),
        )
    )


def _to_pay(count: int) -> str:
    return str(
        ngettext("%(count)s order is to be paid", "%(count)s orders are to be paid", count, count=shown_count(count))
    )


def _to_finish(count: int) -> str:
    return str(
        ngettext(
            "%(count)s draft order to go on with",
            "%(count)s draft orders to go on with",
            count,
            count=shown_count(count),
        )
    )


def _to_procure(count: int) -> str:
    return str(
        ngettext(
            "%(count)s paid order waits for goods",
            "%(count)s paid orders wait for goods",
            count,
            count=shown_count(count),
        )
    )


def _waiting(role: MemberRole, state: OrderState, words: Callable[[int], str], icon: str) -> Waiting:
    return Waiting(frozenset({role}), _standing(state), words, "orders.index", {"state": state.value}, icon)


WAITING: Final = (
    _waiting(MemberRole.APPROVER, OrderState.AWAITING_APPROVAL, _to_approve, "checks"),
    _waiting(MemberRole.FINANCE, OrderState.AWAITING_PAYMENT, _to_pay, "receipt"),
    _waiting(MemberRole.BUYER, OrderState.AWAITING_PAYMENT, _to_pay, "receipt"),
    _waiting(MemberRole.BUYER, OrderState.DRAFT, _to_finish, "edit"),
    Waiting(
        frozenset({StaffRole.SALES}),
        lambda reader, _person: short_count(reader),
        _to_procure,
        "orders.desk",
        {"state": OrderState.PAID.value},
        "packages",
        is_pressing=True,
    ),
)
