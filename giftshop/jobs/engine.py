"""huey: carries ids of jobs from the web server to the worker, in a SQLite file of its own."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final

import structlog
from huey import SqliteHuey

from giftshop.sqlite import journal_mode

log = structlog.get_logger()
GATHER: Final = 0.05
"""Seconds that ids are gathered for before they are carried together."""
REST: Final = 5.0
"""Seconds without anything to carry after which the thread ends, until there is something again."""
AT_ONCE: Final = 20
"""Ids carried together at most: one worker thread does them one after another."""


class HueyEngine:
    """One queue of ids. Losing it loses nothing: the sweep reads the table of jobs."""

    def __init__(self, instance_path: Path) -> None:
        """Keep the queue under `instance_path`; the file is made on first use."""
        self._path = instance_path / "queue.db"
        self._huey: SqliteHuey | None = None
        self._task: Callable[..., object] | None = None
        self._waiting: SimpleQueue[int] = SimpleQueue()
        self._carrier: threading.Thread | None = None
        self._starting = threading.Lock()
        self._run: Callable[[int], object] = lambda job_id: None

    def connect(self, run: Callable[[int], object]) -> SqliteHuey:
        """Open the queue and let a worker call `run(job_id)`. Returns huey, for its consumer."""
        self._run = run
        return self._open()

    def send(self, job_id: int) -> None:
        """Send the id of a job to whichever worker is free, with others that are sent in the same moment.

        Not by the request that promised it: writing to the queue's file waits for the disk, and was an eighth of the
        CPU of a redemption. A process that dies meanwhile loses the id, and the sweep finds the job.
        """
        self._waiting.put(job_id)
        with self._starting:
            if self._carrier is None or not self._carrier.is_alive():  # or was left behind by a fork
                self._carrier = threading.Thread(target=self._carry, name="job-carrier", daemon=True)
                self._carrier.start()

    def _carry(self) -> None:
        while True:
            try:
                job_ids = [self._waiting.get(timeout=REST)]
            except Empty:
                with self._starting:
                    if self._waiting.empty():
                        self._carrier = None
                        return
                continue
            time.sleep(GATHER)
            try:
                while len(job_ids) < AT_ONCE:
                    job_ids.append(self._waiting.get_nowait())
            except Empty:
                pass
            try:
                self._open()
                if self._task is not None:
                    self._task(*job_ids)
            except Exception:  # the sweep sends them again
                log.exception("jobs not sent", jobs=job_ids)

    def _call(self, *job_ids: int) -> None:
        for job_id in job_ids:
            self._run(job_id)

    def _open(self) -> SqliteHuey:
        if self._huey is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # huey uses Python's own SQLite. It waits for the disk: a queue torn by a power cut would stop all jobs.
            journal = journal_mode(sqlite3.sqlite_version_info)
            self._huey = SqliteHuey(
                "jobs", filename=str(self._path), results=False, fsync=True, journal_mode=journal.lower()
            )
            self._task = self._huey.task(name="run_job")(self._call)
        return self._huey
