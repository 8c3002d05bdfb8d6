"""Choosing the festival that an order is for, and hearing that it is too late for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from giftshop import branding, catalogue, orders
from giftshop.branding import GREETINGS, Occasion
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.festivals import FESTIVALS
from giftshop.orders.occasions import OCCASIONS
from tests.giftsets.conftest import set_id, shelf
from tests.orders.test_pages import CARD, begin
from tests.orders.test_set_pages import begin as begin_set
from tests.people import People, sign_in

__all__ = ["set_id", "shelf"]
IN_TIME = datetime(2026, 9, 4, 9, tzinfo=UTC)
"""The last day to order for Mid-Autumn, 25 September 2026."""
TOO_LATE = IN_TIME + timedelta(days=1)
TYPED = CARD | {"headline": "谢谢", "greeting": "一点心意"}


@pytest.fixture
def buyer(client: FlaskClient, people: People) -> Iterator[FlaskClient]:
    """A buyer on the last day to order for Mid-Autumn."""
    with clock.standing_at(IN_TIME):
        sign_in(client, people.lantern.buyer)
        yield client


def offered(page: str) -> list[str]:
    """The festivals that have a button."""
    return re.findall(r'name="festival" value="([a-z-]+)"', page)


def order_now(database: Database, people: People, number: str) -> orders.Order:
    with database.reading() as reader:
        return orders.order_of(reader, number, people.lantern.id)


def test_every_festival_has_words_for_cards() -> None:
    assert set(OCCASIONS) == {festival.tag for festival in FESTIVALS}


def test_a_festival_puts_our_words_into_the_card_and_keeps_the_rest(
    buyer: FlaskClient, people: People, edition: catalogue.Edition, database: Database
) -> None:
    number = begin(buyer, edition, mode="number", quantity="5")
    page = buyer.get(f"/orders/{number}/brand").text
    assert offered(page) == ["mid-autumn", "spring-festival", "dragon-boat"]
    assert "八月十五" in page
    assert "Order by September 4, 2026" in page
    answer = buyer.post(f"/orders/{number}/brand", data=TYPED | {"festival": "mid-autumn"}, follow_redirects=True).text
    order = order_now(database, people, number)
    said = GREETINGS[Occasion.MID_AUTUMN]["zh_Hans"]
    assert (order.headline, order.greeting, order.sender_name) == (said.headline, said.message, TYPED["sender_name"])
    assert offered(answer) == ["spring-festival", "dragon-boat"]
    assert re.search(r'<option selected value="mid_autumn"', answer)


def test_too_late_is_said_and_cannot_be_chosen(
    buyer: FlaskClient, people: People, edition: catalogue.Edition, database: Database
) -> None:
    number = begin(buyer, edition, mode="number", quantity="5")
    with clock.standing_at(TOO_LATE):
        page = buyer.get(f"/orders/{number}/brand").text
        assert offered(page) == ["spring-festival", "dragon-boat"]
        assert "Too late for the Mid-Autumn Festival" in page
        buyer.post(f"/orders/{number}/brand", data=TYPED | {"festival": "mid-autumn"})
    assert order_now(database, people, number).headline == "谢谢"


def test_a_festival_that_is_none_keeps_what_was_typed(
    buyer: FlaskClient, people: People, edition: catalogue.Edition, database: Database
) -> None:
    number = begin(buyer, edition, mode="number", quantity="5")
    assert buyer.post(f"/orders/{number}/brand", data=TYPED | {"festival": "easter" * 200}).status_code == 302
    assert order_now(database, people, number).headline == "谢谢"


def test_the_last_page_says_the_last_day_and_warns_after_it(buyer: FlaskClient, edition: catalogue.Edition) -> None:
    number = begin(buyer, edition, mode="number", quantity="5")
    buyer.post(f"/orders/{number}/brand", data=CARD)
    page = buyer.get(f"/orders/{number}/review").text
    assert "Last day to order: September 4, 2026" in page
    assert "Too late" not in page
    with clock.standing_at(TOO_LATE):
        assert "Too late for the Mid-Autumn Festival" in buyer.get(f"/orders/{number}/review").text


def test_the_firms_own_words_tell_the_festival_too(
    buyer: FlaskClient, people: People, edition: catalogue.Edition, database: Database
) -> None:
    words = {locale: branding.Greeting("月圆", "月圆人圆") for locale in ("en", "zh_Hans")}
    by = people.lantern.buyer.actor
    database.transact(branding.save_greetings, people.lantern.id, Occasion.MID_AUTUMN, words, by=by, at=IN_TIME)
    number = begin(buyer, edition, mode="number", quantity="5")
    buyer.post(f"/orders/{number}/brand", data=TYPED | {"festival": "mid-autumn"})
    assert order_now(database, people, number).headline == "月圆"
    assert "Last day to order: September 4, 2026" in buyer.get(f"/orders/{number}/review").text


def test_sets_are_to_be_there_on_the_festivals_day(
    buyer: FlaskClient, people: People, set_id: int, database: Database
) -> None:
    number = begin_set(buyer, set_id)
    buyer.post(f"/orders/{number}/brand", data=TYPED | {"festival": "mid-autumn"})
    arrives_by = order_now(database, people, number).arrives_by
    assert arrives_by is not None
    assert arrives_by.date() == date(2026, 9, 25)
    assert 'value="2026-09-25"' in buyer.get(f"/orders/{number}/delivery").text
