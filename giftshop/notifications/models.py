"""The table of what is written to people."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index
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
    REFUSED = "refused"
    """Whoever receives mail for this address does not take it. Whoever had it written was told."""
    WITHDRAWN = "withdrawn"
    """Never sent: what it told of was over by then."""


class Message(Base):
    """One message to one person, in their language."""

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint("(about_kind IS NULL) = (about_id IS NULL)", name="about_something"),
        Index("ix_messages_address", "address"),
        Index("ix_messages_about_kind_about_id", "about_kind", "about_id"),
    )

    id: Mapped[intpk]
    channel: Mapped[Channel]
    address: Mapped[str]
    """An e-mail address, or a phone number in E.164."""
    subject: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    locale: Mapped[str] = mapped_column(default="")
    """The language it is written in; empty where nobody said: then it is read off the script of its text."""
    is_secret: Mapped[bool] = mapped_column(default=False)
    """Whether the text lets its reader in somewhere: then it is forgotten once it left the house."""
    about_kind: Mapped[str | None]
    """With `about_id`, what the room that had it written calls its subject: that room fills in the link and is told
    what becomes of it."""
    about_id: Mapped[int | None]
    state: Mapped[MessageState] = mapped_column(default=MessageState.QUEUED)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    @property
    def about(self) -> tuple[str, int] | None:
        """What it is written about, if anybody wants to be told what becomes of it."""
        return (self.about_kind, self.about_id) if self.about_kind is not None and self.about_id is not None else None
