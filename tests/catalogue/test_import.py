"""Importing a list of items: looked at first, then whole or not at all; twice adds nothing."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from giftshop.catalogue import Item, ItemState, items_by_sku
from giftshop.catalogue.errors import FileFlawed, FileGone
from giftshop.catalogue.importing import difference, import_items, upload_items
from giftshop.catalogue.listing import read_listing
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.money import Money
from tests.catalogue.conftest import LIN
from tests.people import People, sign_in

RETAIL = next(
    (path for above in Path(__file__).parents if (path := above / "shared/data/retail/catalogue.csv").exists()), None
)
Make = Callable[..., int]
NOW = clock.now()
LIST = """货号,名称,English name,价格（元）,重量（克）,标签
tea-7,西湖龙井,West Lake Longjing,"1,168.50",420,茶、食品
PEN-7,钢笔,,￥98,,
"""


def bring(database: Database, raw: bytes) -> tuple[int, int]:
    file_id = database.transact(upload_items, "list.csv", raw, by=LIN, at=NOW)
    return database.transact(import_items, file_id, currency="CNY", by=LIN, at=NOW)


def all_items(database: Database) -> dict[str, Item]:
    with database.reading() as reader:
        return items_by_sku(reader, reader.scalars(select(Item.sku)).all())


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_list_becomes_drafts(database: Database, encoding: str) -> None:
    assert bring(database, LIST.encode(encoding)) == (2, 0)
    items = all_items(database)
    tea, pen = items["TEA-7"], items["PEN-7"]
    assert tea.names == {"en": "West Lake Longjing", "zh_Hans": "西湖龙井"}
    assert (tea.price, tea.weight_g, tea.tags, tea.state) == (
        Money(116850, "CNY"),
        420,
        ["茶", "食品"],
        ItemState.DRAFT,
    )
    assert (pen.names, pen.price_minor, pen.weight_g) == ({"zh_Hans": "钢笔"}, 9800, 0)


def test_the_same_list_twice_adds_nothing(database: Database) -> None:
    bring(database, LIST.encode())
    assert bring(database, LIST.encode()) == (0, 0)
    assert len(all_items(database)) == 2


def test_a_later_list_changes_what_it_says_and_leaves_the_rest(database: Database, offered: Make) -> None:
    offered("TEA-1")
    assert bring(database, b"SKU,Price\nTEA-1,199\n") == (0, 1)
    tea = all_items(database)["TEA-1"]
    assert (tea.price_minor, tea.names["zh_Hans"], tea.picture, tea.state) == (
        19900,
        "西湖龙井",
        "longjing-tea",
        ItemState.ON_OFFER,
    )


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ("a b,Tea,1,,", "SKU", "A SKU has"),
        (",Tea,1,,", "SKU", "A SKU has"),
        ("A,Tea,,,", "Price", "Write an amount above zero"),
        ("A,Tea,free,,", "Price", "Write an amount above zero"),
        ("A,Tea,-1,,", "Price", "Write an amount above zero"),
        ("A,Tea,1.005,,", "Price", "Write an amount above zero"),
        ("A,Tea,1e999,,", "Price", "Write an amount above zero"),
        ("A,Tea,NaN,,", "Price", "Write an amount above zero"),
        ("A,Tea,1,heavy,", "Weight", "whole number between 0 and 1000000"),
        ("A,Tea,1,9999999999,", "Weight", "whole number between 0 and 1000000"),
        (f"A,{'x' * 121},1,,", "Name", "at most 120"),
        ("A,Tea,1,,BTC", "Currency", "three letters"),
        ("A,Tea,1,,元", "Currency", "three letters"),
        ("A,,1,,", "Name / 名称", "at least one language"),
        ("OK,Tea,1,,", "SKU", "Row 2 has the same SKU"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_of_its_list_is_imported(
    database: Database, cells: str, column: str, reason: str
) -> None:
    raw = f"SKU,Name,Price,Weight,Currency\nOK,Pen,1,,\n{cells}\n".encode()
    with database.reading() as reader:
        flaws = difference(reader, raw, currency="CNY").listing.flaws
    assert [(flaw.row, flaw.column) for flaw, _ in flaws] == [(3, column)]
    assert reason in str(flaws[0][0].reason)
    with pytest.raises(FileFlawed):
        bring(database, raw)
    assert all_items(database) == {}


def test_every_flaw_of_a_row_is_told_at_once() -> None:
    listing = read_listing(b"SKU,Name,Price,Weight\n?,Tea,free,heavy\n", currency="CNY")
    assert [flaw.column for flaw, _ in listing.flaws] == ["SKU", "Price", "Weight"]
    assert [text for _, text in listing.flaws] == ["?", "free", "heavy"]


def test_a_list_is_imported_once_by_whoever_uploaded_it_within_a_day(database: Database, people: People) -> None:
    mine = database.transact(upload_items, "a.csv", LIST.encode(), by=people.staff.sales.actor, at=NOW)
    with pytest.raises(FileGone):
        database.transact(import_items, mine, currency="CNY", by=people.staff.administrator.actor, at=NOW)
    database.transact(import_items, mine, currency="CNY", by=people.staff.sales.actor, at=NOW)
    with pytest.raises(FileGone):
        database.transact(import_items, mine, currency="CNY", by=people.staff.sales.actor, at=NOW)
    old = database.transact(upload_items, "b.csv", LIST.encode(), by=LIN, at=NOW)
    database.transact(upload_items, "c.csv", LIST.encode(), by=LIN, at=NOW + timedelta(days=2))
    with pytest.raises(FileGone):
        database.transact(import_items, old, currency="CNY", by=LIN, at=NOW)


def test_in_the_browser_lin_looks_mends_and_imports(client: FlaskClient, people: People, database: Database) -> None:
    sign_in(client, people.staff.sales)

    def upload(raw: bytes) -> str:
        answer = client.post("/desk/items/import", data={"file": (io.BytesIO(raw), "list.csv")})
        assert answer.status_code == 302, answer.text
        return answer.location

    location = upload(LIST.replace("￥98", "free").encode("gbk"))
    wrong = client.get(location).text
    assert "价格（元）" in client.get(f"{location}/flaws.csv").data.decode("utf-8-sig")
    for words in ("Nothing will be imported yet", "价格（元）", "free", "<span>3</span>"):
        assert words in wrong
    right = upload(LIST.encode("gbk"))
    assert "The first rows" in client.get(right).text
    assert all_items(database) == {}
    assert "2 new items" in client.post(f"{right}/accept", follow_redirects=True).text
    assert "imported already" in client.post(f"{right}/accept", follow_redirects=True).text
    again = upload(LIST.encode())
    assert "in the catalogue already" in client.get(again).text
    client.post(f"{again}/drop")
    assert client.get(again).status_code == 302


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\x89PNG\r\n\x1a\n", "not a table"),
        (b"", "not a table"),
        (b"a,b\n1,2\n", "These columns are missing"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old .xls"),
        (b"PK\x03\x04 no zip", "damaged"),
    ],
)
def test_a_file_of_another_kind_is_told_at_the_field(
    client: FlaskClient, people: People, raw: bytes, said: str
) -> None:
    sign_in(client, people.staff.sales)
    answer = client.post("/desk/items/import", data={"file": (io.BytesIO(raw), "x.xlsx")})
    assert answer.status_code == 422
    assert said in answer.text
    assert client.post("/desk/items/import", data={}).status_code == 422


def test_the_empty_table_can_be_filled_and_imported(client: FlaskClient, people: People) -> None:
    sign_in(client, people.staff.sales)
    for language in ("en", "zh_Hans"):
        raw = client.get(f"/desk/items/import/template.csv?lang={language}").data
        cells = dict.fromkeys(next(csv.reader(io.StringIO(raw.decode("utf-8-sig")))), "1")
        row = ",".join(
            "Tea" if "name" in key.lower() or "名" in key else "CNY" if key in {"Currency", "币种"} else "1"
            for key in cells
        )
        listing = read_listing(raw + row.encode(), currency="CNY")
        assert (len(listing.items), listing.flaws, listing.unused) == (1, [], ())


def test_a_real_catalogue_of_four_thousand_gifts_is_told_its_flaws_and_imported_without_them(
    database: Database,
) -> None:
    if RETAIL is None:
        pytest.skip("the retailer's catalogue (shared/data/retail/catalogue.csv) is not beside this checkout")
    raw = RETAIL.read_bytes().replace(b"unit_price_gbp", b"price", 1)
    with database.reading() as reader:
        told = difference(reader, raw, currency="GBP")
    reasons = Counter(type(flaw.reason).__name__ for flaw, _ in told.listing.flaws)
    assert reasons == {"NotAPrice": 166, "SkuTwice": 110, "NotASku": 1}, (
        "prices of 0, and SKUs that differ in case only"
    )
    flawed = {flaw.row for flaw, _ in told.listing.flaws}
    lines = raw.splitlines(keepends=True)
    sound = b"".join(line for number, line in enumerate(lines, start=1) if number not in flawed)
    assert bring(database, sound) == (len(lines) - 1 - len(flawed), 0)
    assert bring(database, sound) == (0, 0)
