"""The shop as visitors and buyers use it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from giftshop import giftsets, stock
from giftshop.catalogue import withdraw_item
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.shop import Looking, Sort, band_of, shelf
from tests.people import People, sign_in

Make = Callable[..., int]
pytestmark = pytest.mark.usefixtures("collected")


def skus(database: Database, looking: Looking) -> list[str]:
    with database.reading() as reader:
        return [gift.sku for gift in shelf(reader, "CNY", looking).gifts]


def test_a_visitor_is_told_the_offer_with_the_prices_of_the_shelf_and_the_way_in_for_a_code(
    client: FlaskClient, offer: Make
) -> None:
    offer("CUP-1", 6800, "mid-autumn")
    page = client.get("/").text
    assert "CN¥68.00" in page
    assert 'href="/shop"' in page
    assert 'href="/r"' in page
    assert 'property="og:image"' in page
    assert "Order by" in page
    assert "All mid-autumn" in page


def test_an_empty_shop_has_pages_too(client: FlaskClient) -> None:
    for path in ("/", "/shop", "/shop/gifts", "/shop/gifts?q=tea", "/shop/collections/tea"):
        assert client.get(path).status_code == 200, path
    assert client.get("/shop/collections/none").status_code == 404
    assert client.get("/shop/gifts/NONE").status_code == 404


def test_only_firms_and_staff_see_prices(client: FlaskClient, people: People, offer: Make) -> None:
    offer("CUP-1", 12300, "tea")
    pages = ("/shop", "/shop/gifts", "/shop/gifts/CUP-1", "/shop/collections/tea?band=100-200&sort=price")
    assert not [path for path in pages if "123.00" in client.get(path).text]
    sign_in(client, people.lantern.buyer)
    assert not [path for path in pages if "123.00" not in client.get(path).text]


def test_a_shelf_is_narrowed_by_collection_kind_price_and_stock(database: Database, offer: Make) -> None:
    there = offer("CUP-1", 9000, "tea", "clients")
    offer("CUP-2", 15000, "tea", "clients")
    offer("PEN-1", 9500, "clients")
    offer("PEN-2", 9500)
    database.transact(stock.receive, there, 5, "first", by=SYSTEM, at=clock.now())
    assert skus(database, Looking(collection="clients")) == ["PEN-1", "CUP-2", "CUP-1"]
    assert skus(database, Looking(collection="clients", order=Sort.CHEAP)) == ["CUP-1", "PEN-1", "CUP-2"]
    assert skus(database, Looking(collection="clients", sort_tag="tea", order=Sort.DEAR)) == ["CUP-2", "CUP-1"]
    assert skus(database, Looking(collection="clients", band=band_of("CNY", "-100"))) == ["PEN-1", "CUP-1"]
    assert skus(database, Looking(is_there=True)) == ["CUP-1"]
    with database.reading() as reader:
        found = shelf(reader, "CNY", Looking(collection="clients", band=band_of("CNY", "-100")))
    assert [(collection.tag, count) for collection, count in found.sorts] == [("tea", 1)]
    assert [(band.key, count) for band, count in found.bands] == [("-100", 2), ("100-200", 1)]


def test_a_search_is_mended_aloud_and_an_empty_one_suggests(client: FlaskClient, offer: Make) -> None:
    offer("TEA-1", 9000, "clients", name="Longjing")
    page = client.get("/shop/gifts?q=longjng").text
    assert "Showing results for “longjing”" in page
    assert "/shop/gifts/TEA-1" in page
    nothing = client.get("/shop/gifts?q=unicorn").text
    assert "We found nothing like" in nothing
    assert "All clients" in nothing


def test_many_gifts_stand_on_pages_whose_address_keeps_what_was_chosen(client: FlaskClient, offer: Make) -> None:
    for number in range(26):
        offer(f"CUP-{number}", 9000, "tea")
    page = client.get("/shop/collections/tea?there=").text
    assert page.count('class="tile"') == 24
    following = re.search(r'rel="next" href="([^"]+)"', page)
    assert following
    assert client.get(following[1].replace("&amp;", "&")).text.count('class="tile"') == 2
    assert client.get("/shop/gifts?page=99999").text.count('class="tile"') == 2


def test_a_gift_that_is_not_on_offer_has_no_page(client: FlaskClient, database: Database, offer: Make) -> None:
    item_id = offer("CUP-1")
    assert client.get("/shop/gifts/cup-1").status_code == 200
    database.transact(withdraw_item, item_id, by=SYSTEM, at=clock.now())
    assert client.get("/shop/gifts/CUP-1").status_code == 404


def test_a_buyer_puts_a_gift_into_a_new_set_and_a_second_into_the_same(
    client: FlaskClient, people: People, database: Database, offer: Make
) -> None:
    cup, pen = offer("CUP-1"), offer("PEN-1")
    lantern = people.lantern
    sign_in(client, lantern.buyer)
    form = {"request_key": "a" * 32, "gift_set": ""}
    for _twice in range(2):
        assert "It is in the set." in client.post("/shop/gifts/CUP-1/into-set", data=form, follow_redirects=True).text
    with database.reading() as reader:
        (made,) = giftsets.latest_sets(reader, lantern.id)
    assert made.name == "Set with Cup-1"
    client.post("/shop/gifts/PEN-1/into-set", data={"request_key": "b" * 32, "gift_set": str(made.id)})
    with database.reading() as reader:
        assert [part.item_id for part in giftsets.contents_of(reader, made.id).parts] == [cup, pen]


def test_nobody_puts_a_gift_into_another_firms_set(
    client: FlaskClient, people: People, database: Database, offer: Make
) -> None:
    offer("CUP-1")
    theirs = database.transact(giftsets.draw_up, people.harbour.id, "Theirs", by=SYSTEM, at=clock.now())
    sign_in(client, people.lantern.buyer)
    form = {"request_key": "a" * 32, "gift_set": str(theirs)}
    assert client.post("/shop/gifts/CUP-1/into-set", data=form).status_code == 404
    with database.reading() as reader:
        assert not giftsets.contents_of(reader, theirs).parts
