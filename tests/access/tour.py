"""Who opens which page: everybody of one side follows all links, and then opens what only their colleagues found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from werkzeug.test import TestResponse

from giftshop.kernel.actor import Actor, ActorKind
from giftshop.web.guard import grants_of
from tests.hostile.walking import Form, Page, endpoint_of, read, walk
from tests.hostile.world import Surfer, World

PAPERS = (".pdf", ".png", ".svg", ".csv", ".xlsx", ".zip", ".json", "/artwork")
MOST = 6
"""Pages of one route that one person opens: enough for the states that the world has."""
OUTSIDE = (Actor(ActorKind.VISITOR), Actor(ActorKind.RECIPIENT, 1))


class Side(StrEnum):
    """Whose pages are looked at; each is a test of its own."""

    OUTSIDE = "recipients and visitors"
    FIRM = "a firm"
    STAFF = "the staff"


@dataclass
class Tour:
    """All pages that one side got, and by whom."""

    world: World
    side: Side
    surfers: list[Surfer]
    pages: list[tuple[Surfer, Page]]
    opened: set[str]
    """The routes that answered, files among them."""

    def routes(self) -> set[str]:
        """The routes that answer a page and are for this side first: those open to anyone, a firm's, the others."""
        return {
            rule.endpoint
            for rule in self.world.app.url_map.iter_rules()
            if "GET" in (rule.methods or set())
            and not rule.rule.endswith(PAPERS)
            and self.side_of(rule.endpoint) is self.side
        }

    def side_of(self, route: str) -> Side:
        """Who has to show that a route can be opened."""
        kinds = {kind for grant in grants_of(self.world.app, route) or () for kind in grant.kinds}
        if ActorKind.VISITOR in kinds:
            return Side.OUTSIDE
        return Side.FIRM if ActorKind.MEMBER in kinds else Side.STAFF


def tour(world: World, side: Side) -> Tour:
    """Open everything that is open to a side; papers, which take their time, are left out."""
    papers = {rule.endpoint for rule in world.app.url_map.iter_rules() if rule.rule.endswith(PAPERS)}
    surfers = [surfer for surfer in world.browsers if _side(surfer) is side and not surfer.is_of_harbour]
    got = [
        (surfer, page) for surfer in surfers for page in walk(world.app, surfer.client, surfer.start, papers, most=MOST)
    ]
    found = {page.endpoint: page.url for _, page in reversed(got) if page.response.status_code == 200}
    had = {(surfer.name, page.endpoint) for surfer, page in got}
    for surfer in surfers:
        for route, url in found.items():
            if (surfer.name, route) not in had and _may_open(world, surfer, route):
                response = surfer.client.get(url, buffered=True)
                got.append((surfer, Page(url, route, response, read(response, url).forms)))
    pages = [(surfer, page) for surfer, page in got if _is_page(page.response)]
    return Tour(world, side, surfers, pages, set(found))


def _side(surfer: Surfer) -> Side:
    if surfer.person is None:
        return Side.OUTSIDE
    return Side.STAFF if surfer.person.firm_id is None else Side.FIRM


def _may_open(world: World, surfer: Surfer, route: str) -> bool:
    people = (surfer.person.actor,) if surfer.person else OUTSIDE
    return any(grant.admits(person) for grant in grants_of(world.app, route) or () for person in people)


def _is_page(response: TestResponse) -> bool:
    """Whether somebody sees it whole: not a file, not a redirect, not a piece that a script fetches.

    A mail in its frame is no page of ours, and in its sandbox no script can look at it.
    """
    if response.mimetype != "text/html" or 300 <= response.status_code < 400:
        return False
    return "<html" in response.text[:300] and "sandbox" not in response.headers["Content-Security-Policy"]


def filled_in(world: World, toured: Tour) -> Iterator[tuple[Surfer, Form, dict[str, list[str]]]]:
    """One form of each kind that people fill in, with somebody who met it and what it sends as long as it is empty."""
    kinds = set[object]()
    for surfer, page in toured.pages:
        for form in page.forms:
            place = endpoint_of(world.app, form.action, form.method)
            kind = (place and place[0], tuple(sorted(form.names)))
            is_typed = any(field.kind not in {"hidden", "submit", "button"} for field in form.fields)
            if form.method == "POST" and is_typed and kind not in kinds:
                kinds.add(kind)
                kept = [field for field in form.fields if field.kind in {"hidden", "submit", "button", "option"}]
                yield surfer, form, Form(form.page, form.action, form.method, kept).sent()
