"""The shop as everybody sees it. Only firms and staff see what a gift costs: whoever is given one should not."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from giftshop import accounts, catalogue, giftsets, stock
from giftshop.catalogue import CollectionKind, Item, ItemState, NoSuchItem
from giftshop.kernel import clock
from giftshop.kernel.actor import ActorKind
from giftshop.kernel.clock import local_day
from giftshop.kernel.errors import Missing, Refused
from giftshop.kernel.festivals import Coming, next_festival
from giftshop.kernel.money import Money
from giftshop.kernel.role import MemberRole
from giftshop.shop import queries, service
from giftshop.shop.rules import Looking, Sort, band_of, page_of
from giftshop.shop.words import SORTS, band_words
from giftshop.web import Form, actor, allow, anyone, current_shop, localized, members, reader, say, transact_once

bp = Blueprint("shop", "giftshop.shop")
MAX_TEXT = 100
SET_NAME = 60
SETS = 12
"""Sets to choose from; the latest are the ones that are being made."""


def front() -> ResponseReturnValue:
    """What a visitor sees first: what is offered, how it goes, until when; the way in for whoever was given a code."""
    found, currency = reader(), _currency()
    books = queries.books(found, currency)
    return render_template(
        "shop/front.html",
        books=(books[0].tier, books[-1].tier) if books else None,
        gifts=queries.price_range(found, currency),
        card_most=Money(current_shop().settings.market.stored_value.named_cap_minor, current_shop().settings.currency),
        window=queries.window(found, currency),
        kinds=CollectionKind,
        festival=_festival(),
    )


@bp.get("/shop")
@allow(anyone)
def index() -> ResponseReturnValue:
    """The shop: by occasion, by budget, by recipient, by kind, and what is new."""
    found, currency = reader(), _currency()
    return render_template(
        "shop/index.html",
        window=queries.window(found, currency),
        kinds=CollectionKind,
        budgets=queries.budgets(found, currency) if _sees_prices() else [],
        newest=queries.newest(found, currency, limit=8),
        festival=_festival(),
        **_words(),
    )


@bp.get("/shop/gifts")
@allow(anyone)
def gifts() -> ResponseReturnValue:
    """All gifts, or those that were looked for."""
    return _shelf(_looking(), None)


@bp.get("/shop/collections/<tag>")
@allow(anyone)
def collection(tag: str) -> ResponseReturnValue:
    """The gifts of a collection."""
    return _shelf(_looking(tag), catalogue.collection(reader(), tag))


@bp.get("/shop/gifts/<sku>")
@allow(anyone)
def gift(sku: str) -> ResponseReturnValue:
    """One gift: what it is, when it can leave, which books hold it, what can be put onto it."""
    return _gift_page(_on_offer(sku))


@bp.post("/shop/gifts/<sku>/into-set")
@allow(members(MemberRole.BUYER))
def into_set(sku: str) -> ResponseReturnValue:
    """Put it into one of the firm's sets, or into a new one."""
    found, chosen, firm_id = _on_offer(sku), request.form.get("gift_set", ""), actor().firm_id
    if firm_id is None:
        raise Missing
    set_id = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 13 else None
    name = _("Set with %(gift)s", gift=localized(found.names))[:SET_NAME]
    key = Form().once()
    try:
        set_id = transact_once(key, service.put_into_set, firm_id, found.id, set_id, name, by=actor(), at=clock.now())
    except Refused as refusal:
        flash(say(refusal), "error")
        return redirect(url_for("shop.gift", sku=found.sku))
    to_set = Markup('<a href="{}">{}</a>').format(url_for("giftsets.build", gift_set_id=set_id), _("Open the set"))
    flash(Markup("{} {}").format(_("It is in the set."), to_set), "success")
    return redirect(url_for("shop.gift", sku=found.sku))


def _shelf(looking: Looking, collection: catalogue.Collection | None) -> ResponseReturnValue:
    found = queries.shelf(reader(), _currency(), looking)
    endpoint, place = ("shop.collection", {"tag": collection.tag}) if collection else ("shop.gifts", {})
    asked = {
        "q": looking.text,
        "kind": looking.sort_tag,
        "band": looking.band.key if looking.band else "",
        "there": "1" if looking.is_there else "",
        "sort": looking.order if looking.order is not Sort.BEST else "",
    }

    def here(**changes: str | int) -> str:
        """Return this address with other facets, from its first page."""
        values: dict[str, Any] = {**place, **asked, **changes}
        return url_for(endpoint, **{name: value for name, value in values.items() if value})

    return render_template(
        "shop/shelf.html",
        shelf=found,
        collection=collection,
        looking=looking,
        here=here,
        sorts=_sorts(looking),
        window=queries.window(reader(), _currency()) if not found.total else {},
        kinds=CollectionKind,
        **_words(),
    )


def _gift_page(found: Item) -> ResponseReturnValue:
    reads, currency = reader(), _currency()
    similar = queries.similar(reads, found)
    return render_template(
        "shop/gift.html",
        gift=found,
        there=stock.available(reads, [found.id])[found.id],
        books=catalogue.editions_with(reads, found.id),
        places=catalogue.places_on(reads, [found.id], []),
        similar=similar,
        sets=_open_sets(found) if found.currency == currency else [],
        is_buyer=actor().has(MemberRole.BUYER) and found.currency == currency,
        collections=[each for each in catalogue.collections(reads) if each.tag in found.tags],
        **_words(),
    )


def _open_sets(found: Item) -> list[giftsets.GiftSet]:
    firm_id = actor().firm_id
    if firm_id is None or not actor().has(MemberRole.BUYER):
        return []
    latest = giftsets.latest_sets(reader(), firm_id)
    return [each for each in latest if not each.is_frozen and each.currency == found.currency][:SETS]


def _on_offer(sku: str) -> Item:
    found = catalogue.item_by_sku(reader(), sku)
    if found.state is not ItemState.ON_OFFER:
        raise NoSuchItem
    return found


def _looking(tag: str = "") -> Looking:
    asked = request.args
    order = asked.get("sort", "")
    return Looking(
        text=asked.get("q", "").strip()[:MAX_TEXT],
        collection=tag,
        sort_tag=asked.get("kind", "")[:MAX_TEXT],
        band=band_of(_currency(), asked.get("band", "")) if _sees_prices() else None,
        is_there=asked.get("there") == "1",
        order=Sort(order) if order in set(Sort) and (_sees_prices() or order == Sort.NEW) else Sort.BEST,
        page=page_of(asked.get("page", "")),
    )


def _sorts(looking: Looking) -> list[tuple[Sort, str]]:
    """Return the orders to choose from: without a search the newest come first anyhow."""
    orders = [(Sort.BEST, SORTS[Sort.BEST]), (Sort.NEW, SORTS[Sort.NEW])] if looking.text else []
    orders = orders or [(Sort.BEST, SORTS[Sort.NEW])]
    return [*orders, *((each, SORTS[each]) for each in (Sort.CHEAP, Sort.DEAR) if _sees_prices())]


def _words() -> dict[str, Any]:
    return {"shows_prices": _sees_prices(), "band_words": band_words}


def _sees_prices() -> bool:
    return actor().kind in {ActorKind.MEMBER, ActorKind.STAFF}


def _currency() -> str:
    """Return the currency that prices are shown in: a firm's own, else the operator's."""
    firm_id = actor().firm_id
    return current_shop().settings.currency if firm_id is None else accounts.firm(reader(), firm_id).currency


def _festival() -> Coming | None:
    return next_festival(local_day(clock.now(), current_shop().settings.time_zone))
