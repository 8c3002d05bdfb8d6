"""Lin keeps those who send goods themselves, and says of each item who sends it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from giftshop.catalogue import (
    NoSuchSupplier,
    SupplierFacts,
    add_supplier,
    all_suppliers,
    draw_up_item,
    item,
    items_by_sku,
    offer_item,
    supplier_by_code,
    withdraw_item,
)
from giftshop.catalogue.errors import (
    NameMissing,
    NotASupplierCode,
    SupplierCodeTaken,
    SupplierInUse,
    SupplierNotChosen,
)
from giftshop.catalogue.importing import import_items, upload_items
from giftshop.catalogue.service import change_item
from giftshop.catalogue.suppliers import change_supplier
from giftshop.db import Database
from giftshop.kernel import clock
from tests.catalogue.conftest import LIN, tea
from tests.people import People, sign_in

GROWERS = SupplierFacts("GANNAN", {"en": "Gannan Orchards", "zh_Hans": "赣南果园"}, "Liu, 0797 555 0134")


@pytest.fixture
def growers(database: Database) -> int:
    return database.transact(add_supplier, GROWERS, by=LIN, at=clock.now()).id


def test_a_supplier_is_kept_under_a_code_of_their_own(database: Database, growers: int) -> None:
    typed = replace(GROWERS, code=" ｇannan-2 ")
    assert database.transact(add_supplier, typed, by=LIN, at=clock.now()).code == "GANNAN-2"
    for facts, refusal in (
        (GROWERS, SupplierCodeTaken),
        (replace(GROWERS, code="赣"), NotASupplierCode),
        (replace(GROWERS, code="X-9", names={"en": " "}), NameMissing),
    ):
        with pytest.raises(refusal):
            database.transact(add_supplier, facts, by=LIN, at=clock.now())
    with pytest.raises(NoSuchSupplier):
        database.transact(change_supplier, 9999, GROWERS, by=LIN, at=clock.now())


def test_a_supplier_whose_goods_are_on_offer_stays_in_use(
    database: Database, growers: int, offered: Callable[..., int]
) -> None:
    fruit = offered("FRU-5", supplier_id=growers)
    retired = replace(GROWERS, is_active=False)
    with pytest.raises(SupplierInUse):
        database.transact(change_supplier, growers, retired, by=LIN, at=clock.now())
    database.transact(withdraw_item, fruit, by=LIN, at=clock.now())
    database.transact(change_supplier, growers, retired, by=LIN, at=clock.now())
    with database.reading() as reader:
        assert all_suppliers(reader) == []
        assert supplier_by_code(reader, "gannan").is_active is False
    with pytest.raises(SupplierNotChosen):
        database.transact(offer_item, fruit, by=LIN, at=clock.now())


def test_an_item_is_given_to_a_supplier_in_use_only(database: Database, growers: int) -> None:
    for nobody in (0, 9999):
        with pytest.raises(SupplierNotChosen):
            database.transact(draw_up_item, tea("FRU-5", supplier_id=nobody), by=LIN, at=clock.now())
    fruit = database.transact(draw_up_item, tea("FRU-5", supplier_id=growers), by=LIN, at=clock.now())
    retired = replace(GROWERS, is_active=False)
    database.transact(change_supplier, growers, retired, by=LIN, at=clock.now())
    facts = tea("FRU-5", supplier_id=growers)
    database.transact(change_item, fruit.id, facts, by=LIN, at=clock.now())
    database.transact(change_item, fruit.id, replace(facts, supplier_id=None), by=LIN, at=clock.now())
    with pytest.raises(SupplierNotChosen):
        database.transact(change_item, fruit.id, facts, by=LIN, at=clock.now())


def test_an_imported_list_leaves_the_supplier_as_it_is(
    database: Database, growers: int, offered: Callable[..., int]
) -> None:
    offered("FRU-5", supplier_id=growers)
    file_id = database.transact(upload_items, "list.csv", b"SKU,Price\nFRU-5,99.00\n", by=LIN, at=clock.now())
    assert database.transact(import_items, file_id, currency="CNY", by=LIN, at=clock.now()) == (0, 1)
    with database.reading() as reader:
        found = items_by_sku(reader, ["FRU-5"])["FRU-5"]
        assert (found.price_minor, found.supplier_id) == (9900, growers)


def test_lin_writes_a_supplier_down_and_chooses_it_on_an_items_page(
    client: FlaskClient, database: Database, people: People, offered: Callable[..., int]
) -> None:
    sign_in(client, people.staff.sales)
    fields = {"code": "gannan", "name_en": "Gannan Orchards", "name_zh_Hans": "赣南果园", "is_active": "y"}
    wrong = client.post("/desk/suppliers/new", data=fields | {"email": "nobody"})
    assert wrong.status_code == 422
    assert "Write an e-mail address." in wrong.text
    kept = client.post("/desk/suppliers/new", data=fields | {"email": "liu@gannan.example"}, follow_redirects=True)
    assert "liu@gannan.example" in kept.text
    with database.reading() as reader:
        growers = supplier_by_code(reader, "GANNAN").id
    fruit = offered("FRU-5")
    form = {
        "sku": "FRU-5",
        "name_en": "Fruit",
        "name_zh_Hans": "鲜果",
        "description_en": "Fresh.",
        "description_zh_Hans": "新鲜。",
        "price": "188",
        "picture": "fruit-box",
    }
    assert "Gannan Orchards (GANNAN)" in client.get(f"/desk/items/{fruit}").text
    assert client.post(f"/desk/items/{fruit}", data=form | {"supplier": "x"}).status_code == 422
    assert client.post(f"/desk/items/{fruit}", data=form | {"supplier": str(growers)}).status_code == 302
    with database.reading() as reader:
        assert item(reader, fruit).supplier_id == growers
    refused = client.post("/desk/suppliers/gannan", data={key: fields[key] for key in ("code", "name_en")})
    assert refused.status_code == 422
    assert "1 of their items are on offer" in refused.text


def test_a_supplier_switched_off_is_taken_into_use_again_with_one_button(
    client: FlaskClient, database: Database, people: People, growers: int
) -> None:
    sign_in(client, people.staff.sales)
    fields = {"code": "GANNAN", "name_en": "Gannan Orchards", "name_zh_Hans": "赣南果园"}
    shown = client.post("/desk/suppliers/gannan", data=fields, follow_redirects=True).text
    assert "Gannan Orchards is not used any more." in shown
    with database.reading() as reader:
        assert all_suppliers(reader) == []
    token = html.unescape(re.findall(r'name="token" value="([^"]+)"', shown)[0])
    assert "It is in use again." in client.post("/undo", data={"token": token}, follow_redirects=True).text
    with database.reading() as reader:
        assert [each.id for each in all_suppliers(reader)] == [growers]
    again = client.post("/desk/suppliers/gannan", data=fields | {"is_active": "y"}, follow_redirects=True).text
    assert 'name="token"' not in again
    assert client.post("/desk/suppliers/gannan", data=fields | {"contact": "Liu"}).status_code == 302
    assert client.get("/desk/suppliers/nobody").status_code == 404
