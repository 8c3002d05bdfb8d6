"""Notifications: e-mail and text messages, queued with what they tell of, sent by a job. Given all they say.

A personal link is the one thing that is not given: it is worked out as the message leaves, by the room it leads to.
"""

from giftshop.notifications.bounces import LONGEST_REPORT, Undelivered, undelivered_in
from giftshop.notifications.letter import POLICY as MAIL_POLICY
from giftshop.notifications.letter import Letterhead, painter
from giftshop.notifications.links import LINK, fill_links
from giftshop.notifications.models import Channel, Message, MessageState
from giftshop.notifications.queries import latest_messages, messages_to
from giftshop.notifications.samples import Writer, add_samples, samples_of
from giftshop.notifications.service import (
    MessageRefused,
    MessageSent,
    MessageWithdrawn,
    Written,
    forget,
    mark_refused,
    queue_all,
    queue_mail,
    queue_text,
)

__all__ = [
    "LINK",
    "LONGEST_REPORT",
    "MAIL_POLICY",
    "Channel",
    "Letterhead",
    "Message",
    "MessageRefused",
    "MessageSent",
    "MessageState",
    "MessageWithdrawn",
    "Undelivered",
    "Writer",
    "Written",
    "add_samples",
    "fill_links",
    "forget",
    "latest_messages",
    "mark_refused",
    "messages_to",
    "painter",
    "queue_all",
    "queue_mail",
    "queue_text",
    "samples_of",
    "undelivered_in",
]
