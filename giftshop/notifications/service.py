"""Write to people: promise a message, mark it sent, and tell whoever had it written what became of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update

from giftshop.db import Transaction
from giftshop.jobs import enqueue, enqueue_all
from giftshop.kernel import clock
from giftshop.notifications.models import Channel, Message, MessageState

SEND = "notifications.send"

About = tuple[str, int]
"""What a message is written about: a kind that one room fills links in for, and an id of that room."""


@dataclass(frozen=True, slots=True)
class Written:
    """A message that is to be sent: its text may have `LINK` where the link belongs."""

    channel: Channel
    address: str
    """An e-mail address, or a phone number in E.164."""
    text: str
    about: About
    subject: str = ""
    locale: str = ""
    """The language it is written in."""


@dataclass(frozen=True, slots=True)
class MessageSent:
    """A message about something has left."""

    message_id: int
    about: About
    at: datetime


@dataclass(frozen=True, slots=True)
class MessageRefused:
    """A message about something came back, or was not taken: nobody will ever read it at this address."""

    message_id: int
    about: About
    status: str
    """Why, as RFC 3463 numbers it: 5.1.1 is an address that does not exist. Never what a server wrote."""
    at: datetime


@dataclass(frozen=True, slots=True)
class MessageWithdrawn:
    """A message about something was not sent: there was nothing left to tell."""

    message_id: int
    about: About


def queue_mail(
    tx: Transaction,
    *,
    to: str,
    subject: str,
    text: str,
    locale: str = "",
    is_secret: bool = False,
    at: datetime | None = None,
) -> int:
    """Promise a plain-text e-mail in its reader's language, `locale`, not before `at`. Returns the message's id.

    Say `is_secret` when the text lets its reader in somewhere: it is then forgotten once it left the house.
    """
    subject = _one_line(subject)
    mail = Message(channel=Channel.MAIL, address=to, subject=subject, text=text, locale=locale, is_secret=is_secret)
    return _queue(tx, mail, at)


def queue_text(tx: Transaction, *, phone: str, text: str, is_secret: bool = False, at: datetime | None = None) -> int:
    """Promise a text message to `phone` (E.164), not before `at`. Returns the message's id.

    `is_secret` as in `queue_mail`.
    """
    return _queue(tx, Message(channel=Channel.TEXT, address=phone, text=text, is_secret=is_secret), at)


def queue_all(tx: Transaction, letters: Sequence[Written]) -> list[int]:
    """Promise messages about things, in a few statements for any number. Returns their ids, in the same order."""
    now, last = clock.now(), tx.scalar(select(func.max(Message.id))) or 0
    rows = [
        {
            "channel": each.channel,
            "address": each.address,
            "subject": _one_line(each.subject),
            "text": each.text,
            "locale": each.locale,
            "about_kind": each.about[0],
            "about_id": each.about[1],
            "created_at": now,
        }
        for each in letters
    ]
    tx.execute(insert(Message), rows)
    new = (Message.id > last, Message.about_id.in_([each.about[1] for each in letters]))
    ids = list(tx.scalars(select(Message.id).where(*new).order_by(Message.id)))
    enqueue_all(tx, SEND, {job_key(message_id): {"message_id": message_id} for message_id in ids})
    return ids


def mark_sent(tx: Transaction, message_id: int, *, left_the_house: bool, at: datetime) -> None:
    """Remember that a message is on its way, and tell MessageSent if it is about something.

    Forgets a secret text that others than us keep from now on.
    """
    queued = (Message.id == message_id, Message.state == MessageState.QUEUED)
    is_new = tx.change(update(Message).where(*queued).values(state=MessageState.SENT, sent_at=at))
    if left_the_house:
        tx.change(update(Message).where(Message.id == message_id, Message.is_secret).values(text=""))
    if is_new and (about := _about(tx, message_id)):
        tx.publish(MessageSent(message_id, about, at))


def mark_withdrawn(tx: Transaction, message_id: int) -> None:
    """Remember that a message will not be sent: what it told of is over. Tells MessageWithdrawn if it was about it."""
    queued = (Message.id == message_id, Message.state == MessageState.QUEUED)
    is_new = tx.change(update(Message).where(*queued).values(state=MessageState.WITHDRAWN))
    if is_new and (about := _about(tx, message_id)):
        tx.publish(MessageWithdrawn(message_id, about))


def mark_refused(tx: Transaction, message_id: int, status: str, *, at: datetime) -> bool:
    """Remember that nobody takes a message at its address, and tell MessageRefused if it is about something.

    False when that was known, or there is no such message.
    """
    open_still = (Message.id == message_id, Message.state.in_([MessageState.QUEUED, MessageState.SENT]))
    if not tx.change(update(Message).where(*open_still).values(state=MessageState.REFUSED)):
        return False
    if about := _about(tx, message_id):
        tx.publish(MessageRefused(message_id, about, status, at))
    return True


def forget(tx: Transaction, kind: str, ids: Collection[int]) -> int:
    """Erase what was written about things of a kind, with the addresses it went to; what waits is not sent any more.

    Returns how many messages there were.
    """
    written = (Message.about_kind == kind, Message.about_id.in_(ids))
    waiting = (*written, Message.state == MessageState.QUEUED)
    tx.change(update(Message).where(*waiting).values(state=MessageState.WITHDRAWN))
    return tx.change(update(Message).where(*written).values(address="", subject="", text=""))


def job_key(message_id: int) -> str:
    """Return the key of the job that sends a message."""
    return f"{SEND}:{message_id}"


def _about(tx: Transaction, message_id: int) -> About | None:
    return tx.get_one(Message, message_id, populate_existing=True).about


def _one_line(subject: str) -> str:
    return " ".join(subject.split())  # a name with a line break in it must not write headers


def _queue(tx: Transaction, message: Message, at: datetime | None) -> int:
    message.created_at = clock.now()
    tx.add(message)
    tx.flush()
    enqueue(tx, SEND, {"message_id": message.id}, key=job_key(message.id), at=at)
    return message.id
