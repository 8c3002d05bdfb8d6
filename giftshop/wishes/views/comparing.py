"""Up to four gifts side by side, at an address that can be sent to a colleague."""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from giftshop import accounts, catalogue
from giftshop.catalogue import Item, ItemState
from giftshop.kernel.actor import ActorKind
from giftshop.web import actor, allow, anyone, current_shop, reader
from giftshop.wishes.comparing import compare
from giftshop.wishes.kept import Kept, keep_here, kept_here
from giftshop.wishes.rules import MAX_COMPARED
from giftshop.wishes.showing import compared_items, favourite_ids, names_of
from giftshop.wishes.views.blueprint import bp, own_firm, sees_prices


@bp.get("/compare")
@allow(anyone)
def side_by_side() -> ResponseReturnValue:
    """The gifts that the address names; those that this browser took up, when it names none."""
    if "gift" not in request.args and compared_items():
        return redirect(url_for("wishes.side_by_side", gift=names_of(compared_items())))
    items = _named(request.args.getlist("gift"))
    if "gift" in request.args:
        keep_here(Kept(kept_here().favourites, tuple(item.id for item in items)))
    rows = compare(reader(), items, with_prices=sees_prices())
    only_differences = request.args.get("only") == "differences" and len(items) > 1
    return render_template(
        "wishes/compare.html",
        items=items,
        rows=[row for row in rows if row.differs] if only_differences else rows,
        only_differences=only_differences,
        skus=names_of(items),
        most=MAX_COMPARED,
        wanted=request.args.get("q", "")[:100],
        to_add=_to_add(items) if len(items) < MAX_COMPARED else [],
        shows_prices=sees_prices(),
    )


def _named(skus: Sequence[str]) -> list[Item]:
    """Return the first few gifts on offer that are named, each once."""
    wanted = list(dict.fromkeys(sku[:40].upper() for sku in skus[:20]))
    found = catalogue.items_by_sku(reader(), wanted)
    offered = [found[sku] for sku in wanted if sku in found and found[sku].state is ItemState.ON_OFFER]
    return offered[:MAX_COMPARED]


def _to_add(items: Sequence[Item]) -> list[Item]:
    """Return gifts to put beside: what was searched for, else favourites."""
    wanted = request.args.get("q", "").strip()[:100]
    if wanted:
        found = list(catalogue.items_to_choose(reader(), _currency(), wanted=wanted, limit=8))
    else:
        known = catalogue.items_by_id(reader(), favourite_ids()[:12])
        found = [known[each] for each in favourite_ids()[:12] if each in known]
    there = {item.id for item in items}
    return [item for item in found if item.id not in there and item.state is ItemState.ON_OFFER][:8]


def _currency() -> str:
    if actor().kind is ActorKind.MEMBER:
        return accounts.firm(reader(), own_firm()).currency
    return current_shop().settings.currency
