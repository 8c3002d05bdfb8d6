"""The blueprint of favourites and lists, and who may do what on it."""

from __future__ import annotations

from flask import Blueprint, request, url_for

from giftshop.accounts import own_path
from giftshop.kernel.actor import ActorKind
from giftshop.kernel.role import MemberRole
from giftshop.web import actor, members, reader
from giftshop.wishes.models import WishList
from giftshop.wishes.queries import own_list

bp = Blueprint("wishes", "giftshop.wishes")
firm = members()
buyers = members(MemberRole.BUYER)


def own_firm() -> int:
    """Return the firm of the member who makes this request."""
    firm_id = actor().firm_id
    assert firm_id is not None  # noqa: S101 -- the guard admits members only
    return firm_id


def our_list(list_id: int) -> WishList:
    """Return a list of the firm that makes this request. Raises NoSuchList."""
    return own_list(reader(), own_firm(), list_id)


def sees_prices() -> bool:
    """Whether who reads is shown what gifts cost: firms and staff are."""
    return actor().kind in {ActorKind.MEMBER, ActorKind.STAFF}


def wants_json() -> bool:
    """Whether our script asks, and not a form that leads to a page."""
    return request.accept_mimetypes.best == "application/json"


def way_back(item_id: int | None = None) -> str:
    """Return where a form came from, at the gift it was about; the page of favourites when nobody can tell."""
    back = own_path(request.form.get("back", "")[:1000]) or url_for("wishes.index")
    return f"{back}#wish-{item_id}" if item_id is not None else back
