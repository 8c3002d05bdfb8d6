"""Another language in the middle of drawing up an order, without a script: what was typed is shown, nothing is kept."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from giftshop import catalogue
from giftshop.db import Database
from giftshop.orders.models import Order
from tests.orders.test_pages import CARD, DELIVERY, begin
from tests.people import People, sign_in
from tests.switching import TO_CHINESE, Switch


@pytest.fixture
def buyer(client: FlaskClient, people: People) -> FlaskClient:
    sign_in(client, people.lantern.buyer)
    return client


@pytest.mark.parametrize(
    ("path", "typed", "kept"),
    [
        ("/orders/new", {"mode": "number", "quantity": "9" * 40, "sent_as": "digital"}, ("9" * 40,)),
        ("/orders/new-cards", {"mode": "number", "face": "12.345", "holder": "named"}, ('value="12.345"',)),
    ],
)
def test_an_order_not_begun_yet_is_not_begun(
    buyer: FlaskClient,
    edition: catalogue.Edition,
    database: Database,
    path: str,
    typed: dict[str, str],
    kept: tuple[str, ...],
) -> None:
    address = Switch(buyer.get(path).text).address
    sent = typed | {"edition": str(edition.id), "request_key": "once"} | TO_CHINESE
    page = buyer.post(address, data=sent)
    assert page.status_code == 200
    assert '<html lang="zh-Hans">' in page.text
    assert all(each in page.text for each in kept)
    assert "field-error" not in page.text
    with database.reading() as reader:
        assert reader.scalar(select(func.count()).select_from(Order)) == 0


@pytest.mark.parametrize(
    ("step", "typed", "kept"),
    [
        ("choose", {"mode": "number", "quantity": "0"}, ('value="0"',)),
        ("brand", CARD | {"headline": "", "valid_until": "soon", "greeting": "好" * 300}, ('value="soon"', "好" * 300)),
        ("delivery", DELIVERY | {"address-phone": "12", "invoice_title": "联动"}, ('value="12"', 'value="联动"')),
    ],
)
def test_a_step_half_filled_is_shown_in_the_other_language_and_the_draft_stays_as_it_was(
    buyer: FlaskClient,
    edition: catalogue.Edition,
    database: Database,
    step: str,
    typed: dict[str, str],
    kept: tuple[str, ...],
) -> None:
    number = begin(buyer, edition)
    before = the_draft(database)
    address = Switch(buyer.get(f"/orders/{number}/{step}").text).address
    page = buyer.post(address, data=typed | TO_CHINESE)
    assert page.status_code == 200
    assert '<html lang="zh-Hans">' in page.text
    assert "<title>错误" not in page.text
    assert "field-error" not in page.text
    assert all(each in page.text for each in kept)
    assert the_draft(database) == before


def the_draft(database: Database) -> list[object]:
    """All that the one order says."""
    with database.reading() as reader:
        return list(reader.execute(select(Order.__table__)).one())
