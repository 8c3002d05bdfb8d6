"""Mails about orders, in each reader's language: to approvers when one waits, to buyers when it was decided or stopped.

Written by a job, since what they say needs a language, not only a database.
"""

from __future__ import annotations

from typing import Final

from flask_babel import gettext as _

from giftshop import accounts, fulfilment, jobs, notifications, payments, production
from giftshop.db import Transaction
from giftshop.jobs import JobRun
from giftshop.kernel.money import Money
from giftshop.orders.models import Order
from giftshop.orders.parcels import TELL
from giftshop.orders.queries import KIND
from giftshop.orders.rules import OrderState
from giftshop.orders.service import OrderDecided, OrderPlaced
from giftshop.payments import RefundReason
from giftshop.web import current_shop, in_locale
from giftshop.web.filters import money

ANSWERED: Final = "proof_answered"
RENEWED: Final = "proof_renewed"
PROOF_NEWS: Final = (ANSWERED, RENEWED)


def placed(tx: Transaction, news: OrderPlaced) -> None:
    """Subscriber: an order waits for an approver."""
    if news.state is OrderState.AWAITING_APPROVAL:
        jobs.enqueue(tx, TELL, {"order_id": news.order_id, "what": "approve"})


def decided(tx: Transaction, news: OrderDecided) -> None:
    """Subscriber: an approver said yes or no."""
    jobs.enqueue(tx, TELL, {"order_id": news.order_id, "what": "approved" if news.is_approved else "sent_back"})


def proof_answered(tx: Transaction, news: production.ProofAnswered) -> None:
    """Subscriber: our people answered what a firm asked about its card."""
    kind, order_id = news.subject
    if kind == KIND:
        jobs.enqueue(tx, TELL, {"order_id": order_id, "what": ANSWERED})


def proof_renewed(tx: Transaction, news: production.ProofRenewed) -> None:
    """Subscriber: a card that was approved would be printed differently now."""
    kind, order_id = news.subject
    if kind == KIND:
        jobs.enqueue(tx, TELL, {"order_id": order_id, "what": RENEWED})


def refunded(tx: Transaction, news: payments.PaymentRefunded) -> None:
    """Subscriber: money that was paid by card for an order has gone back."""
    if news.payable.kind == KIND:
        what = {"order_id": news.payable.id, "what": "refunded", "reason": news.reason}
        jobs.enqueue(tx, TELL, what | {"amount_minor": news.amount.amount_minor})


def tell(run: JobRun) -> None:
    """Job: write the mails of one piece of news."""
    order_id, what = int(run.payload["order_id"]), str(run.payload["what"])
    if what == "refunded":
        run.transact(
            _write_refund, order_id, int(run.payload["amount_minor"]), RefundReason(str(run.payload["reason"]))
        )
    else:
        run.transact(_write, order_id, what, shipment_id=run.payload.get("shipment_id"))


def _write_refund(tx: Transaction, order_id: int, amount_minor: int, reason: RefundReason) -> None:
    order = tx.get_one(Order, order_id)
    buyer = accounts.users_by_id(tx, [order.buyer_id])[order.buyer_id]
    with in_locale(buyer.locale):
        subject, text = refund_words(order, amount_minor, reason)
    notifications.queue_mail(tx, to=buyer.email, subject=subject, text=text, locale=buyer.locale)


def refund_words(order: Order, amount_minor: int, reason: RefundReason) -> tuple[str, str]:
    """Return subject and text of the mail that tells a buyer that money goes back to a card."""
    amount = money(Money(amount_minor, order.currency))
    why = {
        RefundReason.TOO_LATE: _("The card payment came after the order was cancelled."),
        RefundReason.PAID_TWICE: _("The order had been paid already when the card payment came."),
        RefundReason.ASKED: _("The order was cancelled by us, and its cards are worthless from now on."),
    }[reason]
    subject = _("%(amount)s for order %(number)s goes back to your card", amount=amount, number=order.number)
    when = _("Your bank shows it within five to ten working days.")
    link = f"{current_shop().settings.public_url}/orders/{order.number}"
    return subject, f"{why} {when}\n\n{link}\n"


def _write(tx: Transaction, order_id: int, what: str, *, shipment_id: int | None) -> None:
    order = tx.get_one(Order, order_id)
    people = accounts.users_by_id(tx, [order.buyer_id])
    buyer = people[order.buyer_id]
    readers = accounts.approvers_of(tx, order.firm_id) if what == "approve" else [buyer]
    for reader in readers:
        if what != "approve" or reader.id != buyer.id:
            with in_locale(reader.locale):
                subject, text = words(order, buyer.name, what, fulfilment.number_of(shipment_id) if shipment_id else "")
            notifications.queue_mail(tx, to=reader.email, subject=subject, text=text, locale=reader.locale)


def words(order: Order, buyer: str, what: str, parcel: str) -> tuple[str, str]:
    """Return subject and text of the mail about a piece of news; `parcel` is the number of the one it is about."""
    link = f"{current_shop().settings.public_url}/orders/{order.number}"
    if what in PROOF_NEWS:
        return _words_on_proof(order, what, link)
    if what == "short":
        return (
            _("Order %(number)s waits for goods", number=order.number),
            _("Not everything in your gift sets is on our shelf. We have ordered it and begin as soon as it is here.")
            + f"\n\n{link}\n",
        )
    if what == "stopped":
        return (
            _("A parcel of order %(number)s cannot go on", number=order.number),
            _(
                "Parcel %(parcel)s is stopped: its address, its contents or its delivery is in question. We see to it; "
                "the page of its parcels says whom it is for.",
                parcel=parcel,
            )
            + f"\n\n{link}/parcels\n",
        )
    if what == "approve":
        total = money(Money(order.total_minor or 0, order.currency))
        return (
            _("Order %(number)s waits for your approval", number=order.number),
            _("%(buyer)s would like to place an order for %(total)s.", buyer=buyer, total=total) + f"\n\n{link}\n",
        )
    if what == "approved":
        return (
            _("Order %(number)s is approved", number=order.number),
            _("You can now pay it; the order's page says how.") + f"\n\n{link}\n",
        )
    return (
        _("Order %(number)s came back to you", number=order.number),
        _("Your approver writes:") + f"\n\n{order.decision_note}\n\n{link}\n",
    )


def _words_on_proof(order: Order, what: str, link: str) -> tuple[str, str]:
    if what == ANSWERED:
        return (
            _("We have answered about the card of order %(number)s", number=order.number),
            _("Our answer stands beside the proof, where you approve it or change the card.") + f"\n\n{link}\n",
        )
    return (
        _("Please approve the card of order %(number)s once more", number=order.number),
        _("It would be printed differently from what was approved, so we wait for your yes before we print.")
        + f"\n\n{link}\n",
    )
