"""A buyer orders e-cards on its pages: everybody on the list can be reached, and nothing of paper is paid for."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from giftshop import catalogue, orders
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.clock import local_day
from giftshop.orders import OrderState
from giftshop.orders.lists import ECARD_COLUMNS, read_people
from giftshop.orders.rules import LineKind, Tariff, lines_of
from giftshop.tabular import read_table
from tests.orders.conftest import edition
from tests.orders.test_pages import CARD, DELIVERY, begin, buyer, upload
from tests.people import People

__all__ = ["buyer", "edition"]

LIST = "姓名,邮箱,手机\n王小明,wang@lantern.example,\n李雷,,13812345678\n".encode()
INVOICE = {"invoice_title": DELIVERY["invoice_title"], "tax_number": DELIVERY["tax_number"]}


def read(text: str) -> list[tuple[int, str, str]]:
    """Which cell of which row is wrong, and why; empty when all is right."""
    found = read_people(read_table(text.encode(), ECARD_COLUMNS), is_digital=True)
    return [(flaw.row, flaw.column, type(flaw.reason).__name__) for flaw, _ in found.flaws]


def test_a_row_without_any_way_to_its_person_is_refused_with_its_number() -> None:
    assert read("姓名,邮箱,手机\n王小明,wang@lantern.example,\n李雷,,13812345678\n") == []
    assert read("姓名,邮箱,手机\n王小明,,\n李雷,li@,\n韩梅梅,,02083123456\n") == [
        (2, "邮箱", "ReachNeeded"),
        (3, "邮箱", "NoMailAddress"),
        (4, "手机", "ReachNeeded"),
    ]
    assert [why for _, _, why in read("姓名\n王小明\n")] == ["ReachNeeded"]


def test_two_people_of_one_name_with_addresses_of_their_own_are_two() -> None:
    assert read("姓名,邮箱\n王小明,a@lantern.example\n王小明,b@lantern.example\n") == []
    assert [why for _, _, why in read("姓名,邮箱\n王小明,a@lantern.example\n王小明,a@lantern.example\n")] == ["Doubled"]


def test_nothing_of_paper_is_paid_for(edition: catalogue.Edition) -> None:
    lines = lines_of(edition.tier, 3, has_logo=True, tariff=Tariff(), is_digital=True)
    assert [line.kind for line in lines] == [LineKind.BOOKS, LineKind.SENDING]
    assert orders.total_of(lines, "CNY") == edition.tier * 3


def test_from_the_choice_to_the_order_every_page_speaks_of_ecards(
    buyer: FlaskClient,
    people: People,
    edition: catalogue.Edition,
    database: Database,
) -> None:
    refused = buyer.post(
        "/orders/new", data={"edition": str(edition.id), "mode": "number", "quantity": "5", "sent_as": "digital"}
    )
    assert refused.status_code == 422
    assert "choose the people on a list" in refused.text
    number = begin(buyer, edition, sent_as="digital")
    assert "电子邮箱" in buyer.get(f"/orders/{number}/recipients").text
    assert "2 people" in upload(buyer, number, LIST)
    buyer.post(f"/orders/{number}/recipients/accept")
    last = local_day(clock.now(), "Asia/Shanghai") + timedelta(days=200)
    buyer.post(f"/orders/{number}/brand", data=CARD | {"valid_until": last.isoformat()})
    page = f"/orders/{number}/delivery"
    assert "address-street" not in buyer.get(page).text
    tomorrow = local_day(clock.now(), "Asia/Shanghai") + timedelta(days=1)
    for day, hour, zone in (
        ("", "9", "Asia/Shanghai"),
        ("2020-01-01", "9", "Asia/Shanghai"),
        (tomorrow.isoformat(), "9", "Nowhere"),
        ((last + timedelta(days=1)).isoformat(), "9", "Asia/Shanghai"),
    ):
        typed = {"when": "hour", "day": day, "hour": hour, "zone": zone}
        assert buyer.post(page, data=INVOICE | typed).status_code == 422, typed
    typed = {"when": "hour", "day": tomorrow.isoformat(), "hour": "9", "zone": "Europe/Berlin"}
    assert buyer.post(page, data=INVOICE | typed).headers["Location"].endswith("/review")
    review = buyer.get(f"/orders/{number}/review").text
    for words in ("Your e-card", "王小明", "Sending e-cards", "09:00, Europe/Berlin", "CN¥400.00"):
        assert words in review
    assert "proof.png" not in review
    assert buyer.get(f"/orders/{number}/proof.png").status_code == 409
    seen = re.search(r'name="seen_total_minor" value="(\d+)"', review)
    assert seen
    buyer.post(f"/orders/{number}/review", data={"seen_total_minor": seen[1], "request_key": "place"})
    assert "E-cards go out" in buyer.get(f"/orders/{number}").text
    assert buyer.get(f"/orders/{number}/quotation.pdf").data.startswith(b"%PDF")
    with database.reading() as reader:
        order = orders.order_of(reader, number, people.lantern.id)
        assert (order.state, order.quantity, order.receiver) == (OrderState.AWAITING_PAYMENT, 2, None)


@pytest.mark.parametrize("phone", ["02083123456"])
def test_a_list_for_printed_cards_is_asked_for_again_when_ecards_are_chosen_after_all(
    buyer: FlaskClient,
    edition: catalogue.Edition,
    phone: str,
) -> None:
    number = begin(buyer, edition)
    upload(buyer, number, f"姓名,手机\n王小明,{phone}\n".encode())
    buyer.post(f"/orders/{number}/recipients/accept")
    buyer.post(f"/orders/{number}/choose", data={"edition": str(edition.id), "mode": "list", "sent_as": "digital"})
    assert "everybody on the list needs an e-mail address or a mobile" in buyer.get(f"/orders/{number}/review").text
