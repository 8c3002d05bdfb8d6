"""A budget for an order: said in the first step, held against the total in every one, in nobody's way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from giftshop import catalogue, giftsets, orders
from giftshop.db import Database
from giftshop.kernel.money import MAX_MINOR, Money
from giftshop.orders import Order, OrderKind, OrderState
from giftshop.orders.offers import Offer, offer_of_value
from tests.giftsets.conftest import set_id, shelf
from tests.orders import test_card_orders as cards
from tests.orders import test_set_pages as sets
from tests.orders.conftest import draft, place
from tests.orders.test_pages import CARD, DELIVERY, begin
from tests.people import People, sign_in
from tests.redemption.conftest import hidden_fields

__all__ = ["set_id", "shelf"]
CARD_OF_500 = offer_of_value(Money(50_000, "CNY"))
SET = Offer(OrderKind.GIFT_SET, {"en": "Autumn"}, Money(50_000, "CNY"), {}, budget=Money(60_000, "CNY"))


@pytest.fixture
def buyer(client: FlaskClient, people: People) -> FlaskClient:
    sign_in(client, people.lantern.buyer)
    return client


@pytest.fixture
def tea(database: Database, edition: catalogue.Edition) -> catalogue.Item:
    with database.reading() as reader:
        return catalogue.items_of(reader, edition.id)[0]


@pytest.mark.parametrize(
    ("offer", "quantity", "said", "budget_minor"),
    [
        (CARD_OF_500, 10, None, None),
        (CARD_OF_500, 0, 700_000, 700_000),
        (SET, 10, None, 600_000),
        (SET, 10, 700_000, 700_000),
        (SET, 0, None, None),
        (replace(SET, budget=Money(MAX_MINOR, "CNY")), 100_000, None, MAX_MINOR),
    ],
)
def test_what_was_said_of_the_order_counts_before_what_each_may_cost(
    offer: Offer, quantity: int, said: int | None, budget_minor: int | None
) -> None:
    expected = None if budget_minor is None else Money(budget_minor, "CNY")
    assert offer.budget_for(quantity, said) == expected


def test_every_step_says_what_is_left_and_the_first_one_asks_again(
    buyer: FlaskClient, edition: catalogue.Edition
) -> None:
    number = begin(buyer, edition, mode="number", quantity="30", budget="6,200")
    for step in ("choose", "brand", "delivery", "review"):
        page = buyer.get(f"/orders/{number}/{step}").text
        assert "Budget CN¥6,200.00, of which CN¥90.00 is left" in page
    assert 'value="6200.00"' in buyer.get(f"/orders/{number}/choose").text
    chosen = {"edition": str(edition.id), "mode": "number", "quantity": "30"}
    buyer.post(f"/orders/{number}/choose", data=chosen | {"budget": "6110"})
    assert "of which CN¥0.00 is left" in buyer.get(f"/orders/{number}/review").text
    buyer.post(f"/orders/{number}/choose", data=chosen | {"budget": ""})
    assert 'class="budget' not in buyer.get(f"/orders/{number}/review").text


def test_an_order_over_its_budget_says_so_in_words_and_is_placed_all_the_same(
    buyer: FlaskClient, people: People, edition: catalogue.Edition, database: Database
) -> None:
    number = begin(buyer, edition, mode="number", quantity="30", budget="6000")
    buyer.post(f"/orders/{number}/brand", data=CARD)
    buyer.post(f"/orders/{number}/delivery", data=DELIVERY)
    review = buyer.get(f"/orders/{number}/review").text
    assert "CN¥110.00 over the budget of CN¥6,000.00" in review
    assert buyer.post(f"/orders/{number}/review", data=hidden_fields(review)).status_code == 302
    with database.reading() as reader:
        order = orders.order_of(reader, number, people.lantern.id)
        assert (order.state is not OrderState.DRAFT, order.budget_minor) == (True, 600_000)


def test_a_list_that_is_not_there_yet_has_a_budget_and_no_rest(buyer: FlaskClient, edition: catalogue.Edition) -> None:
    number = begin(buyer, edition, budget="6000")
    page = buyer.get(f"/orders/{number}/choose").text
    assert "Budget CN¥6,000.00: what is left of it appears with the total" in page


def test_whoever_approves_sees_the_budget_and_the_shop_does_not(
    buyer: FlaskClient, people: People, edition: catalogue.Edition, database: Database
) -> None:
    order_id = database.transact(draft, people, edition.id, quantity=390)
    said = update(Order).where(Order.id == order_id).values(budget_minor=7_900_000)
    database.transact(lambda tx: tx.change(said))
    number = database.transact(place, people, order_id, 7_917_000)
    sign_in(buyer, people.lantern.approver)
    assert "CN¥170.00 over the budget of CN¥79,000.00" in buyer.get(f"/orders/{number}").text
    sign_in(buyer, people.staff.sales)
    answer = buyer.get(f"/desk/orders/{number}")
    assert answer.status_code == 200
    assert 'class="budget' not in answer.text


def follows_the_budget(buyer: FlaskClient, piece: str) -> None:
    """Assert that a piece of a first page says what is left, or how much is over, and takes anything for a budget."""
    assert "is left" in buyer.get(f"/orders/{piece}&budget=90000").text
    assert "over the budget of CN¥1.00" in buyer.get(f"/orders/{piece}&budget=1").text
    for odd in ("", "x", "-3", "0", "9" * 30, "1.234", "NaN"):
        answer = buyer.get(f"/orders/{piece}&budget={odd}")
        assert (answer.status_code, 'class="budget' in answer.text) == (200, False)


def test_the_estimates_follow_the_budget_as_it_is_typed(buyer: FlaskClient, edition: catalogue.Edition) -> None:
    follows_the_budget(buyer, f"estimate?edition={edition.id}&quantity=30")
    follows_the_budget(buyer, "estimate-cards?face=200&quantity=30")


def test_the_estimate_of_sets_does_too_and_says_what_is_asked_once(buyer: FlaskClient, set_id: int) -> None:
    piece = f"estimate-set?gift_set={set_id}&quantity=30&delivery=firm"
    follows_the_budget(buyer, piece)
    assert "The same for any number" in buyer.get(f"/orders/{piece}").text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("much", "Write an amount such as 128.50."),
        ("12.345", "Write an amount such as 128.50."),
        ("9" * 30, "Write an amount such as 128.50."),
        ("-5", "This must be more than zero."),
        ("0", "This must be more than zero."),
    ],
)
def test_a_budget_that_is_no_amount_is_answered_once_at_its_field(
    buyer: FlaskClient, edition: catalogue.Edition, typed: str, words: str
) -> None:
    fields = {"edition": str(edition.id), "mode": "number", "quantity": "30", "budget": typed}
    answer = buyer.post("/orders/new", data=fields)
    assert answer.status_code == 422
    assert 'href="#budget"' in answer.text
    assert f'value="{typed}"' in answer.text
    assert answer.text.count(words) == 2  # in the summary, and at the field


def test_cards_keep_their_budget(buyer: FlaskClient, tea: catalogue.Item) -> None:
    number = cards.begin(buyer, tea, budget="5000")
    assert "over the budget of CN¥5,000.00" in buyer.get(f"/orders/{number}/review").text
    assert 'value="5000.00"' in buyer.get(f"/orders/{number}/value").text


def test_a_sets_own_budget_counts_for_each_until_one_is_said_for_the_order(
    buyer: FlaskClient, people: People, database: Database, set_id: int
) -> None:
    each = update(giftsets.GiftSet).where(giftsets.GiftSet.id == set_id).values(budget_minor=100_000)
    database.transact(lambda tx: tx.change(each))
    assert "the set's own budget for each person counts" in buyer.get("/orders/new-set").text
    number = sets.begin(buyer, set_id, mode="number", quantity="30", delivery="firm")
    assert "Budget CN¥30,000.00, of which" in buyer.get(f"/orders/{number}/review").text
    chosen = {"gift_set": str(set_id), "mode": "number", "quantity": "30", "delivery": "firm", "budget": "100"}
    buyer.post(f"/orders/{number}/gift_set", data=chosen)
    assert "over the budget of CN¥100.00" in buyer.get(f"/orders/{number}/review").text


def test_no_budget_below_zero_is_kept(database: Database, people: People, edition: catalogue.Edition) -> None:
    order_id = database.transact(draft, people, edition.id)
    below = update(Order).where(Order.id == order_id).values(budget_minor=-1)
    with pytest.raises(IntegrityError):
        database.transact(lambda tx: tx.change(below))


def test_what_is_asked_once_says_so(buyer: FlaskClient, edition: catalogue.Edition) -> None:
    few = buyer.get(f"/orders/estimate?edition={edition.id}&quantity=49").text
    assert "Once; from 50 cards on it is on us" in few
    assert "On us, from 50 cards" in buyer.get(f"/orders/estimate?edition={edition.id}&quantity=50").text
