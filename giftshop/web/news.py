"""What has come onto a list since somebody opened it: the page says so beside a link, and its rows stay where they are.

A room registers what is watched (`app.watched`); the page of the list puts `ui.watch(...)` above it, and a script
(static/js/watch.js) asks now and then, while somebody looks.
"""

from __future__ import annotations

from typing import Final

from flask import Blueprint, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from giftshop.kernel.errors import Missing, NotAllowed
from giftshop.web.app import GiftShop, current_shop
from giftshop.web.guard import actor, allow, signed_in
from giftshop.web.transactions import reader

bp = Blueprint("news", __name__)
MOST_DIGITS: Final = 18


@bp.get("/news/<name>")
@allow(signed_in)
def since(name: str) -> ResponseReturnValue:
    """How much has come onto a list since a cursor, and how to say it; for scripts."""
    watched = current_shop().watched.get(name)
    text = request.args.get("since", "")
    if watched is None or not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise Missing
    if not any(grant.admits(actor()) for grant in watched.grants):
        raise NotAllowed
    count = watched.count(reader(), int(text))
    return jsonify(count=count, words=watched.words(count) if count else "")


def watch_url(name: str) -> str:
    """Return the address that tells what has come onto the list `name` from now on."""
    watched = current_shop().watched[name]
    return url_for("news.since", name=name, since=watched.cursor(reader()))


def init_app(app: GiftShop) -> None:
    """Add the route, and let templates ask for it."""
    app.register_blueprint(bp)
    app.jinja_env.globals["watch_url"] = watch_url
