"""Printed goods as production, buyers and the rest of the staff fetch them."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pikepdf
import pypdfium2
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from giftshop import branding, cards, catalogue, orders, production
from giftshop.cards import Addressed
from giftshop.db import Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.money import Money
from giftshop.production import DecorationJob, JobKind, PrintRun, Wanted
from giftshop.production.print_pictures import FOLDER
from giftshop.web import GiftShop
from tests.cards.making import NOW, terms
from tests.orders.conftest import draft
from tests.people import People, sign_in

LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 50"><rect width="80" height="50" fill="#0f4c5c"/></svg>'
)
GIFTS = (("Longjing tea", "明前西湖龙井", "longjing-tin"), ("Thermos", "保温杯", "thermos"))
PRICES = ("200", "365", "¥", "￥", "CNY")
HOSTILE = "<b>{{ 7*7 }}</b> & 联动"


@pytest.fixture
def edition_id(app: GiftShop, people: People) -> int:
    """A gift book of ¥200 with two gifts of ¥365."""
    who: dict[str, Any] = {"by": people.staff.sales.actor, "at": clock.now()}

    transact, words = app.database.transact, {"en": "Harmony", "zh_Hans": "和合"}
    facts = catalogue.EditionFacts("HE", words, Money(20_000, "CNY"), {"en": "Autumn", "zh_Hans": "金秋"})
    edition = transact(catalogue.draw_up_edition, facts, **who)
    for number, (name, name_zh, picture) in enumerate(GIFTS):
        names, price = {"en": name, "zh_Hans": name_zh}, Money(36_500, "CNY")
        gift = catalogue.ItemFacts(f"G-{number}", names, price, names, picture)
        item = transact(catalogue.draw_up_item, gift, **who)
        transact(catalogue.offer_item, item.id, **who)
        transact(catalogue.add_gift, edition.id, item.id, **who)
    transact(catalogue.offer_edition, edition.id, **who)
    return edition.id


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def print_run(app: GiftShop, people: People, edition_id: int) -> int:
    transact = app.database.transact
    facts = terms(people.lantern.id, sender_name=HOSTILE, headline="中秋快乐", greeting=HOSTILE, locale="zh_Hans")
    programme_id = transact(cards.start_programme, facts, by=SYSTEM, at=NOW)
    batch: dict[str, Any] = {"quantity": 1, "public_url": "https://gifts.example", "addressees": [Addressed("王小明")]}
    batch_id = transact(cards.draw_up, programme_id, edition_id=edition_id, **batch, by=SYSTEM, at=NOW)
    transact(cards.issue, batch_id, by=SYSTEM, at=NOW)
    app.jobs.run_due(at=NOW + timedelta(seconds=1))
    with app.database.reading() as reader:
        return reader.scalars(select(PrintRun.id)).one()


def test_production_fetches_the_book_of_a_print_run_which_names_every_gift_and_no_price(
    app: GiftShop, client: FlaskClient, people: People, edition_id: int
) -> None:
    run_id = print_run(app, people, edition_id)
    sign_in(client, people.staff.production)
    assert f"/desk/print-runs/{run_id}/book-inside.pdf" in client.get(f"/desk/print-runs/{run_id}").text
    inside = client.get(f"/desk/print-runs/{run_id}/book-inside.pdf")
    assert "attachment" in inside.headers["Content-Disposition"]
    text = text_of(inside.data)
    for number, (_, name, _) in enumerate(GIFTS, start=1):
        assert f"{name}{name}{number}" in text or f"{number}{name}" in text
    assert "".join(HOSTILE.split()) in text
    assert not any(price in text for price in PRICES)
    with pikepdf.open(io.BytesIO(inside.data)) as book:
        assert len(book.pages) % 4 == 0
    assert len(list((app.settings.instance_path / FOLDER).glob("*.jpg"))) == len(GIFTS), "drawn once and kept"
    marked = client.get(f"/desk/print-runs/{run_id}/book-cover.pdf?marks=")
    with pikepdf.open(io.BytesIO(marked.data)) as cover:
        assert float(cover.pages[0].MediaBox[0]) < 0


def test_a_buyer_leafs_through_the_book_of_an_order_and_nobody_elses(
    app: GiftShop, client: FlaskClient, people: People, edition_id: int
) -> None:
    order_id = app.database.transact(draft, people, edition_id)
    with app.database.reading() as reader:
        number = reader.get_one(orders.Order, order_id).number
    sign_in(client, people.lantern.buyer)
    book = client.get(f"/orders/{number}/gift-book.pdf")
    text = text_of(book.data)
    assert all(name in text for _, name, _ in GIFTS)
    assert "心想事成" in text, "the sender's words"
    assert not any(price in text for price in PRICES)
    stranger = app.test_client()
    sign_in(stranger, people.harbour.buyer)
    assert stranger.get(f"/orders/{number}/gift-book.pdf").status_code == 404


def test_staff_look_at_the_book_of_an_edition_in_their_language(
    client: FlaskClient, people: People, edition_id: int
) -> None:
    sign_in(client, people.staff.sales)
    assert f"/desk/editions/{edition_id}/book.pdf" in client.get(f"/desk/editions/{edition_id}").text
    assert "Thermos" in text_of(client.get(f"/desk/editions/{edition_id}/book.pdf").data)
    assert client.get("/desk/editions/4711/book.pdf").status_code == 404


@pytest.mark.parametrize(
    ("kind", "inks"),
    [
        (JobKind.SILK_SCREEN, {"Silk 1"}),
        (JobKind.ENGRAVING, {"Engraving"}),
        (JobKind.BAG_PRINT, {"Bag Ground", "Bag Gold"}),
        (JobKind.STICKER, {"CutContour"}),
        (JobKind.GREETING_CARDS, set()),
    ],
)
def test_each_kind_of_job_has_its_artwork_ready_for_the_press(
    app: GiftShop, client: FlaskClient, people: People, kind: JobKind, inks: set[str]
) -> None:
    firm, day = people.lantern.id, date(2026, 9, 1)
    who: dict[str, Any] = {"by": SYSTEM, "at": NOW}
    art, words = branding.redraw(LOGO), {"en": "On it", "zh_Hans": "印制"}

    def telling(tx: Transaction) -> int:
        logo = branding.save_logo(tx, firm, art, **who)
        area: dict[str, Any] = {"width_mm": 60, "height_mm": 40, "logo_id": logo.id}
        wanted = Wanted(kind, words, 120, day, day, on=words, places=words, **area)
        production.ask(tx, ("order", 1), firm, [wanted], about="HG-1001", **who)
        return tx.scalars(select(DecorationJob.id)).one()

    job_id = app.database.transact(telling)
    sign_in(client, people.staff.production)
    page, file = (client.get(f"/desk/decorations/{job_id}/print-ready{kind_of_page}") for kind_of_page in ("", ".pdf"))
    if not inks:
        assert page.status_code == file.status_code == 409
        return
    assert f"/desk/decorations/{job_id}/print-ready" in client.get("/desk/decorations").text
    assert "data:image/png;base64," in page.text
    with pikepdf.open(io.BytesIO(file.data)) as sheet:
        lists = [list(thing) for thing in sheet.objects if isinstance(thing, pikepdf.Array)]
        assert {str(one[1]).removeprefix("/") for one in lists if "/Separation" in one[:1]} == inks
    assert client.get(f"/desk/decorations/{job_id}/print-ready?shape=star").status_code == 404
