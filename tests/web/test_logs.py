"""What goes wrong is logged whole, but for what somebody typed."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy import select, update

from giftshop.accounts.models import User
from giftshop.db import Transaction
from giftshop.jobs import Job, JobRun, enqueue
from giftshop.web import GiftShop
from giftshop.web.logs import configure
from tests.people import People


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    kept = io.StringIO()
    monkeypatch.setattr(sys, "stderr", kept)
    configure(readable=False)
    yield kept
    structlog.reset_defaults()


def test_a_row_that_the_database_refuses_is_not_repeated_in_the_log(
    app: GiftShop, people: People, log: io.StringIO
) -> None:
    taken = people.lantern.buyer.email

    def take(tx: Transaction) -> None:
        tx.execute(update(User).where(User.email == people.harbour.buyer.email).values(email=taken))

    def handler(run: JobRun) -> None:
        run.transact(take)

    app.jobs.register("test.take", handler)
    job_id = app.database.transact(enqueue, "test.take", {})
    app.jobs.run_due(limit=1)
    with app.database.reading() as reader:
        error = reader.scalars(select(Job.last_error).where(Job.id == job_id)).one() or ""
    for told in (error, log.getvalue()):
        assert "IntegrityError" in told
        assert taken not in told
        assert people.harbour.buyer.email not in told
