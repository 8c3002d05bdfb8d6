"""What production sees of preflight: a good file with its report, and a faulty one that is never offered."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any, BinaryIO

import pikepdf
import pytest
from flask.testing import FlaskClient

from giftshop import cards, paper
from giftshop.kernel import clock
from giftshop.production import PrintRun, PrintRunState, preflighting
from giftshop.production import service as production
from giftshop.production.printing import folder_of
from giftshop.web import GiftShop
from tests.people import People, sign_in
from tests.production.batches import waiting_run


@pytest.fixture
def run_id(app: GiftShop, people: People) -> int:
    """Four cards, issued and waiting to be printed."""
    return waiting_run(app, people, quantity=4, names=()).id


def printed(app: GiftShop, people: People, run_id: int) -> PrintRun:
    app.database.transact(production.start, run_id, "first printing", by=people.staff.production.actor, at=clock.now())
    app.jobs.run_due()
    with app.database.reading() as reader:
        return reader.get_one(PrintRun, run_id)


def press_that(monkeypatch: pytest.MonkeyPatch, plant: Callable[[pikepdf.Pdf], object]) -> None:
    """Let the press make a mistake."""
    press: Any = paper.print_cards

    def mistaken(*args: Any, **named: Any) -> paper.PrintedCount:
        *given, out = args
        file = io.BytesIO()
        count: paper.PrintedCount = press(*given, file, **named)
        wrong = io.BytesIO()
        with pikepdf.open(file) as pdf:
            plant(pdf)
            pdf.save(wrong)
        sink: BinaryIO = out
        sink.write(wrong.getvalue())
        return count

    monkeypatch.setattr(paper, "print_cards", mistaken)


def codes_of(app: GiftShop, run: PrintRun) -> list[cards.PrintedCard]:
    with app.database.reading() as reader:
        return list(cards.open_secrets(reader, run.opening_id or 0, keyring=app.settings.keyring))


def test_a_file_in_order_is_offered_with_its_report(
    app: GiftShop, client: FlaskClient, people: People, run_id: int
) -> None:
    run = printed(app, people, run_id)
    assert run.state is PrintRunState.READY
    assert {row.verdict for row in preflighting.rows_of(run)} == {paper.Verdict.PASSED, paper.Verdict.NOT_ASKED}
    sign_in(client, people.staff.production)
    page = client.get(f"/desk/print-runs/{run_id}").text
    for words in ("4 cards on 4 pages", "4 compared with their links", "4 drawn at 300 dpi and read"):
        assert words in page


def two_cards_swapped(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].Contents, pdf.pages[2].Contents = pdf.pages[2].Contents, pdf.pages[1].Contents


def test_a_file_with_swapped_cards_is_refused_in_the_words_of_who_looks_and_removed(
    app: GiftShop, client: FlaskClient, people: People, run_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    press_that(monkeypatch, two_cards_swapped)
    run = printed(app, people, run_id)
    assert run.state is PrintRunState.REFUSED
    assert list(folder_of(app.settings.instance_path).iterdir()) == []
    all_cards = codes_of(app, run)
    sign_in(client, people.staff.production)
    page = client.get(f"/desk/print-runs/{run_id}").text
    assert f"Page 2, card {all_cards[1].serial}: The QR code is not the one of this card." in page
    chinese = client.get(f"/desk/print-runs/{run_id}", headers={"Accept-Language": "zh-CN"}).text
    assert f"第 2 页，卡 {all_cards[1].serial}：二维码与此卡不符。" in chinese
    kept = json.dumps(run.preflight) + page + run.refusal
    assert not any(card.secret.canonical in kept or card.secret.printed in kept for card in all_cards)


def test_a_refused_file_can_be_written_again_once_the_press_is_mended(
    app: GiftShop, people: People, run_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        press_that(broken, lambda pdf: pdf.pages.remove(p=3))
        assert printed(app, people, run_id).state is PrintRunState.REFUSED
    run = printed(app, people, run_id)
    assert (run.state, run.refusal) == (PrintRunState.READY, "")
    assert all(row.verdict is not paper.Verdict.FAILED for row in preflighting.rows_of(run))
