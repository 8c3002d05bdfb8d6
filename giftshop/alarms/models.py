"""The table of alarms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, intpk

OPEN = "closed_at IS NULL"


class Alarm(Base):
    """Something that does not look right: one row while it is open, however often it is seen."""

    __tablename__ = "alarms"
    __table_args__ = (
        CheckConstraint("count > 0", name="seen"),
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed_by_somebody"),
        Index(
            "uq_alarms_open",
            "kind",
            "subject_kind",
            "subject_id",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        Index("ix_alarms_subject", "kind", "subject_kind", "subject_id", "closed_at"),
    )

    id: Mapped[intpk]
    kind: Mapped[str]
    """One of `AlarmKind`, or a room's own: room.what."""
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    count: Mapped[int] = mapped_column(default=1)
    """How often it was seen."""
    facts: Mapped[dict[str, Any]]
    """As they were last seen: plain figures and ids. What may name a person (`PERSONAL`) goes when it is closed."""
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(default="")
    """What it was, in the words of whoever closed it."""
