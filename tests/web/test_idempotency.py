"""A form that moves money or goods, sent twice, does its work once."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from giftshop import audit
from giftshop.audit import AuditEvent
from giftshop.db import Database, Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.web.idempotency import KeyReused, Once, run_once

PLACED = Once("member:1/abc", "body")


def work(tx: Transaction) -> str:
    audit.record(tx, "test.work", ("test", 1), by=SYSTEM, at=clock.now())
    return "O-1"


def works(database: Database) -> int:
    with database.reading() as reader:
        return reader.scalar(select(func.count()).select_from(AuditEvent)) or 0


def test_a_form_sent_again_gets_the_first_answer_and_does_nothing(database: Database) -> None:
    assert [database.transact(run_once, PLACED, work) for _ in range(5)] == ["O-1"] * 5
    assert works(database) == 1


def test_forms_sent_at_the_same_moment_do_their_work_once(database: Database) -> None:
    together, answers = Barrier(8), []

    def send() -> None:
        together.wait()
        answers.append(database.transact(run_once, PLACED, work))

    threads = [Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["O-1"] * 8
    assert works(database) == 1


def test_the_same_key_with_other_contents_is_refused(database: Database) -> None:
    database.transact(run_once, PLACED, work)
    with pytest.raises(KeyReused):
        database.transact(run_once, Once(PLACED.key, "another body"), work)
    assert works(database) == 1


def test_one_persons_key_means_nothing_in_anothers_hands(database: Database) -> None:
    database.transact(run_once, PLACED, work)
    database.transact(run_once, Once("member:2/abc", "body"), work)
    assert works(database) == 2


def test_work_that_failed_can_be_sent_again_under_its_key(database: Database) -> None:
    def fail(_tx: Transaction) -> str:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        database.transact(run_once, PLACED, fail)
    assert database.transact(run_once, PLACED, work) == "O-1"
