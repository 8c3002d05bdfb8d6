"""The way through: one gift, an address, a look over everything, yes. And the same pages again to change a choice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from giftshop.cards import AlreadyClaimed, CardBlocked, CardExpired, CardNotActive, NotEnoughLeft
from giftshop.fulfilment import AlreadyPacking
from giftshop.kernel import clock
from giftshop.kernel.clock import local_day
from giftshop.kernel.errors import Refused
from giftshop.redemption import basket, drafts, joining, pasting, phone_steps, queries, service, visit
from giftshop.redemption.blueprint import bp
from giftshop.redemption.errors import (
    CardsChanged,
    DraftChanged,
    JustTaken,
    NotAmongTheGifts,
    NotEnoughTogether,
    PhoneNotBound,
    PhoneNotProved,
)
from giftshop.redemption.forms import ConfirmForm, DeliveryForm, GiftForm, PasteForm
from giftshop.redemption.joining import CardCodeForm
from giftshop.redemption.presenting import brand_of, choices, receiver_rows
from giftshop.redemption.queries import Gift
from giftshop.redemption.rules import LONGEST_WAIT, cost_of
from giftshop.redemption.sending import check_day
from giftshop.redemption.sharing import Together
from giftshop.redemption.visit import Visit
from giftshop.redemption.way import Way, find
from giftshop.web import allow, anyone, current_locale, is_switching, reader, say, transact, transact_once


@bp.get("/r/gift/choice")
@bp.get("/r/gift/orders/<int:nth>/choice")
@allow(anyone)
def choice(nth: int | None = None) -> ResponseReturnValue:
    """The gifts still to be had, large."""
    way = find(nth)
    if isinstance(way, Response):
        return way
    gifts = queries.goods_of(reader(), way.card)
    if way.card.is_value:
        return basket.show(way, _basket_form(way, gifts), gifts)
    form = GiftForm(data={"gift": str(way.item_id or "")})
    taken = _gone(gifts, request.args.get("taken", ""))
    if taken:
        form.gift.data = None
        form.refuse(JustTaken(field="gift", gift=taken.item.names))
    return _choice_page(way, form, gifts)


@bp.post("/r/gift/choice")
@bp.post("/r/gift/orders/<int:nth>/choice")
@allow(anyone)
def choose(nth: int | None = None) -> ResponseReturnValue:
    """Note the gift and go on, or send another one than before."""
    way = find(nth)
    if isinstance(way, Response):
        return way
    if way.card.is_value:
        return basket.choose(way)
    form, gifts = GiftForm(), queries.goods_of(reader(), way.card)
    if is_switching():
        return _choice_page(way, form, gifts)
    try:
        chosen = _one_of(gifts, form.item_id, held=way.redemption.item_id if way.redemption else None)
        if way.redemption:
            return _choose_again(way, form, way.redemption.id)
        key = transact(drafts.keep_gift, way.card.id, chosen.item.id, key=way.visit.draft_key, at=clock.now())
    except Refused as refusal:
        form.refuse(refusal)
        return _choice_page(way, form, gifts)
    visit.go_on(way.visit, draft_key=key)
    return redirect(url_for("redemption.check" if way.draft and way.draft.receiver else "redemption.address"), 303)


@bp.route("/r/gift/address", methods=["GET", "POST"])
@bp.route("/r/gift/orders/<int:nth>/address", methods=["GET", "POST"])
@allow(anyone)
def address(nth: int | None = None) -> ResponseReturnValue:
    """Who gets it, where, and not before when."""
    way = find(nth)
    if isinstance(way, Response):
        return way
    form = DeliveryForm(data=_known_delivery(way))
    if pasting.is_asked():
        form, found = pasting.filled_in(form)
        return _address_page(way, form, was_pasted=True, found=found)
    if form.to.form.asks_for_more or not form.is_submitted() or not form.validate():
        return _address_page(way, form)
    try:
        if way.redemption:
            return _send_elsewhere(way, form, way.redemption.id)
        check_day(form.not_before.data, today=local_day(clock.now(), way.card.time_zone))
    except Refused as refusal:
        form.refuse(refusal)
        return _address_page(way, form)
    key = transact(
        drafts.keep_receiver,
        way.card.id,
        form.to.form.receiver,
        not_before=form.not_before.data,
        email=form.email.data or None,
        key=way.visit.draft_key,
        at=clock.now(),
    )
    visit.go_on(way.visit, draft_key=key)
    return redirect(url_for("redemption.check" if way.has_chosen else "redemption.choice"), 303)


@bp.get("/r/gift/check")
@allow(anyone)
def check() -> ResponseReturnValue:
    """Everything once more, before it counts."""
    way = find(None)
    return way if isinstance(way, Response) else check_page(way, CardCodeForm())


def check_page(way: Way, code: CardCodeForm, status: int = 200) -> ResponseReturnValue:
    """Return the last look, with the box for a further card's code; or send to what is missing yet."""
    if way.redemption:
        return redirect(url_for("redemption.gift"))
    receiver = drafts.receiver_in(way.draft) if way.draft else None
    if not way.has_chosen or way.draft is None or receiver is None or phone_steps.is_due(way):
        return redirect(url_for(_step_before(way)))
    goods = queries.goods_of(reader(), way.card)
    wanted = way.basket if way.card.is_value else {way.item_id or 0: 1}
    chosen = [(gift.item, wanted[gift.item.id]) for gift in goods if gift.left >= wanted.get(gift.item.id, 0) > 0]
    if len(chosen) < len(wanted):
        there = {item.id for item, _count in chosen}
        return redirect(url_for("redemption.choice", taken=next(each for each in wanted if each not in there)))
    bill = basket.wanted_of(way.card, goods, wanted) if way.card.is_value else []
    together = joining.here(way) if bill else Together(way.card)
    try:
        basket.refuse_too_dear(together, bill)
    except NotEnoughLeft as refusal:
        flash(say(refusal), "error")
        return redirect(url_for("redemption.choice"), 303)
    on_top = basket.missing(together.holds, bill)
    paid = cost_of(bill, together.holds.currency) - on_top
    shown = {"seen": way.draft.revision, "on_top": on_top.amount_minor or "", "cards": together.seal(paid)}
    page = render_template(
        "redemption/check.html",
        form=ConfirmForm(formdata=None, data=shown),
        code=code,
        rows=joining.rows(way, together, paid),
        paid=paid,
        holds=together.holds,
        may_add=len(way.further) < joining.MANY,
        on_top=on_top,
        card=way.card,
        brand=brand_of(reader(), way.card),
        gift=chosen[0][0],
        bill=bill,
        items={item.id: item for item, _count in chosen},
        draft=way.draft,
        receiver=receiver_rows(receiver),
    )
    return page, status


@bp.post("/r/gift/check")
@allow(anyone)
def confirm() -> ResponseReturnValue:
    """The one place where a card is redeemed. Sent twice, it is redeemed once and both see the same number."""
    here, form = visit.required(), ConfirmForm()
    if here.draft_key is None:
        return redirect(url_for("redemption.gift"), 303)
    try:
        nth = transact_once(
            form.once(),
            service.confirm,
            here.card_id,
            here.draft_key,
            revision=form.revision,
            difference_minor=form.difference_minor,
            seen=form.cards.data or "",
            locale=current_locale(),
            by=here.actor,
            at=clock.now(),
        )
    except Refused as refusal:
        return redirect(_way_back(refusal, here), 303)
    return redirect(url_for("redemption.order", nth=nth) if nth else url_for("redemption.gift"), 303)


def _step_before(way: Way) -> str:
    """Where somebody goes who cannot confirm yet: to what is missing first."""
    if not way.has_chosen or way.draft is None:
        return "redemption.choice"
    return "redemption.phone" if way.draft.receiver else "redemption.address"


LEADS_BACK_TO: Final[Mapping[type[Refused], str]] = {
    JustTaken: "redemption.choice",
    NotAmongTheGifts: "redemption.choice",
    NotEnoughLeft: "redemption.choice",
    DraftChanged: "redemption.check",
    PhoneNotBound: "redemption.phone",
    PhoneNotProved: "redemption.phone",
    NotEnoughTogether: "redemption.choice",
    CardsChanged: "redemption.check",
    AlreadyClaimed: "redemption.gift",
    CardExpired: "redemption.gift",
    CardBlocked: "redemption.gift",
    CardNotActive: "redemption.gift",
}
"""Where a confirmation that was refused leads. Anything else is about the address: its earliest day has passed."""
SAID_THERE: Final = (
    PhoneNotBound,
    PhoneNotProved,
    JustTaken,
    NotAmongTheGifts,
    AlreadyClaimed,
    CardExpired,
    CardBlocked,
    CardNotActive,
)
"""Refusals that the page they lead to speaks of by itself."""


def _way_back(refusal: Refused, here: Visit) -> str:
    """Where whoever was refused goes on; what that page does not say is said on top of it."""
    if isinstance(refusal, DraftChanged) and drafts.draft_of(reader(), here.draft_key, here.card_id) is None:
        return url_for("redemption.gift")  # it was confirmed in another window
    if not isinstance(refusal, SAID_THERE):
        flash(say(refusal), "error")
    endpoint = LEADS_BACK_TO.get(type(refusal), "redemption.address")
    return url_for(endpoint, taken=refusal.facts.get("item_id"))


def _basket_form(way: Way, gifts: list[Gift]) -> basket.BasketForm:
    """The basket as it stands; what somebody else took meanwhile is said at its field."""
    form = basket.basket_form(gifts, way.basket)
    gone = next((gift for gift in gifts if str(gift.item.id) == request.args.get("taken", "")), None)
    if gone and gone.left < way.basket.get(gone.item.id, 1):
        form.refuse(JustTaken(field=f"item-{gone.item.id}", gift=gone.item.names))
    return form


def _choose_again(way: Way, form: GiftForm, redemption_id: int) -> ResponseReturnValue:
    try:
        transact_once(
            form.once(), service.choose_again, redemption_id, form.item_id, by=way.visit.actor, at=clock.now()
        )
        flash(_("Changed. This is what we send you now."), "success")
    except AlreadyPacking:
        pass  # the card's page says so
    return redirect(way.end, 303)


def _send_elsewhere(way: Way, form: DeliveryForm, redemption_id: int) -> ResponseReturnValue:
    try:
        transact_once(
            form.once(),
            service.send_elsewhere,
            redemption_id,
            form.to.form.receiver,
            email=form.email.data or None,
            by=way.visit.actor,
            at=clock.now(),
        )
        flash(_("Changed. This is where we send it now."), "success")
    except AlreadyPacking:
        pass  # the card's page says so
    return redirect(way.end, 303)


def _one_of(gifts: list[Gift], item_id: int, *, held: int | None) -> Gift:
    """Return the gift of this item, if it is among them and there, or the one that is held already."""
    for gift in gifts:
        if gift.item.id == item_id:
            if gift.is_there or item_id == held:
                return gift
            raise JustTaken(field="gift", gift=gift.item.names)
    raise NotAmongTheGifts(field="gift")


def _gone(gifts: list[Gift], item_id: str) -> Gift | None:
    return next((gift for gift in gifts if str(gift.item.id) == item_id and not gift.is_there), None)


def _known_delivery(way: Way) -> dict[str, object]:
    if way.redemption and way.shipment:
        return {"to": way.shipment.receiver, "email": way.redemption.email}
    if way.draft is None:
        return {}
    return {"to": drafts.receiver_in(way.draft), "not_before": way.draft.not_before, "email": way.draft.email}


def _choice_page(way: Way, form: GiftForm, gifts: list[Gift]) -> ResponseReturnValue:
    held = way.redemption.item_id if way.redemption else None
    page = render_template(
        "redemption/choice.html",
        form=form,
        card=way.card,
        brand=brand_of(reader(), way.card),
        goods=choices(gifts, also=held),
        is_change=way.redemption is not None,
        has_address=bool(way.draft and way.draft.receiver),
    )
    return page, 422 if form.has_errors else 200


def _address_page(
    way: Way, form: DeliveryForm, *, was_pasted: bool = False, found: bool = False
) -> ResponseReturnValue:
    today = local_day(clock.now(), way.card.time_zone)
    page = render_template(
        "redemption/address.html",
        form=form,
        paste=PasteForm(),
        was_pasted=was_pasted,
        found=found,
        card=way.card,
        brand=brand_of(reader(), way.card),
        way=way,
        today=today,
        last_day=today + LONGEST_WAIT,
        is_change=way.redemption is not None,
    )
    return page, 422 if form.has_errors else 200
