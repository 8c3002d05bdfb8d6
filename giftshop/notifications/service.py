"""Write to people: promise a message, and mark it sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from giftshop.db import Transaction
from giftshop.jobs import enqueue
from giftshop.kernel import clock
from giftshop.notifications.models import Channel, Message, MessageState

SEND = "notifications.send"


def queue_mail(
    tx: Transaction, *, to: str, subject: str, text: str, is_secret: bool = False, at: datetime | None = None
) -> int:
    """Promise a plain-text e-mail in its reader's language, not before `at`. Returns the message's id.

    Say `is_secret` when the text lets its reader in somewhere: it is then forgotten once it left the house.
    """
    subject = " ".join(subject.split())  # a name with a line break in it must not write headers
    return _queue(tx, Message(channel=Channel.MAIL, address=to, subject=subject, text=text, is_secret=is_secret), at)


def queue_text(tx: Transaction, *, phone: str, text: str, is_secret: bool = False, at: datetime | None = None) -> int:
    """Promise a text message to `phone` (E.164), not before `at`. Returns the message's id.

    `is_secret` as in `queue_mail`.
    """
    return _queue(tx, Message(channel=Channel.TEXT, address=phone, text=text, is_secret=is_secret), at)


def mark_sent(tx: Transaction, message_id: int, *, left_the_house: bool, at: datetime) -> None:
    """Remember that a message is on its way; forget a secret text that others than us keep from now on."""
    sent = update(Message).where(Message.id == message_id, Message.state == MessageState.QUEUED)
    tx.change(sent.values(state=MessageState.SENT, sent_at=at))
    if left_the_house:
        tx.change(update(Message).where(Message.id == message_id, Message.is_secret).values(text=""))


def job_key(message_id: int) -> str:
    """Return the key of the job that sends a message."""
    return f"{SEND}:{message_id}"


def _queue(tx: Transaction, message: Message, at: datetime | None) -> int:
    message.created_at = clock.now()
    tx.add(message)
    tx.flush()
    enqueue(tx, SEND, {"message_id": message.id}, key=job_key(message.id), at=at)
    return message.id
