"""Notifications: e-mail and text messages, queued with what they tell of, sent by a job. Given all they say."""

from giftshop.notifications.models import Channel, Message, MessageState
from giftshop.notifications.queries import latest_messages, messages_to
from giftshop.notifications.service import queue_mail, queue_text

__all__ = ["Channel", "Message", "MessageState", "latest_messages", "messages_to", "queue_mail", "queue_text"]
