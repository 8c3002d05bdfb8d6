"""From sealed codes to paper: opened for a reason, fetched once, destroyed when the print house has it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from flask.testing import FlaskClient
from sqlalchemy import select

from giftshop import cards
from giftshop.cards import Addressed, BatchState
from giftshop.db import Database
from giftshop.jobs import Job
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM, Actor, ActorKind
from giftshop.kernel.codes import Secret, parse
from giftshop.kernel.role import StaffRole
from giftshop.production import BatchPrinted, PrintRun, PrintRunState
from giftshop.production import service as production
from giftshop.production.errors import NeverFetched, NoAllowance, NotWaiting, ReasonMissing, SamePerson
from giftshop.production.printing import folder_of
from giftshop.web import GiftShop
from tests.cards.making import NOW, edition, terms
from tests.people import People, sign_in
from tests.proofs import approve_run

NAMES = ("王小明", "李敏", "Łukasz O’Brien")


@pytest.fixture
def run_id(app: GiftShop, people: People) -> int:
    """A batch of three named cards, issued and waiting to be printed."""
    transact = app.database.transact
    facts = terms(people.lantern.id, headline="中秋快乐", greeting="感谢您的支持", locale="zh_Hans")
    programme_id = transact(cards.start_programme, facts, by=SYSTEM, at=NOW)
    batch_id = transact(
        cards.draw_up,
        programme_id,
        edition_id=edition(app.database),
        quantity=3,
        public_url="https://gifts.example",
        addressees=[Addressed(name) for name in NAMES],
        by=SYSTEM,
        at=NOW,
    )
    transact(cards.issue, batch_id, by=SYSTEM, at=NOW)
    app.jobs.run_due(at=NOW + timedelta(seconds=1))
    with app.database.reading() as reader:
        found = reader.scalars(select(PrintRun.id)).one()
    transact(approve_run, found)
    return found


def the(database: Database, run_id: int) -> PrintRun:
    with database.reading() as reader:
        return reader.get_one(PrintRun, run_id)


def start(app: GiftShop, people: People, run_id: int) -> None:
    app.database.transact(production.start, run_id, "first printing", by=people.staff.production.actor, at=clock.now())
    app.jobs.run_due()


def codes_on(pdf: bytes) -> list[Secret]:
    """What an independent reader sees in the QR codes of the pages."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            (barcode,) = zxingcpp.read_barcodes(page.render(scale=300 / 72).to_pil())
            address, _, code = barcode.text.partition("#")
            secret = parse(code)
            assert isinstance(secret, Secret)
            assert address == "https://gifts.example/r"
            found.append(secret)
    return found


def test_the_file_holds_every_card_once_and_each_code_opens_its_card(
    app: GiftShop, client: FlaskClient, people: People, run_id: int
) -> None:
    sign_in(client, people.staff.production)
    client.post(f"/desk/print-runs/{run_id}/start", data={"reason": "first printing"})
    app.jobs.run_due()
    pdf = client.post(f"/desk/print-runs/{run_id}/file").data
    run = the(app.database, run_id)
    assert (run.cards, run.pages, run.size_bytes) == (3, 3, len(pdf))
    codes = codes_on(pdf)
    assert len(set(codes)) == 3
    client.post(f"/desk/print-runs/{run_id}/confirm", data={"request_key": "k"})
    for move in (cards.mark_shipped, cards.activate):
        app.database.transact(move, run.batch_id, by=SYSTEM, at=NOW)
    with app.database.reading() as reader:
        for secret in codes:
            card = cards.card_by_code(
                reader, secret.canonical, keyring=app.settings.keyring, address="10.0.0.1", at=NOW
            )
            assert isinstance(card, cards.HeldCard)


def test_nothing_on_the_disk_shows_a_code(app: GiftShop, people: People, run_id: int) -> None:
    start(app, people, run_id)
    sealed = (folder_of(app.settings.instance_path) / the(app.database, run_id).file_name).read_bytes()
    assert b"%PDF" not in sealed
    assert not list(folder_of(app.settings.instance_path).glob("*.part"))


def test_the_file_is_fetched_once_and_again_only_when_somebody_else_agrees(
    app: GiftShop, people: People, run_id: int
) -> None:
    start(app, people, run_id)
    transact, zheng = app.database.transact, people.staff.production.actor
    colleague = Actor(ActorKind.STAFF, people.staff.administrator.id, roles=frozenset({StaffRole.PRODUCTION}))
    transact(production.fetch, run_id, by=zheng, at=clock.now())
    with pytest.raises(NoAllowance):
        transact(production.fetch, run_id, by=zheng, at=clock.now())
    transact(production.ask_again, run_id, "the disk of the print house failed", by=zheng, at=clock.now())
    with pytest.raises(SamePerson):
        transact(production.agree, run_id, by=zheng, at=clock.now())
    transact(production.agree, run_id, by=colleague, at=clock.now())
    transact(production.fetch, run_id, by=zheng, at=clock.now())
    with pytest.raises(NoAllowance):
        transact(production.fetch, run_id, by=zheng, at=clock.now())


def test_when_the_print_house_has_it_codes_key_and_file_are_gone(app: GiftShop, people: People, run_id: int) -> None:
    start(app, people, run_id)
    told: list[BatchPrinted] = []
    app.events.subscribe(BatchPrinted, lambda tx, news: told.append(news))
    zheng = people.staff.production.actor
    with pytest.raises(NeverFetched):
        app.database.transact(production.confirm, run_id, by=zheng, at=clock.now())
    app.database.transact(production.fetch, run_id, by=zheng, at=clock.now())
    app.database.transact(production.confirm, run_id, by=zheng, at=clock.now())
    app.database.transact(production.confirm, run_id, by=zheng, at=clock.now())
    app.jobs.run_due()
    run = the(app.database, run_id)
    assert len(told) == 1
    assert not (folder_of(app.settings.instance_path) / run.file_name).exists()
    with app.database.reading() as reader:
        batch = cards.batch(reader, run.batch_id)
        assert (batch.state, batch.wrapped_key) == (BatchState.PRINTED, None)
        with pytest.raises(cards.SecretsDestroyed):
            next(iter(cards.open_secrets(reader, run.opening_id or 0, keyring=app.settings.keyring)))


def test_a_file_is_never_opened_without_a_reason_nor_twice(app: GiftShop, people: People, run_id: int) -> None:
    zheng = people.staff.production.actor
    with pytest.raises(ReasonMissing):
        app.database.transact(production.start, run_id, "  ", by=zheng, at=clock.now())
    start(app, people, run_id)
    with pytest.raises(NotWaiting):
        app.database.transact(production.start, run_id, "again", by=zheng, at=clock.now())


def test_a_worker_killed_while_printing_leaves_nothing_half_done(
    app: GiftShop, people: People, run_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = Path.replace, []

    def killed_once(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 1:
            raise SystemError("killed before the file was in place")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", killed_once)
    app.database.transact(production.start, run_id, "first printing", by=people.staff.production.actor, at=clock.now())
    app.jobs.run_due(limit=1)
    assert the(app.database, run_id).state is PrintRunState.PRINTING
    app.jobs.run_due(at=clock.now() + timedelta(minutes=5))
    run = the(app.database, run_id)
    assert run.state is PrintRunState.READY
    sealed = folder_of(app.settings.instance_path) / run.file_name
    with app.database.reading() as reader, sealed.open("rb") as file:
        content = b"".join(cards.open_print_file(reader, run.opening_id or 0, file, keyring=app.settings.keyring))
    assert len(codes_on(content)) == 3


def test_no_job_carries_a_code(app: GiftShop, people: People, run_id: int) -> None:
    start(app, people, run_id)
    with app.database.reading() as reader:
        payloads = [job.payload for job in reader.scalars(select(Job))]
    assert all(set(payload) <= {"run_id", "batch_id", "order_id", "shipment_id", "message_id"} for payload in payloads)
