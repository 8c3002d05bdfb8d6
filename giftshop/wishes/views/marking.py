"""The heart of a gift, and its "Compare": a form that works by itself, and in place where our script runs."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.catalogue import Item
from giftshop.kernel import clock
from giftshop.kernel.actor import ActorKind
from giftshop.kernel.errors import NotAllowed, Refused
from giftshop.web import actor, allow, anyone, localized, reader, say, transact
from giftshop.wishes import favourites
from giftshop.wishes.favourites import offered_item
from giftshop.wishes.kept import Kept, keep_here, kept_here
from giftshop.wishes.showing import compared_items, favourite_ids, may_keep
from giftshop.wishes.views.blueprint import bp, wants_json, way_back


@bp.post("/favourites/<int:item_id>")
@allow(anyone)
def mark(item_id: int) -> ResponseReturnValue:
    """Make a gift a favourite, or none any more."""
    is_wanted = _is_wanted()
    try:
        name = localized(offered_item(reader(), item_id).names) if is_wanted else ""
        _mark(item_id, is_wanted=is_wanted)
    except Refused as refusal:
        return _refused(refusal, item_id)
    if wants_json():
        said = _("“%(gift)s” is among your favourites.", gift=name) if is_wanted else _("Not a favourite any more.")
        return {"wanted": is_wanted, "count": len(favourite_ids()), "said": said}
    return redirect(way_back(item_id), 303)


@bp.post("/compare/<int:item_id>")
@allow(anyone)
def put_beside(item_id: int) -> ResponseReturnValue:
    """Take a gift to those that are compared, or away from them."""
    is_wanted = _is_wanted()
    try:
        if is_wanted:
            offered_item(reader(), item_id)
        keep_here(_offered().comparing(item_id, wanted=is_wanted))
    except Refused as refusal:
        return _refused(refusal, item_id)
    if wants_json():
        tray = render_template("wishes/_tray_inside.html", compared=compared_items())
        return {"wanted": is_wanted, "count": len(kept_here().compared), "said": _said(), "tray": tray}
    return redirect(way_back(item_id), 303)


@bp.post("/compare/none")
@allow(anyone)
def put_away() -> ResponseReturnValue:
    """Compare nothing any more."""
    keep_here(Kept(kept_here().favourites))
    return redirect(way_back(), 303)


def _is_wanted() -> bool:
    return request.form.get("wanted", "yes") != "no"


def _mark(item_id: int, *, is_wanted: bool) -> None:
    if not may_keep():
        raise NotAllowed
    if actor().kind is not ActorKind.MEMBER:
        keep_here(kept_here().liking(item_id, wanted=is_wanted))
    elif is_wanted:
        transact(favourites.keep, actor().id or 0, item_id, at=clock.now())
    else:
        transact(favourites.let_go, actor().id or 0, item_id)


def _offered() -> Kept:
    """Return what is kept here; what is not offered any more takes nobody's place beside the others."""
    items: list[Item] = compared_items()
    return Kept(kept_here().favourites, tuple(item.id for item in items))


def _said() -> str:
    names = [localized(item.names) for item in compared_items()]
    return str(_("To compare: %(gifts)s", gifts=", ".join(names)) if names else _("Nothing to compare any more."))


def _refused(refusal: Refused, item_id: int) -> ResponseReturnValue:
    if wants_json():
        return {"said": say(refusal)}, 409
    flash(say(refusal), "error")
    return redirect(way_back(item_id), 303)
