"""Putting a set together on its page, as a buyer without JavaScript does; and its picture, whatever was typed."""

from __future__ import annotations

import io
from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from giftshop import branding, catalogue, giftsets
from giftshop.catalogue import ItemFacts
from giftshop.catalogue.pictures import keep_picture, redeveloped
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.money import Money
from tests.giftsets.making import LOGO, Shelf
from tests.people import People, sign_in

HOSTILE = '"><script>alert(1)</script><image href="http://evil.example/x"/>'


@pytest.fixture
def buyer(client: FlaskClient, people: People) -> FlaskClient:
    sign_in(client, people.lantern.buyer)
    return client


def begin(buyer: FlaskClient) -> str:
    """Begin a set on its page; returns its address."""
    return buyer.post("/gift-sets/new", data={"name": "中秋", "request_key": "begin"}).location


def chosen(shelf: Shelf, **more: Any) -> dict[str, Any]:
    return {"name": "中秋", "quantity": "30", "packaging": str(shelf.bag)} | more


def test_a_set_is_put_together_priced_and_pictured_without_javascript(
    buyer: FlaskClient, database: Database, people: People, shelf: Shelf
) -> None:
    page = begin(buyer)
    for item_id in (shelf.tea, shelf.cup):
        assert buyer.post(page, data=chosen(shelf, add=str(item_id))).status_code == 302
    choice = chosen(
        shelf,
        **{f"item-{shelf.cup}": "2", f"art-{shelf.cup_engraving}": "words", f"text-{shelf.cup_engraving}": "联动"},
        decorations=[str(shelf.cup_engraving)],
        has_card="y",
        headline="中秋快乐",
        greeting="感谢您",
    )
    buyer.post(page, data=choice)
    shown = buyer.get(page).text
    assert "CN¥14,660.00" in shown, "30 x (198 + 2 x 128 + 8 + 3 + 12) + 200 + 60 x 2.50"
    assert "Before you can order" not in shown
    picture = buyer.get(f"{page}/picture.svg")
    assert picture.mimetype == "image/svg+xml"
    words = "".join(ElementTree.fromstring(picture.data).itertext())
    assert "联动" in words
    assert "中秋快乐" in words
    buyer.post(page, data=chosen(shelf, remove=str(shelf.cup)))
    with database.reading() as reader:
        (known,) = giftsets.latest_sets(reader, people.lantern.id)
        contents = giftsets.contents_of(reader, known.id)
        assert ([part.item_id for part in contents.parts], contents.crafts) == ([shelf.tea], [])


def test_what_cannot_be_ordered_is_said_at_its_part_and_kept(buyer: FlaskClient, shelf: Shelf) -> None:
    page = begin(buyer)
    for item_id in (shelf.tea, shelf.mooncakes):
        buyer.post(page, data=chosen(shelf, add=str(item_id)))
    shown = buyer.get(page).text
    assert "may not be packed together: Mooncakes are packed by themselves." in shown
    assert 'href="#items"' in shown
    answer = buyer.post(page, data=chosen(shelf, headline="恭喜\U0001f389", has_card="y"))
    assert answer.status_code == 422
    assert "cannot be printed" in answer.text
    assert buyer.post(page, data={"name": "", "quantity": "0"}).status_code == 422


def test_what_its_supplier_ships_cannot_be_decorated_by_us(
    buyer: FlaskClient, database: Database, people: People, shelf: Shelf
) -> None:
    page = begin(buyer)
    buyer.post(page, data=chosen(shelf, add=str(shelf.cup)))
    engraved = {f"art-{shelf.cup_engraving}": "words", f"text-{shelf.cup_engraving}": "联动"}
    buyer.post(page, data=chosen(shelf, **engraved, decorations=[str(shelf.cup_engraving)]))
    assert f"art-{shelf.cup_engraving}" in buyer.get(page).text
    who: dict[str, Any] = {"by": people.staff.sales.actor, "at": clock.now()}
    potters = catalogue.SupplierFacts("POTTERS", {"en": "Potters"}, "Chen, 0798 555 0100")
    supplier = database.transact(catalogue.add_supplier, potters, **who)
    database.transact(lambda tx: setattr(catalogue.item(tx, shelf.cup), "supplier_id", supplier.id))
    shown = buyer.get(page).text
    assert f"art-{shelf.cup_engraving}" not in shown
    assert "Before you can order" in shown
    buyer.post(page, data=chosen(shelf))
    assert "Before you can order" not in buyer.get(page).text


def test_the_total_follows_while_the_set_saves_itself(buyer: FlaskClient, shelf: Shelf) -> None:
    page = begin(buyer)
    buyer.post(page, data=chosen(shelf, add=str(shelf.tea)))
    answer = buyer.post(f"{page}/save", data=chosen(shelf, quantity="3"))
    assert "<html" not in answer.text
    assert "CN¥654.00" in answer.text, "3 x (198 + 8 + 12)"


def test_hostile_words_names_and_logos_are_text_in_the_picture_and_nothing_is_fetched_or_run(
    buyer: FlaskClient, database: Database, people: People, shelf: Shelf
) -> None:
    who: dict[str, Any] = {"by": people.lantern.buyer.actor, "at": clock.now()}
    evil = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script>'
    evil += b'<image href="http://evil.example/y"/><rect width="9" height="9"/></svg>'
    logo = database.transact(branding.save_logo, people.lantern.id, branding.redraw(evil), **who)
    page = begin(buyer)
    for item_id in (shelf.cup, shelf.tea):
        buyer.post(page, data=chosen(shelf, add=str(item_id)))
    typed = chosen(
        shelf,
        name=HOSTILE[:60],
        headline=HOSTILE[:24],
        greeting=f"\x0b{HOSTILE}",
        has_card="y",
        decorations=[str(shelf.cup_engraving), str(shelf.bag_print), "99", "x"],
        **{f"art-{shelf.bag_print}": str(logo.id), f"text-{shelf.cup_engraving}": HOSTILE[:40]},
    )
    assert buyer.post(page, data=typed).status_code in {302, 422}
    assert buyer.post(f"{page}/save", data=typed | {"greeting": HOSTILE}).status_code == 200
    answer = buyer.get(f"{page}/picture.svg")
    root = ElementTree.fromstring(answer.data)
    kinds = {element.tag.rpartition("}")[2] for element in root.iter()}
    shapes = {"svg", "title", "g", "rect", "path", "circle", "ellipse", "image", "text"}
    paints = {"defs", "clipPath", "linearGradient", "radialGradient", "stop", "filter", "feColorMatrix"}
    assert kinds <= shapes | paints
    hrefs = [element.get("href") for element in root.iter() if element.get("href")]
    assert hrefs
    assert all(str(href).startswith("data:image/") for href in hrefs)
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "<script>alert" not in buyer.get(page).text


def test_a_photograph_stands_in_the_picture_as_a_drawing_does(
    buyer: FlaskClient, database: Database, people: People
) -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (900, 600), "#884422").save(out, "PNG")
    sha = database.transact(keep_picture, redeveloped(out.getvalue()))
    names = {"en": "Bowl", "zh_Hans": "碗"}
    who: dict[str, Any] = {"by": people.staff.sales.actor, "at": clock.now()}
    item = database.transact(catalogue.draw_up_item, ItemFacts("BOWL", names, Money(100, "CNY"), names, sha), **who)
    database.transact(catalogue.offer_item, item.id, **who)
    page = begin(buyer)
    buyer.post(page, data={"name": "x", "quantity": "1", "add": str(item.id)})
    assert b"data:image/webp;base64," in buyer.get(f"{page}/picture.svg").data


@pytest.mark.parametrize("path", ["", "/picture.svg"])
def test_another_firm_finds_nothing(client: FlaskClient, people: People, set_id: int, path: str) -> None:
    sign_in(client, people.harbour.buyer)
    assert client.get(f"/gift-sets/{set_id}{path}").status_code == 404
    assert client.post(f"/gift-sets/{set_id}/copy").status_code == 404
    assert client.post(f"/gift-sets/{set_id}/save", data={"name": "x"}).status_code == 404
    assert "Mid-Autumn" not in client.get("/gift-sets").text


def test_another_firms_logo_cannot_be_put_on(
    buyer: FlaskClient, database: Database, people: People, shelf: Shelf
) -> None:
    who: dict[str, Any] = {"by": people.harbour.buyer.actor, "at": clock.now()}
    theirs = database.transact(branding.save_logo, people.harbour.id, branding.redraw(LOGO), **who)
    page = begin(buyer)
    buyer.post(page, data=chosen(shelf, add=str(shelf.tea)))
    typed = chosen(shelf, decorations=[str(shelf.bag_print)], **{f"art-{shelf.bag_print}": str(theirs.id)})
    assert buyer.post(page, data=typed).status_code == 404


def test_a_set_that_was_ordered_is_shown_and_copied_but_not_changed(
    buyer: FlaskClient, database: Database, people: People, shelf: Shelf, set_id: int
) -> None:
    who: dict[str, Any] = {"by": people.lantern.buyer.actor, "at": clock.now()}
    database.transact(giftsets.freeze, set_id, people.lantern.id, **who)
    page = f"/gift-sets/{set_id}"
    assert "Make a copy to change it" in buyer.get(page).text
    assert buyer.post(page, data=chosen(shelf)).status_code == 422
    copied = buyer.post(f"{page}/copy", data={"request_key": "copy"}).location
    assert copied != page
    assert buyer.post(copied, data=chosen(shelf, name="Another")).status_code == 302
