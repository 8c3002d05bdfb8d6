"""Pages leave compressed, except those that hold what the asker wrote into the address or sent.

A page has a token in it, and somebody who can have a page asked for with words of their choosing, and sees how long
the answer is, can find out a secret letter by letter (BREACH). Of a page that was asked for by its bare address
there is nothing to choose: docs/decisions/0029.
"""

from __future__ import annotations

from typing import Final

from flask import Response, request

from giftshop.web.app import GiftShop
from giftshop.web.assets import packed, takes_gzip

LEAST: Final = 1024
"""Bytes below which nothing is gained: the answer fits the first packet."""
TYPES: Final = frozenset({"text/html"})


def compress(response: Response) -> Response:
    """After a request: make its page smaller, where that tells nobody anything."""
    if _may_be_packed(response) and takes_gzip():
        response.set_data(packed(response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
    if response.mimetype in TYPES:
        response.vary.add("Accept-Encoding")
    return response


def _may_be_packed(response: Response) -> bool:
    return (
        request.method == "GET"
        and not request.query_string
        and response.status_code == 200
        and response.mimetype in TYPES
        and not response.is_streamed
        and not response.direct_passthrough
        and "Content-Encoding" not in response.headers
        and (response.content_length or 0) >= LEAST
    )


def init_app(app: GiftShop) -> None:
    """Stand at the end of every request of `app`."""
    app.after_request(compress)
