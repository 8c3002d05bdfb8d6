from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from giftshop.catalogue import ItemFacts, draw_up_item, offer_item
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.money import Money
from giftshop.stock import Level, levels, receive, reserve
from tests.people import People, sign_in
from tests.stock.conftest import WEI

Shelve = Callable[..., int]
NOW = clock.now()


@pytest.fixture
def wei(client: FlaskClient, people: People) -> FlaskClient:
    """Wei's browser, signed in as a packer."""
    sign_in(client, people.staff.fulfilment)
    return client


def level(database: Database, item_id: int) -> Level:
    with database.reading() as reader:
        return levels(reader, [item_id])[item_id]


def offered(database: Database, sku: str, quantity: int) -> int:
    words = {"en": f"Gift {sku}", "zh_Hans": f"礼品{sku}"}
    facts = ItemFacts(sku=sku, names=words, descriptions=words, price=Money(9900, "CNY"), picture="umbrella")
    item = database.transact(draw_up_item, facts, by=WEI, at=NOW)
    database.transact(offer_item, item.id, by=WEI, at=NOW)
    if quantity:
        database.transact(receive, item.id, quantity, "", by=WEI, at=NOW)
    return item.id


def test_what_runs_low_stands_first_the_scarcest_on_top(wei: FlaskClient, database: Database) -> None:
    plenty, promised = offered(database, "PLENTY", 11), offered(database, "PROMISED", 30)
    offered(database, "FEW", 3)
    offered(database, "NEVER", 0)
    database.transact(reserve, promised, 25, purpose=("shipment", 1))
    page = wei.get("/desk/stock").text
    assert [page.index(sku) for sku in ("NEVER", "FEW", "PROMISED")] == sorted(
        page.index(sku) for sku in ("NEVER", "FEW", "PROMISED")
    )
    assert "PLENTY" not in page
    assert "PLENTY" in wei.get("/desk/stock?view=all").text
    assert "PLENTY" in wei.get("/desk/stock?q=plenty").text
    assert "No item found" in wei.get("/desk/stock?q=nothing").text
    assert plenty


def test_an_empty_house_says_that_nothing_runs_low(wei: FlaskClient) -> None:
    assert "Nothing runs low" in wei.get("/desk/stock").text


def test_wei_receives_goods_once_however_often_the_form_is_sent(
    wei: FlaskClient, database: Database, shelved: Shelve
) -> None:
    umbrella = shelved(5)
    page = wei.get(f"/desk/stock/{umbrella}").text
    key = re.search(r'name="receive-request_key" value="([^"]+)"', page)
    assert key is not None
    form = {"receive-quantity": "1,200", "receive-reason": "note 17", "receive-request_key": key[1]}
    for _ in range(3):
        answer = wei.post(f"/desk/stock/{umbrella}/receive", data=form, follow_redirects=True)
        assert "There are now 1,205 on the shelf" in answer.text
    assert level(database, umbrella) == Level(on_hand=1205)
    assert wei.post(f"/desk/stock/{umbrella}/receive", data=form | {"receive-quantity": "7"}).status_code == 422
    assert "note 17" in wei.get(f"/desk/stock/{umbrella}").text


def test_wei_corrects_a_count_and_says_why(wei: FlaskClient, database: Database, shelved: Shelve) -> None:
    umbrella = shelved(5)
    form = {"count-counted": "4", "count-reason": "one was wet", "count-seen": "5"}
    wei.post(f"/desk/stock/{umbrella}/correct", data=form)
    assert level(database, umbrella) == Level(on_hand=4)
    stale = wei.post(f"/desk/stock/{umbrella}/correct", data=form)
    assert stale.status_code == 422
    assert "it now says 4" in stale.text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"count-counted": "3", "count-seen": "5"}, "Write why"),
        ({"count-counted": "", "count-reason": "x", "count-seen": "5"}, "Write how many you counted"),
        ({"count-counted": "many", "count-reason": "x", "count-seen": "5"}, "Write a whole number"),
        ({"count-counted": "-1", "count-reason": "x", "count-seen": "5"}, "cannot be fewer"),
        ({"count-counted": "3", "count-reason": "x", "count-seen": "?"}, "has moved"),
        ({"count-counted": "999999999", "count-reason": "x", "count-seen": "5"}, "more than we can keep"),
    ],
)
def test_a_wrong_count_is_told_at_its_field(wei: FlaskClient, shelved: Shelve, form: dict[str, str], said: str) -> None:
    answer = wei.post(f"/desk/stock/{shelved(5)}/correct", data=form)
    assert answer.status_code == 422
    assert said in answer.text


def test_the_stock_of_an_item_that_does_not_exist_is_missing(wei: FlaskClient) -> None:
    assert wei.get("/desk/stock/999").status_code == 404
    assert wei.post("/desk/stock/999/receive", data={"receive-quantity": "1"}).status_code == 404
