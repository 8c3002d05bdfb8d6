"""What was written to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from giftshop.db import Reader
from giftshop.jobs import Job, JobState
from giftshop.kernel.locale import N_
from giftshop.listing import Choice, Column, Days, Listing, Words
from giftshop.notifications.models import Channel, Message, MessageState
from giftshop.notifications.service import job_key


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the sending of a message goes, as the job that does it knows."""

    attempts: int
    error: str
    """What the last try that failed said; empty when none did, or a later one went well."""
    is_given_up: bool
    """Tried as often as is sensible: a person must look."""


def messages_list(state: MessageState | None, channels: Mapping[Channel, str]) -> Listing[Message]:
    """Return the list of messages, newest first: all or those in `state`; `channels` call by name how they travel.

    There are more of them than of anything else, so they sort by what has an index.
    """
    return Listing(
        "messages",
        select(Message).where(Message.state == state) if state else select(Message),
        Message.id,
        columns=(
            Column("to", N_("Written to"), by=Message.address),
            Column("by", N_("Sent by")),
            Column("about", N_("About")),
            Column("written", N_("Written at"), by=Message.id, falls=True),
            Column("progress", N_("Progress of sending")),
        ),
        fields=(
            Words(
                N_("E-mail address or phone number, in full"), lambda wanted: Message.address == wanted, hint="+8613…"
            ),
            Choice(
                "by",
                N_("Sent by"),
                {channel.value: words for channel, words in channels.items()},
                lambda channel: Message.channel == Channel(channel),
            ),
            Days("written", N_("Written"), Message.created_at),
        ),
        first="-written",
        is_personal=True,
    )


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
