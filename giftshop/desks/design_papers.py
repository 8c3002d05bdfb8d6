"""Every paper that the site prints, with made-up facts: for whoever wants to see what leaves the house."""

from __future__ import annotations

from typing import Final

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from giftshop import paper
from giftshop.desks.design import bp
from giftshop.kernel.errors import Missing
from giftshop.kernel.locale import LOCALES
from giftshop.web import allow, current_shop, in_locale, staff

DPI: Final = 64
SECONDS_TO_KEEP: Final = 600
"""Drawing a paper takes a second; the facts on it are the same for ever."""


@bp.get("/design/papers")
@allow(staff())
def papers() -> ResponseReturnValue:
    """The first page of each paper in every language, each leading to the whole."""
    return render_template("desks/papers.html", names=sorted(current_shop().sample_papers))


@bp.get("/design/papers/<name>/<locale>.pdf")
@allow(staff())
def sample_paper(name: str, locale: str) -> ResponseReturnValue:
    """One paper, as it is printed."""
    return _kept(_printed(name, locale), "application/pdf")


@bp.get("/design/papers/<name>/<locale>.png")
@allow(staff())
def sample_picture(name: str, locale: str) -> ResponseReturnValue:
    """The first page of one paper."""
    return _kept(paper.page_png(_printed(name, locale), dpi=DPI), "image/png")


def _printed(name: str, locale: str) -> bytes:
    printer = current_shop().sample_papers.get(name)
    if printer is None or locale not in LOCALES:
        raise Missing
    with in_locale(locale):
        return printer()


def _kept(content: bytes, mimetype: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.cache_control.private, response.cache_control.max_age = True, SECONDS_TO_KEEP
    return response
