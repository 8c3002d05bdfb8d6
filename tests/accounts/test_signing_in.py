from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from giftshop.accounts import service
from giftshop.accounts.models import SignIn
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.web import GiftShop
from tests.accounts.door import come_in, is_in
from tests.people import PASSWORD, People, sign_in

ANOTHER = "nine herons by the river"


def test_a_member_comes_in_and_goes_out(client: FlaskClient, people: People) -> None:
    assert come_in(client, people.lantern.buyer).location == "/"
    assert people.lantern.buyer.name in client.get("/").text
    client.post("/sign-out")
    assert not is_in(client)


def test_staff_begin_at_their_desk(client: FlaskClient, people: People) -> None:
    assert come_in(client, people.staff.sales).location == "/desk"


def test_an_address_is_known_however_it_is_written(client: FlaskClient, people: People) -> None:
    shouted = {"email": f" {people.lantern.buyer.email.upper()} ", "password": PASSWORD}
    assert client.post("/sign-in", data=shouted).status_code == 302


def test_somebody_sent_to_sign_in_goes_on_to_where_they_wanted(client: FlaskClient, people: People) -> None:
    sent = client.get("/me/password")
    assert sent.location == "/sign-in?next=/me/password"
    answer = client.post(sent.location, data={"email": people.lantern.buyer.email, "password": PASSWORD})
    assert answer.location == "/me/password"


def test_a_link_to_sign_in_leads_nowhere_else(client: FlaskClient, people: People) -> None:
    where = "/sign-in?next=//evil.example/"
    answer = client.post(where, data={"email": people.lantern.buyer.email, "password": PASSWORD})
    assert answer.location == "/"


def test_a_wrong_password_and_an_unknown_address_get_one_answer(client: FlaskClient, people: People) -> None:
    known = come_in(client, people.lantern.buyer, "eight cranes over the lake")
    unknown = client.post("/sign-in", data={"email": "nobody@lantern.example", "password": PASSWORD})
    assert (known.status_code, unknown.status_code) == (422, 422)
    assert but_for_what_was_typed(known) == but_for_what_was_typed(unknown)


def but_for_what_was_typed(answer: TestResponse) -> str:
    page = re.sub(r'value="[^"]*@lantern\.example"', "", answer.text)
    return re.sub(r'(name="(csrf_token|request_key)" value|nonce)="[^"]*"', "", page)


def test_a_session_planted_before_signing_in_is_worth_nothing(client: FlaskClient, people: People) -> None:
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    come_in(client, people.lantern.buyer)
    with client.session_transaction() as session:
        assert "planted" not in session


def test_a_copied_cookie_is_worth_nothing_after_signing_out(app: GiftShop, client: FlaskClient, people: People) -> None:
    come_in(client, people.lantern.buyer)
    cookie = client.get_cookie("session")
    assert cookie
    thief = app.test_client()
    thief.set_cookie("session", cookie.value)
    assert is_in(thief)
    client.post("/sign-out")
    assert not is_in(thief)


def test_a_session_ends_after_a_working_day(database: Database, client: FlaskClient, people: People) -> None:
    come_in(client, people.lantern.buyer)
    with database.reading() as reader:
        session = reader.scalars(select(SignIn)).one()
    assert session.expires_at - session.began_at == timedelta(hours=12)
    database.transact(lambda tx: tx.change(update(SignIn).values(expires_at=clock.now())))
    assert not is_in(client)


def test_a_disabled_person_is_out_at_the_next_request(database: Database, client: FlaskClient, people: People) -> None:
    sign_in(client, people.lantern.buyer)
    assert is_in(client)
    by = people.lantern.administrator.actor
    database.transact(service.disable, people.lantern.id, people.lantern.buyer.id, by=by, at=clock.now())
    assert not is_in(client)
    assert "closed" in come_in(client, people.lantern.buyer).text


def test_a_suspended_firms_people_are_out_and_nobody_elses(
    app: GiftShop, database: Database, client: FlaskClient, people: People
) -> None:
    other = app.test_client()
    sign_in(client, people.lantern.buyer)
    sign_in(other, people.harbour.buyer)
    at, by = clock.now(), people.staff.administrator.actor
    database.transact(service.suspend_firm, people.lantern.id, by=by, at=at)
    assert (is_in(client), is_in(other)) == (False, True)
    assert "suspended" in come_in(client, people.lantern.buyer).text
    database.transact(service.reinstate_firm, people.lantern.id, by=by, at=at)
    assert come_in(client, people.lantern.buyer).status_code == 302


def test_changing_the_password_asks_for_the_old_one_and_signs_out_every_other_device(
    app: GiftShop, client: FlaskClient, people: People
) -> None:
    buyer, other = people.lantern.buyer, app.test_client()
    sign_in(client, buyer)
    sign_in(other, buyer)
    wrong = client.post("/me/password", data={"current": "wrong", "password": ANOTHER})
    assert wrong.status_code == 422
    assert "not your current password" in wrong.text
    assert client.post("/me/password", data={"current": PASSWORD, "password": ANOTHER}).location == "/me"
    assert (is_in(client), is_in(other)) == (True, False)


def test_a_page_without_its_token_is_refused(client: FlaskClient, people: People) -> None:
    assert come_in(client, people.lantern.buyer, csrf=False).status_code == 400


def test_a_person_is_greeted_in_their_own_language_unless_this_browser_chose_one(
    app: GiftShop, client: FlaskClient, people: People
) -> None:
    sign_in(client, people.lantern.buyer)
    client.post("/me", data={"name": "王伟", "phone": "", "locale": "zh_Hans"})
    fresh, english = app.test_client(), app.test_client()
    english.get("/sign-in?lang=en")
    for browser in (fresh, english):
        come_in(browser, people.lantern.buyer)
    assert 'lang="zh-Hans"' in fresh.get("/").text
    assert 'lang="en"' in english.get("/").text


@pytest.mark.parametrize("typed", [{}, {"email": ""}, {"email": "x" * 100_000, "password": "y" * 100_000}])
def test_whatever_is_sent_to_the_door_is_answered_with_words(client: FlaskClient, typed: dict[str, str]) -> None:
    assert client.post("/sign-in", data=typed).status_code == 422
