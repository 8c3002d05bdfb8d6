"""The site's lists: a heading sorts, a field narrows, a file holds what the list does and nothing of other firms."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from giftshop import orders, tabular
from giftshop.audit import AuditEvent
from giftshop.db import Database, Transaction
from giftshop.kernel import clock
from giftshop.orders.models import Order
from giftshop.payments.models import Payment
from giftshop.payments.rules import PaymentMethod
from tests.people import People, Somebody, sign_in

LISTS = {
    "/orders": "lantern.buyer",
    "/programmes": "lantern.buyer",
    "/papers": "lantern.finance",
    "/desk/orders": "staff.sales",
    "/desk/papers": "staff.sales",
    "/desk/payments": "staff.finance",
    "/desk/top-ups": "staff.finance",
    "/desk/extensions": "staff.finance",
    "/desk/items": "staff.sales",
    "/desk/stock": "staff.sales",
    "/desk/stock?view=all": "staff.sales",
    "/desk/print-runs": "staff.production",
    "/desk/print-runs?view=done": "staff.production",
    "/desk/messages": "staff.hotline",
    "/desk/cards": "staff.hotline",
    "/desk/firms": "staff.administrator",
    "/desk/people": "staff.administrator",
    "/firm/people": "lantern.administrator",
    "/desk/alarms": "staff.administrator",
    "/desk/alarms?state=closed": "staff.administrator",
    "/desk/hotline": "staff.administrator",
    "/campaigns": "lantern.planning",
    "/desk/suppliers": "staff.sales",
    "/desk/editions": "staff.sales",
    "/dispatch/manifests": "staff.fulfilment",
    "/desk/proofs": "staff.sales",
    "/desk/proofs?view=all": "staff.sales",
    "/desk/decorations": "staff.production",
    "/desk/decorations?view=done": "staff.production",
}
"""Every list, and somebody who may read it."""


def _who(people: People, name: str) -> Somebody:
    found: object = people
    for part in name.split("."):
        found = getattr(found, part)
    assert isinstance(found, Somebody)
    return found


def _at(path: str, **said: str) -> tuple[str, dict[str, str]]:
    bare, _, view = path.partition("?")
    return bare, {**dict(pair.split("=") for pair in view.split("&") if pair), **said}


def _orders(tx: Transaction, people: People) -> None:
    """Three of Lantern at different totals, one of the other firm."""
    for firm, headline, total in (
        (people.lantern, "=Spring", 300),
        (people.lantern, "Autumn", 100),
        (people.lantern, "Winter", 200),
        (people.harbour, "Secret", 900),
    ):
        made = Order(
            firm_id=firm.id,
            buyer_id=firm.buyer.id,
            state=orders.OrderState.AWAITING_PAYMENT,
            kind="shopping_card",
            face_minor=10_000,
            quantity=total,
            headline=headline,
            card_locale="en",
            design="plain",
            currency="CNY",
            total_minor=total * 100,
            created_at=clock.now() - timedelta(days=2),
            placed_at=clock.now() - timedelta(days=total // 100),
        )
        tx.add(made)


def _column(page: str, label: str) -> list[str]:
    """What stands in a column of the page's table."""
    cells = re.findall(rf'<td data-label="{label}"[^>]*><span>(.*?)</span></td>', page, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in cells]


@pytest.mark.parametrize("path", LISTS)
def test_every_list_shrugs_at_nonsense_and_can_be_had_as_a_file(client: FlaskClient, people: People, path: str) -> None:
    sign_in(client, _who(people, LISTS[path]))
    for said in ("-" * 500, str(2**63), "../../x", "WyIxIiw5OTk5OTk5OTk5OTk5OTk5OTk5OV0", "W10", "é" * 200, "%", "'"):
        keys = (
            "sort",
            "after",
            "q",
            "state",
            "firm",
            "by",
            "as",
            "placed_from",
            "until_to",
            "since_from",
            "kind",
            "role",
            "of",
        )
        bare, query = _at(path, **dict.fromkeys(keys, said))
        assert client.get(bare, query_string=query).status_code in (200, 302), said
    for kind, mark in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
        bare, query = _at(path, **{"as": kind})
        file = client.get(bare, query_string=query)
        assert file.status_code == 200
        assert file.data.startswith(mark)
        assert re.search(rf"filename=[a-z-]+-\d{{4}}-\d\d-\d\d\.{kind}$", file.headers["Content-Disposition"])


@pytest.mark.parametrize("path", LISTS)
def test_every_heading_that_sorts_does_so_both_ways(
    client: FlaskClient, database: Database, people: People, path: str
) -> None:
    database.transact(_orders, people)
    sign_in(client, _who(people, LISTS[path]))
    bare, query = _at(path)
    page = client.get(bare, query_string=query).text
    for link in set(re.findall(r'<a class="sort" href="([^"]+)"', page)):
        sorted_page = client.get(link.replace("&amp;", "&"))
        assert sorted_page.status_code == 200
        (way,) = re.findall(r'aria-sort="(\w+)"', sorted_page.text)
        (back,) = re.findall(r'aria-sort="\w+"\s*><a class="sort" href="([^"]+)"', sorted_page.text)
        assert re.findall(r'aria-sort="(\w+)"', client.get(back.replace("&amp;", "&")).text) != [way]


def test_a_firms_orders_sort_narrow_and_leave_as_the_same_file(
    client: FlaskClient, database: Database, people: People
) -> None:
    database.transact(_orders, people)
    sign_in(client, people.lantern.buyer)
    assert _column(client.get("/orders?sort=total").text, "Pieces") == ["100", "200", "300"]
    assert _column(client.get("/orders?sort=-total").text, "Pieces") == ["300", "200", "100"]
    narrowed = client.get("/orders?q=aut").text
    assert _column(narrowed, "Pieces") == ["100"]
    assert "listing-chip" in narrowed
    day = clock.local_day(clock.now() - timedelta(days=2), "Asia/Shanghai").isoformat()
    assert _column(client.get(f"/orders?placed_from={day}&sort=total").text, "Pieces") == ["100", "200"]
    rows = list(csv.reader(io.StringIO(client.get("/orders?sort=total&as=csv").data.decode("utf-8-sig"))))
    assert [row[2] for row in rows[1:]] == ["100", "200", "300"]
    assert "900" not in str(rows), "another firm's order"
    book = client.get("/orders?sort=total&as=xlsx").data
    table = tabular.read_table(book, [tabular.Column("pieces", (rows[0][2],)), tabular.Column("number", (rows[0][0],))])
    assert [row["pieces"] for row in table.rows] == ["100", "200", "300"]
    assert client.get("/orders?firm=2&sort=total&as=csv").data.count(b"\n") == 4, "there is no such field for a firm"


def test_staff_narrow_orders_to_a_firm(client: FlaskClient, database: Database, people: People) -> None:
    database.transact(_orders, people)
    sign_in(client, people.staff.sales)
    assert _column(client.get("/desk/orders?sort=-total").text, "Pieces") == ["900", "300", "200", "100"]
    assert _column(client.get(f"/desk/orders?firm={people.harbour.id}").text, "Pieces") == ["900"]


def test_who_takes_a_copy_of_names_is_written_down_and_names_stay_text(
    client: FlaskClient, database: Database, people: People
) -> None:
    def owe(tx: Transaction) -> None:
        facts = {"payable_kind": "order", "about": "O-1", "method": PaymentMethod.TRANSFER, "currency": "CNY"}
        tx.add(Payment(payable_id=1, payer="=1+1", amount_minor=5, created_at=clock.now(), **facts))

    database.transact(owe)
    sign_in(client, people.staff.finance)
    file = client.get("/desk/payments?as=csv&q=1%2B1")
    assert "'=1+1" in file.text
    table = tabular.read_table(
        client.get("/desk/payments?as=xlsx").data,
        [tabular.Column("payer", ("From",)), tabular.Column("r", ("Reference",))],
    )
    assert [row["payer"] for row in table.rows] == ["=1+1"]
    with database.reading() as reader:
        events = reader.scalars(select(AuditEvent).where(AuditEvent.action == "listing.export")).all()
    assert [(event.subject_kind, event.actor_id, event.facts["narrowed_by"]) for event in events] == [
        ("list.payments", people.staff.finance.id, "q"),
        ("list.payments", people.staff.finance.id, ""),
    ]


def test_a_firms_people_narrow_to_a_role_and_leave_without_those_of_others(
    client: FlaskClient, database: Database, people: People
) -> None:
    sign_in(client, people.lantern.administrator)
    rows = list(csv.reader(io.StringIO(client.get("/firm/people?role=buyer&as=csv").data.decode("utf-8-sig"))))
    buyers = [row for row in rows[1:] if people.lantern.buyer.email in row]
    assert len(buyers) == 1
    assert all("Buyer" in row[2] for row in rows[1:])
    every = client.get("/firm/people?sort=-email&as=csv").data.decode("utf-8-sig")
    assert people.harbour.buyer.email not in every
    emails = [row[1] for row in csv.reader(io.StringIO(every))][1:]
    assert emails == sorted(emails, reverse=True)
    assert people.lantern.buyer.email in client.get(f"/firm/people?q={people.lantern.buyer.email[:6].upper()}").text
    assert "Nothing in this list matches" in client.get("/firm/people?q=%25").text
