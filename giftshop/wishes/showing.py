"""What pages show of favourites and comparisons, read once a request: templates ask `wishes.…`."""

from __future__ import annotations

from collections.abc import Sequence

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from giftshop import catalogue
from giftshop.catalogue import Item, ItemState
from giftshop.kernel import clock
from giftshop.kernel.actor import ActorKind
from giftshop.web import actor, reader, transact
from giftshop.wishes import favourites
from giftshop.wishes.kept import Kept, keep_here, kept_here


def favourite_ids() -> list[int]:
    """Return the favourites of whoever makes this request, the newest first; read once a request."""
    if "wishes_favourites" not in g:
        g.wishes_favourites = _favourites()
    ids: list[int] = g.wishes_favourites
    return ids


def _favourites() -> list[int]:
    if actor().kind is ActorKind.MEMBER and actor().id is not None:
        return favourites.favourites_of(reader(), actor().id or 0)
    return list(kept_here().favourites) if may_keep() else []


def may_keep() -> bool:
    """Whether who makes this request keeps favourites: people of firms, and visitors who may become some."""
    return actor().kind in {ActorKind.MEMBER, ActorKind.VISITOR}


def compared_items() -> list[Item]:
    """Return the gifts that this browser compares and that are still offered, in their order."""
    ids = kept_here().compared
    found = catalogue.items_by_id(reader(), ids)
    return [found[each] for each in ids if each in found and found[each].state is ItemState.ON_OFFER]


def gift_url(sku: str) -> str:
    """Return the address of a gift's own page."""
    return url_for("shop.gift", sku=sku)


def gifts_url() -> str:
    """Return the address where gifts are looked at."""
    return url_for("shop.index")


def carry_over() -> ResponseReturnValue | None:
    """Before a request: what a browser kept for a visitor becomes the person's once they have signed in."""
    if request.endpoint == "static" or not kept_here().favourites or actor().kind is not ActorKind.MEMBER:
        return None
    kept = kept_here()
    transact(favourites.carry_over, actor().id or 0, kept.favourites, at=clock.now())
    keep_here(Kept(compared=kept.compared))
    return None


class OnPage:
    """What templates ask. One object serves all requests: whatever it remembers lies on `g`."""

    may_keep = staticmethod(may_keep)
    gift_url = staticmethod(gift_url)
    gifts_url = staticmethod(gifts_url)
    compared_items = staticmethod(compared_items)

    def is_favourite(self, item_id: int) -> bool:
        """Whether a gift is a favourite of whoever reads."""
        return item_id in favourite_ids()

    def is_compared(self, item_id: int) -> bool:
        """Whether this browser compares a gift."""
        return item_id in kept_here().compared

    def count(self) -> int:
        """Return how many favourites whoever reads has."""
        return len(favourite_ids())

    def is_first(self, what: str) -> bool:
        """Whether `what` is asked about for the first time while this page is drawn: styles once, an id once."""
        seen: set[str] = g.setdefault("wishes_seen", set())
        is_new = what not in seen
        seen.add(what)
        return is_new

    def has_gifts(self) -> bool:
        """Whether gifts with their hearts stand on this page, so far."""
        return "style" in g.get("wishes_seen", ())

    def back(self) -> str:
        """Return this page's address, to come back to."""
        return request.full_path.rstrip("?") if request.method == "GET" else url_for("wishes.index")


def names_of(items: Sequence[Item]) -> list[str]:
    """Return the SKUs of `items`, for an address."""
    return [item.sku for item in items]
