"""The first step of gift sets: which one, for how many or for whom, and where it goes."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from giftshop import giftsets
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.orders import queries, sets
from giftshop.orders.errors import OtherKind
from giftshop.orders.forms import BY_LIST, BY_NUMBER, GiftSetForm, set_form
from giftshop.orders.models import Order
from giftshop.orders.offers import Bundle, Offer, offer_of_set
from giftshop.orders.presenting import step_links
from giftshop.orders.rules import Delivery, OrderKind, Step
from giftshop.orders.views.blueprint import bp
from giftshop.orders.views.estimate import estimate_for
from giftshop.orders.views.steps import buyers, draft, go_on, new_order_tabs, own_currency, own_firm, page
from giftshop.web import actor, allow, current_locale, reader, transact, transact_once


@bp.get("/orders/new-set")
@allow(buyers)
def new_set() -> ResponseReturnValue:
    """The first step of gift sets that are not ordered yet."""
    form = _form(own_currency())
    form.gift_set.data = request.args.get("gift_set", type=int)
    return _first_page(form)


@bp.post("/orders/new-set")
@allow(buyers)
def start_set() -> ResponseReturnValue:
    """Begin a draft of gift sets."""
    form = _form(own_currency())
    if form.validate():
        try:
            number = transact_once(
                form.once(),
                sets.start_set,
                own_firm(),
                form.gift_set.data,
                quantity=form.wanted,
                card_locale=current_locale(),
                delivery=Delivery(form.delivery.data),
                budget_minor=form.budget_minor,
                by=actor(),
                at=clock.now(),
            )
            return go_on(queries.order_of(reader(), number, own_firm()), Step.GIFT_SET)
        except Refused as refusal:
            form.refuse(refusal)
    return _first_page(form)


@bp.get("/orders/estimate-set")
@allow(buyers)
def estimate_set() -> ResponseReturnValue:
    """What so many sets would come to, as a piece of the first page."""
    quantity = request.args.get("quantity", 0, type=int)
    offer = _offer(request.args.get("gift_set", type=int), request.args.get("delivery", ""))
    budget_minor = set_form(own_currency(), formdata=request.args).budget_minor
    shown = estimate_for(offer, quantity, has_logo=False, budget_minor=budget_minor)
    return render_template("orders/_estimate.html", estimate=shown)


@bp.route("/orders/<number>/gift_set", methods=["GET", "POST"])
@allow(buyers)
def gift_set(number: str) -> ResponseReturnValue:
    """The same for a draft that exists."""
    order = draft(number)
    if order.kind is not OrderKind.GIFT_SET:
        raise OtherKind(number=number)
    form = _form(order.currency, data=_known(order))
    if form.validate_on_submit():
        try:
            transact(
                sets.choose_set,
                order.id,
                own_firm(),
                gift_set_id=form.gift_set.data,
                quantity=form.wanted,
                delivery=Delivery(form.delivery.data),
                budget_minor=form.budget_minor,
            )
            return go_on(draft(number), Step.GIFT_SET)
        except Refused as refusal:
            form.refuse(refusal)
    return page(order, Step.GIFT_SET, "gift_set.html", form=form, **_shelf())


def _first_page(form: GiftSetForm) -> ResponseReturnValue:
    quantity = 0 if form.errors else form.wanted or 0
    offer = _offer(form.gift_set.data, form.delivery.data or "")
    return render_template(
        "orders/gift_set.html",
        form=form,
        order=None,
        steps=step_links(None, Step.GIFT_SET, OrderKind.GIFT_SET),
        tabs=new_order_tabs(OrderKind.GIFT_SET),
        estimate=estimate_for(offer, quantity, has_logo=False, budget_minor=form.budget_minor),
        **_shelf(),
    ), 422 if form.has_errors else 200


def _offer(gift_set_id: int | None, delivery: str) -> Offer | None:
    found = next((each for each in giftsets.latest_sets(reader(), own_firm()) if each.id == gift_set_id), None)
    if found is None:
        return None
    chosen = Delivery(delivery) if delivery in set(Delivery) else Delivery.FIRM
    return offer_of_set(found, Bundle(giftsets.contents_of(reader(), found.id), chosen))


def _shelf() -> dict[str, object]:
    found = giftsets.latest_sets(reader(), own_firm())
    return {"shelf": found, "contents": giftsets.contents_by_id(reader(), [each.id for each in found])}


def _form(currency: str, **known: object) -> GiftSetForm:
    """Return the form with the firm's sets to choose from."""
    form = set_form(currency, **known)
    form.gift_set.choices = [(each.id, each.name) for each in giftsets.latest_sets(reader(), own_firm())]
    return form


def _known(order: Order) -> dict[str, object]:
    return {
        "gift_set": order.gift_set_id,
        "delivery": order.delivery.value,
        "mode": BY_LIST if order.has_list else BY_NUMBER,
        "quantity": order.quantity or None,
        "budget": order.budget_minor,
    }
