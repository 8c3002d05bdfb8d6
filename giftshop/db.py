"""The database: tables' base, readers, transactions, and the one place that commits.

    order = database.transact(orders.place, basket, by=actor, at=now())

A command takes a `Transaction`, a read takes a `Reader`; a Transaction can read too, a Reader cannot write.
"""

from __future__ import annotations

import enum
import random
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Concatenate, Final, ParamSpec, TypeVar, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    CursorResult,
    Date,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Executable,
    FromClause,
    Insert,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UpdateBase,
    create_engine,
    event,
    insert,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, InvalidatePoolError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry

from giftshop import sqlite
from giftshop.events import Events

Args = ParamSpec("Args")
Result = TypeVar("Result")
Rows = CursorResult[*tuple[Any, ...]]
"""What a statement answers, when it is run past the ORM."""

_DETAIL = re.compile(r"^DETAIL:.*$", re.MULTILINE)

ATTEMPTS = 6
"""How often a transaction that lost a race is begun again before its error reaches a person."""


REST: Final = 1.0
"""Seconds after which a connection that lay in the pool is asked whether it still lives."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, always UTC. SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


BigInt = BigInteger().with_variant(Integer, "sqlite")
Json = JSON().with_variant(JSONB, "postgresql")

intpk = Annotated[int, mapped_column(BigInt, primary_key=True)]
"""A table's own key, numbered by the database."""


class Base(DeclarativeBase):
    """What every table is declared from. Constraints get predictable names, so migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        int: BigInt,
        str: String(),
        bytes: LargeBinary(),
        date: Date(),
        datetime: UtcDateTime(),
        dict[str, str]: Json,
        dict[str, Any]: Json,
        list[str]: Json,
        enum.Enum: Enum(
            enum.Enum,
            native_enum=False,
            create_constraint=True,
            length=32,
            values_callable=lambda members: [m.value for m in members],
        ),
    }


class Reader(Session):
    """A read-only look at the database, of one moment where the database can give one."""

    _held: Connection | None = None
    """The connection, once `run` has asked for it."""

    def commit(self) -> None:
        """Refuse: only `Database.transact` commits."""
        raise RuntimeError("only Database.transact commits")

    def flush(self, objects: Any = None) -> None:
        """Refuse to write."""
        if type(self) is Reader and (self.new or self.dirty or self.deleted):
            raise RuntimeError("a Reader does not write: take a Transaction")
        super().flush(objects)

    def run(self, statement: Executable, values: Mapping[str, object] | Sequence[Mapping[str, object]] = ()) -> Rows:
        """Run a statement straight on the connection, past the ORM: rows of columns, nothing loaded or tracked.

        For what every recipient asks. Give it a statement that was made once, with `bindparam`s for the `values`:
        making one anew, and the ORM around it, cost two thirds of the CPU of a redemption. Objects that wait are
        written first; rows of `Transaction.write` are not.
        """
        Reader.flush(self)
        return self._wire().execute(statement, values or None)

    def _wire(self) -> Connection:
        """Return the connection, which a session gives out anew each time at some cost."""
        if self._held is None or self._held.closed:
            self._held = self.connection()
        return self._held


class Transaction(Reader):
    """A unit of work: everything done through it is kept together, or nothing is."""

    def __init__(self, *args: Any, events: Events, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._events = events
        self._afterwards: list[Callable[[], None]] = []
        self._unsent: dict[tuple[type[Base], tuple[str, ...]], list[Mapping[str, object]]] = {}

    def publish(self, event: object) -> None:
        """Tell the rooms above, inside this transaction."""
        self._events.publish(self, event)

    def change(self, statement: UpdateBase) -> int:
        """Run one UPDATE, INSERT or DELETE and return how many rows it changed.

        This is how a race is decided: the condition stands in the statement, and its row count is the answer.
        """
        options = {"synchronize_session": False, "preserve_rowcount": True}
        result = self.execute(statement, execution_options=options)
        changed: int = result.rowcount  # type: ignore[attr-defined]  # typed as Result, is a CursorResult
        if changed < 0:
            raise TypeError("this statement does not tell how many rows it changed")
        return changed

    def add_new(self, table: type[Base], **values: object) -> bool:
        """Insert a row unless a unique constraint says that there is one; return whether it was inserted.

        Two at the same moment: the second waits for the first, and is told. A read before an insert would not be.
        """
        return self.run(_insert_unless_there(table, self._wire().dialect.name), values).rowcount == 1

    def insert(self, table: type[Base], **values: object) -> int:
        """Insert one row and return its number, past the ORM (see `run`)."""
        key: Any = self.run(_insert_into(table), values).inserted_primary_key
        return int(key[0])

    def write(self, table: type[Base], *rows: Mapping[str, object]) -> None:
        """Insert rows that nobody asks back, past the ORM, before the next statement of the ORM or at the end.

        Rows of one table that come one after another are one statement.
        """
        for row in rows:
            self._unsent.setdefault((table, tuple(row)), []).append(row)

    def flush(self, objects: Any = None) -> None:
        """Write whatever waits: objects, then rows."""
        super().flush(objects)
        unsent, self._unsent = self._unsent, {}
        for (table, _names), rows in unsent.items():
            self._wire().execute(_write_into(table), rows)

    def flush_or(self, refusal: Exception) -> None:
        """Write whatever waits; raise `refusal` where a constraint says that somebody else did so a moment ago."""
        try:
            self.flush()
        except IntegrityError as taken:
            raise refusal from taken

    def load(
        self,
        table: type[Base],
        columns: Sequence[str],
        rows: Iterable[Sequence[object]],
        *,
        same: Mapping[str, object] | None = None,
    ) -> None:
        """Insert many `rows` of `columns`, each with the values of `same` behind it: COPY where the database has it.

        Nothing is added by Python's side: a column that is not named gets what the database gives it.
        """
        connection = self.connection()
        self.flush()
        driver: Any = connection.connection.driver_connection
        names = [*columns, *(same or {})]
        given = _bound(table.__table__, names, rows, tuple((same or {}).values()), connection.dialect)
        into = f"{table.__tablename__} ({', '.join(names)})"
        if connection.dialect.name == "postgresql":
            with driver.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in given:
                    copy.write_row(row)
        else:
            places = ", ".join("?" * len(names))
            driver.executemany(f"INSERT INTO {into} VALUES ({places})", given)  # noqa: S608 -- names of our own

    def after_commit(self, action: Callable[[], None]) -> None:
        """Do `action` once this is committed; it may be lost in a crash, so something must sweep behind it."""
        self._afterwards.append(action)

    def _keep(self) -> list[Callable[[], None]]:
        self.flush()
        Session.commit(self)
        return self._afterwards


@event.listens_for(Transaction, "after_soft_rollback")
def _forget_unsent(tx: Transaction, _undone: SessionTransaction) -> None:
    """Rows that wait were written since the savepoint that is undone: beginning it sent what waited before."""
    tx._unsent.clear()


class Database:
    """One database and the ways to talk to it."""

    def __init__(self, url: str, events: Events) -> None:
        """Take a SQLAlchemy `url` (sqlite:/// or postgresql+psycopg://) and the bus that transactions publish on."""
        self.url = make_url(url)
        self.events = events
        self.engine = _engine(self.url.render_as_string(hide_password=False))
        self._reading = self.engine.execution_options(sqlite_begin="BEGIN", postgresql_readonly=True)
        self._glancing = (
            self._reading if self.is_sqlite else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        )

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Give a Reader for the length of a `with` block."""
        with Reader(self._reading, autoflush=False) as reader:
            yield reader

    def reader(self) -> Reader:
        """Return a Reader for a page, which the caller closes.

        PostgreSQL shows each statement what is committed by then, in a transaction or not. So a page does without one
        there, and is spared the two trips that begin and end it; only what is streamed (`yield_per`) needs `reading`.
        """
        return Reader(self._glancing, autoflush=False)

    def transact(
        self, command: Callable[Concatenate[Transaction, Args], Result], *args: Args.args, **kwargs: Args.kwargs
    ) -> Result:
        """Call `command(tx, ...)` in a transaction, commit, and return what it returned.

        A transaction that lost a race (40001, 40P01, SQLITE_BUSY) is begun again, so `command` has no effect
        outside the database and is given values and ids, not loaded rows.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with Transaction(self.engine, events=self.events, expire_on_commit=False) as tx:
                    result = command(tx, *args, **kwargs)
                    afterwards = tx._keep()
                break
            except (DBAPIError, OperationalError) as error:
                if attempt == ATTEMPTS or not _lost_a_race(error):
                    raise
                time.sleep(random.uniform(0.01, 0.05) * 2**attempt)  # noqa: S311 -- spreads retries, guards nothing
        for action in afterwards:
            action()
        return result

    def scrub(self) -> None:
        """Leave nothing of what was erased in the files of an embedded database; a server cleans up by itself."""
        if self.is_sqlite:
            sqlite.scrub(self.engine)

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()


@cache
def _insert_into(table: type[Base]) -> Insert:
    return insert(cast(Table, table.__table__))


@cache
def _write_into(table: type[Base]) -> Insert:
    """Return an INSERT that does not ask which number its row was given: a quarter of its CPU."""
    return insert(cast(Table, table.__table__)).inline()


@cache
def _insert_unless_there(table: type[Base], dialect: str) -> Insert:
    into = cast(Table, table.__table__)
    made = (postgresql if dialect == "postgresql" else sqlite_dialect).insert(into).on_conflict_do_nothing().inline()
    return cast(Insert, made.execution_options(preserve_rowcount=True))


def _bound(
    table: FromClause,
    names: Sequence[str],
    rows: Iterable[Sequence[object]],
    same: tuple[object, ...],
    dialect: Dialect,
) -> Iterator[tuple[object, ...]]:
    """Yield `rows`, each with `same` behind it, as the driver takes them: the columns' types have their say."""
    processors = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    split = len(names) - len(same)
    tail = tuple(
        to_driver(value) if to_driver else value for value, to_driver in zip(same, processors[split:], strict=True)
    )
    changed = [(place, to_driver) for place, to_driver in enumerate(processors[:split]) if to_driver]
    for row in rows:
        if not changed:
            yield (*row, *tail)
            continue
        values = list(row)
        for place, to_driver in changed:
            values[place] = to_driver(values[place])
        yield (*values, *tail)


def without_details(text: str) -> str:
    """Return an error's text without the DETAIL of PostgreSQL, which repeats the row it refused."""
    return _DETAIL.sub("DETAIL: …", text)


def _lost_a_race(error: DBAPIError) -> bool:
    sqlstate = getattr(error.orig, "sqlstate", None)
    return sqlstate in {"40001", "40P01"} or "database is locked" in str(error.orig)


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        # What an error says is logged, so it does not repeat what a statement was given.
        made = create_engine(url, pool_size=8, max_overflow=16, hide_parameters=True)
        event.listen(made, "connect", _read_only_unless_begun)
        event.listen(made, "checkin", _note_rest)
        event.listen(made, "checkout", _ping_if_rested)
        return made
    path = make_url(url).database
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    return sqlite.engine(url)


def _read_only_unless_begun(connection: Any, _record: object) -> None:
    """Let PostgreSQL refuse to write on this connection, except in a transaction that is begun to write."""
    connection.autocommit = True
    connection.execute("SET default_transaction_read_only = on")
    connection.autocommit = False
    connection.read_only = False


def _note_rest(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info["rests_since"] = time.monotonic()


def _ping_if_rested(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Try a connection that has rested, and have another taken in its place if it is dead.

    SQLAlchemy's own `pool_pre_ping` asks each time, which is a tenth of the CPU of a recipient's page. Whatever died
    within a second died under a request, and the whole pool is thrown away with it.
    """
    now = time.monotonic()
    if now - record.info.get("rests_since", now) < REST:
        return
    connection.autocommit = True
    try:
        connection.execute("")
    except connection.Error as dead:
        raise InvalidatePoolError from dead
    connection.autocommit = False
