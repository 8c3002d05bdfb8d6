"""A print run as its house wants it: data files that only the house reads, progress, papers, and who had the file."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from threading import Thread
from threading import enumerate as all_threads
from typing import Any

import pypdfium2
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from giftshop import cards, paper
from giftshop.accounts.models import UserRole
from giftshop.audit import AuditEvent
from giftshop.db import Reader, Transaction
from giftshop.jobs import Job
from giftshop.kernel import clock
from giftshop.kernel.role import StaffRole
from giftshop.production import PrintRun, PrintRunState, errors, printing
from giftshop.production import service as production
from giftshop.production.delivery import AS_PAGES, Delivery, Grid, Sheet
from giftshop.production.houses import HouseFacts, change_house
from giftshop.production.piping import QUEUED_CHUNKS, chunks_of
from giftshop.production.printing import folder_of
from giftshop.web import GiftShop
from tests.people import People, Somebody, sign_in
from tests.production.batches import AS_DATA, NAMES, certificate, data_house, opened_by, the, waiting_run

TWO_ON_A4 = Delivery(sheet=Sheet.OWN, grid=Grid(1, 2, 210, 297, 6), has_marks=True)


def start(app: GiftShop, people: People, run: PrintRun, **wishes: Any) -> None:
    by = people.staff.production.actor
    app.database.transact(production.start, run.id, "first printing", **wishes, by=by, at=clock.now())
    app.jobs.run_due()


def second_person(app: GiftShop, people: People) -> Somebody:
    """The administrator helps out in production."""
    app.database.transact(lambda tx: tx.add(UserRole(user_id=people.staff.administrator.id, role="production")))
    return people.staff.administrator


def cards_of(app: GiftShop, run: PrintRun) -> list[cards.PrintedCard]:
    with app.database.reading() as reader:
        return list(cards.open_secrets(reader, the(app, run).opening_id or 0, keyring=app.settings.keyring))


def words_on(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_only_the_print_house_reads_the_data_file_and_it_holds_exactly_the_batch(
    app: GiftShop, client: FlaskClient, people: People, tmp_path_factory: pytest.TempPathFactory
) -> None:
    run = waiting_run(app, people)
    house_id = data_house(app, people)
    sign_in(client, people.staff.production)
    page = client.get(f"/desk/print-runs/{run.id}").get_data(as_text=True)
    assert "only they can open it" in page, "the usual house is not chosen from the start"
    typed = {"reason": "first printing", "house": str(house_id), "medium": "data"}
    assert client.post(f"/desk/print-runs/{run.id}/start", data=typed).status_code == 302
    app.jobs.run_due()
    printed = cards_of(app, run)

    answer = client.post(f"/desk/print-runs/{run.id}/file")
    assert answer.headers["Content-Disposition"].endswith(f'batch-{run.batch_id}.csv.p7m"')
    now = the(app, run)
    assert (now.sha256, now.size_bytes) == (hashlib.sha256(answer.data).hexdigest(), len(answer.data))
    assert not any(card.secret.printed.encode() in answer.data for card in printed)
    table = opened_by("Nanfang Print", answer.data, tmp_path_factory.mktemp("house"))
    assert table.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    assert lines[0] == ["serial", "name", "code", "link"]
    assert lines[1:] == [[card.serial, card.name or "", card.secret.printed, card.link] for card in printed]
    assert sorted(line[1] for line in lines[1:]) == sorted(NAMES)


def contents(folder: Path) -> dict[Path, bytes]:
    """What is in every file of a folder, but for those that go while one looks, as SQLite's journals do."""
    found = {}
    for file in folder.rglob("*"):
        with suppress(FileNotFoundError, IsADirectoryError):
            found[file] = file.read_bytes()
    return found


def test_no_code_lies_open_anywhere_while_a_data_file_waits(
    app: GiftShop, people: People, capfd: pytest.CaptureFixture[str]
) -> None:
    run = waiting_run(app, people)
    start(app, people, run, delivery=AS_DATA, house_id=data_house(app, people))
    codes = [card.secret for card in cards_of(app, run)]
    assert codes
    kept = contents(app.settings.instance_path)
    assert folder_of(app.settings.instance_path) / run.file_name in kept
    said = "".join(capfd.readouterr())
    with app.database.reading() as reader:
        told = repr([(job.payload, job.last_error) for job in reader.scalars(select(Job))])
        told += repr([event.facts for event in reader.scalars(select(AuditEvent))])
    for code in codes:
        for form in (code.printed, code.canonical):
            assert not any(form.encode() in content for content in kept.values())
            assert form not in said + told


def test_a_data_file_is_refused_without_a_good_key_and_a_name_that_is_a_formula(
    app: GiftShop, client: FlaskClient, people: People
) -> None:
    run = waiting_run(app, people, names=("=HYPERLINK(1)", "李敏", "Zoë"))
    with pytest.raises(errors.KeyNeeded):
        start(app, people, run, delivery=AS_DATA)
    house_id = data_house(app, people)
    with pytest.raises(errors.KeyExpired):
        app.database.transact(
            production.start,
            run.id,
            "too late",
            delivery=AS_DATA,
            house_id=house_id,
            by=people.staff.production.actor,
            at=clock.now() + timedelta(days=366),
        )
    with pytest.raises(errors.HouseNotThere):
        start(app, people, run, house_id=987654321)
    start(app, people, run, delivery=AS_DATA, house_id=house_id)
    refused = the(app, run)
    assert refused.state is PrintRunState.REFUSED
    sign_in(client, people.staff.production)
    page = client.get(f"/desk/print-runs/{run.id}").get_data(as_text=True)
    assert "spreadsheets take for a formula" in page
    assert "1001 0000" in page, "the card that is meant is not named"
    assert not list(folder_of(app.settings.instance_path).iterdir()), "a refused file left something behind"
    start(app, people, run, delivery=AS_PAGES, house_id=house_id)
    assert the(app, run).state is PrintRunState.READY


def test_a_key_that_was_exchanged_meanwhile_is_not_used(app: GiftShop, people: People) -> None:
    run, by = waiting_run(app, people), people.staff.production.actor
    house_id = data_house(app, people)
    app.database.transact(production.start, run.id, "first", delivery=AS_DATA, house_id=house_id, by=by, at=clock.now())
    other = HouseFacts("Nanfang Print", AS_DATA, certificate("Somebody else"))
    app.database.transact(change_house, house_id, other, by=by, at=clock.now())
    app.jobs.run_due()
    assert the(app, run).state is PrintRunState.REFUSED


def test_the_press_is_told_the_grid_of_this_run_and_one_that_does_not_fit_is_refused_at_its_field(
    app: GiftShop, client: FlaskClient, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = waiting_run(app, people)
    outputs: list[paper.Output] = []
    real = paper.print_cards

    def press(*args: Any, output: paper.Output, **kwargs: Any) -> paper.PrintedCount:
        outputs.append(output)
        return real(*args, output=output, **kwargs)

    monkeypatch.setattr(paper, "print_cards", press)
    sign_in(client, people.staff.production)
    own = {
        "columns": "1",
        "rows": "2",
        "sheet_width_mm": "210",
        "sheet_height_mm": "297",
        "gutter_mm": "6",
        "has_marks": "y",
    }
    typed = {"reason": "first printing", "house": "", "medium": "pdf", "sheet": "own", "colour": "rgb", **own}
    answer = client.post(f"/desk/print-runs/{run.id}/start", data={**typed, "columns": "5"})
    assert answer.status_code == 422
    assert "it holds at most 1 × 2" in answer.get_data(as_text=True)
    assert the(app, run).state is PrintRunState.WAITING
    assert client.post(f"/desk/print-runs/{run.id}/start", data=typed).status_code == 302
    app.jobs.run_due()
    assert outputs == [TWO_ON_A4.output]
    assert the(app, run).wanted == TWO_ON_A4


def test_the_sheets_that_hold_this_card_are_offered_and_printed(
    app: GiftShop, client: FlaskClient, people: People
) -> None:
    run = waiting_run(app, people)
    sign_in(client, people.staff.production)
    page = client.get(f"/desk/print-runs/{run.id}").get_data(as_text=True)
    assert "8 on SRA3 (2 × 4, gutter 6 mm)" in page
    assert "Ten on A4" not in page, "ten A6 cards on A4"
    typed = {"reason": "first printing", "medium": "pdf", "sheet": "2x4-320x450-6", "colour": "cmyk", "has_marks": "y"}
    assert client.post(f"/desk/print-runs/{run.id}/start", data=typed).status_code == 302
    wanted = the(app, run).wanted
    assert wanted.grid == Grid(2, 4, 320, 450, 6)
    assert (wanted.colour, wanted.has_marks) == (paper.ColourSpace.CMYK, True)


def test_the_page_follows_how_many_cards_are_written(
    app: GiftShop, client: FlaskClient, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = waiting_run(app, people)
    sign_in(client, people.staff.production)
    seen: list[tuple[int, str]] = []
    real: Any = paper.print_cards

    def press(*args: Any, output: paper.Output, progress: Any, **kwargs: Any) -> paper.PrintedCount:
        progress(2)
        fragment = client.get(f"/desk/print-runs/{run.id}/progress").get_data(as_text=True)
        seen.append((the(app, run).written, fragment))
        printed: paper.PrintedCount = real(*args, output=output, progress=progress, **kwargs)
        return printed

    monkeypatch.setattr(paper, "print_cards", press)
    start(app, people, run)
    ((written, fragment),) = seen
    assert written == 2
    assert 'value="2" max="3"' in fragment
    assert 'data-state="printing"' in fragment
    after = client.get(f"/desk/print-runs/{run.id}/progress").get_data(as_text=True)
    assert 'data-state="ready"' in after, "the page would not notice that the file is there"
    assert the(app, run).written == 3


def test_a_page_of_a_run_that_nobody_writes_says_so(app: GiftShop, client: FlaskClient, people: People) -> None:
    run = waiting_run(app, people)
    app.database.transact(production.start, run.id, "first", by=people.staff.production.actor, at=clock.now())
    sign_in(client, people.staff.production)
    assert "The worker does not answer" in client.get(f"/desk/print-runs/{run.id}").get_data(as_text=True)


def test_the_page_and_the_receipt_name_everybody_who_had_the_file(
    app: GiftShop, client: FlaskClient, people: People
) -> None:
    run, zheng, helper = waiting_run(app, people), people.staff.production, second_person(app, people)
    start(app, people, run, delivery=TWO_ON_A4, house_id=data_house(app, people))
    printed = cards_of(app, run)
    address = f"/desk/print-runs/{run.id}"
    sign_in(client, zheng)
    assert client.get(f"{address}/receipt.pdf").status_code == 409
    assert client.post(f"{address}/file").status_code == 200
    assert client.post(f"{address}/file").status_code == 403
    client.post(f"{address}/ask", data={"reason": "their disk failed"})
    assert client.post(f"{address}/agree").status_code == 403
    sign_in(client, helper)
    assert client.post(f"{address}/agree").status_code == 302
    assert client.post(f"{address}/file").status_code == 403, "the second person agrees, and fetches nothing"
    sign_in(client, zheng)
    assert client.post(f"{address}/file").status_code == 200
    sheet = words_on(client.get(f"{address}/run-sheet.pdf").data)
    client.post(f"{address}/confirm")
    app.jobs.run_due()
    page = client.get(address).get_data(as_text=True)
    receipt = words_on(client.get(f"{address}/receipt.pdf").data)
    now = the(app, run)
    assert (now.fetched, now.discarded_at is not None) == (2, True)
    assert "their disk failed" in page
    assert f"{helper.name} agreed" in page
    assert page.count(zheng.name) >= 3
    for text in (sheet, receipt):
        whole = "".join(text.split())
        assert (now.sha256 or "?") in whole
        assert all(card.serial.replace(" ", "") in whole for card in (printed[0], printed[-1]))
        assert not any(card.secret.printed.replace(" ", "") in whole for card in printed)
    assert "Nanfang Print" in sheet
    assert f"{helper.name} agreed" in " ".join(receipt.split())
    assert f"batch-{run.batch_id}" not in "".join(str(each) for each in app.settings.instance_path.rglob("*"))


def test_nobody_but_production_sees_a_run_or_its_papers(app: GiftShop, client: FlaskClient, people: People) -> None:
    run = waiting_run(app, people)
    for somebody in (people.staff.administrator, people.staff.sales, people.lantern.administrator):
        sign_in(client, somebody)
        for path in ("", "/progress", "/run-sheet.pdf", "/receipt.pdf", "/specimen.pdf"):
            assert client.get(f"/desk/print-runs/{run.id}{path}").status_code == 403
    assert StaffRole.PRODUCTION not in people.staff.administrator.roles


def press_threads() -> list[Thread]:
    return [thread for thread in all_threads() if thread.daemon and "work" in thread.name]


def test_a_press_whose_file_nobody_takes_any_more_ends(app: GiftShop) -> None:
    before = press_threads()

    def endless(out: Any) -> None:
        while True:
            out.write(b"page")

    def take_one_and_fail(chunks: Iterable[bytes]) -> None:
        next(iter(chunks))
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk is full"), chunks_of(endless) as chunks:
        take_one_and_fail(chunks)
    with chunks_of(lambda out: [out.write(b"page") for _page in range(QUEUED_CHUNKS * 4)]) as chunks:
        assert sum(map(len, chunks)) == QUEUED_CHUNKS * 4 * 4
    assert press_threads() == before


def test_a_full_disk_fails_the_job_and_leaves_neither_scraps_nor_a_thread(
    app: GiftShop, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, before = waiting_run(app, people, quantity=2000, names=()), press_threads()
    real = cards.seal_print_file

    def full(reader: Reader, opening_id: int, content: Iterable[bytes], **kwargs: Any) -> Iterable[bytes]:
        yield next(iter(real(reader, opening_id, content, **kwargs)))
        raise OSError("no space left on device")

    monkeypatch.setattr(cards, "seal_print_file", full)
    app.database.transact(production.start, run.id, "first", by=people.staff.production.actor, at=clock.now())
    app.jobs.run_due(limit=1)
    assert the(app, run).state is PrintRunState.PRINTING
    assert press_threads() == before
    assert not list(folder_of(app.settings.instance_path).iterdir())
    monkeypatch.setattr(cards, "seal_print_file", real)
    app.jobs.run_due(at=clock.now() + timedelta(minutes=5))
    assert the(app, run).state is PrintRunState.READY


def test_a_file_is_not_lost_for_a_word_about_it(app: GiftShop, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    run = waiting_run(app, people)

    def locked(_tx: Transaction, _run_id: int, _cards: int) -> None:
        raise OperationalError("UPDATE print_runs", {}, Exception("database is locked"))

    monkeypatch.setattr(printing, "note_written", locked)
    start(app, people, run)
    assert the(app, run).state is PrintRunState.READY
