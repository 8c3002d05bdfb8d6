"""The site's programs as real processes that a test starts, kills and starts again."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy import update

from giftshop.config import Settings
from giftshop.db import Database, Transaction
from giftshop.jobs import Job, JobState
from giftshop.kernel import clock
from tools.services import Service

ROOT = Path(__file__).parents[1]
PATIENCE_SECONDS = 120


def environ_of(settings: Settings, *, port: int = 5000) -> dict[str, str]:
    """The environment in which a program has the same settings as the test."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "GIFTSHOP_MODE": settings.mode.value,
        "DATABASE_URL": settings.database_url,
        "INSTANCE_PATH": str(settings.instance_path),
        "PUBLIC_URL": settings.public_url,
        "SECRET_KEY": settings.secret_key,
        "LINK_KEY": settings.link_key.decode(),
        "CODE_PEPPERS": settings.keyring.peppers.written(),
        "MASTER_KEYS": settings.keyring.master_keys.written(),
        "PORT": str(port),
    }


@dataclass
class Program:
    """A program that can be killed in the middle of anything."""

    service: Service
    environ: dict[str, str] = field(repr=False)

    def start(self) -> None:
        self.service.start(self.environ)

    def kill(self) -> None:
        """kill -9, of the program and whatever it started: no word of farewell."""
        assert self.service.program is not None
        os.killpg(self.service.program.pid, signal.SIGKILL)
        self.service.program.wait()

    def stop(self) -> None:
        self.service.ask_to_stop()
        self.service.make_stop(10)

    @property
    def said(self) -> str:
        return self.service.log.read_text(errors="replace")


def worker(settings: Settings) -> Program:
    """`python -m giftshop.worker` on the database of the test."""
    command = [sys.executable, "-m", "giftshop.worker"]
    return Program(Service("worker", command, settings.instance_path / "worker.log"), environ_of(settings))


def wait_until(is_so: Callable[[], bool], what: str, *, of: Program | None = None) -> None:
    """Return once `is_so()`; fail with `what` was waited for, and with what the program said."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        said = of.said[-3000:] if of else ""
        assert of is None or not of.service.has_ended(), f"it ended while we waited for {what}:\n{said}"
        assert time.monotonic() < deadline, f"waited in vain for {what}:\n{said}"
        time.sleep(0.01)


def let_leases_lapse(database: Database) -> int:
    """A minute passes, after which a dead worker's jobs are anybody's. Returns how many it held."""
    return database.transact(_lapse)


def _lapse(tx: Transaction) -> int:
    held = update(Job).where(Job.state == JobState.RUNNING)
    return tx.change(held.values(lease_until=clock.now() - timedelta(seconds=1)))
