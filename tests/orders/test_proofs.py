"""The proof of an order: looked at, approved as it is placed, and nothing else is made of it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from giftshop import catalogue, orders, production
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.orders.models import Order
from giftshop.production import CardProof, JobKind, ProofMissing, ProofState
from giftshop.production.proofs import answer
from giftshop.web import GiftShop
from tests.giftsets.conftest import set_id, shelf
from tests.giftsets.making import order_set, pay
from tests.orders.conftest import draft
from tests.orders.test_pages import CARD
from tests.people import People, sign_in
from tests.redemption.conftest import hidden_fields

__all__ = ["set_id", "shelf"]


@pytest.fixture
def number(database: Database, people: People, edition: catalogue.Edition) -> str:
    """A complete draft of thirty books."""
    order_id = database.transact(draft, people, edition.id)
    with database.reading() as reader:
        return orders.order_by_id(reader, order_id).number


@pytest.fixture
def buyer(client: FlaskClient, people: People) -> FlaskClient:
    sign_in(client, people.lantern.buyer)
    return client


def versions(database: Database) -> list[tuple[int, str]]:
    with database.reading() as reader:
        rows = reader.execute(select(CardProof.version, CardProof.state).order_by(CardProof.id))
        return [(version, state.value) for version, state in rows]


def test_the_buyer_sees_the_print_file_and_approves_it_by_ordering(
    buyer: FlaskClient, database: Database, people: People, number: str
) -> None:
    page = buyer.get(f"/orders/{number}/review").text
    assert "The QR code was read back: it opens http://localhost/r#SPEC" in page
    assert 'viewBox="0 0 154 111"' in page
    assert "M3 3h148v105h-148z" in page
    assert "M6 6h142v99h-142z" in page
    pdf, picture = re.search(r"/proofs/\d+\.pdf", page), re.search(r"/proofs/\d+/1\.png", page)
    assert pdf
    assert picture
    assert buyer.get(pdf[0]).data.startswith(b"%PDF")
    assert buyer.get(picture[0]).data.startswith(b"\x89PNG")
    assert buyer.get(picture[0].replace("/1.png", "/2.png")).status_code == 404
    buyer.get(f"/orders/{number}/review")
    assert versions(database) == [(1, "waiting")]
    assert buyer.post(f"/orders/{number}/review", data=hidden_fields(page)).status_code == 302
    assert versions(database) == [(1, "approved")]
    assert "Approved by" in buyer.get(f"/orders/{number}").text


def test_words_that_changed_since_the_proof_was_seen_are_not_ordered_and_the_new_proof_is_shown(
    buyer: FlaskClient, database: Database, people: People, number: str
) -> None:
    seen = hidden_fields(buyer.get(f"/orders/{number}/review").text)
    buyer.post(f"/orders/{number}/proof/approve", data=seen)
    assert "Place the order" in buyer.get(f"/orders/{number}/review").text
    buyer.post(f"/orders/{number}/brand", data=CARD | {"greeting": "另一句话", "keep_logo": "y"})
    refused = buyer.post(f"/orders/{number}/review", data=seen)
    assert refused.status_code == 422
    assert "no longer the one that was approved" in refused.text
    assert "The card has changed since it was approved" in refused.text
    assert versions(database) == [(1, "approved"), (2, "waiting")]
    again = hidden_fields(refused.text) | {"request_key": "again"}
    assert buyer.post(f"/orders/{number}/review", data=again).status_code == 302
    assert versions(database)[-1] == (2, "approved")


def test_a_wish_goes_to_the_desk_its_answer_to_the_buyer_and_the_approver_sees_it_all(
    app: GiftShop, buyer: FlaskClient, database: Database, people: People, edition: catalogue.Edition
) -> None:
    order_id = database.transact(lambda tx: draft(tx, people, edition.id, quantity=3000))
    with database.reading() as reader:
        number = orders.order_by_id(reader, order_id).number
    seen = hidden_fields(buyer.get(f"/orders/{number}/review").text)
    buyer.post(f"/orders/{number}/proof/changes", data=seen | {"comment": "标志再大一些"})
    assert buyer.post(f"/orders/{number}/review", data=seen).status_code == 422
    page = buyer.get(f"/orders/{number}/review").text
    assert "标志再大一些" in page
    sales: dict[str, Any] = {"by": people.staff.sales.actor, "at": clock.now()}
    with database.reading() as reader:
        proof = reader.scalars(select(CardProof)).one()
    database.transact(answer, proof.id, "标志已经占满它的位置", **sales)
    app.jobs.run_due()
    page = buyer.get(f"/orders/{number}/review").text
    assert "标志已经占满它的位置" in page
    assert buyer.post(f"/orders/{number}/review", data=hidden_fields(page)).status_code == 302
    approver = app.test_client()
    sign_in(approver, people.lantern.approver)
    page = approver.get(f"/orders/{number}").text
    assert "Your decision" in page
    assert f"/proofs/{proof.id}/1.png" in page
    assert "标志再大一些" in page


def test_another_firm_decides_nothing(app: GiftShop, buyer: FlaskClient, people: People, number: str) -> None:
    seen = hidden_fields(buyer.get(f"/orders/{number}/review").text)
    harbour = app.test_client()
    sign_in(harbour, people.harbour.buyer)
    for act in ("approve", "changes"):
        assert harbour.post(f"/orders/{number}/proof/{act}", data=seen | {"comment": "?"}).status_code == 404
    assert versions(app.database) == [(1, "waiting")]


def test_words_that_cannot_be_printed_are_told_in_place_of_the_proof(
    buyer: FlaskClient, database: Database, number: str
) -> None:
    database.transact(lambda tx: tx.change(update(Order).values(greeting="\U0001f600")))
    page = buyer.get(f"/orders/{number}/review")
    assert page.status_code == 200
    assert "cannot be printed" in page.text
    assert versions(database) == []


def test_greeting_cards_are_not_printed_from_a_changed_proof_until_the_firm_approves_again(
    app: GiftShop, buyer: FlaskClient, database: Database, people: People, set_id: int
) -> None:
    order_id = order_set(database, people, set_id, quantity=30)
    pay(database, people, order_id)
    app.jobs.run_due()
    with database.reading() as reader:
        number = orders.order_by_id(reader, order_id).number
        jobs = production.jobs_of(reader, (orders.KIND, order_id))
        cards = next(job.id for job in jobs if job.kind is JobKind.GREETING_CARDS)
    database.transact(lambda tx: tx.change(update(Order).values(greeting="另一句话")))
    desk, printer = app.test_client(), app.test_client()
    sign_in(desk, people.staff.sales)
    sign_in(printer, people.staff.production)
    assert printer.get(f"/desk/orders/{number}/greeting-cards.pdf").status_code == 409
    assert "Ask the firm to approve them" in desk.get(f"/desk/orders/{number}").text
    desk.post(f"/desk/orders/{number}/proof")
    with pytest.raises(ProofMissing):
        database.transact(production.begin, cards, by=people.staff.production.actor, at=clock.now())
    page = buyer.get(f"/orders/{number}").text
    assert "Nothing is printed before this is approved" in page
    buyer.post(f"/orders/{number}/proof/approve", data=hidden_fields(page))
    database.transact(production.begin, cards, by=people.staff.production.actor, at=clock.now())
    assert printer.get(f"/desk/orders/{number}/greeting-cards.pdf").status_code == 200


def test_an_order_from_before_that_is_sent_back_has_its_proof_seen_as_any(
    buyer: FlaskClient, database: Database, people: People, number: str
) -> None:
    with database.reading() as reader:
        order = orders.order_of(reader, number, people.lantern.id)
    facts = {"about": number, "firm_id": order.firm_id, "made_at": clock.now()}
    old = CardProof(subject_kind=orders.KIND, subject_id=order.id, version=1, state=ProofState.FROM_BEFORE, **facts)
    database.transact(lambda tx: tx.add(old))
    placing = {"seen_total_minor": "611000", "request_key": "blind"}
    assert buyer.post(f"/orders/{number}/review", data=placing).status_code == 422
    assert versions(database)[-1] == (2, "waiting")
