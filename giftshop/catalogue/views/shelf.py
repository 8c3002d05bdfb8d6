"""The gift books as everybody sees them, and the pictures of goods. Only firms and staff see what a book costs."""

from __future__ import annotations

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from giftshop.catalogue import queries
from giftshop.catalogue.errors import NoSuchEdition
from giftshop.catalogue.rules import EditionState
from giftshop.catalogue.sizes import WIDTHS, edition
from giftshop.catalogue.views.blueprint import bp
from giftshop.kernel.actor import ActorKind
from giftshop.kernel.errors import Missing
from giftshop.web import actor, allow, anyone, current_shop, reader


@bp.get("/gift-books")
@allow(anyone)
def shelf() -> ResponseReturnValue:
    """The books that can be ordered."""
    editions = queries.editions_on_offer(reader())
    gifts = queries.items_of_editions(reader(), [edition.id for edition in editions])
    return render_template("catalogue/shelf.html", editions=editions, gifts=gifts, shows_prices=_sees_prices())


@bp.get("/gift-books/<code>")
@allow(anyone)
def book(code: str) -> ResponseReturnValue:
    """One book with all its gifts. A closed one stays readable: people hold it. One being drawn up is nobody's yet."""
    edition = queries.edition_by_code(reader(), code)
    if edition.state is EditionState.DRAWN_UP and not actor().is_staff:
        raise NoSuchEdition
    gifts = queries.items_of(reader(), edition.id)
    return render_template("catalogue/book.html", edition=edition, gifts=gifts, shows_prices=_sees_prices())


@bp.get("/pictures/<sha256>")
@allow(anyone)
def picture(sha256: str) -> ResponseReturnValue:
    """An uploaded picture; what is at an address never changes."""
    return _photograph(_content(sha256))


@bp.get("/pictures/<sha256>/<int:width>")
@allow(anyone)
def picture_of_width(sha256: str, width: int) -> ResponseReturnValue:
    """The same picture for a smaller place: one of a few widths."""
    if width not in WIDTHS:
        raise Missing
    folder = current_shop().settings.instance_path
    return _photograph(edition(_content(sha256), sha256, width, folder))


def _content(sha256: str) -> bytes:
    found = queries.picture(reader(), sha256)
    if found is None:
        raise Missing
    return found.content


def _photograph(content: bytes) -> Response:
    response = Response(content, mimetype="image/webp")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _sees_prices() -> bool:
    return actor().kind in {ActorKind.MEMBER, ActorKind.STAFF}
