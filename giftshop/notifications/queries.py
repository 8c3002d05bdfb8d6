"""What was written to whom."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from giftshop.db import Reader
from giftshop.notifications.models import Message


def latest_messages(reader: Reader, *, limit: int = 50) -> Sequence[Message]:
    """Return the newest messages, newest first."""
    return reader.scalars(select(Message).order_by(Message.id.desc()).limit(limit)).all()


def messages_to(reader: Reader, address: str) -> Sequence[Message]:
    """Return what was written to an e-mail address or a phone number, newest first."""
    return reader.scalars(select(Message).where(Message.address == address).order_by(Message.id.desc())).all()
