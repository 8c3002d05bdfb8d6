"""Commands on e-cards that write no words: when they are sent and where, and what is noted of each. See `telling`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, insert, or_, select, update

from giftshop import audit, cards, notifications
from giftshop.cards import Card
from giftshop.db import Transaction
from giftshop.ecards.errors import AfterItsEnd, DeliveryNotThere, MomentPassed, SendingBegun, TooFarAhead
from giftshop.ecards.models import Delivery, Mailing
from giftshop.ecards.rules import FARTHEST, KEPT_AFTER_END, KEPT_AT_MOST, DeliveryState, Moment
from giftshop.jobs import enqueue
from giftshop.kernel.actor import SYSTEM, Actor
from giftshop.kernel.clock import local_day
from giftshop.notifications import Channel, MessageRefused, MessageSent, MessageWithdrawn

KIND: Final = "ecard"
"""What a message of ours is about; its id is the card's."""
SEND: Final = "ecards.send"
"""The job that sends the e-cards of a batch when their hour has come."""
FORGET: Final = "ecards.forget"
"""The job that erases addresses whose purpose has ended."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where one e-card goes."""

    card_id: int
    channel: Channel
    address: str


@dataclass(frozen=True, slots=True)
class AddressesErased:
    """Where these e-cards went is forgotten here: whoever else knows it from the same list forgets it, too."""

    card_ids: Sequence[int]


def plan(tx: Transaction, batch_id: int, send_at: datetime, zone: str, *, by: Actor, at: datetime) -> None:
    """Say when the e-cards of a batch are sent, by the clock of which zone. A batch that has a plan keeps it."""
    batch = cards.batch(tx, batch_id)
    firm_id = cards.programme(tx, batch.programme_id).firm_id
    facts = {"programme_id": batch.programme_id, "firm_id": firm_id, "send_at": send_at, "time_zone": zone}
    if tx.add_new(Mailing, batch_id=batch_id, **facts):
        audit.record(tx, "ecards.plan", ("batch", batch_id), by=by, at=at)


def write_down(tx: Transaction, batch_id: int, recipients: Sequence[Recipient]) -> int:
    """Write down where e-cards of a planned batch go, but for those that are known. Returns how many were new."""
    wanted = {each.card_id: each for each in recipients}
    known = set(tx.scalars(select(Delivery.card_id).where(Delivery.card_id.in_(wanted))))
    rows = [
        {"card_id": each.card_id, "batch_id": batch_id, "channel": each.channel, "address": each.address}
        for each in wanted.values()
        if each.card_id not in known
    ]
    if rows:
        tx.execute(insert(Delivery), rows)
    return len(rows)


def finish_drawing_up(tx: Transaction, batch_id: int, *, at: datetime) -> None:
    """Note that every address of a batch is written down, and have its e-cards sent when their hour comes."""
    drawn_up = (Mailing.batch_id == batch_id, Mailing.drawn_up_at.is_(None))
    if tx.change(update(Mailing).where(*drawn_up).values(drawn_up_at=at)):
        _promise(tx, batch_id, tx.get_one(Mailing, batch_id, populate_existing=True).send_at)


def reschedule(tx: Transaction, programme_id: int, firm_id: int, moment: Moment, *, by: Actor, at: datetime) -> None:
    """Choose another hour for the e-cards of a firm's programme, as long as none is sent.

    Raises ZoneUnknown, HourSkipped, MomentPassed, TooFarAhead, AfterItsEnd, SendingBegun, ProgrammeNotThere.
    """
    programme = cards.programme_of(tx, firm_id, programme_id)
    send_at = checked(moment, at=at)
    if programme.valid_until is not None and local_day(send_at, programme.time_zone) > programme.valid_until:
        raise AfterItsEnd(field="day", day=programme.valid_until)
    waiting = (Mailing.programme_id == programme_id, Mailing.begun_at.is_(None))
    if not tx.change(update(Mailing).where(*waiting).values(send_at=send_at, time_zone=moment.zone)):
        raise SendingBegun
    for batch_id in tx.scalars(select(Mailing.batch_id).where(*waiting)).all():
        _promise(tx, batch_id, send_at)
    audit.record(tx, "ecards.reschedule", ("programme", programme_id), by=by, at=at)


def checked(moment: Moment, *, at: datetime) -> datetime:
    """Return the moment in UTC that e-cards can be sent at.

    Raises ZoneUnknown, HourSkipped, MomentPassed, TooFarAhead.
    """
    send_at = moment.utc
    if send_at <= at:
        raise MomentPassed(field="day")
    if send_at > at + FARTHEST:
        raise TooFarAhead(field="day")
    return send_at


def begin_sending(tx: Transaction, batch_id: int, *, at: datetime) -> bool:
    """Note that the e-cards of a batch are being sent. False as long as their hour has not come."""
    due = (Mailing.batch_id == batch_id, Mailing.drawn_up_at.is_not(None), Mailing.send_at <= at)
    if tx.change(update(Mailing).where(*due, Mailing.begun_at.is_(None)).values(begun_at=at)):
        audit.record(tx, "ecards.send", ("batch", batch_id), by=SYSTEM, at=at)
        return True
    return (
        tx.scalar(select(Mailing.batch_id).where(Mailing.batch_id == batch_id, Mailing.begun_at.is_not(None)))
        is not None
    )


def note_opened(tx: Transaction, card_id: int, *, by: Actor, at: datetime) -> bool:
    """Note that somebody opened an e-card. False when it was opened before: nothing else ever changes by opening."""
    unopened = (Delivery.card_id == card_id, Delivery.opened_at.is_(None))
    if not tx.change(update(Delivery).where(*unopened).values(opened_at=at)):
        return False
    audit.record(tx, "ecards.open", ("card", card_id), by=by, at=at)
    return True


def erase(tx: Transaction, card_id: int, firm_id: int, *, by: Actor, at: datetime) -> None:
    """Forget where an e-card went, at once. Its link goes on working; nobody can be reminded any more.

    Raises DeliveryNotThere.
    """
    delivery = locked(tx, card_id, firm_id)
    forget_addresses(tx, [delivery.card_id])
    audit.record(tx, "ecards.erase", ("card", card_id), by=by, at=at)


def forget_some(tx: Transaction, *, at: datetime, limit: int = 200) -> int:
    """Erase the addresses of some e-cards whose purpose has ended. Returns how many; none when all are erased."""
    ended = at - KEPT_AFTER_END
    is_over = or_(Card.claimed_at < ended, Card.expires_at < ended, Delivery.sent_at < at - KEPT_AT_MOST)
    wanted = select(Delivery.card_id).join(Card, Card.id == Delivery.card_id)
    over = tx.scalars(wanted.where(Delivery.address.is_not(None), is_over).limit(limit)).all()
    if over:
        forget_addresses(tx, over)
    return len(over)


def hear_sent(tx: Transaction, news: MessageSent) -> None:
    """Subscriber: an e-card has left."""
    written = _told_by(news.about, news.message_id)
    if written is not None:
        sending = (written, Delivery.state == DeliveryState.SENDING)
        tx.change(update(Delivery).where(*sending).values(state=DeliveryState.SENT, sent_at=news.at))


def hear_refused(tx: Transaction, news: MessageRefused) -> None:
    """Subscriber: an e-card came back. What is heard of an address that was replaced since changes nothing."""
    written = _told_by(news.about, news.message_id)
    if written is None:
        return
    away = (written, Delivery.state.in_([DeliveryState.SENDING, DeliveryState.SENT]))
    bounced = {"state": DeliveryState.BOUNCED, "bounce_status": news.status}
    if tx.change(update(Delivery).where(*away).values(bounced)):
        audit.record(tx, "ecards.bounce", ("card", news.about[1]), by=SYSTEM, at=news.at, status=news.status)


def hear_withdrawn(tx: Transaction, news: MessageWithdrawn) -> None:
    """Subscriber: an e-card was not sent after all, since its card was stopped in the meantime."""
    written = _told_by(news.about, news.message_id)
    if written is not None:
        sending = (written, Delivery.state == DeliveryState.SENDING)
        tx.change(update(Delivery).where(*sending).values(state=DeliveryState.STOPPED))


def locked(tx: Transaction, card_id: int, firm_id: int) -> Delivery:
    """Return a firm's e-card, held until the transaction ends. Raises DeliveryNotThere, for another firm's too."""
    delivery = tx.get(Delivery, card_id, with_for_update=True, populate_existing=True)
    if delivery is None or tx.get_one(Mailing, delivery.batch_id).firm_id != firm_id:
        raise DeliveryNotThere
    return delivery


def _told_by(about: tuple[str, int], message_id: int) -> ColumnElement[bool] | None:
    kind, card_id = about
    return (Delivery.card_id == card_id) & (Delivery.since_message <= message_id) if kind == KIND else None


def forget_addresses(tx: Transaction, card_ids: Sequence[int]) -> int:
    """Erase where these e-cards went, with their messages and their rows in a firm's list; return how many."""
    known = (Delivery.card_id.in_(card_ids), Delivery.address.is_not(None))
    erased = tx.change(update(Delivery).where(*known).values(address=None))
    notifications.forget(tx, KIND, card_ids)
    tx.publish(AddressesErased(card_ids))
    return erased


def _promise(tx: Transaction, batch_id: int, send_at: datetime) -> None:
    enqueue(tx, SEND, {"batch_id": batch_id}, key=f"{SEND}/{batch_id}/{send_at.isoformat()}", at=send_at)
