"""The tables of one-time codes. No column holds a code or an address."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, intpk


class OneTimeCode(Base):
    """The last code that was sent for a subject."""

    __tablename__ = "onetime_codes"
    __table_args__ = (CheckConstraint("tries >= 0", name="tries_counted"),)

    subject_kind: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[bytes]
    """A keyed hash of the code, its subject and where it was sent."""
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]
    """When it was typed rightly: it is good once."""


class OneTimeQueue(Base):
    """Whoever sends for the same subject, or to the same address, stands in line at its row."""

    __tablename__ = "onetime_queues"

    counted_for: Mapped[str] = mapped_column(primary_key=True)
    """A subject, or the keyed hash of an address."""
    last_at: Mapped[datetime] = mapped_column(index=True)


class OneTimeSending(Base):
    """One code sent, counted once for its subject and once for its address. Kept for the hour in which it counts."""

    __tablename__ = "onetime_sendings"
    __table_args__ = (Index("ix_onetime_sendings_counted_for", "counted_for", "sent_at"),)

    id: Mapped[intpk]
    counted_for: Mapped[str]
    sent_at: Mapped[datetime] = mapped_column(index=True)
