"""Drawing up an order, step by step. Every step keeps what was typed; a draft waits as long as it must."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from giftshop import accounts, branding, catalogue
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.orders import designs, documents, drafts, mailing, occasions, queries, service
from giftshop.orders.forms import BY_LIST, BY_NUMBER, DIGITAL, PRINTED, ChooseForm, PlaceForm
from giftshop.orders.offers import Offer, goods_of, offer_of, offer_of_edition
from giftshop.orders.presenting import imprint, receiver_of, step_links, tariff
from giftshop.orders.rules import (
    FIRST_STEP,
    OrderKind,
    OrderState,
    Step,
    is_transfer_only,
    lacks,
    step_of,
    total_of,
    value_of,
)
from giftshop.orders.views.blueprint import bp
from giftshop.orders.views.delivering import branches_shown, wrong_with
from giftshop.orders.views.estimate import estimate_for
from giftshop.orders.views.proofs import proof_of_draft
from giftshop.orders.views.steps import buyers, draft, go_on, market, new_order_tabs, own_firm, page, today
from giftshop.web import actor, allow, current_locale, reader, say, transact, transact_once


@bp.get("/orders/new")
@allow(buyers)
def new() -> ResponseReturnValue:
    """The first step of an order that does not exist yet."""
    form = ChooseForm()
    _offer_editions(form)
    wanted = request.args.get("edition", "")
    form.edition.data = next((edition.id for edition in _editions() if edition.code == wanted.upper()), None)
    return _first_page(form)


@bp.post("/orders/new")
@allow(buyers)
def start() -> ResponseReturnValue:
    """Begin a draft."""
    form = ChooseForm()
    _offer_editions(form)
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
    shown = estimate_for(offer, quantity, has_logo=has_logo, is_digital=is_digital)
    return render_template("orders/_estimate.html", estimate=shown)


@bp.route("/orders/<number>/choose", methods=["GET", "POST"])
@allow(buyers)
def choose(number: str) -> ResponseReturnValue:
    """Which gift book, and for how many."""
    order = draft(number)
    form = ChooseForm(
        edition=order.edition_id,
        mode=BY_LIST if order.has_list else BY_NUMBER,
        quantity=order.quantity or None,
        sent_as=DIGITAL if order.is_digital else PRINTED,
    )
    _offer_editions(form)
    if form.validate_on_submit():
        try:
            chosen = {"edition_id": form.edition.data, "quantity": form.wanted, "is_digital": form.is_digital}
            transact(drafts.choose, order.id, own_firm(), **chosen)
            return go_on(draft(number), Step.CHOOSE)
        except Refused as refusal:
            form.refuse(refusal)
    return page(order, Step.CHOOSE, "choose.html", form=form, shelf=_shelf())


@bp.route("/orders/<number>/review", methods=["GET", "POST"])
@allow(buyers)
def review(number: str) -> ResponseReturnValue:
    """The proof, every line of the total, and Place."""
    order = queries.order_of(reader(), number, own_firm())
    if order.state is not OrderState.DRAFT:  # a second tap, or the browser's way back
        return redirect(url_for("orders.show", number=number))
    lines = queries.lines_for(reader(), order, tariff())
    total = total_of(lines, order.currency)
    form = PlaceForm()
    if form.validate_on_submit():
        try:
            documents.refuse_unprintable(reader(), order)
            seen = form.seen_total_minor.data or ""
            transact_once(
                form.once(),
                service.place,
                order.id,
                own_firm(),
                seen_total_minor=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 16 else -1,
                seen_proof=form.seen_proof.data or "",
                imprint=imprint(),
                tariff=tariff(),
                market=market(),
                today=today(),
                by=actor(),
                at=clock.now(),
            )
            return redirect(url_for("orders.show", number=number))
        except Refused as refusal:
            form.refuse(refusal)
    form.seen_total_minor.data = form.seen_total_minor.raw_data = None
    form.seen_total_minor.data = str(total.amount_minor)
    filled = queries.filled(reader(), order)
    lacking = lacks(filled, today=today(), market=market())
    proof = proof_of_draft(order, lacking)
    form.seen_proof.data = proof.shown.proof.seen if proof.shown else ""
    return page(
        order,
        Step.REVIEW,
        "review.html",
        form=form,
        offer=offer_of(reader(), order),
        goods=goods_of(reader(), order) if order.kind is not OrderKind.GIFT_BOOK else [],
        has_card=filled.has_card,
        design=designs.shown(order),
        proof=proof,
        letter=mailing.letter(reader(), order) if order.is_digital else None,
        wrong=[say(each) for each in wrong_with(reader(), order)],
        branches=branches_shown(order),
        first_step=FIRST_STEP[order.kind],
        festival=occasions.festival_of(reader(), order, today()),
        today=today(),
        lines=lines,
        total=total,
        is_transfer_only=is_transfer_only(value_of(lines), market()),
        lacking=[
            (lack, url_for(f"orders.{step_of(lack, order.kind, has_list=order.has_list)}", number=number))
            for lack in lacking
        ],
        limit=accounts.users_by_id(reader(), [actor().id or 0])[actor().id or 0].order_limit_minor,
        receiver=receiver_of(order),
        logo=branding.logo(reader(), own_firm(), order.logo_id) if order.logo_id else None,
    )


def _first_page(form: ChooseForm) -> ResponseReturnValue:
    quantity = (form.wanted or 0) if not form.errors else 0
    return render_template(
        "orders/choose.html",
        form=form,
        order=None,
        steps=step_links(None, Step.CHOOSE),
        tabs=new_order_tabs(OrderKind.GIFT_BOOK),
        shelf=_shelf(),
        estimate=estimate_for(_book_offer(form.edition.data), quantity, has_logo=False, is_digital=form.is_digital),
    ), 422 if form.has_errors else 200


def _book_offer(edition_id: int | None) -> Offer | None:
    return next((offer_of_edition(edition) for edition in _editions() if edition.id == edition_id), None)


def _editions() -> list[catalogue.Edition]:
    return list(catalogue.editions_on_offer(reader()))


def _shelf() -> list[tuple[catalogue.Edition, list[catalogue.Item]]]:
    editions = _editions()
    gifts = catalogue.items_of_editions(reader(), [edition.id for edition in editions])
    return [(edition, gifts.get(edition.id, [])) for edition in editions]


def _offer_editions(form: ChooseForm) -> None:
    form.edition.choices = [(edition.id, edition.code) for edition in _editions()]
