"""The table of promised work."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, intpk


class JobState(StrEnum):
    """Where a promise stands."""

    QUEUED = "queued"
    """Waits for its time and a worker."""
    RUNNING = "running"
    """A worker holds the lease."""
    DONE = "done"
    """Kept."""
    FAILED = "failed"
    """Tried as often as is sensible; a person must look."""


class Job(Base):
    """One promised piece of work, of a `kind` that some room handles."""

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_due", "state", "run_at"),
        CheckConstraint("(state = 'running') = (lease_until IS NOT NULL)", name="lease_while_running"),
    )

    id: Mapped[intpk]
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    """Ids and plain values; never a secret or personal data."""
    key: Mapped[str | None] = mapped_column(unique=True)
    """A promise made twice under one key is one promise."""
    state: Mapped[JobState] = mapped_column(default=JobState.QUEUED)
    run_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str | None]
    """The token of the worker that holds it: a worker that lost its lease cannot mark it done."""
    lease_until: Mapped[datetime | None]
    last_error: Mapped[str | None]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class WorkerBeat(Base):
    """When a worker last said that it lives."""

    __tablename__ = "worker_beats"

    name: Mapped[str] = mapped_column(primary_key=True)
    beat_at: Mapped[datetime]
