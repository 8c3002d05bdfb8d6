"""The application object: Flask, and the few things of ours that hang on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from flask import Flask, Response, current_app, has_request_context, redirect, request
from flask.typing import ResponseReturnValue

from giftshop.config import Settings
from giftshop.db import Database, Transaction
from giftshop.events import Events
from giftshop.jobs import Jobs
from giftshop.kernel.actor import VISITOR, Actor
from giftshop.kernel.keyring import Keyring
from giftshop.kernel.money import Money
from giftshop.web.assets import MARK, Assets, most_seconds
from giftshop.web.home import Lately, Place, Waiting
from giftshop.web.inverses import Inverse
from giftshop.web.menu import MenuItem
from giftshop.web.privacy import Eraser
from giftshop.web.watched import Watched

MOST_ADDRESSES: Final = 4096
"""Addresses that are remembered: all pages and static files there are, and no more if somebody tries."""


class GiftShop(Flask):
    """Flask with typed attributes instead of an extensions dictionary."""

    settings: Settings
    events: Events
    database: Database
    jobs: Jobs
    identify: Callable[[], Actor]
    """Who makes this request. The accounts room provides it."""
    front: Callable[[], ResponseReturnValue]
    """What a visitor sees at the address of the site. The shop provides it; without one, the way in."""
    menu: list[MenuItem]
    """Where signed-in people can go; each room adds its own."""
    waiting: list[Waiting]
    """What may wait for them; each room adds its own, too."""
    lately: list[Lately]
    """What they were about lately, for their home page; each room adds its own."""
    places: dict[str, Place]
    """By the kind of an audit event's subject ("order"), where staff find it; each room adds its own."""
    rounds: list[Callable[[Transaction, datetime], None]]
    """What the worker does every few seconds; each room adds its own: quick looks that promise jobs, nothing more."""
    chores: list[Callable[[datetime], None]]
    """What the worker does beside, outside of any transaction: looks that end in a file, not in the database."""
    kept_folders: set[str]
    """Folders under the instance path whose files a backup takes along; each room names its own."""
    inverses: dict[str, Inverse]
    """How acts are taken back, by room.verb; each room adds its own: see `web.undo`."""
    sample_papers: dict[str, Callable[[], bytes]]
    """One of each paper as PDF, in the current language and with made-up facts; each room adds its own."""
    watched: dict[str, Watched]
    """Lists that say what has come since they were opened; each room adds its own: see `web.news`."""
    numbers: dict[str, Callable[[int], str]]
    """By the kind of what was sold ("order"), the number that people call one by, from its id; each room adds its own.

    Rooms below know what they work for by kind and id only, and still must write its number onto their papers.
    """
    erasers: list[Eraser]
    """The kinds of personal data that there are; each room adds its own."""
    resealers: list[Callable[[Transaction, Keyring], int]]
    """Each seals some rows of its room anew that lie under a master key other than the current, and returns how many.

    Called until it returns 0, each time in a transaction of its own.
    """
    anew: Callable[[Settings], GiftShop]
    """Makes another application like this one, on other settings. The application factory provides it."""

    assets: Assets
    """The static files, marked and compressed."""

    _addresses: dict[tuple[str, str, str | None], str]

    @classmethod
    def build(cls, settings: Settings, root: str) -> GiftShop:
        """Return an app with `settings`, its database and its jobs, whose templates and static files lie in `root`."""
        app = cls("giftshop", root_path=root, template_folder="templates", static_folder="static")
        app.settings = settings
        app.events = Events()
        app.database = Database(settings.database_url, app.events)
        app.jobs = Jobs(app.database)
        app.identify = lambda: VISITOR
        app.front = lambda: redirect("/sign-in")
        app.menu = []
        app.waiting = []
        app.lately = []
        app.places = {}
        app.inverses = {}
        app.sample_papers = {}
        app.watched = {}
        app.rounds = []
        app.chores = []
        app.kept_folders = set()
        app.numbers = {}
        app.erasers = []
        app.resealers = []
        app.assets = Assets(Path(root) / "static")
        app._addresses = {}
        return app

    def send_static_file(self, filename: str) -> Response:
        """Send a static file: compressed if it compresses, as Flask does if not."""
        return self.assets.answer(filename) or super().send_static_file(filename)

    def process_response(self, response: Response) -> Response:
        """End a request. What never changes is everybody's: a new cookie is no reason to fetch it again."""
        response = super().process_response(response)
        if "immutable" in response.headers.get("Cache-Control", ""):
            kept = [name for name in response.vary if name.lower() != "cookie"]
            response.headers["Vary"] = ", ".join(kept) or "Accept-Encoding"
        return response

    def get_send_file_max_age(self, filename: str | None) -> int | None:
        """Return for how many seconds a file may be kept without asking again."""
        return most_seconds(filename)

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """Return an address, as Flask does. Those that need nothing filled in are worked out once.

        A page has some twenty of them, for pictures, styles and its neighbours: a twentieth of its CPU.
        """
        given = {name for name, value in values.items() if value is not None}
        is_plain = not given or (endpoint == "static" and given == {"filename"})
        if not is_plain or endpoint.startswith(".") or not has_request_context():
            return super().url_for(endpoint, **values)
        place = request.root_path, endpoint, values.get("filename")
        known = self._addresses.get(place)
        if known is None:
            mark = self.assets.mark(values["filename"]) if endpoint == "static" else None
            marked: dict[str, Any] = {MARK: mark} if mark else {}
            known = super().url_for(endpoint, **values, **marked)
            if len(self._addresses) < MOST_ADDRESSES:
                self._addresses[place] = known
        return known

    @property
    def no_money(self) -> Money:
        """Nothing, in the operator's currency."""
        return Money.zero(self.settings.currency)


def current_shop() -> GiftShop:
    """Return the application of this request or job."""
    return cast(GiftShop, current_app._get_current_object())  # type: ignore[attr-defined]
