"""A real worker, killed while it writes a print file: the next one takes the job up and writes the same file."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from giftshop import cards, paper, production
from giftshop.config import Settings
from giftshop.kernel import clock
from giftshop.production import PrintRun, PrintRunState
from giftshop.production.art import face_of
from giftshop.production.printing import folder_of
from giftshop.web import GiftShop
from tests.people import People
from tests.processes import Program, let_leases_lapse, wait_until, worker
from tests.production.batches import the, waiting_run
from tests.torture import figure

PRINTED = figure(60_000)


@pytest.fixture
def press(settings: Settings) -> Iterator[Program]:
    """The worker, not yet started."""
    program = worker(settings)
    yield program
    program.stop()


def drafts(app: GiftShop) -> list[Path]:
    return list(folder_of(app.settings.instance_path).glob("*.part"))


def kill_while_it_prints(app: GiftShop, run: PrintRun, press: Program) -> int:
    """Start the worker, wait until it has told some of its cards, and kill it. Returns how many it had told."""
    press.start()
    wait_until(lambda: the(app, run).written > 0, "the first cards", of=press)
    press.kill()
    killed = the(app, run)
    assert killed.state is PrintRunState.PRINTING, "it was done already, so nothing was shown"
    assert let_leases_lapse(app.database) >= 1
    return killed.written


def file_of(app: GiftShop, run: PrintRun) -> bytes:
    path = folder_of(app.settings.instance_path) / run.file_name
    with app.database.reading() as reader, path.open("rb") as sealed:
        return b"".join(
            cards.open_print_file(reader, the(app, run).opening_id or 0, sealed, keyring=app.settings.keyring)
        )


def printed_here(app: GiftShop, run: PrintRun) -> str:
    """The checksum of the file that an undisturbed press writes."""
    out = io.BytesIO()
    with app.database.reading() as reader:
        opened = list(cards.open_secrets(reader, the(app, run).opening_id or 0, keyring=app.settings.keyring))
        design, art = production.card_of(reader, run)
        return paper.print_cards(design, art, [face_of(card) for card in opened], out).sha256


@pytest.mark.torture
def test_the_next_worker_writes_the_same_file_and_leaves_no_scraps(
    app: GiftShop, people: People, press: Program
) -> None:
    run = waiting_run(app, people, quantity=PRINTED, names=())
    app.database.transact(production.start, run.id, "first", by=people.staff.production.actor, at=clock.now())
    told = kill_while_it_prints(app, run, press)
    assert 0 < told < PRINTED
    assert len(drafts(app)) == 1, "the killed worker left no draft, so nothing is to be removed"

    press.start()
    wait_until(lambda: the(app, run).state is PrintRunState.READY, "the whole file", of=press)

    ready = the(app, run)
    assert (ready.cards, ready.written) == (PRINTED, PRINTED)
    assert [file.name for file in folder_of(app.settings.instance_path).iterdir()] == [run.file_name]
    content = file_of(app, run)
    assert hashlib.sha256(content).hexdigest() == ready.sha256 == printed_here(app, run)
