"""The table of what was done."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.audit.rules import Fault
from giftshop.db import Base, Json, intpk
from giftshop.kernel.actor import ActorKind

BY_SIGNED_IN: Final = "actor_kind IN ('member', 'staff')"
"""What people did who sign in, so that the index costs recipients nothing. Asked in other words, it is not used."""


class AuditEvent(Base):
    """One thing done. Holds opaque ids and plain facts, never personal data, so it can be kept for good."""

    __tablename__ = "audit_events"
    __table_args__ = (
        Index("ix_audit_events_subject", "subject_kind", "subject_id"),
        Index(
            "ix_audit_events_person",
            "actor_id",
            "id",
            sqlite_where=text(BY_SIGNED_IN),
            postgresql_where=text(BY_SIGNED_IN),
        ),
    )

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


class AuditCheck(Base):
    """One walk along the chain, and what it found."""

    __tablename__ = "audit_checks"

    id: Mapped[intpk]
    checked_at: Mapped[datetime]
    sealed: Mapped[int]
    """Events whose seals hold."""
    unsealed: Mapped[int]
    """Events that were not sealed yet."""
    late: Mapped[list[int]] = mapped_column(Json)
    """Events that were put in long after what came later was sealed."""
    fault: Mapped[Fault | None]
    number: Mapped[int | None]
    """Place in the chain where the fault is."""
    event_id: Mapped[int | None]
