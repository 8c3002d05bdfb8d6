"""What the machine room looks like."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from giftshop.db import Reader
from giftshop.jobs.models import Job, JobState, WorkerBeat


def last_beat(reader: Reader) -> datetime | None:
    """Return when any worker last said that it lives."""
    return reader.scalar(select(func.max(WorkerBeat.beat_at)))


def failed_jobs(reader: Reader, *, limit: int = 50) -> Sequence[Job]:
    """Return jobs that wait for a person, newest first."""
    return reader.scalars(select(Job).where(Job.state == JobState.FAILED).order_by(Job.id.desc()).limit(limit)).all()
