"""Every page of the route map, as everybody who may open it gets it, meets WCAG 2.2 AA: docs/accessibility.md.

A finding names its rule, then who met it where, then the element, then what to do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import pytest
from lxml import html
from werkzeug.test import TestResponse

from tests.access.refusals import wrong_with
from tests.access.skeletons import Bone, bones
from tests.access.stage import Finding, Stage
from tests.access.tour import Side, Tour, filled_in, tour
from tests.hostile.typed import MARKUP
from tests.hostile.world import World

NO_PAGE = {
    "accounts.set_up": "where staff must have a second factor; those of the world need none",
    "accounts.set_up_app": "as above; the page itself is that of accounts.factor_app",
    "accounts.set_up_new_passkey": "as above; the page itself is that of accounts.factor_new_passkey",
    "branding.colour": "a piece of branding.kit, fetched while a colour is typed",
    "campaigns.my_reviews": "leads on to the queue of whoever asks",
    "card_payments.landing": "leads on to what was paid",
    "catalogue.picture": "a picture that was uploaded",
    "catalogue.picture_of_width": "as above",
    "design.letter": "a mail in its frame",
    "design.sample_paper": "a PDF",
    "design.sample_picture": "a picture",
    "hotline.another_address": "an agent has one call at a time, and the world's has a card that is not redeemed",
    "hotline.another_gift": "as above",
    "hotline.order": "as above",
    "news.since": "a count that a list asks for",
    "orders.estimate": "a piece of orders.new, fetched while it is filled in",
    "orders.estimate_cards": "as above, of orders.new_cards",
    "orders.estimate_set": "as above, of orders.new_set",
    "production.progress": "a piece of production.show, while a run is being printed",
    "redemption.not_open": "answers 404 on purpose; it is looked at all the same",
    "static": "files",
}
"""Routes that answer no page of their own, or one that the world has not got, and why. Better: extend the world."""

SHOWCASE = {"axe heading-order", "axe landmark-unique", "one-h1", "heading-order"}
"""Not asked of /design, which shows pieces of pages beside each other."""

TWINS = (
    {"orders.new", "orders.choose"},
    {"orders.new_cards", "orders.value"},
    {"orders.new_set", "orders.gift_set"},
)
"""Routes that show one page: for a draft that begins, and for one that is there."""


@pytest.fixture(scope="module", params=list(Side), ids=lambda side: side.name.lower())
def toured(request: pytest.FixtureRequest, world: World) -> Tour:
    """All that one side can open."""
    return tour(world, request.param)


class Findings:
    """What was found, each thing once, with whoever met it first."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str], tuple[str, str, int]] = {}

    def add(self, findings: Iterable[Finding], where: str) -> None:
        for rule, selector, advice in findings:
            first, what, times = self.found.get((rule, selector), (where, advice, 0))
            self.found[rule, selector] = (first, what, times + 1)

    def __str__(self) -> str:
        told = []
        for (rule, selector), (where, advice, times) in self.found.items():
            others = f" and {times - 1} more" if times > 1 else ""
            told.append(f"{rule}\n    met by {where}{others}\n    at {selector}\n    {advice}")
        return "\n".join(told)


class Looker:
    """Looks at a page in Chromium when it is the first of its route, or has a bone that no page had before."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.known, self.routes = set[Bone](), set[str]()
        self.colours = set[str]()

    def look(self, response: TestResponse, url: str, route: str) -> Iterator[Finding]:
        parts = bones(response.text)
        if not parts or (parts <= self.known and route in self.routes):
            return
        self.known |= parts
        self.routes.add(route)
        by_night = not {bone[-1] for bone in parts} <= self.colours
        self.colours |= {bone[-1] for bone in parts}
        self.stage.open(url.partition("?")[0], response.text, response.headers["Content-Security-Policy"])
        yield from self.stage.look("refused")
        yield from self.stage.everything(by_night=by_night)


def test_every_route_was_opened(toured: Tour) -> None:
    missing = sorted(route for route in toured.routes() if route not in toured.opened and route not in NO_PAGE)
    assert not missing, f"{missing}: nobody of the world opens these: link to them, or extend tests/hostile/world.py"


def test_nothing_is_found_on_any_page(toured: Tour, stage: Stage, world: World) -> None:
    looker, findings = Looker(stage), Findings()
    for surfer, page in toured.pages:
        where = f"{surfer.name} on {page.endpoint} {page.url}"
        found = looker.look(page.response, page.url, page.endpoint)
        findings.add((each for each in found if page.endpoint != "design.show" or each[0] not in SHOWCASE), where)
    for surfer, form, data in filled_in(world, toured):
        sent: dict[str, Any] = {"data": data, "content_type": "multipart/form-data"}
        answer = surfer.client.post(form.action, buffered=True, **sent)
        if answer.status_code in {400, 422} and answer.mimetype == "text/html":
            where = f"{surfer.name} on {form.page}, sending its form to {form.action} empty"
            found = chain(wrong_with(answer.text, "Error:"), looker.look(answer, form.page, f"{form.action} empty"))
            findings.add(found, where)
    assert not findings.found, f"\n{findings}"


def test_every_title_is_of_one_route(toured: Tour) -> None:
    routes = defaultdict[str, set[str]](set)
    for _, page in toured.pages:
        title = " ".join((html.document_fromstring(page.response.text).findtext(".//title") or "").split())
        if page.response.status_code == 200 and MARKUP not in title:  # what people named may be named alike
            routes[title].add(page.endpoint)
    alike = {title: sorted(shared) for title, shared in routes.items() if len(shared) > 1 and shared not in TWINS}
    assert alike == {}, "say in the title what sets these pages apart"


def test_an_error_is_said_in_the_title_in_chinese_too(world: World) -> None:
    answer = world.app.test_client().post("/sign-in", data={}, headers={"Accept-Language": "zh-CN"})
    assert list(wrong_with(answer.text, "错误：")) == []
