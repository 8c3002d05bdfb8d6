"""Whoever is shut out is out at the next request: signed in, half signed in, or in the middle of a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from giftshop.accounts import User, service
from giftshop.application import create_app
from giftshop.config import Settings
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.actor import VISITOR
from giftshop.kernel.role import MemberRole
from giftshop.web import GiftShop
from tests.accounts.door import come_in, is_in
from tests.accounts.factors import give_app, knows_password, set_up_app
from tests.people import Browser, People, sign_in
from tests.web.test_who_may import misjudged, tries

Shutting = Callable[[Database, People], None]


def disable(database: Database, people: People) -> None:
    by = people.lantern.administrator.actor
    database.transact(service.disable, people.lantern.id, people.lantern.buyer.id, by=by, at=clock.now())


def disable_and_enable(database: Database, people: People) -> None:
    disable(database, people)
    by = people.lantern.administrator.actor
    database.transact(service.enable, people.lantern.id, people.lantern.buyer.id, by=by, at=clock.now())


def suspend(database: Database, people: People) -> None:
    by = people.staff.administrator.actor
    database.transact(service.suspend_firm, people.lantern.id, by=by, at=clock.now())


def suspend_and_reinstate(database: Database, people: People) -> None:
    suspend(database, people)
    by = people.staff.administrator.actor
    database.transact(service.reinstate_firm, people.lantern.id, by=by, at=clock.now())


def take_a_role(database: Database, people: People) -> None:
    by, roles = people.lantern.administrator.actor, frozenset({MemberRole.NOMINATOR})
    buyer = people.lantern.buyer.id
    database.transact(service.change_duties, people.lantern.id, buyer, roles=roles, by=by, at=clock.now())


@pytest.mark.parametrize("shut_out", [disable, disable_and_enable, suspend, suspend_and_reinstate, take_a_role])
def test_a_session_a_half_session_and_a_page_that_is_open_all_end_at_once_and_for_good(
    app: GiftShop, database: Database, people: People, shut_out: Shutting
) -> None:
    buyer = people.lantern.buyer
    phone, codes = give_app(database, buyer, clock.now())
    whole, half, neighbour = app.test_client(), app.test_client(), app.test_client()
    for browser, code in ((whole, codes[0]), (half, None)):
        knows_password(browser, buyer)
        if code:
            assert browser.post("/sign-in/code", data={"code": code}).status_code == 302
    sign_in(neighbour, people.harbour.buyer)
    assert 'name="name"' in whole.get("/me").text, "a form is open in a long visit"

    shut_out(database, people)

    sent = whole.post("/me", data={"name": "Somebody Else", "locale": "en"})
    assert sent.location == "/sign-in"
    assert not is_in(whole)
    assert half.get("/sign-in/code").status_code == 410
    for code in (codes[1], phone.code()):
        assert half.post("/sign-in/code", data={"code": code}).status_code == 410
    assert not is_in(half)
    assert is_in(neighbour)
    with database.reading() as reader:
        assert reader.scalars(select(User.name).where(User.id == buyer.id)).one() == buyer.name


def test_a_role_that_is_given_works_at_once_and_signs_nobody_out(
    database: Database, client: FlaskClient, people: People
) -> None:
    sign_in(client, people.lantern.buyer)
    assert client.get("/firm").status_code == 403
    roles, by = frozenset({MemberRole.BUYER, MemberRole.ADMINISTRATOR}), people.lantern.administrator.actor
    buyer = people.lantern.buyer.id
    database.transact(service.change_duties, people.lantern.id, buyer, roles=roles, by=by, at=clock.now())
    assert client.get("/firm").status_code == 200


def test_somebody_shut_out_between_the_password_and_the_set_up_sets_nothing_up(
    settings: Settings, people: People
) -> None:
    strict = create_app(replace(settings, is_second_factor_needed=True))
    strict.test_client_class = Browser
    client, sales = strict.test_client(), people.staff.sales
    come_in(client, sales)
    assert client.get("/sign-in/set-up").status_code == 200
    by = people.staff.administrator.actor
    strict.database.transact(service.disable, None, sales.id, by=by, at=clock.now())
    assert client.get("/sign-in/set-up/app").status_code == 410
    strict.database.dispose()


def test_whoever_has_shown_a_password_alone_is_a_visitor_on_every_route(settings: Settings, people: People) -> None:
    """The whole route map, where staff must have a second factor: one who must set it up, one who must show it."""
    strict = create_app(replace(settings, is_second_factor_needed=True))
    strict.test_client_class = Browser
    administrator, sales = people.staff.administrator, people.staff.sales
    _phone, codes = give_app(strict.database, administrator, clock.now())
    tried = list(tries(strict))
    for who, page in ((administrator, "/sign-in/code"), (sales, "/sign-in/set-up")):
        client = strict.test_client()
        knows_password(client, who)
        assert client.get(page).status_code == 200
        # The two pages of the way in send each to their own.
        others = [found for found in misjudged(tried, client, VISITOR) if " /sign-in" not in found]
        assert others == [], who.name
        assert client.get(page).status_code == 200, "still on the way in"
        if who is administrator:
            assert client.post(page, data={"code": codes[0]}).status_code == 302
        else:
            set_up_app(client, "/sign-in/set-up/app")
        assert misjudged(tried, client, who.actor) == [], who.name
    strict.database.dispose()
