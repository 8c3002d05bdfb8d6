"""The first step of gift books: which one, and for how many.

Every step of drawing up an order keeps what was typed; a draft waits as long as it must.
"""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from giftshop import catalogue
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.orders import drafts, queries
from giftshop.orders.forms import BY_LIST, BY_NUMBER, DIGITAL, PRINTED, ChooseForm, choose_form
from giftshop.orders.offers import Offer, offer_of_edition
from giftshop.orders.presenting import step_links
from giftshop.orders.rules import OrderKind, Step
from giftshop.orders.views.blueprint import bp
from giftshop.orders.views.estimate import estimate_for
from giftshop.orders.views.steps import buyers, draft, go_on, new_order_tabs, own_currency, own_firm, page
from giftshop.web import actor, allow, current_locale, reader, transact, transact_once


@bp.get("/orders/new")
@allow(buyers)
def new() -> ResponseReturnValue:
    """The first step of an order that does not exist yet."""
    form = _form(own_currency())
    wanted = request.args.get("edition", "")
    form.edition.data = next((edition.id for edition in _editions() if edition.code == wanted.upper()), None)
    return _first_page(form)


@bp.post("/orders/new")
@allow(buyers)
def start() -> ResponseReturnValue:
    """Begin a draft."""
    form = _form(own_currency())
    if form.validate():
        try:
            number = transact_once(
                form.once(),
                drafts.start,
                own_firm(),
                form.edition.data,
                quantity=form.wanted,
                card_locale=current_locale(),
                is_digital=form.is_digital,
                budget_minor=form.budget_minor,
                by=actor(),
                at=clock.now(),
            )
            return go_on(queries.order_of(reader(), number, own_firm()), Step.CHOOSE)
        except Refused as refusal:
            form.refuse(refusal)
    return _first_page(form)


@bp.get("/orders/estimate")
@allow(buyers)
def estimate() -> ResponseReturnValue:
    """What the gift book and the number chosen just now would come to, as a piece of the first page."""
    number = request.args.get("order")
    has_logo = bool(number and queries.order_of(reader(), number, own_firm()).logo_id)
    quantity = request.args.get("quantity", 0, type=int)
    offer = _book_offer(request.args.get("edition", type=int))
    is_digital = request.args.get("sent_as") == DIGITAL
    budget_minor = _form(own_currency(), formdata=request.args).budget_minor
    shown = estimate_for(offer, quantity, has_logo=has_logo, is_digital=is_digital, budget_minor=budget_minor)
    return render_template("orders/_estimate.html", estimate=shown)


@bp.route("/orders/<number>/choose", methods=["GET", "POST"])
@allow(buyers)
def choose(number: str) -> ResponseReturnValue:
    """Which gift book, and for how many."""
    order = draft(number)
    form = _form(
        order.currency,
        edition=order.edition_id,
        mode=BY_LIST if order.has_list else BY_NUMBER,
        quantity=order.quantity or None,
        sent_as=DIGITAL if order.is_digital else PRINTED,
        budget=order.budget_minor,
    )
    if form.validate_on_submit():
        try:
            transact(
                drafts.choose,
                order.id,
                own_firm(),
                edition_id=form.edition.data,
                quantity=form.wanted,
                is_digital=form.is_digital,
                budget_minor=form.budget_minor,
            )
            return go_on(draft(number), Step.CHOOSE)
        except Refused as refusal:
            form.refuse(refusal)
    return page(order, Step.CHOOSE, "choose.html", form=form, shelf=_shelf())


def _first_page(form: ChooseForm) -> ResponseReturnValue:
    quantity = (form.wanted or 0) if not form.errors else 0
    shown = estimate_for(
        _book_offer(form.edition.data),
        quantity,
        has_logo=False,
        is_digital=form.is_digital,
        budget_minor=form.budget_minor,
    )
    return render_template(
        "orders/choose.html",
        form=form,
        order=None,
        steps=step_links(None, Step.CHOOSE),
        tabs=new_order_tabs(OrderKind.GIFT_BOOK),
        shelf=_shelf(),
        estimate=shown,
    ), 422 if form.has_errors else 200


def _book_offer(edition_id: int | None) -> Offer | None:
    return next((offer_of_edition(edition) for edition in _editions() if edition.id == edition_id), None)


def _editions() -> list[catalogue.Edition]:
    return list(catalogue.editions_on_offer(reader()))


def _shelf() -> list[tuple[catalogue.Edition, list[catalogue.Item]]]:
    editions = _editions()
    gifts = catalogue.items_of_editions(reader(), [edition.id for edition in editions])
    return [(edition, gifts.get(edition.id, [])) for edition in editions]


def _form(currency: str, **known: object) -> ChooseForm:
    """Return the form with the books on offer. Its budget is in the currency of the one chosen, else in `currency`."""
    chosen = _book_offer(request.values.get("edition", type=int))
    form = choose_form(chosen.price.currency if chosen else currency, **known)
    form.edition.choices = [(edition.id, edition.code) for edition in _editions()]
    return form
