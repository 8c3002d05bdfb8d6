"""What becomes of an order whose money goes back, or is asked for by a bank."""

from __future__ import annotations

from datetime import datetime

from giftshop import audit, cards, payments, production, stock
from giftshop.cards import BlockReason
from giftshop.db import Transaction
from giftshop.kernel.actor import SYSTEM
from giftshop.orders.errors import BeingMade, GiftsRedeemed, StillIssuing
from giftshop.orders.models import Order
from giftshop.orders.queries import KIND
from giftshop.orders.rules import OrderKind, OrderState


def undo(tx: Transaction, news: payments.PaymentReversed) -> None:
    """Subscriber: the money of an order goes back whole, so its cards end and it is cancelled.

    Raises GiftsRedeemed when somebody holds a gift for it already, StillIssuing while its cards are being made,
    BeingMade once somebody works on its gift sets.
    """
    if news.payable.kind != KIND:
        return
    order = tx.get_one(Order, news.payable.id, with_for_update=True, populate_existing=True)
    if order.kind is OrderKind.GIFT_SET:
        _unmake(tx, order, news)
    programme = cards.programme_bought_by(tx, KIND, order.id)
    if programme is not None:
        if order.state is not OrderState.ISSUED:
            raise StillIssuing(number=order.number)
        try:
            cards.void_programme(tx, programme.id, by=news.by, at=news.at)
        except cards.AlreadyClaimed:
            raise GiftsRedeemed(number=order.number) from None
    order.state, order.cancelled_at = OrderState.CANCELLED, news.at
    audit.record(tx, "orders.undo", (KIND, order.id), by=news.by, at=news.at)


def _unmake(tx: Transaction, order: Order, news: payments.PaymentReversed) -> None:
    """Take gift sets back that nobody has begun: their goods are free again, and nobody decorates them."""
    if order.state is not OrderState.PAID:
        raise BeingMade(number=order.number)
    if not production.withdraw(tx, (KIND, order.id), by=news.by, at=news.at):
        raise BeingMade(number=order.number)
    stock.release(tx, (KIND, order.id))


def note_dispute(tx: Transaction, news: payments.PaymentDisputed) -> None:
    """Subscriber: a bank asks for an order's money, so its unspent cards stop; they go on when the money stays."""
    programme = cards.programme_bought_by(tx, KIND, news.payable.id) if news.payable.kind == KIND else None
    if programme is None:  # cards made later are stopped when they are issued
        return
    if news.state is payments.DisputeState.WON:
        if not payments.is_frozen(tx, news.payable):
            cards.thaw_programme(tx, programme.id, reason=BlockReason.DISPUTED, by=SYSTEM, at=news.at)
    else:
        freeze(tx, programme.id, at=news.at)


def freeze(tx: Transaction, programme_id: int, *, at: datetime) -> None:
    """Stop the cards of a disputed payment that were not redeemed yet."""
    cards.freeze_programme(tx, programme_id, reason=BlockReason.DISPUTED, by=SYSTEM, at=at)
