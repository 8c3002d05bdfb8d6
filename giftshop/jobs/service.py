"""Promise work, and take, keep and give back a job's lease."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, insert, or_, select, update

from giftshop.db import Reader, Transaction
from giftshop.jobs.models import Job, JobState, WorkerBeat
from giftshop.kernel import clock

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class JobQueued:
    """A job was promised and is due."""

    job_id: int


def enqueue(
    tx: Transaction, kind: str, payload: Mapping[str, Any], *, key: str | None = None, at: datetime | None = None
) -> int:
    """Promise that the handler of `kind` will be given `payload`, not before `at` (UTC; now when left out).

    With a `key` that was used before, nothing is added. Returns the job's id.
    """
    now = clock.now()
    promise = {"kind": kind, "payload": dict(payload), "key": key, "run_at": at or now, "created_at": now}
    if key is not None:
        is_new = tx.add_new(Job, **promise)
        job_id = tx.scalars(select(Job.id).where(Job.key == key)).one()
    else:
        is_new, job_id = True, tx.insert(Job, **promise)
    if is_new and (at is None or at <= now):
        tx.publish(JobQueued(job_id))
    return job_id


def enqueue_all(tx: Transaction, kind: str, promises: Mapping[str, Mapping[str, Any]]) -> None:
    """Promise work that nobody has promised before, by its key, to be done now: a few statements for any number."""
    now = clock.now()
    same = {"kind": kind, "run_at": now, "created_at": now}
    tx.execute(insert(Job), [{"key": key, "payload": dict(payload), **same} for key, payload in promises.items()])
    for job_id in tx.scalars(select(Job.id).where(Job.key.in_(promises)).order_by(Job.id)).all():
        tx.publish(JobQueued(job_id))


def enqueue_nightly(tx: Transaction, kind: str, *, at: datetime, zone: str) -> None:
    """Promise a job of `kind` once a day, from three in the morning in `zone` on. To be called often: it is a look."""
    key = f"{kind}/{clock.local_day(at - timedelta(hours=3), zone)}"
    if tx.scalar(select(Job.id).where(Job.key == key)) is None:
        enqueue(tx, kind, {}, key=key, at=at)


def claim(tx: Transaction, job_id: int, *, at: datetime) -> tuple[str, Job] | None:
    """Take the lease of a job that is due or whose lease lapsed. Returns the token and the job, or None."""
    token = secrets.token_hex(8)
    taken = tx.change(
        update(Job)
        .where(Job.id == job_id, _is_takeable(at))
        .values(state=JobState.RUNNING, lease=token, lease_until=at + LEASE, attempts=Job.attempts + 1),
    )
    if not taken:
        return None
    return token, tx.get_one(Job, job_id, populate_existing=True)


def renew(tx: Transaction, job_id: int, token: str, *, at: datetime) -> bool:
    """Hold the lease for longer. False when it was lost."""
    return tx.change(_held(job_id, token).values(lease_until=at + LEASE)) == 1


def finish(tx: Transaction, job_id: int, token: str, *, at: datetime) -> bool:
    """Mark the job done, if the lease is still held."""
    done = _held(job_id, token).values(state=JobState.DONE, lease=None, lease_until=None, last_error=None, ended_at=at)
    return tx.change(done) == 1


def give_back(tx: Transaction, job_id: int, token: str, *, attempts: int, error: str, at: datetime) -> bool:
    """Give back a job whose handler failed: later again, or failed for good after `MAX_ATTEMPTS`."""
    over = attempts >= MAX_ATTEMPTS
    returned = _held(job_id, token).values(
        state=JobState.FAILED if over else JobState.QUEUED,
        lease=None,
        lease_until=None,
        last_error=error[:2000],
        run_at=at + timedelta(seconds=2**attempts),
        ended_at=at if over else None,
    )
    return tx.change(returned) == 1


def retry(tx: Transaction, job_id: int, *, at: datetime) -> bool:
    """Let a failed job be tried again from the start. False when it had not failed."""
    again = tx.change(
        update(Job)
        .where(Job.id == job_id, Job.state == JobState.FAILED)
        .values(state=JobState.QUEUED, attempts=0, run_at=at, ended_at=None),
    )
    if again:
        tx.publish(JobQueued(job_id))
    return again == 1


def due_jobs(reader: Reader, *, at: datetime, limit: int = 100) -> list[int]:
    """Return ids of jobs that could be claimed now, those waiting longest first."""
    return list(reader.scalars(select(Job.id).where(_is_takeable(at)).order_by(Job.run_at).limit(limit)))


def beat(tx: Transaction, name: str, *, at: datetime) -> None:
    """Say that the worker `name` lives."""
    if not tx.change(update(WorkerBeat).where(WorkerBeat.name == name).values(beat_at=at)):
        tx.add(WorkerBeat(name=name, beat_at=at))


def _is_takeable(at: datetime) -> ColumnElement[bool]:
    return or_(
        and_(Job.state == JobState.QUEUED, Job.run_at <= at),
        and_(Job.state == JobState.RUNNING, Job.lease_until < at),
    )


def _held(job_id: int, token: str) -> Update:
    return update(Job).where(Job.id == job_id, Job.state == JobState.RUNNING, Job.lease == token)
