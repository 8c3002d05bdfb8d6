"""The table of what is written to people."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, intpk


class Channel(StrEnum):
    """How a message travels."""

    MAIL = "mail"
    """To an e-mail address."""
    TEXT = "text"
    """To a phone, as a text message; it has no subject."""


class MessageState(StrEnum):
    """How far a message is."""

    QUEUED = "queued"
    """Promised; the job sends it, and tries again when it cannot."""
    SENT = "sent"
    """Handed to the mail server or the carrier, or laid into the folder."""


class Message(Base):
    """One message to one person, in their language."""

    __tablename__ = "messages"
    __table_args__ = (Index("ix_messages_address", "address"),)

    id: Mapped[intpk]
    channel: Mapped[Channel]
    address: Mapped[str]
    """An e-mail address, or a phone number in E.164."""
    subject: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    is_secret: Mapped[bool] = mapped_column(default=False)
    """Whether the text lets its reader in somewhere: then it is forgotten once it left the house."""
    state: Mapped[MessageState] = mapped_column(default=MessageState.QUEUED)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
