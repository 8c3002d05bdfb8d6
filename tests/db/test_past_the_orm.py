"""Rows written past the ORM: there when they must be, gone with what is undone, and never written by a reader."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from giftshop import audit, db
from giftshop.audit.models import AuditEvent
from giftshop.db import Database, Transaction
from giftshop.jobs.models import Job
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM


def note(tx: Transaction, action: str) -> None:
    audit.record(tx, action, ("card", 1), by=SYSTEM, at=clock.now())


def actions(database: Database) -> list[str]:
    with database.reading() as reader:
        return list(reader.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def test_what_was_written_is_kept_in_its_order(database: Database) -> None:
    def command(tx: Transaction) -> None:
        note(tx, "test.first")
        note(tx, "test.second")

    database.transact(command)
    assert actions(database) == ["test.first", "test.second"]


def test_a_query_in_the_same_transaction_sees_it(database: Database) -> None:
    def command(tx: Transaction) -> int:
        note(tx, "test.first")
        return tx.scalar(select(func.count()).select_from(AuditEvent)) or 0

    assert database.transact(command) == 1


def test_what_fails_leaves_nothing(database: Database) -> None:
    def command(tx: Transaction) -> None:
        note(tx, "test.first")
        raise LookupError

    with pytest.raises(LookupError):
        database.transact(command)
    assert actions(database) == []


def attempt(tx: Transaction) -> None:
    with tx.begin_nested():
        note(tx, "test.undone")
        raise LookupError


def test_an_attempt_that_is_undone_takes_its_own_rows_with_it_and_no_others(database: Database) -> None:
    def command(tx: Transaction) -> None:
        note(tx, "test.before")
        with pytest.raises(LookupError):
            attempt(tx)
        note(tx, "test.after")

    database.transact(command)
    assert actions(database) == ["test.before", "test.after"]


@pytest.mark.parametrize("fresh_database_url", ["postgresql"], indirect=True)
def test_postgresql_itself_refuses_to_write_for_a_reader(database: Database) -> None:
    writing = text("DELETE FROM jobs")
    page = database.reader()
    with pytest.raises(DBAPIError, match="read-only"):
        page.execute(writing)
    page.close()
    with database.reading() as reader, pytest.raises(DBAPIError, match="read-only"):
        reader.execute(writing)
    database.transact(lambda tx: tx.execute(writing))  # on the same connection, a transaction may


@pytest.mark.parametrize("fresh_database_url", ["postgresql"], indirect=True)
def test_a_connection_that_died_at_rest_is_replaced_before_anybody_notices(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.transact(lambda tx: tx.get(Job, 1))
    with database.engine.connect() as kept, database.engine.connect() as other:
        pid = other.scalar(text("SELECT pg_backend_pid()"))
        other.rollback()
        kept.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
    monkeypatch.setattr(db, "REST", 0.0)
    for _ in range(3):  # whichever of the pool's it is given
        database.transact(lambda tx: tx.get(Job, 1))
