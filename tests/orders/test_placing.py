"""From a draft to money that is expected."""

from __future__ import annotations

import html
import re

import pytest
from flask.testing import FlaskClient

from giftshop import catalogue, orders
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing
from giftshop.kernel.market import MarketRules
from giftshop.orders import OrderState
from giftshop.orders.errors import (
    EditionClosed,
    Incomplete,
    NotADraft,
    NotCancellable,
    NotWaitingForApproval,
    OwnOrder,
    PriceChanged,
    ReasonMissing,
)
from giftshop.orders.queries import KIND, agreed_lines
from giftshop.payments import Payable, PaymentState, mark_received, payment_of
from giftshop.production import ProofMissing
from giftshop.web import GiftShop
from tests.orders.conftest import DESTINATION, TODAY, WANG, draft, place
from tests.people import People, sign_in
from tests.proofs import IMPRINT

MARKET = MarketRules().stored_value
THIRTY = 611_000
"""30 books at ¥200, 30 cards at ¥3, delivery ¥20: within the buyer's ¥50,000."""
FOUR_HUNDRED = 8_120_000
"""400 books and cards, delivery on us: above the buyer's limit."""


@pytest.fixture
def order_id(database: Database, people: People, edition: catalogue.Edition) -> int:
    return database.transact(draft, people, edition.id)


@pytest.fixture
def large_order_id(database: Database, people: People, edition: catalogue.Edition) -> int:
    return database.transact(draft, people, edition.id, quantity=400)


def state_of(database: Database, order_id: int) -> OrderState:
    with database.reading() as reader:
        return orders.order_by_id(reader, order_id).state


def test_an_order_within_the_limit_waits_for_its_money(database: Database, people: People, order_id: int) -> None:
    database.transact(place, people, order_id, THIRTY)
    with database.reading() as reader:
        order = orders.order_by_id(reader, order_id)
        payment = payment_of(reader, Payable(KIND, order_id))
        assert order.state is OrderState.AWAITING_PAYMENT
        assert payment is not None
        assert (payment.amount_minor, payment.about) == (THIRTY, order.number)
        assert sum(line.amount.amount_minor for line in agreed_lines(reader, order_id)) == THIRTY


def test_an_order_above_the_limit_waits_for_somebody_else(
    database: Database, people: People, large_order_id: int
) -> None:
    firm = people.lantern.id
    database.transact(place, people, large_order_id, FOUR_HUNDRED)
    assert state_of(database, large_order_id) is OrderState.AWAITING_APPROVAL
    with database.reading() as reader:
        assert payment_of(reader, Payable(KIND, large_order_id)) is None
    with pytest.raises(OwnOrder):
        database.transact(orders.approve, large_order_id, firm, by=people.lantern.buyer.actor, at=clock.now())
    database.transact(orders.approve, large_order_id, firm, by=people.lantern.approver.actor, at=clock.now())
    assert state_of(database, large_order_id) is OrderState.AWAITING_PAYMENT
    with pytest.raises(NotWaitingForApproval):
        database.transact(orders.approve, large_order_id, firm, by=people.lantern.approver.actor, at=clock.now())


def test_an_approver_sends_an_order_back_with_a_reason_and_it_is_a_draft_again(
    database: Database, people: People, large_order_id: int
) -> None:
    approver, firm = people.lantern.approver.actor, people.lantern.id
    database.transact(place, people, large_order_id, FOUR_HUNDRED)
    with pytest.raises(ReasonMissing):
        database.transact(orders.send_back, large_order_id, firm, "  ", by=approver, at=clock.now())
    database.transact(orders.send_back, large_order_id, firm, "Only key clients.", by=approver, at=clock.now())
    with database.reading() as reader:
        order = orders.order_by_id(reader, large_order_id)
        assert (order.state, order.decision_note) == (OrderState.DRAFT, "Only key clients.")
        assert agreed_lines(reader, large_order_id) == ()
    database.transact(place, people, large_order_id, FOUR_HUNDRED)
    assert state_of(database, large_order_id) is OrderState.AWAITING_APPROVAL


def test_a_total_that_is_not_the_one_shown_is_not_ordered(database: Database, people: People, order_id: int) -> None:
    with pytest.raises(PriceChanged):
        database.transact(place, people, order_id, THIRTY - 1)
    assert state_of(database, order_id) is OrderState.DRAFT


def test_an_edition_that_closed_meanwhile_is_not_ordered(
    database: Database, people: People, order_id: int, edition: catalogue.Edition
) -> None:
    database.transact(catalogue.close_edition, edition.id, by=people.staff.sales.actor, at=clock.now())
    with pytest.raises(EditionClosed):
        database.transact(place, people, order_id, THIRTY)


def test_nothing_is_ordered_without_a_look_at_the_proof_or_with_a_step_left_out(
    database: Database, people: People, edition: catalogue.Edition, order_id: int
) -> None:
    firm, by = people.lantern.id, people.lantern.buyer.actor
    facts = {
        "seen_total_minor": THIRTY,
        "tariff": orders.Tariff(),
        "market": MARKET,
        "today": TODAY,
        "by": by,
        "at": clock.now(),
    }
    with pytest.raises(ProofMissing):
        database.transact(orders.place, order_id, firm, seen_proof="", imprint=IMPRINT, **facts)  # type: ignore[arg-type]
    number = database.transact(orders.start, firm, edition.id, quantity=30, card_locale="en", by=by, at=clock.now())
    with database.reading() as reader:
        bare = orders.order_of(reader, number, firm).id
    with pytest.raises(Incomplete):
        database.transact(orders.place, bare, firm, seen_proof="", imprint=IMPRINT, **facts)  # type: ignore[arg-type]


def test_a_placed_order_stands_as_it_is(database: Database, people: People, order_id: int) -> None:
    database.transact(place, people, order_id, THIRTY)
    with pytest.raises(NotADraft):
        database.transact(orders.send_to, order_id, people.lantern.id, DESTINATION)
    with pytest.raises(NotADraft):
        database.transact(place, people, order_id, THIRTY)


def test_another_firm_cannot_touch_or_see_an_order(database: Database, people: People, order_id: int) -> None:
    harbour = people.harbour
    with pytest.raises(Missing):
        database.transact(orders.send_to, order_id, harbour.id, DESTINATION)
    with pytest.raises(Missing):
        database.transact(orders.cancel, order_id, harbour.id, hotline="", by=harbour.buyer.actor, at=clock.now())
    with database.reading() as reader, pytest.raises(Missing):
        orders.order_of(reader, orders.order_by_id(reader, order_id).number, harbour.id)


def test_an_order_is_given_up_before_payment_and_not_after(database: Database, people: People, order_id: int) -> None:
    firm, by = people.lantern.id, people.lantern.buyer.actor
    database.transact(place, people, order_id, THIRTY)
    database.transact(orders.cancel, order_id, firm, hotline="400", by=by, at=clock.now())
    assert state_of(database, order_id) is OrderState.CANCELLED
    with database.reading() as reader:
        assert payment_of(reader, Payable(KIND, order_id)) is None
    with pytest.raises(NotCancellable):
        database.transact(orders.cancel, order_id, firm, hotline="400", by=by, at=clock.now())


def test_a_draft_that_was_dropped_can_be_gone_on_with_and_what_was_placed_cannot(
    app: GiftShop, client: FlaskClient, database: Database, people: People, order_id: int
) -> None:
    with database.reading() as reader:
        number = orders.order_by_id(reader, order_id).number
    sign_in(client, people.lantern.buyer)
    assert "Drop this draft" in client.get(f"/orders/{number}/review").text
    page = client.post(f"/orders/{number}/cancel", follow_redirects=True).text
    token = html.unescape(re.findall(r'name="token" value="([^"]+)"', page)[0])
    assert state_of(database, order_id) is OrderState.CANCELLED
    assert client.post("/undo", data={"token": token}).location == f"/orders/{number}"
    assert state_of(database, order_id) is OrderState.DRAFT
    database.transact(place, people, order_id, THIRTY)
    page = client.post(f"/orders/{number}/cancel", follow_redirects=True).text
    assert 'name="token"' not in page
    undo, firm = app.inverses["orders.cancel"].command, people.lantern.id
    with pytest.raises(NotADraft):
        database.transact(undo, order_id, firm, by=people.lantern.buyer.actor, at=clock.now())


def test_money_that_came_has_the_books_issued_once(database: Database, people: People, order_id: int) -> None:
    database.transact(place, people, order_id, THIRTY)
    with database.reading() as reader:
        payment = payment_of(reader, Payable(KIND, order_id))
        assert payment is not None
    database.transact(
        mark_received, payment.id, THIRTY, TODAY, "", today=TODAY, by=people.staff.finance.actor, at=clock.now()
    )
    assert state_of(database, order_id) is OrderState.PAID
    with database.reading() as reader:
        settled = payment_of(reader, Payable(KIND, order_id))
    assert settled is not None
    assert settled.state is PaymentState.SETTLED


def test_a_list_is_taken_whole_and_counts_as_the_number_of_books(
    database: Database, people: People, order_id: int
) -> None:
    firm, by = people.lantern.id, people.lantern.buyer.actor
    rows = [WANG | {"name": f"王{number}"} for number in range(390)]
    database.transact(orders.keep_upload, order_id, firm, "list.csv", rows, at=clock.now())
    assert database.transact(orders.accept_upload, order_id, firm, by=by, at=clock.now()) == 390
    with database.reading() as reader:
        order = orders.order_by_id(reader, order_id)
        people_of_list = orders.recipients_of(reader, order_id)
        assert (order.quantity, order.has_list, len(people_of_list)) == (390, True, 390)
        assert [person.name for person in people_of_list[:2]] == ["王0", "王1"]
