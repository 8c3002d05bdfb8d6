"""The buyer's list of e-cards: it sorts, narrows and leaves as a file, and never shows more than its page."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from giftshop.audit import AuditEvent
from tests.ecards.conftest import HAN, LI, WANG, Sender
from tests.people import sign_in

FORMULA = {**HAN, "name": "=HYPERLINK(1)"}
NAMES = ("王小明", "李雷", "韩梅梅")


@pytest.fixture
def desk(chen: Sender) -> FlaskClient:
    """The buyer's browser."""
    client = chen.app.test_client()
    sign_in(client, chen.people.lantern.buyer)
    return client


def rows_of(client: FlaskClient, path: str, **said: str) -> list[dict[str, str]]:
    """Read the list as a file."""
    answer = client.get(path, query_string={**said, "as": "csv"})
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"q": "小明"}, ["王小明"]),
        ({"q": "HAN@lantern"}, ["韩梅梅"]),
        ({"q": "138 1234"}, ["李雷"]),
        ({"by": "text"}, ["李雷"]),
        ({"q": "nobody"}, []),
        ({"shown": "opened"}, ["王小明"]),
        ({"shown": "opened", "q": "lantern"}, ["王小明"]),
        ({"sort": "-opened"}, ["王小明", "韩梅梅", "李雷"]),
        ({"sort": "address"}, ["李雷", "韩梅梅", "王小明"]),
    ],
)
def test_it_is_narrowed_and_sorted(chen: Sender, desk: FlaskClient, said: dict[str, str], found: list[str]) -> None:
    programme_id = chen.sends([WANG, LI, HAN])
    chen.app.test_client().post(chen.links("wang@lantern.example")[0])
    path = f"/programmes/{programme_id}/ecards"
    assert [row["Recipient"] for row in rows_of(desk, path, **said)] == found
    page = desk.get(path, query_string=said).text
    places = [page.index(f"{name}</th>") for name in found]
    assert places == sorted(places)
    assert sum(page.count(f"{name}</th>") for name in NAMES) == len(found)
    assert ("Nothing in this list matches" in page) == (not found)


def test_one_is_found_by_its_number_and_a_view_keeps_what_was_searched(chen: Sender, desk: FlaskClient) -> None:
    path = f"/programmes/{chen.sends([WANG, LI])}/ecards"
    serial = rows_of(desk, path)[1]["Serial number"]
    assert [row["Recipient"] for row in rows_of(desk, path, q=serial)] == ["李雷"]
    kept = re.findall(r'href="[^"]*ecards\?([^"]*shown=sent[^"]*)"', desk.get(f"{path}?q=wang").text)
    assert kept
    assert all("q=wang" in each for each in kept)


def test_the_file_holds_what_the_page_shows_and_no_formula_link_or_code(chen: Sender, desk: FlaskClient) -> None:
    path = f"/programmes/{chen.sends([WANG, FORMULA])}/ecards"
    rows = rows_of(desk, path)
    assert [(row["Recipient"], row["Address"], row["Sent by"], row["State"]) for row in rows] == [
        ("王小明", "wang@lantern.example", "E-mail", "Sent, not opened"),
        ("'=HYPERLINK(1)", "han@lantern.example", "E-mail", "Sent, not opened"),
    ]
    written = desk.get(f"{path}?as=csv").text
    for address in ("wang@lantern.example", "han@lantern.example"):
        assert chen.links(address)[0].removeprefix("/e/") not in written
    with chen.database.reading() as reader:
        noted = reader.scalars(select(AuditEvent).where(AuditEvent.action == "listing.export")).all()
    assert len(noted) == 2
    other = chen.app.test_client()
    sign_in(other, chen.people.harbour.buyer)
    assert other.get(f"{path}?as=csv").status_code == 404
