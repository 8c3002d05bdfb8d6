"""Orders as their firm, and as the operator's people, look at them."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import accounts, branding, listing, payments, production
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.money import Money
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.orders import documents, mailing, parcels, queries, service
from giftshop.orders.exporting import ORDERS, ORDERS_OF_ALL
from giftshop.orders.forms import SendBackForm
from giftshop.orders.models import Order
from giftshop.orders.offers import Offer, goods_of, offer_of, offers_of
from giftshop.orders.presenting import receiver_of, tariff
from giftshop.orders.rules import OrderKind, OrderState, total_of
from giftshop.orders.views.blueprint import bp
from giftshop.orders.views.delivering import branches_shown
from giftshop.orders.views.proofs import needs_new_proof, proof_of_order
from giftshop.orders.views.steps import buyers, own_firm
from giftshop.web import (
    Form,
    actor,
    allow,
    current_shop,
    members,
    offer_undo,
    reader,
    say,
    staff,
    transact,
    transact_once,
)

office = staff(StaffRole.SALES, StaffRole.FINANCE, StaffRole.ADMINISTRATOR)
approvers = members(MemberRole.APPROVER)
payers = members(MemberRole.BUYER, MemberRole.FINANCE)


@bp.get("/orders")
@allow(members())
def index() -> ResponseReturnValue:
    """A firm's orders, newest first."""
    state = _state(request.args.get("state"))
    found = listing.show(queries.orders_list(reader(), firm_id=own_firm(), state=state), state=state)
    if file := found.file(ORDERS):
        return file
    offers = offers_of(reader(), found.rows)
    is_approver = actor().has(MemberRole.APPROVER)
    waiting = queries.count_in_state(reader(), OrderState.AWAITING_APPROVAL, own_firm()) if is_approver else 0
    return render_template("orders/index.html", found=found, offers=offers, waiting=waiting)


@bp.get("/orders/<number>")
@allow(members())
def show(number: str) -> ResponseReturnValue:
    """One order: where it stands, what it comes to, what to do next."""
    order = queries.order_of(reader(), number, own_firm())
    if order.state is OrderState.DRAFT and actor().has(MemberRole.BUYER):
        return redirect(url_for("orders.review", number=number))
    return _order_page(order, SendBackForm())


@bp.post("/orders/<number>/approve")
@allow(approvers)
def approve(number: str) -> ResponseReturnValue:
    """An approver's yes."""
    order = queries.order_of(reader(), number, own_firm())
    transact_once(Form().once(), service.approve, order.id, own_firm(), by=actor(), at=clock.now())
    flash(_("Order %(number)s is approved. Its buyer can now see how to pay.", number=order.number), "success")
    return redirect(url_for("orders.show", number=number))


@bp.post("/orders/<number>/send-back")
@allow(approvers)
def send_back(number: str) -> ResponseReturnValue:
    """An approver's no, with a reason."""
    order = queries.order_of(reader(), number, own_firm())
    form = SendBackForm()
    if form.validate_on_submit():
        try:
            transact(service.send_back, order.id, own_firm(), form.reason.data or "", by=actor(), at=clock.now())
            flash(_("Order %(number)s went back to its buyer.", number=order.number), "success")
            return redirect(url_for("orders.index"))
        except Refused as refusal:
            form.refuse(refusal)
    return _order_page(order, form)


@bp.post("/orders/<number>/cancel")
@allow(buyers)
def cancel(number: str) -> ResponseReturnValue:
    """Give an order up before it is paid."""
    order = queries.order_of(reader(), number, own_firm())
    hotline = current_shop().settings.hotline
    transact_once(Form().once(), service.cancel, order.id, own_firm(), hotline=hotline, by=actor(), at=clock.now())
    said = _("Order %(number)s is cancelled. There is nothing to pay.", number=order.number)
    if order.state is OrderState.DRAFT:
        offer_undo(said, "orders.cancel", order.id, own_firm(), back=url_for("orders.show", number=order.number))
    else:
        flash(said, "success")
    return redirect(url_for("orders.index"))


@bp.post("/orders/<number>/pay-by-card")
@allow(payers)
def pay_by_card(number: str) -> ResponseReturnValue:
    """Go to the page where a card is charged; a second tap goes to the same."""
    order = queries.order_of(reader(), number, own_firm())
    payment = payments.payment_of(reader(), payments.Payable(queries.KIND, order.id))
    here = url_for("orders.show", number=order.number)
    if payment is None:
        return redirect(here, 303)
    try:
        return redirect(payments.pay_by_card(payment.id, return_to=here, cancel_to=here, by=actor()), 303)
    except Refused as refusal:
        flash(say(refusal), "error")
        return redirect(here, 303)


@bp.get("/orders/<number>/proof.pdf")
@allow(members(), office)
def proof(number: str) -> ResponseReturnValue:
    """The card as it will be printed, with a specimen's code."""
    order = queries.order_of(reader(), number, actor().firm_id)
    return pdf(documents.proof(reader(), order), f"proof-{order.number}.pdf")


@bp.get("/orders/<number>/proof.png")
@allow(members(), office)
def proof_picture(number: str) -> ResponseReturnValue:
    """One side of the proof as a picture, for the page that shows it."""
    order = queries.order_of(reader(), number, actor().firm_id)
    side = request.args.get("side", 1, type=int)
    return Response(documents.proof_picture(reader(), order, side), mimetype="image/png")


@bp.get("/desk/orders")
@allow(office)
def desk() -> ResponseReturnValue:
    """Every firm's placed orders."""
    state = _state(request.args.get("state"))
    found = listing.show(queries.orders_list(reader(), firm_id=None, state=state), state=state)
    if file := found.file(ORDERS_OF_ALL):
        return file
    offers = offers_of(reader(), found.rows)
    firms = accounts.firms_by_id(reader(), {order.firm_id for order in found.rows})
    return render_template("orders/desk.html", found=found, offers=offers, firms=firms)


@bp.get("/desk/orders/<number>")
@allow(office)
def desk_order(number: str) -> ResponseReturnValue:
    """One order, as staff see it."""
    return _order_page(queries.order_of(reader(), number, None), SendBackForm())


def pdf(content: bytes, filename: str) -> Response:
    """Return a PDF that a browser shows in place."""
    return Response(
        content, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{filename}"'}
    )


def _state(text: str | None) -> OrderState | None:
    return OrderState(text) if text in set(OrderState) else None


def _money(order: Order) -> dict[str, object]:
    """What the page says of an order's payment: how it can be made, whether it is being made, what goes back."""
    payment = payments.last_payment_of(reader(), payments.Payable(queries.KIND, order.id))
    if payment is None:
        return {"payment": None, "offers_card": False, "refunds": []}
    why_not = payments.why_no_card(payment)
    return {
        "payment": payment,
        "offers_card": payments.offers_card(payment),
        "why_no_card": _(payments.NO_CARD_WORDS[why_not]) if why_not and payments.NO_CARD_WORDS[why_not] else "",
        "is_being_paid": payments.is_being_paid(reader(), payment.id),
        "refunds": payments.refunds_of(reader(), payment.id),
        "refund_words": payments.REFUND_WORDS,
        "is_disputed": payments.is_frozen(reader(), payment.payable),
    }


def _budget(order: Order, offer: Offer) -> Money | None:
    """What the firm means to spend, for its own people until the order is decided; staff never see it."""
    is_open = order.state in {OrderState.DRAFT, OrderState.AWAITING_APPROVAL}
    return offer.budget_for(order.quantity, order.budget_minor) if is_open and not actor().is_staff else None


def _order_page(order: Order, form: SendBackForm) -> ResponseReturnValue:
    lines = queries.lines_for(reader(), order, tariff())
    offer = offer_of(reader(), order)
    people = accounts.users_by_id(reader(), {order.buyer_id, order.decided_by or order.buyer_id})
    return render_template(
        "orders/show.html",
        order=order,
        form=form,
        offer=offer,
        goods=goods_of(reader(), order) if order.kind is not OrderKind.GIFT_BOOK else [],
        has_card=queries.filled(reader(), order).has_card,
        letter=mailing.letter(reader(), order) if order.is_digital else None,
        branches=branches_shown(order),
        jobs=production.jobs_of(reader(), (queries.KIND, order.id)),
        parcels=parcels.counts_of(reader(), order.id),
        lines=lines,
        total=total_of(lines, order.currency),
        budget=_budget(order, offer),
        buyer=people[order.buyer_id],
        decider=people.get(order.decided_by or 0),
        firm=accounts.firm(reader(), order.firm_id),
        **_money(order),
        batch=queries.batch_of(reader(), order.id),
        receiver=receiver_of(order),
        proof=proof_of_order(order),
        needs_new_proof=actor().is_staff and needs_new_proof(order),
        logo=branding.logo(reader(), order.firm_id, order.logo_id) if order.logo_id else None,
        people=queries.recipients_of(reader(), order.id, limit=200),
    ), 422 if form.has_errors else 200
