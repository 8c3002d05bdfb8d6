"""A hostile walk over the whole route map: whatever is sent, nobody gets a 500 or another firm's data."""

from __future__ import annotations

import os

import pytest

from giftshop.web.guard import grants_of
from tests.hostile.attacks import (
    BODIES,
    QUERY_NAMES,
    Siege,
    broken_addresses,
    is_of_harbour,
    tampered,
    with_queries,
)
from tests.hostile.walking import Form, Page, endpoint_of, forms_of, walk
from tests.hostile.world import Surfer, World

pytestmark = pytest.mark.usefixtures("nothing_kept")
EVERY = bool(os.environ.get("TORTURE"))
MOST = 10_000 if EVERY else 8
"""Pages of one route that one person opens."""


@pytest.fixture(scope="module")
def found(world: World) -> dict[str, list[Page]]:
    """The pages that everybody finds by following links, by the name of whose browser it is."""
    papers: set[str] = set()
    return {surfer.name: walk(world.app, surfer.client, surfer.start, papers, most=MOST) for surfer in world.browsers}


def each_form(world: World, found: dict[str, list[Page]]) -> list[tuple[Surfer, Form]]:
    """One form of each kind, with somebody who met it; Lantern's people first."""
    kinds: dict[object, tuple[Surfer, Form]] = {}
    for surfer in sorted(world.browsers, key=lambda each: not each.is_of_lantern):
        for form in forms_of(found[surfer.name]):
            place = endpoint_of(world.app, form.action, form.method)
            kinds.setdefault((place and place[0], form.method, tuple(sorted(form.names))), (surfer, form))
    return list(kinds.values())


def somebody_admitted(world: World, endpoint: str) -> list[Surfer]:
    """One browser that may use a route, of each side that may."""
    grants = grants_of(world.app, endpoint) or ()
    admitted = [
        surfer
        for surfer in world.browsers
        if not surfer.is_of_harbour and any(grant.admits(surfer.person.actor) for grant in grants if surfer.person)
    ]
    return admitted[:1] + admitted[-1:] if admitted else world.browsers[-3:]


def test_nobody_of_a_firm_meets_a_word_of_another(world: World, found: dict[str, list[Page]]) -> None:
    told = [
        f"{surfer.name}: {page.url}"
        for surfer in world.browsers
        if surfer.is_of_lantern
        for page in found[surfer.name]
        if is_of_harbour(page.response)
    ]
    assert told == []
    assert any(is_of_harbour(page.response) for page in found["buyer@harbour.example"]), "the canary sings at home"


def test_whatever_is_typed_into_a_form_is_answered(world: World, found: dict[str, list[Page]]) -> None:
    siege = Siege(world.app)
    for turn, (surfer, form) in enumerate(each_form(world, found)):
        for data in tampered(form, turn, every=EVERY):
            if form.method == "POST":
                siege.send(surfer, "POST", form.action, data=data, content_type="multipart/form-data")
    siege.lift()


def test_whatever_is_asked_in_an_address_is_answered(world: World, found: dict[str, list[Page]]) -> None:
    siege = Siege(world.app)
    seen: set[str] = set()
    for surfer in world.browsers:
        for turn, page in enumerate(found[surfer.name]):
            if page.endpoint not in seen and page.response.mimetype == "text/html":
                seen.add(page.endpoint)
                for url in with_queries(page.url, QUERY_NAMES, turn, every=EVERY):
                    siege.send(surfer, "GET", url)
    siege.lift()


def test_whatever_an_address_names_is_answered(world: World) -> None:
    siege = Siege(world.app)
    for rule in world.app.url_map.iter_rules():
        for surfer in somebody_admitted(world, rule.endpoint):
            for url in broken_addresses(rule):
                for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                    siege.send(surfer, method, url)
    siege.lift()


def test_whatever_method_and_body_are_sent_they_are_answered(world: World, found: dict[str, list[Page]]) -> None:
    siege = Siege(world.app)
    for surfer, form in each_form(world, found):
        for body, content_type in BODIES:
            siege.send(surfer, "POST", form.action, data=body, content_type=content_type)
        for method in ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE"):
            siege.send(surfer, method, form.action)
    siege.lift()


SHARED = {"branding.logo"}
"""Addresses that nobody can guess, and which whoever was given them may open."""
