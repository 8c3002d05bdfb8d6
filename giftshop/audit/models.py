"""The table of what was done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, intpk
from giftshop.kernel.actor import ActorKind


class AuditEvent(Base):
    """One thing done. Holds opaque ids and plain facts, never personal data, so it can be kept for good."""

    __tablename__ = "audit_events"
    __table_args__ = (Index("ix_audit_events_subject", "subject_kind", "subject_id"),)

    id: Mapped[intpk]
    at: Mapped[datetime]
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[int | None]
    action: Mapped[str]
    """room.verb, such as orders.place."""
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    facts: Mapped[dict[str, Any]]
    seal_number: Mapped[int | None] = mapped_column(unique=True)
    """Place in the chain, once sealed; no gaps."""
    seal: Mapped[bytes | None]
    """SHA-256 over the seal before it and this event."""
