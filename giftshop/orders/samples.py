"""One of each of this room's letters, with made-up facts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from giftshop.notifications import Writer
from giftshop.orders.letters import ANSWERED, RENEWED, refund_words, words
from giftshop.orders.models import Order
from giftshop.payments import RefundReason

NEWS = ("approve", "approved", "sent_back", "short", "stopped", ANSWERED, RENEWED)


def samples() -> Mapping[str, Writer]:
    """Return them by what each is about."""
    refunds = {f"refund-{reason.value.replace('_', '-')}": partial(_refund, reason) for reason in RefundReason}
    return {what.replace("_", "-"): partial(_news, what) for what in NEWS} | refunds


def _news(what: str) -> tuple[str, str]:
    return words(_order(), "欧阳娜娜", what, "P000001-7")


def _refund(reason: RefundReason) -> tuple[str, str]:
    order = _order()
    return refund_words(order, order.total_minor or 0, reason)


def _order() -> Order:
    return Order(id=1, currency="CNY", total_minor=1_280_000, decision_note="✓ 120 → 150")
