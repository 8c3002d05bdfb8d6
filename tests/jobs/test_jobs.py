from __future__ import annotations

from datetime import timedelta

import pytest

from giftshop.db import Database, Transaction
from giftshop.jobs import Job, JobRun, Jobs, JobState, enqueue
from giftshop.jobs.service import LEASE, MAX_ATTEMPTS, claim, finish
from giftshop.kernel import clock
from giftshop.web import GiftShop
from tests.accounts.door import all_at_once


@pytest.fixture
def jobs(app: GiftShop) -> Jobs:
    return app.jobs


def state_of(database: Database, job_id: int) -> JobState:
    with database.reading() as reader:
        return reader.get_one(Job, job_id).state


def test_a_promised_job_is_kept_once(jobs: Jobs, database: Database) -> None:
    seen: list[object] = []
    jobs.register("greet", lambda run: seen.append(run.payload["whom"]))
    job_id = database.transact(enqueue, "greet", {"whom": "Mei"})
    assert jobs.run_due() == 1
    assert jobs.run_due() == 0
    assert seen == ["Mei"]
    assert state_of(database, job_id) is JobState.DONE


def test_a_promise_whose_transaction_failed_is_not_made(jobs: Jobs, database: Database) -> None:
    def fail(tx: Transaction) -> None:
        enqueue(tx, "greet", {})
        raise RuntimeError("the order could not be placed")

    with pytest.raises(RuntimeError):
        database.transact(fail)
    assert jobs.sweep() == 0


def test_a_promise_made_twice_under_one_key_is_one(jobs: Jobs, database: Database) -> None:
    first = database.transact(enqueue, "greet", {}, key="greet:1")
    assert database.transact(enqueue, "greet", {}, key="greet:1") == first


def test_a_promise_made_by_many_at_once_under_one_key_is_one_and_nobody_fails(database: Database) -> None:
    made: list[int] = []
    all_at_once(8, lambda _: made.append(database.transact(enqueue, "greet", {}, key="greet:1")))
    assert len(set(made)) == 1


def test_a_worker_killed_in_the_middle_loses_nothing_and_its_late_word_counts_for_nothing(
    jobs: Jobs, database: Database
) -> None:
    done: list[int] = []
    jobs.register("pack", lambda run: done.append(run.job_id))
    job_id = database.transact(enqueue, "pack", {})
    began = clock.now()
    claimed = database.transact(claim, job_id, at=began)
    assert claimed is not None  # the worker is killed here, holding the lease
    assert jobs.run_due(at=began + timedelta(seconds=1)) == 0
    after = began + LEASE + timedelta(seconds=1)
    assert jobs.run_due(at=after) == 1
    assert done == [job_id]
    assert not database.transact(finish, job_id, claimed[0], at=after)
    assert state_of(database, job_id) is JobState.DONE


def test_a_job_that_keeps_failing_waits_longer_each_time_and_then_for_a_person(jobs: Jobs, database: Database) -> None:
    def fail(run: JobRun) -> None:
        raise ConnectionError("no route to the mail server")

    jobs.register("mail", fail)
    job_id = database.transact(enqueue, "mail", {})
    at = clock.now()
    for _ in range(MAX_ATTEMPTS):
        assert state_of(database, job_id) is JobState.QUEUED
        assert jobs.run_due(at=at, limit=1) == 1
        at += timedelta(hours=1)
    assert state_of(database, job_id) is JobState.FAILED
    with database.reading() as reader:
        assert "no route to the mail server" in (reader.get_one(Job, job_id).last_error or "")


def test_two_workers_that_reach_for_one_job_share_nothing(database: Database) -> None:
    job_id = database.transact(enqueue, "pack", {})
    at = clock.now()
    assert database.transact(claim, job_id, at=at) is not None
    assert database.transact(claim, job_id, at=at) is None
