"""Something dearer than a shopping card holds: what is left on it is taken, and the holder pays the difference by card.

Goods and value are kept while the holder pays. When the money is here, the parcel is asked for; when it does not come
in time, everything is let go: not with the first attempt that fails, since a second card may do. Which of the two it is
is decided by the redemption's state, in one UPDATE.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Final

from sqlalchemy import delete, update

from giftshop import audit, cards, ledger, payments, stock
from giftshop.addresses import Address, Receiver
from giftshop.cards import HeldCard
from giftshop.catalogue import Item
from giftshop.db import Transaction
from giftshop.jobs import JobRun, enqueue
from giftshop.kernel.actor import SYSTEM, Actor
from giftshop.kernel.money import Money
from giftshop.ledger import Account, EntryKind, Leg
from giftshop.payments import Payable, PaymentReversed, PaymentSettled
from giftshop.redemption import sharing
from giftshop.redemption.errors import NotChangeable, OneSenderOnly
from giftshop.redemption.models import Redemption, WaitingDelivery
from giftshop.redemption.queries import items_chosen
from giftshop.redemption.rules import PAYING_LASTS, SOURCE, RedemptionState
from giftshop.redemption.sending import Told, just_taken, send
from giftshop.stock import OutOfStock

LAPSE_JOB: Final = "redemption.lapse"
"""The job that lets go what nobody has paid for in time."""


def payable_of(redemption: Redemption) -> Payable:
    """Return what the difference of a redemption is called among payments."""
    return Payable(SOURCE, redemption.id)


def keep(
    tx: Transaction,
    redemption: Redemption,
    card: HeldCard,
    goods: Sequence[tuple[Item, int]],
    receiver: Receiver,
    *,
    told: Told,
    by: Actor,
    at: datetime,
) -> None:
    """Keep goods and address of a redemption until its difference is paid, for an hour and a half at most.

    Raises OneSenderOnly, JustTaken.
    """
    if len({item.supplier_id for item, _count in goods}) > 1:
        raise OneSenderOnly
    for item, count in sorted(goods, key=lambda each: each[0].id):
        if item.supplier_id is None:
            try:
                stock.reserve(tx, item.id, count, purpose=redemption.source)
            except OutOfStock as gone:
                raise just_taken(goods, gone) from gone
    tx.add(WaitingDelivery(redemption_id=redemption.id, receiver=asdict(receiver), not_before=told["not_before"]))
    payments.expect(
        tx,
        payable_of(redemption),
        Money(redemption.difference_minor, card.balance.currency),
        firm_id=None,
        payer=card.serial,
        about=card.serial,
        by=by,
        at=at,
    )
    enqueue(tx, LAPSE_JOB, {"redemption_id": redemption.id}, at=at + PAYING_LASTS)


def hear_of_payment(tx: Transaction, news: PaymentSettled) -> None:
    """Subscriber: the difference is paid, so the parcel is asked for."""
    if news.payable.kind != SOURCE:
        return
    awaiting = (Redemption.id == news.payable.id, Redemption.state == RedemptionState.AWAITING_PAYMENT)
    if not tx.change(update(Redemption).where(*awaiting).values(state=RedemptionState.CONFIRMED)):
        raise NotChangeable  # its payment was cancelled with it, so this cannot be: undo rather than keep the money
    redemption = tx.get_one(Redemption, news.payable.id, populate_existing=True)
    waiting = tx.get_one(WaitingDelivery, redemption.id)
    card = cards.held_card(tx, redemption.card_id, at=news.at)
    known = dict(waiting.receiver)
    receiver = Receiver(address=Address(**known.pop("address")), **known)
    goods = items_chosen(tx, redemption)
    stock.release(tx, redemption.source)  # reserved again for the parcel, in this same transaction
    send(tx, redemption.id, card, goods, receiver, not_before=waiting.not_before, by=news.by, at=news.at)
    tx.delete(waiting)
    _post(tx, redemption, card, news.amount, EntryKind.DIFFERENCE, by=news.by, at=news.at)
    audit.record(tx, "redemption.difference_paid", ("redemption", redemption.id), by=news.by, at=news.at)


def hear_of_reversal(tx: Transaction, news: PaymentReversed) -> None:
    """Subscriber: a difference goes back whole. Raises NotChangeable while its goods are still to be sent or were."""
    if news.payable.kind != SOURCE:
        return
    redemption = tx.get_one(Redemption, news.payable.id, populate_existing=True)
    if redemption.state is not RedemptionState.CANCELLED:
        raise NotChangeable
    card = cards.held_card(tx, redemption.card_id, at=news.at)
    _post(tx, redemption, card, -news.amount, EntryKind.REVERSE, by=news.by, at=news.at)


def lapse(run: JobRun) -> None:
    """Job: let go what is still not paid for."""
    run.transact(let_go, int(run.payload["redemption_id"]), by=SYSTEM, at=run.at)


def let_go(tx: Transaction, redemption_id: int, *, by: Actor, at: datetime) -> bool:
    """Give up a redemption whose difference is not paid: goods, value, address go. False if it was decided before."""
    awaiting = (Redemption.id == redemption_id, Redemption.state == RedemptionState.AWAITING_PAYMENT)
    given_up = {"state": RedemptionState.CANCELLED, "email": None}
    if not tx.change(update(Redemption).where(*awaiting).values(given_up)):
        return False
    redemption = tx.get_one(Redemption, redemption_id, populate_existing=True)
    payments.cancel(tx, payable_of(redemption), by=by, at=at)
    sharing.give_back(tx, redemption, by=by, at=at)
    stock.release(tx, redemption.source)
    tx.change(delete(WaitingDelivery).where(WaitingDelivery.redemption_id == redemption_id))
    audit.record(tx, "redemption.let_go", ("redemption", redemption_id), by=by, at=at)
    return True


def give_back(tx: Transaction, redemption: Redemption, *, by: Actor, at: datetime) -> None:
    """Have the difference of a cancelled redemption paid back to the card it came from, if there was one."""
    payment = payments.payment_of(tx, payable_of(redemption)) if redemption.difference_minor else None
    if payment is not None:
        payments.give_back(tx, payment.id, "cancelled before packing", by=by, at=at)


def _post(
    tx: Transaction,
    redemption: Redemption,
    card: HeldCard,
    amount: Money,
    kind: EntryKind,
    *,
    by: Actor,
    at: datetime,
) -> None:
    legs = [
        Leg(Account.RECEIVED, amount, card.batch_id, card.id),
        Leg(Account.REDEEMED, -amount, card.batch_id, card.id),
    ]
    ledger.post(tx, kind, legs, subject=redemption.source, by=by, at=at)
