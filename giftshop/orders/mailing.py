"""From an order of e-cards to the e-cards of its people: where each goes, and when. The sending is ecards'."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select, update

from giftshop import cards, ecards
from giftshop.db import Reader, Transaction
from giftshop.ecards import AddressesErased, Facts, Letter, Recipient, best_way, card_letter
from giftshop.jobs import JobRun, enqueue
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.orders.models import Order, OrderRecipient
from giftshop.orders.queries import batch_of, recipients_of
from giftshop.orders.rules import OrderKind
from giftshop.web import current_shop, in_locale

MAIL: Final = "orders.mail_ecards"
"""The job that writes down where the e-cards of an order go."""
AT_ONCE: Final = 500
"""People written down in one transaction."""


def have_sent(tx: Transaction, order_id: int) -> None:
    """Have the e-cards of an issued order sent, by a job. Nothing for an order on paper."""
    order = tx.get(Order, order_id)
    if order is not None and order.is_digital:
        enqueue(tx, MAIL, {"order_id": order_id}, key=f"{MAIL}/{order_id}")


def mail(run: JobRun, *, time_zone: str) -> None:
    """Job: write down where the e-cards of an order go, some hundred in each transaction; then let them be sent.

    Repeating it adds nothing.
    """
    order_id = int(run.payload["order_id"])
    with run.reading() as reader:
        batch = batch_of(reader, order_id)
        recipients = _recipients(reader, order_id, batch.id) if batch else []
    if batch is None:
        return
    run.transact(_plan, order_id, batch.id, time_zone=time_zone)
    for first in range(0, len(recipients), AT_ONCE):
        run.transact(ecards.write_down, batch.id, recipients[first : first + AT_ONCE])
    run.transact(ecards.finish_drawing_up, batch.id, at=clock.now())


def forget(tx: Transaction, news: AddressesErased) -> None:
    """Subscriber: where e-cards went is to be forgotten, so their people's lines of the list are emptied of it."""
    people = cards.refs_of(tx, news.card_ids)
    of_ecards = select(Order.id).where(Order.is_digital)
    known = (OrderRecipient.id.in_(people.values()), OrderRecipient.order_id.in_(of_ecards))
    tx.change(update(OrderRecipient).where(*known).values(email="", phone="", address=""))


def letter(reader: Reader, order: Order) -> Letter:
    """Return the e-card of an order as the first person of its list will get it, but for the link: for the proof."""
    first = next(iter(recipients_of(reader, order.id, limit=1)), None)
    settings = current_shop().settings
    facts = Facts(
        name=first.name if first else "",
        sender=order.sender_name,
        headline=order.headline,
        greeting=order.greeting,
        contact_line=order.contact_line,
        value=order.face if order.kind is OrderKind.SHOPPING_CARD else None,
        valid_until=order.valid_until,
        hotline=settings.hotline,
        link=f"{settings.public_url}/e/…",
    )
    with in_locale(order.card_locale):
        return card_letter(facts)


def _plan(tx: Transaction, order_id: int, batch_id: int, *, time_zone: str) -> None:
    order, at = tx.get_one(Order, order_id), clock.now()
    moment = order.send_moment
    ecards.plan(tx, batch_id, moment.utc if moment else at, moment.zone if moment else time_zone, by=SYSTEM, at=at)


def _recipients(reader: Reader, order_id: int, batch_id: int) -> list[Recipient]:
    card_ids = cards.cards_by_ref(reader, [batch_id])
    ways = ((card_ids[person.id], best_way(person.email, person.phone)) for person in recipients_of(reader, order_id))
    return [Recipient(card_id, *way) for card_id, way in ways if way is not None]
