"""The first step of shopping cards: how much each holds, whose it is, what it can be spent on."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from giftshop import catalogue
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.money import Money
from giftshop.orders import queries, values
from giftshop.orders.errors import NoStoredValue, OtherKind
from giftshop.orders.forms import BY_LIST, BY_NUMBER, DIGITAL, PRINTED, ValueForm, value_form
from giftshop.orders.models import Order
from giftshop.orders.offers import Offer, offer_of_value, products_of
from giftshop.orders.presenting import step_links
from giftshop.orders.rules import Holder, OrderKind, Step, cap_of
from giftshop.orders.values import Value
from giftshop.orders.views.blueprint import bp
from giftshop.orders.views.estimate import estimate_for
from giftshop.orders.views.steps import (
    buyers,
    draft,
    go_on,
    market,
    new_order_tabs,
    own_currency,
    own_firm,
    page,
    sells_cards,
)
from giftshop.web import actor, allow, current_locale, reader, transact, transact_once


@bp.get("/orders/new-cards")
@allow(buyers)
def new_cards() -> ResponseReturnValue:
    """The first step of shopping cards that do not exist yet."""
    if not sells_cards():
        raise NoStoredValue
    return _first_page(value_form(own_currency()))


@bp.post("/orders/new-cards")
@allow(buyers)
def start_cards() -> ResponseReturnValue:
    """Begin a draft of shopping cards."""
    form = value_form(own_currency())
    if form.validate():
        try:
            number = transact_once(
                form.once(),
                values.start_cards,
                own_firm(),
                _value(form, own_currency()),
                market=market(),
                card_locale=current_locale(),
                by=actor(),
                at=clock.now(),
            )
            return go_on(queries.order_of(reader(), number, own_firm()), Step.VALUE)
        except Refused as refusal:
            form.refuse(refusal)
    return _first_page(form)


@bp.get("/orders/estimate-cards")
@allow(buyers)
def estimate_cards() -> ResponseReturnValue:
    """What so many cards of that value would come to, as a piece of the first page."""
    number = request.args.get("order")
    has_logo = bool(number and queries.order_of(reader(), number, own_firm()).logo_id)
    form = value_form(own_currency(), formdata=request.args)
    form.face.validate(form)
    quantity = request.args.get("quantity", 0, type=int)
    is_digital = request.args.get("sent_as") == DIGITAL
    shown = estimate_for(
        _offer(form, own_currency()),
        quantity,
        has_logo=has_logo,
        is_digital=is_digital,
        budget_minor=form.budget_minor,
    )
    return render_template("orders/_estimate.html", estimate=shown)


@bp.route("/orders/<number>/value", methods=["GET", "POST"])
@allow(buyers)
def value(number: str) -> ResponseReturnValue:
    """The same for a draft that exists."""
    order = draft(number)
    if order.kind is not OrderKind.SHOPPING_CARD:
        raise OtherKind(number=number)
    form = value_form(order.currency, data=_known(order))
    if form.validate_on_submit():
        try:
            wanted = _value(form, order.currency)
            transact(values.set_value, order.id, own_firm(), wanted, market=market())
            return go_on(draft(number), Step.VALUE)
        except Refused as refusal:
            form.refuse(refusal)
    return page(order, Step.VALUE, "value.html", form=form, **_choice(order.currency))


def _first_page(form: ValueForm) -> ResponseReturnValue:
    quantity = 0 if form.errors else form.wanted or 0
    return render_template(
        "orders/value.html",
        form=form,
        order=None,
        steps=step_links(None, Step.VALUE, OrderKind.SHOPPING_CARD),
        tabs=new_order_tabs(OrderKind.SHOPPING_CARD),
        estimate=estimate_for(
            _offer(form, own_currency()),
            quantity,
            has_logo=False,
            is_digital=form.is_digital,
            budget_minor=form.budget_minor,
        ),
        **_choice(own_currency()),
    ), 422 if form.has_errors else 200


def _choice(currency: str) -> dict[str, object]:
    """What the page of a card's value shows besides its form: products, and what the market allows."""
    return {
        "products": catalogue.items_on_offer(reader(), currency),
        "caps": {holder: Money(cap_of(holder, market()), currency) for holder in Holder},
        "least_years": market().bearer_least_years,
    }


def _offer(form: ValueForm, currency: str) -> Offer | None:
    amount = form["face"].data
    return offer_of_value(Money(amount, currency)) if amount and amount > 0 else None


def _value(form: ValueForm, currency: str) -> Value:
    return Value(
        face=Money(form["face"].data or 0, currency),
        holder=Holder(form.holder.data),
        quantity=form.wanted,
        products=[item_id for item_id in dict.fromkeys(form.products.data or []) if item_id],
        allows_difference=bool(form.allows_difference.data),
        is_digital=form.is_digital,
        budget_minor=form.budget_minor,
    )


def _known(order: Order) -> dict[str, object]:
    return {
        "face": order.face_minor,
        "holder": order.holder.value,
        "mode": BY_LIST if order.has_list else BY_NUMBER,
        "quantity": order.quantity or None,
        "products": products_of(reader(), order.id),
        "allows_difference": order.allows_difference,
        "sent_as": DIGITAL if order.is_digital else PRINTED,
        "budget": order.budget_minor,
    }
