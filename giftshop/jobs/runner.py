"""Runs jobs: finds the handler, holds the lease while it works, and writes how it ended."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog

from giftshop.db import Database, Reader, Transaction, without_details
from giftshop.jobs import service
from giftshop.kernel import clock

Args = ParamSpec("Args")
Result = TypeVar("Result")
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class JobRun:
    """What a handler is given: its payload, and the database to work on."""

    job_id: int
    payload: Mapping[str, Any]
    at: datetime
    database: Database

    def transact(
        self, command: Callable[Concatenate[Transaction, Args], Result], *args: Args.args, **kwargs: Args.kwargs
    ) -> Result:
        """Run one command in a transaction of its own."""
        return self.database.transact(command, *args, **kwargs)

    def reading(self) -> AbstractContextManager[Reader]:
        """Give a Reader for the length of a `with` block."""
        return self.database.reading()


Handler = Callable[[JobRun], None]


class Jobs:
    """The handlers of every kind of job, and the running of them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.send: Callable[[int], None] = lambda job_id: None
        """Carries a job's id to a worker. Until one is connected the sweep alone finds the work."""
        self._handlers: dict[str, Handler] = {}

    def register(self, kind: str, handler: Handler) -> None:
        """Let `handler(run)` do the jobs of `kind`. It may be run again after a crash, so it must be repeatable."""
        if kind in self._handlers:
            raise ValueError(f"two handlers for {kind}")
        self._handlers[kind] = handler

    def announce(self, tx: Transaction, event: service.JobQueued) -> None:
        """Subscriber: send the id once the promise is committed."""
        tx.after_commit(lambda: self._send_quietly(event.job_id))

    def sweep(self) -> int:
        """Send every job that is due or whose worker died. Returns how many."""
        with self.database.reading() as reader:
            due = service.due_jobs(reader, at=clock.now())
        for job_id in due:
            self._send_quietly(job_id)
        return len(due)

    def run_due(self, *, at: datetime | None = None, limit: int = 10_000) -> int:
        """Run here, one after another, all that is due at `at` and all that this brings about. Returns how many."""
        done = 0
        while done < limit:
            with self.database.reading() as reader:
                due = service.due_jobs(reader, at=at or clock.now())
            ran = sum(self.run(job_id, at=at) for job_id in due)
            if not ran:
                break
            done += ran
        return done

    def run(self, job_id: int, *, at: datetime | None = None) -> bool:
        """Run one job if its lease can be had. Returns whether it was run, however it ended."""
        began = at or clock.now()
        claimed = self.database.transact(service.claim, job_id, at=began)
        if claimed is None:
            return False
        token, job = claimed
        try:
            with self._lease_held(job_id, token):
                self._handlers[job.kind](JobRun(job_id, job.payload, began, self.database))
        except Exception as error:
            log.exception("job failed", job=job_id, kind=job.kind, attempt=job.attempts)
            reason = without_details(f"{type(error).__name__}: {error}")
            self.database.transact(
                service.give_back, job_id, token, attempts=job.attempts, error=reason, at=at or clock.now()
            )
        else:
            self.database.transact(service.finish, job_id, token, at=at or clock.now())
        return True

    def _send_quietly(self, job_id: int) -> None:
        try:
            self.send(job_id)
        except Exception:  # the sweep sends it again: a full or missing queue must not fail what was committed
            log.exception("job not sent", job=job_id)

    @contextmanager
    def _lease_held(self, job_id: int, token: str) -> Iterator[None]:
        ended = threading.Event()

        def keep() -> None:
            while not ended.wait(service.LEASE.total_seconds() / 3):
                try:
                    self.database.transact(service.renew, job_id, token, at=clock.now())
                except Exception:
                    log.exception("lease not renewed", job=job_id)

        keeper = threading.Thread(target=keep, daemon=True)
        keeper.start()
        try:
            yield
        finally:
            ended.set()
            keeper.join()
