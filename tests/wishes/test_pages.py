"""The pages as people use them, without JavaScript: hearts, lists, links, gifts side by side."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, update

from giftshop import catalogue
from giftshop.catalogue import EditionFacts, ItemFacts
from giftshop.db import Database, Transaction
from giftshop.kernel import clock
from giftshop.kernel.money import Money
from giftshop.web import GiftShop
from giftshop.wishes import favourites, queries, sharing
from giftshop.wishes.links import secret_of
from giftshop.wishes.models import WishLink
from tests.giftsets.making import Shelf
from tests.people import People, sign_in

IN_PLACE = {"Accept": "application/json"}


def pressed(page: str) -> list[str]:
    """Which hearts and comparisons are pressed in, by what is read out."""
    words = re.findall(r'aria-pressed="true">.*?<span>(\w+)<span class="visually-hidden">: ([^<]*)</span>', page, re.S)
    return [f"{what}: {name}" for what, name in words]


def secret_in(page: str) -> str:
    found = re.search(r"/l/([\w-]+)", page)
    assert found
    return found[1]


def begin(buyer: FlaskClient, shelf: Shelf) -> str:
    """A list with tea and a thermos on it; returns its address."""
    address = buyer.post("/lists", data={"name": "Moonlight"}).location
    for item_id in (shelf.tea, shelf.cup):
        buyer.post(f"{address}/gifts/{item_id}")
    return address


def share(buyer: FlaskClient, address: str, **chosen: str) -> str:
    """A link to the list; returns its address."""
    buyer.post(f"{address}/links", data={"locale": "", "days": "30"} | chosen)
    return f"/l/{secret_in(buyer.get(address).text)}"


def open_book(database: Database, people: People, shelf: Shelf) -> None:
    """A gift book with all three gifts on offer."""
    by: dict[str, Any] = {"by": people.staff.sales.actor, "at": clock.now()}

    def telling(tx: Transaction) -> None:
        facts = EditionFacts(code="AUTUMN-1", names={"en": "Harmony", "zh_Hans": "和合"}, tier=Money(20_000, "CNY"))
        edition = catalogue.draw_up_edition(tx, facts, **by)
        for item_id in (shelf.tea, shelf.cup, shelf.mooncakes):
            catalogue.add_gift(tx, edition.id, item_id, **by)
        catalogue.offer_edition(tx, edition.id, **by)

    database.transact(telling)


def test_a_visitors_favourites_become_theirs_when_they_sign_in(
    client: FlaskClient, database: Database, people: People, shelf: Shelf
) -> None:
    open_book(database, people, shelf)
    answer = client.post(f"/favourites/{shelf.tea}", data={"back": "/gift-books/AUTUMN-1?x=1"})
    assert (answer.status_code, answer.location) == (303, f"/gift-books/AUTUMN-1?x=1#wish-{shelf.tea}")
    assert pressed(client.get("/gift-books/AUTUMN-1").text) == ["Favourite: Longjing tea"]
    assert "CN¥" not in client.get("/lists").text, "a visitor is shown no prices"
    sign_in(client, people.lantern.buyer)
    shown = client.get("/lists").text
    assert pressed(shown) == ["Favourite: Longjing tea"]
    assert "CN¥198.00" in shown
    with database.reading() as reader:
        assert favourites.favourites_of(reader, people.lantern.buyer.id) == [shelf.tea]
    assert client.get_cookie("wishes") is None, "the next person at this browser gets none of it"
    client.post(f"/favourites/{shelf.tea}", data={"wanted": "no"})
    client.get("/lists")
    with database.reading() as reader:
        assert favourites.favourites_of(reader, people.lantern.buyer.id) == []


def test_a_heart_answers_our_script_in_place(buyer: FlaskClient, shelf: Shelf) -> None:
    marked = buyer.post(f"/favourites/{shelf.tea}", headers=IN_PLACE).get_json()
    assert marked == {"wanted": True, "count": 1, "said": "“Longjing tea” is among your favourites."}
    unmarked = buyer.post(f"/favourites/{shelf.tea}", data={"wanted": "no"}, headers=IN_PLACE).get_json()
    assert (unmarked["wanted"], unmarked["count"]) == (False, 0)
    beside = buyer.post(f"/compare/{shelf.cup}", headers=IN_PLACE).get_json()
    assert "CUP-2" in beside["tray"]
    assert buyer.post("/favourites/999", headers=IN_PLACE).status_code == 404
    assert buyer.post(f"/favourites/{2**62}").status_code == 404


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nb", ""])
def test_nobody_is_led_elsewhere_by_a_heart(client: FlaskClient, shelf: Shelf, back: str) -> None:
    location = client.post(f"/favourites/{shelf.tea}", data={"back": back}).location
    assert location == f"/lists#wish-{shelf.tea}"


def test_hearts_cost_one_look_at_the_database_however_many_there_are(
    buyer: FlaskClient, database: Database, people: People, shelf: Shelf
) -> None:
    open_book(database, people, shelf)
    buyer.post(f"/favourites/{shelf.cup}")
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        page = buyer.get("/gift-books/AUTUMN-1").text
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    assert page.count('data-wish="favourite"') == 3
    assert sum("favourites" in statement for statement in asked) == 1
    assert page.count("wishes/marking.css") == 1


def test_staff_have_no_hearts_and_compare(
    client: FlaskClient, database: Database, people: People, shelf: Shelf
) -> None:
    open_book(database, people, shelf)
    sign_in(client, people.staff.sales)
    page = client.get("/gift-books/AUTUMN-1").text
    assert ('data-wish="favourite"' in page, 'data-wish="compare"' in page) == (False, True)
    assert client.post(f"/favourites/{shelf.tea}").status_code == 403
    assert client.post("/lists", data={"name": "Ours"}).status_code == 403


def token_in(page: str) -> str:
    """What the Undo button of a page sends."""
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_list_is_kept_arranged_and_undone_by_a_colleague(
    buyer: FlaskClient, app: GiftShop, people: People, shelf: Shelf
) -> None:
    address = begin(buyer, shelf)
    colleague = app.test_client()
    sign_in(colleague, people.lantern.approver)
    typed = {"name": "Moonlight", "people": "30", f"quantity-{shelf.cup}": "2", f"note-{shelf.cup}": "for the desk"}
    colleague.post(address, data=typed | {"earlier": str(shelf.cup)})
    shown = unescape(buyer.get(address).text)
    assert shown.index("Thermos") < shown.index("Longjing tea")
    assert "for the desk" in shown
    assert "added by Buyer Lantern" in shown
    assert "CN¥13,620.00" in shown, "30 x (198 + 2 x 128)"
    saved = colleague.post(f"{address}/save", data=typed | {"people": "10"})
    assert "CN¥4,540.00" in saved.text
    assert colleague.post(f"{address}/save", data=typed | {"name": ""}).status_code == 422

    off = colleague.post(address, data=typed | {"remove": str(shelf.cup)}, follow_redirects=True).text
    assert "“Thermos” is off the list." in unescape(off)
    assert colleague.post("/undo", data={"token": token_in(off)}).location == f"{address}#gift-{shelf.cup}"
    back = unescape(buyer.get(address).text)
    assert back.index("Thermos") < back.index("Longjing tea")
    assert "for the desk" in back

    gone = buyer.post(f"{address}/delete", follow_redirects=True).text
    assert "“Moonlight” is deleted." in unescape(gone)
    assert colleague.get(address).status_code == 404
    assert buyer.post("/undo", data={"token": token_in(gone)}).location == address
    assert colleague.get(address).status_code == 200


def test_a_list_becomes_a_gift_set_by_a_buyer(buyer: FlaskClient, app: GiftShop, people: People, shelf: Shelf) -> None:
    address = begin(buyer, shelf)
    made = buyer.post(f"{address}/gift-set", data={"request_key": "once"}).location
    assert buyer.post(f"{address}/gift-set", data={"request_key": "once"}).location == made
    assert made.startswith("/gift-sets/")
    assert "Thermos" in buyer.get(made).text
    colleague = app.test_client()
    sign_in(colleague, people.lantern.nominator)
    assert colleague.post(f"{address}/gift-set").status_code == 403
    empty = buyer.post("/lists", data={"name": "Empty"}).location
    assert (
        "Nothing on this list can go into a gift set"
        in buyer.post(f"{empty}/gift-set", data={"request_key": "twice"}, follow_redirects=True).text
    )


def test_another_firm_meets_nothing_of_a_list(buyer: FlaskClient, app: GiftShop, people: People, shelf: Shelf) -> None:
    address = begin(buyer, shelf)
    share(buyer, address)
    other = app.test_client()
    sign_in(other, people.harbour.buyer)
    assert other.get(address).status_code == 404
    for part in ("", "/save", "/delete", "/gift-set", "/links", "/links/1/end", f"/gifts/{shelf.tea}"):
        assert other.post(f"{address}{part}", data={"name": "Ours", "people": "1"}).status_code == 404, part
    assert "Moonlight" not in other.get("/lists").text


def test_whoever_has_the_link_says_what_they_think(
    buyer: FlaskClient, app: GiftShop, people: People, shelf: Shelf
) -> None:
    address = begin(buyer, shelf)
    link = share(buyer, address, with_prices="y")
    boss = app.test_client()
    page = boss.get(link)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert "noindex" in page.text
    assert "CN¥198.00" in page.text
    assert "Buyer Lantern" not in page.text, "who put a gift there is not told"
    said = {f"verdict-{shelf.tea}": "yes", f"words-{shelf.tea}": "<b>Classic</b>", f"verdict-{shelf.cup}": "rather_not"}
    nameless = boss.post(link, data=said)
    assert nameless.status_code == 422
    assert "&lt;b&gt;Classic" in nameless.text, "what was typed is kept"
    assert boss.post(link, data={"name": "Zhou"}).status_code == 422
    assert boss.post(link, data=said | {"name": "Zhou", "words": "Hurry"}).location == link
    thanked = boss.get(link).text
    assert "Thank you, your answer is with them" in thanked
    assert "Change my answer" in thanked
    shown = buyer.get(address).text
    assert "&lt;b&gt;Classic" in shown
    assert "Hurry" in shown
    assert boss.post(link, data={"name": "Zhou", "words": "No hurry"}).status_code == 303
    assert "Classic" not in buyer.get(address).text, "the answer was changed"
    stranger = app.test_client().get(link).text
    assert "No hurry" not in stranger
    assert "Zhou" not in stranger, "readers do not read each other"


def test_a_link_without_prices_shows_none_and_speaks_the_language_it_was_made_for(
    buyer: FlaskClient, app: GiftShop, shelf: Shelf
) -> None:
    address = begin(buyer, shelf)
    link = share(buyer, address, locale="zh_Hans")
    assert f"{link}?lang=zh_Hans" in buyer.get(address).text
    page = app.test_client().get(f"{link}?lang=zh_Hans").text
    assert "龙井茶" in page
    assert "¥" not in page


def test_links_that_ended_look_like_links_that_never_were(
    buyer: FlaskClient, app: GiftShop, database: Database, shelf: Shelf
) -> None:
    address = begin(buyer, shelf)
    boss = app.test_client()
    link = share(buyer, address)
    forged = f"/l/{secret_of(999, app.settings.link_key)}"
    never = [boss.get(each).status_code for each in (forged, "/l/x", f"{link}x", "/l/" + "A" * 5_000)]
    assert never == [404] * 4
    unknown = boss.get(forged).text

    def age(tx: Transaction) -> None:
        tx.change(update(WishLink).values(expires_at=clock.now() - timedelta(seconds=1)))

    database.transact(age)
    assert boss.get(link).text == unknown.replace(forged, link), "but for its own address"
    assert "run out" in buyer.get(address).text
    assert boss.post(link, data={"name": "Zhou", "words": "Late"}).status_code == 404
    another = share(buyer, address)
    assert boss.get(another).status_code == 200
    buyer.post(f"{address}/links/2/end")
    assert boss.get(another).status_code == 404


def test_a_network_that_answers_all_the_time_is_asked_to_wait(
    buyer: FlaskClient, app: GiftShop, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "MOST_TRIES", 2)
    link = share(buyer, begin(buyer, shelf))
    boss = app.test_client()
    answers = [boss.post(link, data={"name": "Zhou", "words": "Again"}).status_code for _turn in range(3)]
    assert answers == [303, 303, 429]


def test_gifts_stand_side_by_side_and_say_where_they_differ(
    buyer: FlaskClient, database: Database, people: People, shelf: Shelf
) -> None:
    open_book(database, people, shelf)
    page = unescape(buyer.get("/compare?gift=TEA-1&gift=cup-2&gift=TEA-1&gift=NONE").text)
    assert page.count('<th scope="col">') == 2
    assert "CN¥198.00" in page
    assert "Laser engraving" in page
    assert "Harmony" in page
    differing = re.findall(r'<tr class="differs">\s*<th scope="row">([\w ]+)', page)
    assert differing == ["Price", "Packed weight", "Your branding"]
    only = buyer.get("/compare?gift=TEA-1&gift=CUP-2&only=differences").text
    assert "Packed weight" in only
    assert "In the gift books" not in only
    assert buyer.get("/compare").location == "/compare?gift=TEA-1&gift=CUP-2", "what was looked at last"
    assert "Nothing to compare yet" in buyer.get("/compare?gift=").text
    assert buyer.get("/compare").status_code == 200


def test_a_fifth_gift_finds_no_place_and_a_visitor_no_prices(
    client: FlaskClient, database: Database, people: People, shelf: Shelf
) -> None:
    by: dict[str, Any] = {"by": people.staff.sales.actor, "at": clock.now()}
    words = {"en": "Scarf", "zh_Hans": "围巾"}
    for sku in ("SCA-1", "SCA-2"):
        facts = ItemFacts(sku=sku, names=words, descriptions=words, picture="silk-scarf", price=Money(900, "CNY"))
        item_id = database.transact(catalogue.draw_up_item, facts, **by).id
        database.transact(catalogue.offer_item, item_id, **by)
        client.post(f"/compare/{item_id}")
    for item_id in (shelf.tea, shelf.cup):
        client.post(f"/compare/{item_id}")
    refused = client.post(f"/compare/{shelf.mooncakes}", headers=IN_PLACE)
    assert refused.status_code == 409
    assert "Up to 4 gifts" in refused.get_json()["said"]
    page = client.get("/compare", follow_redirects=True).text
    assert page.count('<th scope="col">') == 4
    assert "CN¥" not in page
    client.post("/compare/none")
    assert "Nothing to compare yet" in client.get("/compare").text


def test_a_new_list_begins_with_favourites_if_that_is_wanted(
    buyer: FlaskClient, database: Database, shelf: Shelf
) -> None:
    buyer.post(f"/favourites/{shelf.tea}")
    assert buyer.post("/lists", data={"name": " "}).status_code == 422
    address = buyer.post("/lists", data={"name": "Spring", "with_favourites": "y"}).location
    with database.reading() as reader:
        lines = queries.lines_of(reader, int(address.rpartition("/")[2]))
    assert [line.item.id for line in lines] == [shelf.tea]
    assert "Thermos" in buyer.get(f"{address}?q=thermos").text
    assert "Nothing found" in buyer.get(f"{address}?q=nowhere").text
