"""The whole route map, walked by everybody: each route says who may use it, and lets in exactly those."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import url_for
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from giftshop.kernel.actor import VISITOR, Actor
from giftshop.web import GiftShop
from giftshop.web.guard import Grant, grants_of
from tests.people import People, Somebody, sign_in

pytestmark = pytest.mark.parametrize("fresh_database_url", ["sqlite"], indirect=True)
"""On one kind of database: the guard decides before any is asked about more than who somebody is."""

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
Try = tuple[str, str, tuple[Grant, ...]]


def routes(app: GiftShop) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def address_of(app: GiftShop, rule: Rule) -> str:
    """An address that the rule answers to, about things that do not exist."""
    made_up: dict[str, Any] = {name: _made_up(converter.regex) for name, converter in rule._converters.items()}
    with app.test_request_context():
        return url_for(rule.endpoint, **made_up)


def _made_up(pattern: str) -> int | str:
    """Something that a part of an address takes: a number, one of the words it knows, or any."""
    if pattern == r"\d+":
        return 987654321
    return pattern.removeprefix("(?:").rstrip(")").split("|")[0] if "|" in pattern else "nothing"


def tries(app: GiftShop) -> Iterator[Try]:
    for rule in routes(app):
        for method in METHODS:
            if method in (rule.methods or ()):
                yield method, address_of(app, rule), grants_of(app, rule.endpoint) or ()


def was_let_in(client: FlaskClient, method: str, address: str) -> bool:
    """Whether the guard let this through. A POST carries no CSRF token, so whoever is let in does nothing."""
    response = client.open(address, method=method)
    sent_to_sign_in = response.status_code == 302 and response.location.startswith("/sign-in")
    return not (sent_to_sign_in or response.status_code == 403)


def misjudged(tried: list[Try], client: FlaskClient, who: Actor) -> list[str]:
    return [
        f"{method} {address}: {who.kind} {sorted(who.roles)}"
        for method, address, grants in tried
        if was_let_in(client, method, address) != any(grant.admits(who) for grant in grants)
    ]


def test_every_route_says_who_may_use_it(app: GiftShop) -> None:
    assert [rule.rule for rule in routes(app) if grants_of(app, rule.endpoint) is None] == []


def test_a_visitor_is_let_in_where_visitors_may_be_and_nowhere_else(app: GiftShop, client: FlaskClient) -> None:
    assert misjudged(list(tries(app)), client, VISITOR) == []


def test_members_and_staff_of_every_role_are_let_in_where_they_may_be_and_nowhere_else(
    app: GiftShop, people: People
) -> None:
    everybody: list[Somebody] = [*people.lantern, *people.staff]
    tried = list(tries(app))
    for somebody in everybody:
        client = app.test_client()
        sign_in(client, somebody)
        assert misjudged(tried, client, somebody.actor) == [], somebody.name
