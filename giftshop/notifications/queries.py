"""What was written to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from giftshop.db import Reader
from giftshop.jobs import Job, JobState
from giftshop.notifications.models import Message, MessageState
from giftshop.notifications.service import job_key
from giftshop.paging import Page, keyset_page


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the sending of a message goes, as the job that does it knows."""

    attempts: int
    error: str
    """What the last try that failed said; empty when none did, or a later one went well."""
    is_given_up: bool
    """Tried as often as is sensible: a person must look."""


def messages_page(reader: Reader, *, state: MessageState | None, wanted: str, after: str | None) -> Page[Message]:
    """Return messages, newest first: all or those in `state`, and those to the address `wanted` if there is one."""
    statement = select(Message)
    if state:
        statement = statement.where(Message.state == state)
    if wanted:
        statement = statement.where(Message.address == wanted)
    return keyset_page(reader, statement, Message.id, after=after)


def deliveries_of(reader: Reader, messages: Sequence[Message]) -> dict[int, Delivery]:
    """Return how the sending of each of `messages` goes, by the message's id, in one statement."""
    message_ids = {job_key(message.id): message.id for message in messages}
    jobs = reader.scalars(select(Job).where(Job.key.in_(message_ids)))
    return {
        message_ids[job.key]: Delivery(job.attempts, job.last_error or "", job.state is JobState.FAILED)
        for job in jobs
        if job.key
    }


def latest_messages(reader: Reader, *, limit: int = 50) -> Sequence[Message]:
    """Return the newest messages, newest first."""
    return reader.scalars(select(Message).order_by(Message.id.desc()).limit(limit)).all()


def messages_to(reader: Reader, address: str) -> Sequence[Message]:
    """Return what was written to an e-mail address or a phone number, newest first."""
    return reader.scalars(select(Message).where(Message.address == address).order_by(Message.id.desc())).all()
