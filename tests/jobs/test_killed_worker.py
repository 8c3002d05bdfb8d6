"""A real worker, killed again and again while it issues, prints and writes messages: what is promised is done, once."""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from giftshop import cards
from giftshop.audit import AuditEvent
from giftshop.cards.models import Batch, Card, SealedBlock
from giftshop.cards.vault import lookup_hashes
from giftshop.config import Settings
from giftshop.db import Database
from giftshop.jobs import Job, JobState
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.serials import printed as printed_serial
from giftshop.liability.proving import PROVE
from giftshop.notifications.models import Message, MessageState
from giftshop.production import PrintRun, PrintRunState
from giftshop.production import service as production
from giftshop.production.printing import folder_of
from giftshop.redemption.watching import WATCH_JOB
from giftshop.web import GiftShop
from tests.cards.making import NOW, edition, read_print_file, terms
from tests.people import People
from tests.processes import Program, let_leases_lapse, wait_until, worker
from tests.proofs import approve_run
from tests.redemption.conftest import Book
from tests.torture import figure

KILLS = figure(20)
CARDS = figure(200_000)
PRINTED = figure(20_000)
GIFTS = 20
A_WHILE = 0.4


def drawn_up(app: GiftShop, people: People, quantity: int) -> int:
    """A batch whose cards are promised, not made."""
    transact = app.database.transact
    programme_id = transact(cards.start_programme, terms(people.lantern.id), by=SYSTEM, at=NOW)
    batch_id = transact(
        cards.draw_up,
        programme_id,
        edition_id=edition(app.database),
        quantity=quantity,
        public_url="https://gifts.example",
        by=SYSTEM,
        at=NOW,
    )
    transact(cards.issue, batch_id, by=SYSTEM, at=NOW)
    return batch_id


def print_run_of(database: Database, batch_id: int) -> PrintRun:
    with database.reading() as reader:
        return reader.scalars(select(PrintRun).where(PrintRun.batch_id == batch_id)).one()


def unfinished(database: Database) -> int:
    """How many jobs are not done, but for those promised for later: looks at odd patterns, the night's proof."""
    wanted = (Job.state != JobState.DONE, Job.kind.not_in([cards.WATCH_JOB, WATCH_JOB, PROVE]))
    with database.reading() as reader:
        return reader.scalar(select(func.count()).where(*wanted)) or 0


def progress(database: Database, instance: Path) -> tuple[Any, ...]:
    """What changes when a job gets on."""
    with database.reading() as reader:
        issued = reader.scalar(select(func.sum(Batch.issued)))
        done = reader.scalar(select(func.count()).where(Job.state == JobState.DONE))
    drafts = sum(file.stat().st_size for file in folder_of(instance).glob("*.part") if file.exists())
    return issued, done, drafts


def kill_in_the_middle(program: Program, database: Database, instance: Path) -> int:
    """Start it, wait for a sign of work, and kill it a moment later. Returns how many jobs it was in the middle of."""
    before = progress(database, instance)
    program.start()
    wait_until(lambda: progress(database, instance) != before or not unfinished(database), "any work", of=program)
    time.sleep(random.uniform(0, A_WHILE))
    program.kill()
    return let_leases_lapse(database)


@pytest.mark.torture
def test_a_worker_killed_again_and_again_loses_nothing_and_does_nothing_twice(
    app: GiftShop, settings: Settings, people: People, book: Book
) -> None:
    database, instance = app.database, settings.instance_path
    gifts = book.cards(GIFTS)
    to_print = drawn_up(app, people, PRINTED)
    app.jobs.run_due()
    run_id = print_run_of(database, to_print).id
    to_issue = drawn_up(app, people, CARDS)
    database.transact(approve_run, run_id)
    database.transact(production.start, run_id, "first printing", by=people.staff.production.actor, at=clock.now())
    book.stock_up("TEA-1", GIFTS)
    for card in gifts:
        book.redeemed(card)
    program = worker(settings)

    in_the_middle = sum(kill_in_the_middle(program, database, instance) for _ in range(KILLS))

    program.start()
    wait_until(lambda: not unfinished(database), "the end of all jobs", of=program)
    program.stop()
    assert in_the_middle > 0, "no kill hit a job, so nothing was shown"
    assert_issued_once(app, people, to_issue, CARDS)
    assert_printed_once(app, run_id)
    assert_told_once(database, instance)


def assert_issued_once(app: GiftShop, people: People, batch_id: int, quantity: int) -> None:
    """Every card there once, under its own hash, and the news told once."""
    with app.database.reading() as reader:
        made = reader.execute(select(Card.serial, Card.secret_hash).where(Card.batch_id == batch_id)).all()
        blocks = reader.scalar(select(func.count()).where(SealedBlock.batch_id == batch_id))
        told = (AuditEvent.action == "cards.issue", AuditEvent.subject_id == batch_id)
        assert reader.scalar(select(func.count()).where(*told)) == 1
        assert reader.scalar(select(func.count()).where(PrintRun.batch_id == batch_id)) == 1
    assert (len(made), blocks) == (quantity, quantity // 1000)
    pepper = app.settings.keyring
    by_serial = {printed_serial(serial): secret_hash for serial, secret_hash in made}
    printed = read_print_file(app, people, batch_id)
    assert {card.serial: lookup_hashes(pepper, card.secret)[0] for card in printed} == by_serial


def assert_printed_once(app: GiftShop, run_id: int) -> None:
    """One whole file and no scraps."""
    with app.database.reading() as reader:
        run = reader.get_one(PrintRun, run_id)
        assert (run.state, run.cards) == (PrintRunState.READY, PRINTED)
        with (folder_of(app.settings.instance_path) / run.file_name).open("rb") as file:
            opened = cards.open_print_file(reader, run.opening_id or 0, file, keyring=app.settings.keyring)
            assert sum(map(len, opened)) == run.size_bytes
    assert [file.name for file in folder_of(app.settings.instance_path).iterdir()] == [run.file_name]


def assert_told_once(database: Database, instance: Path) -> None:
    """One text message for each gift, sent."""
    with database.reading() as reader:
        messages = reader.scalars(select(Message)).all()
        tells = reader.scalar(select(func.count()).where(Job.kind == "redemption.tell"))
    assert tells == GIFTS
    assert Counter(message.state for message in messages) == {MessageState.SENT: GIFTS}
    assert len(list((instance / "outbox").iterdir())) == GIFTS
