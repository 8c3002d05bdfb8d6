"""Brochures: what to show, and the PDF; for a firm's buyer, and for sales."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from giftshop import accounts, campaigns, catalogue, giftsets, orders
from giftshop.brochures import composing
from giftshop.brochures.composing import MOST_PEOPLE, Brochure
from giftshop.brochures.errors import NothingChosen
from giftshop.brochures.papers import brochure_pdf
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.orders import Order, OrderState
from giftshop.web import actor, allow, members, reader, say, staff

bp = Blueprint("brochures", __name__)

FIRM: Final = (MemberRole.BUYER, MemberRole.PLANNING, MemberRole.APPROVER, MemberRole.ADMINISTRATOR)
DESK: Final = (StaffRole.SALES, StaffRole.ADMINISTRATOR)


@bp.get("/brochures")
@allow(members(*FIRM))
def index() -> ResponseReturnValue:
    """What a firm can have shown."""
    return _page(_own_firm())


@bp.get("/desk/brochures")
@allow(staff(*DESK))
def desk() -> ResponseReturnValue:
    """What sales can have shown: gift books on offer, and a firm's own sets once it is named."""
    return _page(_named_firm())


@bp.get("/brochures/brochure.pdf")
@allow(members(*FIRM))
def chosen() -> ResponseReturnValue:
    """What a firm chose."""
    return _chosen(_own_firm(), "brochures.index")


@bp.get("/desk/brochures/brochure.pdf")
@allow(staff(*DESK))
def desk_chosen() -> ResponseReturnValue:
    """What sales chose."""
    return _chosen(_named_firm(), "brochures.desk")


@bp.get("/orders/<number>/brochure")
@allow(members(*FIRM), staff(*DESK))
def for_order(number: str) -> ResponseReturnValue:
    """Whether an order is shown with what it costs, or without."""
    order = orders.order_of(reader(), number, actor().firm_id)
    return render_template("brochures/order.html", order=order)


@bp.get("/orders/<number>/brochure.pdf")
@allow(members(*FIRM), staff(*DESK))
def of_order(number: str) -> ResponseReturnValue:
    """What an order, or a draft, is for."""
    order = orders.order_of(reader(), number, actor().firm_id)
    return _pdf(composing.of_order(reader(), order), f"brochure-{order.number}", with_prices=_with_prices())


@bp.get("/campaigns/<int:campaign_id>/brochure.pdf")
@allow(members(*FIRM))
def of_campaign(campaign_id: int) -> ResponseReturnValue:
    """What a campaign gives, by grade."""
    try:
        found = composing.of_campaign(reader(), _own_firm(), campaign_id)
    except NothingChosen as refusal:
        flash(say(refusal), "error")
        return redirect(url_for("campaigns.show", campaign_id=campaign_id))
    return _pdf(found, f"brochure-campaign-{campaign_id}", with_prices=_with_prices())


def _page(firm_id: int | None) -> str:
    is_desk = actor().is_staff
    return render_template(
        "brochures/index.html",
        is_desk=is_desk,
        firm_id=firm_id,
        firms=accounts.all_firms(reader()) if is_desk else (),
        editions=catalogue.editions_on_offer(reader()),
        sets=giftsets.latest_sets(reader(), firm_id) if firm_id else (),
        campaigns=campaigns.campaigns_page(reader(), firm_id).rows if firm_id and not is_desk else (),
        drafts=_drafts(firm_id) if firm_id else (),
        most=MOST_PEOPLE,
    )


def _drafts(firm_id: int) -> Sequence[Order]:
    """Return what the firm is drawing up just now: what its decision is wanted on."""
    return orders.orders_page(reader(), firm_id=firm_id, state=OrderState.DRAFT).rows


def _chosen(firm_id: int | None, back: str) -> ResponseReturnValue:
    asked = request.args
    try:
        found = composing.of_choice(
            reader(),
            editions=_numbers(asked, "edition"),
            sets=_numbers(asked, "set"),
            firm_id=firm_id,
            people=min(next(iter(_numbers(asked, "people")), 0), MOST_PEOPLE),
        )
    except NothingChosen as refusal:
        flash(say(refusal), "error")
        return redirect(url_for(back, firm=firm_id if actor().is_staff else None))
    return _pdf(found, "brochure", with_prices=_with_prices())


def _pdf(brochure: Brochure, name: str, *, with_prices: bool) -> Response:
    content = brochure_pdf(reader(), brochure, with_prices=with_prices)
    disposition = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(content, mimetype="application/pdf", headers=disposition)


def _with_prices() -> bool:
    return request.args.get("prices") == "yes"


def _numbers(asked: MultiDict[str, str], name: str) -> list[int]:
    """Return the whole numbers that were ticked; anything else can only come from a hand-made address."""
    texts = asked.getlist(name)[:100]
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19]


def _own_firm() -> int:
    firm_id = actor().firm_id
    return abort(404) if firm_id is None else firm_id


def _named_firm() -> int | None:
    firm_id = next(iter(_numbers(request.args, "firm")), None)
    return accounts.firm(reader(), firm_id).id if firm_id else None
