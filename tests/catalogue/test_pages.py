"""The catalogue's pages, as staff, firms and visitors use them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image

from giftshop.catalogue import (
    EditionState,
    Item,
    ItemState,
    add_gift,
    close_edition,
    edition,
    item,
    items_by_sku,
    items_of,
    offer_edition,
)
from giftshop.db import Database
from giftshop.kernel import clock
from tests.catalogue.conftest import LIN
from tests.people import People, sign_in

Make = Callable[..., int]
NOW = clock.now()
TEA = {
    "sku": "TEA-9",
    "price": "168.00",
    "name_en": "West Lake Longjing",
    "name_zh_Hans": "西湖龙井",
    "description_en": "Picked before Qingming.",
    "description_zh_Hans": "明前采摘。",
    "weight_g": "420",
    "lead_days": "3",
    "tags": "tea，food",
}
BOOK = {
    "code": "HE200",
    "tier": "200",
    "name_en": "Harmony",
    "name_zh_Hans": "和合",
    "label_en": "2026",
    "label_zh_Hans": "",
}


@pytest.fixture
def lin(client: FlaskClient, people: People) -> FlaskClient:
    """Lin's browser, signed in as sales."""
    sign_in(client, people.staff.sales)
    return client


def photograph(kind: str = "PNG") -> tuple[io.BytesIO, str]:
    out = io.BytesIO()
    Image.new("RGB", (900, 900), "#8a2").save(out, kind)
    out.seek(0)
    return out, "tea.png"


def by_sku(database: Database, sku: str) -> Item:
    with database.reading() as reader:
        return items_by_sku(reader, [sku])[sku]


def test_lin_writes_an_item_with_a_photograph_and_puts_it_on_offer(lin: FlaskClient, database: Database) -> None:
    answer = lin.post("/desk/items/new", data={**TEA, "photograph": photograph()}, follow_redirects=True)
    assert "saved as a draft" in answer.text
    tea = by_sku(database, "TEA-9")
    assert (tea.price_minor, tea.weight_g, tea.tags, tea.state) == (16800, 420, ["tea", "food"], ItemState.DRAFT)
    served = lin.get(f"/pictures/{tea.picture}")
    assert served.mimetype == "image/webp"
    assert "immutable" in served.headers["Cache-Control"]
    assert Image.open(io.BytesIO(served.data)).size == (900, 900)
    assert f"/pictures/{tea.picture}" in lin.get(f"/desk/items/{tea.id}").text
    lin.post(f"/desk/items/{tea.id}/offer")
    assert by_sku(database, "TEA-9").state is ItemState.ON_OFFER


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"sku": "a b"}, "A SKU has"),
        ({"price": "cheap"}, "Write an amount such as"),
        ({"price": "0"}, "more than zero"),
        ({"price": ""}, "Write a price"),
        ({"weight_g": "heavy"}, "Write a whole number"),
        ({"weight_g": "99999999999999"}, "Between 0 and"),
        ({"lead_days": "-1"}, "Between 0 and"),
        ({"name_en": "", "name_zh_Hans": ""}, "name in at least one language"),
        ({"name_en": "x" * 500}, "Use at most"),
        ({"photograph": b"GIF89a"}, "cannot read this file as a picture"),
        ({"photograph": b"\x89PNG\r\n\x1a\n00"}, "damaged"),
    ],
)
def test_a_wrong_field_is_told_and_nothing_typed_is_lost(lin: FlaskClient, wrong: dict[str, Any], said: str) -> None:
    files = {name: (io.BytesIO(raw), "x.png") for name, raw in wrong.items() if isinstance(raw, bytes)}
    answer = lin.post("/desk/items/new", data=TEA | wrong | files)
    assert answer.status_code == 422
    assert said in answer.text
    assert "明前采摘。" in answer.text


def test_a_picture_survives_when_another_field_is_refused(lin: FlaskClient, database: Database) -> None:
    answer = lin.post("/desk/items/new", data={**TEA, "sku": "?", "photograph": photograph()})
    kept = re.search(r'name="picture" value="([0-9a-f]{64})"', answer.text)
    assert kept is not None
    lin.post("/desk/items/new", data={**TEA, "picture": kept[1]})
    assert by_sku(database, "TEA-9").picture == kept[1]


def test_a_made_up_picture_is_no_picture(lin: FlaskClient, database: Database) -> None:
    for number, picture in enumerate(("0" * 64, "../../secret", "a" * 61)):
        lin.post("/desk/items/new", data={**TEA, "sku": f"P{number}", "picture": picture})
        assert by_sku(database, f"P{number}").picture is None


def test_an_incomplete_item_says_what_it_needs_before_it_is_offered(lin: FlaskClient, database: Database) -> None:
    lin.post("/desk/items/new", data=TEA)
    answer = lin.post(f"/desk/items/{by_sku(database, 'TEA-9').id}/offer")
    assert answer.status_code == 422
    assert "it needs a picture" in answer.text


def test_items_are_found_by_words_in_either_language(lin: FlaskClient, offered: Make) -> None:
    offered("TEA-1")
    offered("PEN-1", names={"en": "Fountain pen", "zh_Hans": "钢笔"}, tags=("office",))
    for words, found in (("龙井", "TEA-1"), ("LONG", "TEA-1"), ("pen office", "PEN-1"), ("pen-1", "PEN-1")):
        page = lin.get("/desk/items", query_string={"q": words}).text
        assert found in page, words
        assert {"TEA-1", "PEN-1"} - {found} == {sku for sku in ("TEA-1", "PEN-1") if sku not in page}
    for words in ("%", "_", "nothing", "' OR 2=2"):
        assert "No item found" in lin.get("/desk/items", query_string={"q": words}).text
    assert "TEA-1" in lin.get("/desk/items?state=on_offer").text
    assert "No item found" in lin.get("/desk/items?state=withdrawn").text
    assert lin.get("/desk/items?state=nonsense&after=x").status_code == 200


def test_many_items_stand_on_pages(lin: FlaskClient, offered: Make) -> None:
    for number in range(53):
        offered(f"N-{number:03}")
    first = lin.get("/desk/items").text
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    second = lin.get(following[1].replace("&amp;", "&")).text
    assert "N-052" in first
    assert "N-000" not in first
    assert "N-000" in second
    assert "N-052" not in second


def test_lin_puts_a_book_together_and_offers_it(lin: FlaskClient, database: Database, offered: Make) -> None:
    tea, pen = offered("TEA-1"), offered("PEN-1")
    answer = lin.post("/desk/editions/new", data=BOOK)
    book = int(answer.location.rsplit("/", 1)[1])
    for step in (f"gifts/{tea}/add", f"gifts/{pen}/add", f"gifts/{pen}/earlier"):
        lin.post(f"/desk/editions/{book}/{step}")
    assert "already in the book" in lin.post(f"/desk/editions/{book}/gifts/{pen}/add", follow_redirects=True).text
    lin.post(f"/desk/editions/{book}/offer")
    with database.reading() as reader:
        assert [gift.sku for gift in items_of(reader, book)] == ["PEN-1", "TEA-1"]
        assert edition(reader, book).state is EditionState.ON_OFFER
    assert "stay as they are" in lin.post(f"/desk/editions/{book}/gifts/{pen}/remove", follow_redirects=True).text
    assert "stay as they are" in lin.post(f"/desk/editions/{book}", data={**BOOK, "code": "HE300"}).text
    lin.post(f"/desk/editions/{book}/close")
    following = lin.post(f"/desk/editions/{book}/next", data={**BOOK, "code": "HE200-27"}).location
    assert "PEN-1" in lin.get(following).text


def test_an_empty_book_is_not_offered_and_says_why(lin: FlaskClient, drawn_up: Make) -> None:
    answer = lin.post(f"/desk/editions/{drawn_up()}/offer", follow_redirects=True)
    assert "at least one gift" in answer.text


@pytest.mark.parametrize(
    "wrong", [{"code": "x y"}, {"code": ""}, {"tier": "0"}, {"tier": "NaN"}, {"name_en": "", "name_zh_Hans": ""}]
)
def test_a_wrong_book_is_told_at_its_field(lin: FlaskClient, wrong: dict[str, str]) -> None:
    assert lin.post("/desk/editions/new", data=BOOK | wrong).status_code == 422


@pytest.fixture
def on_the_shelf(database: Database, offered: Make, drawn_up: Make) -> int:
    """A book on offer with one gift."""
    book = drawn_up("G200")
    database.transact(add_gift, book, offered(), by=LIN, at=NOW)
    database.transact(offer_edition, book, by=LIN, at=NOW)
    return book


def test_a_visitor_sees_the_books_and_every_gift_but_no_price(client: FlaskClient, on_the_shelf: int) -> None:
    for page in (client.get("/gift-books?lang=en").text, client.get("/gift-books/g200").text):
        assert "Good wishes" in page
        assert "200.00" not in page
        assert "168.00" not in page
    assert "Picked before Qingming." in client.get("/gift-books/G200").text
    assert "心意" in client.get("/gift-books?lang=zh_Hans").text


def test_a_firm_sees_what_a_book_costs_but_not_what_its_gifts_do(
    client: FlaskClient, people: People, on_the_shelf: int
) -> None:
    sign_in(client, people.lantern.buyer)
    page = client.get("/gift-books/G200").text
    assert "200.00" in page
    assert "168.00" not in page


def test_a_closed_book_stays_readable_and_leaves_the_shelf(
    client: FlaskClient, database: Database, on_the_shelf: int
) -> None:
    database.transact(close_edition, on_the_shelf, by=LIN, at=NOW)
    assert "West Lake Longjing" in client.get("/gift-books/G200").text
    assert "Good wishes" not in client.get("/gift-books").text


def test_a_book_being_drawn_up_is_nobodys_yet_but_staffs(client: FlaskClient, people: People, drawn_up: Make) -> None:
    drawn_up("SOON")
    assert client.get("/gift-books/SOON").status_code == 404
    sign_in(client, people.lantern.buyer)
    assert client.get("/gift-books/SOON").status_code == 404
    sign_in(client, people.staff.sales)
    assert client.get("/gift-books/SOON").status_code == 200


def test_pictures_and_books_that_do_not_exist_are_missing(client: FlaskClient) -> None:
    for address in ("/pictures/" + "0" * 64, "/pictures/x", "/gift-books/NONE", "/gift-books/%00"):
        assert client.get(address).status_code in {400, 404}


def test_an_item_that_was_withdrawn_meanwhile_says_so(lin: FlaskClient, database: Database, offered: Make) -> None:
    tea = offered()
    lin.post(f"/desk/items/{tea}/withdraw")
    answer = lin.post(f"/desk/items/{tea}/withdraw")
    assert answer.status_code == 409
    with database.reading() as reader:
        assert item(reader, tea).state is ItemState.WITHDRAWN
