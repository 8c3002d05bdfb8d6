"""What was chosen before, changed for whoever chose it; and the link once more."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import cards, redemption
from giftshop.cards import HeldCard
from giftshop.hotline import caring
from giftshop.hotline.models import Call
from giftshop.hotline.queries import Visit
from giftshop.hotline.views.blueprint import bp
from giftshop.hotline.views.common import agents, changeable, own_call, visit_of
from giftshop.kernel import clock
from giftshop.kernel.clock import local_day
from giftshop.kernel.errors import Refused
from giftshop.kernel.money import Money
from giftshop.redemption import MOST_OF_ONE, BasketForm, DeliveryForm, Gift, GiftForm, basket_form
from giftshop.web import Form, actor, allow, reader, say, transact_once


@bp.route("/desk/hotline/calls/<int:call_id>/orders/<int:nth>/choice", methods=["GET", "POST"])
@allow(agents)
def another_gift(call_id: int, nth: int) -> ResponseReturnValue:
    """Something else than was chosen before."""
    call = own_call(call_id)
    visit = changeable(call, nth)
    card = cards.held_card(reader(), visit.redemption.card_id, at=clock.now())
    goods, kept = redemption.goods_of(reader(), card), _kept(visit)
    form = basket_form(goods, kept) if card.is_value else GiftForm(data={"gift": str(visit.redemption.item_id)})
    if not form.is_submitted() or not form.validate():
        return _goods_page(call, card, visit, goods, form)
    try:
        _change(call_id, visit.redemption.id, form)
        flash(_("Changed. Read it back to the caller."), "success")
    except Refused as refusal:
        refusal.field = _field_of(refusal, card)
        form.refuse(refusal)
        return _goods_page(call, card, visit, goods, form)
    return redirect(url_for("hotline.order", call_id=call_id, nth=nth), 303)


@bp.route("/desk/hotline/calls/<int:call_id>/orders/<int:nth>/address", methods=["GET", "POST"])
@allow(agents)
def another_address(call_id: int, nth: int) -> ResponseReturnValue:
    """Another receiver or place."""
    call = own_call(call_id)
    visit = changeable(call, nth)
    assert visit.shipment is not None, "what may be changed has a parcel"  # noqa: S101
    form = DeliveryForm(data={"to": visit.shipment.receiver, "email": visit.redemption.email})
    if form.to.form.asks_for_more or not form.is_submitted() or not form.validate():
        return _address_page(call, visit, form)
    try:
        transact_once(
            form.once(),
            caring.send_elsewhere,
            call_id,
            visit.redemption.id,
            form.to.form.receiver,
            email=form.email.data or None,
            by=actor(),
            at=clock.now(),
        )
        flash(_("Changed. Read it back to the caller."), "success")
    except Refused as refusal:
        form.refuse(refusal)
        return _address_page(call, visit, form)
    return redirect(url_for("hotline.order", call_id=call_id, nth=nth), 303)


@bp.post("/desk/hotline/calls/<int:call_id>/orders/<int:nth>/cancel")
@allow(agents)
def cancel(call_id: int, nth: int) -> ResponseReturnValue:
    """Give a visit with a shopping card up: its value is back on the card."""
    visit = visit_of(own_call(call_id), nth)
    try:
        transact_once(Form().once(), caring.cancel, call_id, visit.redemption.id, by=actor(), at=clock.now())
        flash(_("Cancelled. What it cost is back on the card."), "success")
    except Refused as refusal:
        flash(say(refusal), "error")
    return redirect(url_for("hotline.call", call_id=call_id), 303)


@bp.post("/desk/hotline/calls/<int:call_id>/orders/<int:nth>/link")
@allow(agents)
def send_link(call_id: int, nth: int) -> ResponseReturnValue:
    """The tracking link once more, to the receiver's own phone and mail."""
    visit = visit_of(own_call(call_id), nth)
    try:
        transact_once(Form().once(), caring.send_link, call_id, visit.redemption.id, by=actor(), at=clock.now())
        flash(_("The link is on its way to the receiver's phone, and to their mail if they gave one."), "success")
    except Refused as refusal:
        flash(say(refusal), "error")
    return redirect(url_for("hotline.call", call_id=call_id), 303)


def _change(call_id: int, redemption_id: int, form: GiftForm | BasketForm) -> None:
    person, at = actor(), clock.now()
    if isinstance(form, BasketForm):
        transact_once(form.once(), caring.change_basket, call_id, redemption_id, form.basket, by=person, at=at)
    else:
        transact_once(form.once(), caring.choose_again, call_id, redemption_id, form.item_id, by=person, at=at)


def _goods_page(
    call: Call, card: HeldCard, visit: Visit, goods: list[Gift], form: GiftForm | BasketForm
) -> ResponseReturnValue:
    taken = Money(visit.redemption.value_minor or 0, card.balance.currency)
    page = render_template(
        "hotline/choosing.html",
        call=call,
        card=card,
        visit=visit,
        goods=goods,
        kept=_kept(visit),
        what=form,
        where=None,
        most=MOST_OF_ONE,
        holds=card.balance + taken,
    )
    return page, 422 if form.has_errors else 200


def _address_page(call: Call, visit: Visit, form: DeliveryForm) -> ResponseReturnValue:
    card = cards.held_card(reader(), visit.redemption.card_id, at=clock.now())
    today = local_day(clock.now(), card.time_zone)
    page = render_template(
        "hotline/choosing.html",
        call=call,
        card=card,
        visit=visit,
        goods=(),
        what=None,
        where=form,
        today=today,
        last_day=today + redemption.LONGEST_WAIT,
    )
    return page, 422 if form.has_errors else 200


def _kept(visit: Visit) -> dict[int, int]:
    """Return how many of which item were chosen before: they stay within reach when they are sold out by now."""
    return {item.id: count for item, count in visit.chosen}


def _field_of(refusal: Refused, card: HeldCard) -> str | None:
    if card.is_value:
        return f"item-{refusal.facts['item_id']}" if "item_id" in refusal.facts else None
    return refusal.field
