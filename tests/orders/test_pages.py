"""Drawing up and placing an order on its pages, as a buyer without JavaScript does."""

from __future__ import annotations

import io
import re

import pytest
from flask.testing import FlaskClient

from giftshop import catalogue, orders
from giftshop.cards import Unredeemed
from giftshop.db import Database
from giftshop.demo.nominations import nominations_file
from giftshop.orders import OrderState
from tests.orders.conftest import draft
from tests.people import People, sign_in
from tests.redemption.conftest import hidden_fields

CARD = {
    "card_locale": "zh_Hans",
    "headline": "中秋快乐",
    "greeting": "感谢您对我们的支持",
    "sender_name": "联动",
    "contact_line": "020-0000 0000",
    "valid_until": "2027-07-31",
}
DELIVERY = {
    "address-country": "CN",
    "address-shown_for": "CN",
    "address-name": "陈婉仪",
    "address-phone": "13800138000",
    "address-region": "广东省",
    "address-city": "广州市",
    "address-district": "天河区",
    "address-street": "体育西路123号",
    "invoice_title": "联动科技有限公司",
    "tax_number": "91440101MA5DEMO00X",
}


@pytest.fixture
def buyer(client: FlaskClient, people: People) -> FlaskClient:
    sign_in(client, people.lantern.buyer)
    return client


def begin(buyer: FlaskClient, edition: catalogue.Edition, **typed: str) -> str:
    """Start a draft on its page; returns its number."""
    fields = {"edition": str(edition.id), "mode": "list", "request_key": "begin"} | typed
    location = buyer.post("/orders/new", data=fields).headers["Location"]
    found = re.search(r"/orders/(O-[\d-]+)/", location)
    assert found, location
    return found[1]


def upload(buyer: FlaskClient, number: str, content: bytes, name: str = "名单.csv") -> str:
    answer = buyer.post(
        f"/orders/{number}/recipients", data={"file": (io.BytesIO(content), name)}, follow_redirects=True
    )
    return answer.text


def test_the_campaigns_file_becomes_an_order_that_waits_for_approval(
    buyer: FlaskClient, people: People, edition: catalogue.Edition, database: Database
) -> None:
    number = begin(buyer, edition)
    assert "390 people" in upload(buyer, number, nominations_file("gbk"))
    buyer.post(f"/orders/{number}/recipients/accept")
    assert buyer.post(f"/orders/{number}/brand", data=CARD).headers["Location"].endswith("/delivery")
    assert buyer.post(f"/orders/{number}/delivery", data=DELIVERY).headers["Location"].endswith("/review")
    review = buyer.get(f"/orders/{number}/review").text
    assert "CN¥79,170.00" in review
    placing = hidden_fields(review)
    assert [buyer.post(f"/orders/{number}/review", data=placing).status_code for _ in range(2)] == [302, 302]
    with database.reading() as reader:
        order = orders.order_of(reader, number, people.lantern.id)
        assert (order.state, order.quantity) == (OrderState.AWAITING_APPROVAL, 390)


def test_a_list_with_a_fault_is_answered_row_by_row_and_nothing_is_kept(
    buyer: FlaskClient, edition: catalogue.Edition
) -> None:
    number = begin(buyer, edition)
    page = upload(buyer, number, "客户姓名,联系电话\n王小明,13800138000\n<b>李</b>,12\n".encode("gbk"))
    assert "1 place in this file needs your attention" in page
    assert "<b>李</b>" not in page
    assert "data:text/csv;base64," in page
    assert "Is this your list?" not in buyer.get(f"/orders/{number}/recipients").text


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, b"PK\x03\x04broken"])
def test_a_file_of_another_kind_is_refused_at_its_field(
    buyer: FlaskClient, edition: catalogue.Edition, content: bytes
) -> None:
    number = begin(buyer, edition)
    answer = buyer.post(f"/orders/{number}/recipients", data={"file": (io.BytesIO(content), "list.csv")})
    assert answer.status_code == 422
    assert 'href="#file"' in answer.text


def test_what_was_typed_about_the_card_is_kept_when_a_field_is_refused(
    buyer: FlaskClient, edition: catalogue.Edition
) -> None:
    number = begin(buyer, edition)
    answer = buyer.post(f"/orders/{number}/brand", data=CARD | {"valid_until": "soon", "sender_name": "联动 & Söhne"})
    assert answer.status_code == 422
    assert "联动 &amp; Söhne" in answer.text
    assert "<title>Error:" in answer.text


def test_what_becomes_of_what_nobody_redeems_is_chosen_with_the_card(
    buyer: FlaskClient, edition: catalogue.Edition, people: People, database: Database
) -> None:
    number = begin(buyer, edition)
    with database.reading() as reader:
        tea = catalogue.items_of(reader, edition.id)[0].id
    chosen = {"unredeemed": "donate", "fallback": str(tea)}
    assert buyer.post(f"/orders/{number}/brand", data=CARD | chosen).status_code == 302
    assert "is given to charity in your name" in buyer.get(f"/orders/{number}/review").text
    with database.reading() as reader:
        order = orders.order_of(reader, number, people.lantern.id)
    assert (order.unredeemed, order.fallback_item_id) == (Unredeemed.DONATE, tea)
    assert f'<option selected value="{tea}">' in buyer.get(f"/orders/{number}/brand").text
    for nonsense in ({"unredeemed": "burn"}, {"unredeemed": "donate", "fallback": "987654321"}):
        buyer.post(f"/orders/{number}/brand", data=CARD | nonsense)
        with database.reading() as reader:
            assert orders.order_of(reader, number, people.lantern.id).fallback_item_id in {None, tea}


def test_a_draft_saves_itself_while_it_is_typed(
    buyer: FlaskClient, edition: catalogue.Edition, people: People, database: Database
) -> None:
    number = begin(buyer, edition)
    assert buyer.post(f"/orders/{number}/brand/autosave", data=CARD | {"valid_until": ""}).status_code == 204
    with database.reading() as reader:
        assert orders.order_of(reader, number, people.lantern.id).headline == "中秋快乐"


@pytest.mark.parametrize("paper", ["proof.pdf", "quotation.pdf"])
def test_a_draft_can_be_printed_in_either_language_at_any_time(
    buyer: FlaskClient, edition: catalogue.Edition, paper: str
) -> None:
    number = begin(buyer, edition)
    for language in ("en", "zh_Hans"):
        assert buyer.get(f"/orders/{number}/{paper}?lang={language}").data.startswith(b"%PDF")


def test_words_that_no_font_has_are_refused_in_words(buyer: FlaskClient, edition: catalogue.Edition) -> None:
    number = begin(buyer, edition)
    buyer.post(f"/orders/{number}/brand", data=CARD | {"greeting": "恭喜 \U0001f389"})
    answer = buyer.get(f"/orders/{number}/proof.pdf")
    assert answer.status_code == 409
    assert "cannot be printed" in answer.text


@pytest.mark.parametrize(
    "page",
    ["", "/choose", "/recipients", "/brand", "/delivery", "/review", "/proof.pdf", "/proof.png", "/quotation.pdf"],
)
def test_another_firms_buyer_finds_nothing(
    client: FlaskClient, people: People, edition: catalogue.Edition, database: Database, page: str
) -> None:
    order_id = database.transact(draft, people, edition.id)
    with database.reading() as reader:
        number = orders.order_by_id(reader, order_id).number
    sign_in(client, people.harbour.buyer)
    answer = client.get(f"/orders/{number}{page}")
    assert answer.status_code == 404
    assert "联动" not in answer.text


def test_a_placed_orders_steps_are_closed_and_say_so(
    buyer: FlaskClient, people: People, edition: catalogue.Edition, database: Database
) -> None:
    order_id = database.transact(draft, people, edition.id)
    with database.reading() as reader:
        number = orders.order_by_id(reader, order_id).number
    placing = hidden_fields(buyer.get(f"/orders/{number}/review").text)
    assert buyer.post(f"/orders/{number}/review", data=placing).status_code == 302
    answer = buyer.post(f"/orders/{number}/brand", data=CARD)
    assert answer.status_code == 409
    assert "was already placed" in answer.text
    assert "T-" in buyer.get(f"/orders/{number}").text
