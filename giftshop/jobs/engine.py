"""huey: carries ids of jobs from the web server to the worker, in a SQLite file of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from huey import SqliteHuey

from giftshop.sqlite import journal_mode


class HueyEngine:
    """One queue of ids. Losing it loses nothing: the sweep reads the table of jobs."""

    def __init__(self, instance_path: Path) -> None:
        """Keep the queue under `instance_path`; the file is made on first use."""
        self._path = instance_path / "queue.db"
        self._huey: SqliteHuey | None = None
        self._task: Callable[[int], object] | None = None
        self._run: Callable[[int], object] = lambda job_id: None

    def connect(self, run: Callable[[int], object]) -> SqliteHuey:
        """Open the queue and let a worker call `run(job_id)`. Returns huey, for its consumer."""
        self._run = run
        return self._open()

    def send(self, job_id: int) -> None:
        """Send the id of a job to whichever worker is free."""
        self._open()
        if self._task is not None:
            self._task(job_id)

    def _call(self, job_id: int) -> None:
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
