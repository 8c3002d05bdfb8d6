"""What a browser keeps by itself, in one cookie: a visitor's favourites, and which gifts are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

from flask import Response, g, request

from giftshop.web import current_shop
from giftshop.wishes.errors import TooManyCompared, TooManyFavourites
from giftshop.wishes.rules import MAX_COMPARED, MAX_FAVOURITES

COOKIE: Final = "wishes"
LASTS: Final = 90 * 86400
"""Seconds: about as long as a firm thinks about its gifts."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The ids of gifts that a browser keeps."""

    favourites: tuple[int, ...] = ()
    """The newest first."""
    compared: tuple[int, ...] = ()

    @classmethod
    def read(cls, text: str) -> Self:
        """Return what a cookie says; whatever is no id in it is passed over."""
        favourites, _, compared = text.partition("_")
        return cls(_ids(favourites, MAX_FAVOURITES), _ids(compared, MAX_COMPARED))

    def __str__(self) -> str:
        return "_".join(".".join(map(str, ids)) for ids in (self.favourites, self.compared))

    def liking(self, item_id: int, *, wanted: bool) -> Kept:
        """Return this with a gift among the favourites, or without it. Raises TooManyFavourites."""
        others = tuple(each for each in self.favourites if each != item_id)
        if wanted and len(others) >= MAX_FAVOURITES:
            raise TooManyFavourites(most=MAX_FAVOURITES)
        return replace(self, favourites=(item_id, *others) if wanted else others)

    def comparing(self, item_id: int, *, wanted: bool) -> Kept:
        """Return this with a gift among those compared, or without it. Raises TooManyCompared."""
        others = tuple(each for each in self.compared if each != item_id)
        if wanted and len(others) >= MAX_COMPARED:
            raise TooManyCompared(most=MAX_COMPARED)
        return replace(self, compared=(*others, item_id) if wanted else others)


def kept_here() -> Kept:
    """Return what the browser of this request keeps."""
    if "wishes_kept" not in g:
        g.wishes_kept = Kept.read(request.cookies.get(COOKIE, ""))
    kept: Kept = g.wishes_kept
    return kept


def keep_here(kept: Kept) -> None:
    """Let the browser keep `kept` from the end of this request on."""
    g.wishes_kept = kept


def remember(response: Response) -> Response:
    """After a request: give the browser what changed."""
    before = request.cookies.get(COOKIE, "")
    if "wishes_kept" not in g or str(g.wishes_kept) == (before or str(Kept())):
        return response
    if g.wishes_kept == Kept():
        response.delete_cookie(COOKIE)
    else:
        is_https = current_shop().settings.is_https
        response.set_cookie(COOKIE, str(g.wishes_kept), max_age=LASTS, httponly=True, samesite="Lax", secure=is_https)
    return response


def _ids(text: str, most: int) -> tuple[int, ...]:
    parts: Sequence[str] = text[:2000].split(".")
    return tuple(dict.fromkeys(int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 13))[
        :most
    ]
