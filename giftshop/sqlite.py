"""SQLite as we use it: which library, which journal, and how a connection begins. See docs/decisions/0001."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from sqlalchemy import Engine, create_engine, event

try:
    library: Any = import_module("pysqlite3.dbapi2")
except ImportError:  # no wheel for this machine: Python's own
    library = import_module("sqlite3")

BUSY_SECONDS: Final = 15
"""How long a writer waits for another before it is told that the database is locked."""


def journal_mode(version: tuple[int, ...]) -> str:
    """Return the journal that the SQLite of this `version` keeps without fail.

    Those without the fix of March 2026 can, rarely, lose pages when two connections checkpoint a write-ahead log
    at once (sqlite.org/wal.html#walresetbug). A rollback journal makes readers wait, and loses nothing.
    """
    is_fixed = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return "WAL" if is_fixed else "DELETE"


def engine(url: str) -> Engine:
    """Return an engine for `url`. The execution option `sqlite_begin` is the statement that opens a transaction."""
    options = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    made = create_engine(url, module=library, connect_args=options, pool_size=16, hide_parameters=True)
    event.listen(made, "connect", _prepare)
    event.listen(made, "begin", _begin)
    return made


def scrub(made: Engine) -> None:
    """Let nothing of deleted rows stand in the write-ahead log: pages themselves are overwritten (secure_delete).

    A reader that is still at an older moment keeps the log for itself; the next time does it.
    """
    connection = made.raw_connection()
    try:
        driver: Any = connection.driver_connection
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver would begin transactions of its own, too late and deferred
    journal = journal_mode(library.sqlite_version_info)
    for pragma in (f"journal_mode={journal}", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Any) -> None:
    # A writer takes the lock at once: a deferred one that reads first cannot upgrade and fails instead of waiting.
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN IMMEDIATE"))
