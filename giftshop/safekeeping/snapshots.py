"""Every table at one moment, into files and out of them again: what the two databases do each in their own way.

SQLite copies itself, without the pages that deleted rows left behind. PostgreSQL copies table by table in one
REPEATABLE READ transaction, without any program beside it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, Final, Protocol

from sqlalchemy import Connection, Table, inspect, text
from sqlalchemy.dialects import postgresql

from giftshop import sqlite
from giftshop.db import Base, Database

MARKS: Final = frozenset({"site_facts", "alembic_version"})
"""Tables that are filled when a database is made: with nothing else in it, it counts as empty."""
_CHUNK_BYTES: Final = 1024 * 1024
_quote: Final = postgresql.dialect().identifier_preparer.quote  # type: ignore[no-untyped-call]


class Store(Protocol):
    """One kind of database."""

    def take(self, folder: Path) -> Iterator[tuple[str, Path]]:
        """Yield names and files of a snapshot of one moment; each file may go when the next is asked for."""

    def counts(self) -> dict[str, int]:
        """Return how many rows each table had at the moment of the snapshot."""

    def put(self, parts: Iterable[tuple[str, IO[bytes]]], columns: Mapping[str, list[str]]) -> None:
        """Let the database hold what a snapshot holds and nothing else: all of it or, when it fails, as before."""


def store_for(database: Database) -> Store:
    """Return how `database` is copied."""
    return SqliteStore(database) if database.is_sqlite else PostgresStore(database)


def tables() -> list[Table]:
    """Return all tables, each after those that it refers to."""
    return list(Base.metadata.sorted_tables)


def columns_of_all() -> dict[str, list[str]]:
    """Return the names of every table's columns."""
    return {table.name: [column.name for column in table.columns] for table in tables()}


def is_empty(database: Database) -> bool:
    """Whether nothing was written yet into `database` but what it is for."""
    there = set(inspect(database.engine).get_table_names()) - MARKS
    with database.engine.connect() as connection:
        return not any(connection.scalar(text(f"SELECT 1 FROM {_quote(name)} LIMIT 1")) for name in sorted(there))  # noqa: S608


class SqliteStore:
    """The file of an embedded database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counts: dict[str, int] = {}

    def take(self, folder: Path) -> Iterator[tuple[str, Path]]:
        """Yield one file: the database, written anew."""
        copy = folder / "database.sqlite"
        with self._connected(self._database.url.database or "") as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
        with self._connected(copy) as connection:
            for table in tables():
                counted = connection.execute(f"SELECT count(*) FROM {table.name}")  # noqa: S608 -- names of our own
                self._counts[table.name] = counted.fetchone()[0]
        yield "database/database.sqlite", copy
        copy.unlink()

    def counts(self) -> dict[str, int]:
        """Return the counts of the copy."""
        return self._counts

    def put(self, parts: Iterable[tuple[str, IO[bytes]]], columns: Mapping[str, list[str]]) -> None:
        """Write the copy's pages over the database's, in one transaction of its."""
        target = Path(self._database.url.database or "")
        with TemporaryDirectory(dir=target.parent, prefix="restore-") as folder:
            copy = Path(folder) / "database.sqlite"
            for _name, content in parts:
                with copy.open("wb") as out:
                    _pour(content, out.write)
            self._check(copy)
            self._database.dispose()
            with self._connected(copy) as source, self._connected(target) as connection:
                source.backup(connection)
        self._database.dispose()

    def _check(self, copy: Path) -> None:
        with self._connected(copy) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(found)

    @contextmanager
    def _connected(self, path: Path | str) -> Iterator[Any]:
        with closing(sqlite.library.connect(str(path), timeout=sqlite.BUSY_SECONDS)) as connection:
            connection.isolation_level = None
            yield connection


class PostgresStore:
    """A database on a server."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counts: dict[str, int] = {}

    def take(self, folder: Path) -> Iterator[tuple[str, Path]]:
        """Yield a file for each table, as COPY writes it."""
        with self._database.engine.connect() as connection:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            for table in tables():
                path = folder / f"{table.name}.copy"
                self._counts[table.name] = self._copy_out(connection, table, path)
                yield f"database/{table.name}.copy", path
                path.unlink()

    def counts(self) -> dict[str, int]:
        """Return what COPY wrote."""
        return self._counts

    def put(self, parts: Iterable[tuple[str, IO[bytes]]], columns: Mapping[str, list[str]]) -> None:
        """Empty all tables, fill them in their order, and set the numbering to go on behind what is there."""
        with self._database.engine.begin() as connection:
            names = ", ".join(_quote(table.name) for table in tables())
            connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY")
            for name, content in parts:
                table = Path(name).stem
                self._copy_in(connection, table, columns[table], content)
            for each in tables():
                self._go_on_numbering(connection, each)

    def _copy_out(self, connection: Connection, table: Table, path: Path) -> int:
        names = ", ".join(_quote(column.name) for column in table.columns)
        driver: Any = connection.connection.driver_connection
        statement = f"COPY {_quote(table.name)} ({names}) TO STDOUT"
        with path.open("wb") as out, driver.cursor() as cursor:
            with cursor.copy(statement) as copy:
                for block in copy:
                    out.write(block)
            rows: int = cursor.rowcount
        return rows

    def _copy_in(self, connection: Connection, table: str, columns: list[str], content: IO[bytes]) -> None:
        driver: Any = connection.connection.driver_connection
        statement = f"COPY {_quote(table)} ({', '.join(_quote(name) for name in columns)}) FROM STDIN"
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            _pour(content, copy.write)

    def _go_on_numbering(self, connection: Connection, table: Table) -> None:
        for column in table.primary_key.columns:
            found = {"table": _quote(table.name), "column": column.name}
            sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), found)
            if sequence:
                last = f"SELECT max({_quote(column.name)}) FROM {_quote(table.name)}"  # noqa: S608 -- names of our own
                moved = text(f"SELECT setval(:sequence, coalesce(({last}), 1), ({last}) IS NOT NULL)")
                connection.execute(moved, {"sequence": sequence})


def _pour(content: IO[bytes], write: Callable[[bytes], object]) -> None:
    while chunk := content.read(_CHUNK_BYTES):
        write(chunk)
