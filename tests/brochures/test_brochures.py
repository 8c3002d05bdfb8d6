"Gifts on paper, for the people who decide."

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from giftshop import catalogue, giftsets, orders
from giftshop.catalogue.models import Item
from giftshop.db import Database
from giftshop.kernel import clock
from tests.billing.conftest import text_of
from tests.orders.conftest import draft
from tests.people import People, sign_in

MARKUP = "Tea <img src=x> {{7*7}}"


@pytest.fixture
def number(database: Database, people: People, edition: catalogue.Edition) -> str:
    """A draft of thirty books."""
    order_id = database.transact(draft, people, edition.id)
    with database.reading() as reader:
        return orders.order_by_id(reader, order_id).number


def test_a_buyer_prints_the_draft_with_or_without_what_it_costs(
    client: FlaskClient, people: People, number: str
) -> None:
    sign_in(client, people.lantern.buyer)
    plain = text_of(client.get(f"/orders/{number}/brochure.pdf?lang=en").data)
    assert "Longjing tea" in plain
    assert people.lantern.name in plain
    assert "¥" not in plain
    priced = text_of(client.get(f"/orders/{number}/brochure.pdf?prices=yes&lang=en").data)
    assert "CN¥200.00" in priced
    assert "CN¥6,110.00" in priced  # the order's own total, with cards and delivery
    assert "龙井茶" in text_of(client.get(f"/orders/{number}/brochure.pdf?lang=zh_Hans").data)


def test_sales_presents_a_book_to_a_firm_at_a_price_for_each_person(
    client: FlaskClient, people: People, edition: catalogue.Edition
) -> None:
    sign_in(client, people.staff.sales)
    asked = f"firm={people.harbour.id}&edition={edition.id}&people=120&prices=yes"
    said = text_of(client.get(f"/desk/brochures/brochure.pdf?{asked}&lang=en").data)
    assert people.harbour.name in said
    assert "CN¥24,000.00" in said
    assert client.get(f"/desk/brochures?firm={people.harbour.id}").status_code == 200


def test_names_and_descriptions_are_text_only(
    client: FlaskClient, people: People, number: str, database: Database
) -> None:
    words = {"en": MARKUP, "zh_Hans": MARKUP}
    database.transact(lambda tx: tx.execute(update(Item).values(names=words, descriptions={"en": MARKUP + "!"})))
    sign_in(client, people.lantern.buyer)
    said = text_of(client.get(f"/orders/{number}/brochure.pdf?lang=en").data)
    assert "".join(MARKUP.split()) in "".join(said.split())


def test_another_firms_drafts_and_sets_are_not_there(
    client: FlaskClient, people: People, number: str, database: Database
) -> None:
    by, at = people.lantern.buyer.actor, clock.now()
    found = database.transact(giftsets.draw_up, people.lantern.id, "Tea for two", by=by, at=at)
    sign_in(client, people.harbour.buyer)
    pages = (f"/orders/{number}/brochure.pdf", f"/brochures/brochure.pdf?set={found}", "/campaigns/1/brochure.pdf")
    for address in pages:
        assert client.get(address).status_code == 404, address
    assert "Tea for two" not in client.get("/brochures").text


def test_nothing_chosen_is_said_and_not_printed(client: FlaskClient, people: People) -> None:
    sign_in(client, people.lantern.buyer)
    for asked in ("", "edition=0", "edition=x&people=-1", "edition=99999999999999999999", "set="):
        answer = client.get(f"/brochures/brochure.pdf?{asked}&lang=en", follow_redirects=True)
        assert answer.status_code == 200
        assert "Choose at least one" in answer.text, asked
