"""Where an order goes, and whom its invoice names: printed cards to the firm, gift sets to doors, firm or branches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from giftshop import giftsets
from giftshop.addresses import Receiver
from giftshop.db import Reader
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.orders import drafts, queries, sets
from giftshop.orders.errors import DayTooFar, OtherKind
from giftshop.orders.forms import (
    AT_AN_HOUR,
    WHEN_PAID,
    BranchForm,
    DeliveryForm,
    RealNameForm,
    SendingForm,
    SetDeliveryForm,
)
from giftshop.orders.models import Order
from giftshop.orders.offers import branches_of
from giftshop.orders.presenting import receiver_in, receiver_of, tariff
from giftshop.orders.rules import Delivery, OrderKind, Step, earliest_sending, needs_real_name, unbalanced
from giftshop.orders.views.blueprint import bp
from giftshop.orders.views.steps import buyers, draft, go_on, market, own_firm, page, today
from giftshop.web import Form, actor, allow, current_shop, reader, transact


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch as pages show it."""

    id: int
    receiver: Receiver
    quantity: int


@bp.route("/orders/<number>/delivery", methods=["GET", "POST"])
@allow(buyers)
def delivery(number: str) -> ResponseReturnValue:
    """Where it goes, when, and whom the invoice names."""
    order = draft(number)
    is_set = order.kind is OrderKind.GIFT_SET
    form = _form(order)
    takes_address = not order.is_digital and (not is_set or order.delivery is Delivery.FIRM)
    if not takes_address:
        del form.address
    sending = _sending(order) if order.is_digital else None
    asks_for_more = takes_address and form.address.asks_for_more
    if request.method == "POST" and not asks_for_more and _are_right(form, sending):
        try:
            if sending is not None:
                transact(drafts.send_when, order.id, own_firm(), sending.moment, by=actor(), at=clock.now())
            if isinstance(form, SetDeliveryForm):
                _set_window(order, form.not_before.data, form.arrives_on.data)
            transact(drafts.send_to, order.id, own_firm(), _destination(form, takes_address=takes_address))
            if is_set and order.delivery is Delivery.BRANCHES:
                return redirect(url_for("orders.branches", number=number))
            return go_on(order, Step.DELIVERY)
        except Refused as refusal:
            (sending if sending is not None and refusal.field in sending else form).refuse(refusal)
    return page(
        order,
        Step.DELIVERY,
        "delivery.html",
        form=form,
        sending=sending,
        earliest=earliest_sending(today(), queries.filled(reader(), order).lead_days) if is_set else None,
    )


@bp.route("/orders/<number>/branches", methods=["GET", "POST"])
@allow(buyers)
def branches(number: str) -> ResponseReturnValue:
    """The branches that get some of the sets, until all are given away."""
    order = draft(number)
    if order.kind is not OrderKind.GIFT_SET or order.delivery is not Delivery.BRANCHES:
        raise OtherKind(number=number)
    form = BranchForm()
    if request.method == "POST" and not form.address.asks_for_more and form.validate():
        try:
            receiver, quantity = asdict(form.address.form.receiver), form.quantity.data or 0
            transact(sets.add_branch, order.id, own_firm(), receiver, quantity, by=actor(), at=clock.now())
            return redirect(url_for("orders.branches", number=number))
        except Refused as refusal:
            form.refuse(refusal)
    shown = branches_shown(order)
    left = unbalanced(order.quantity, [branch.quantity for branch in shown])
    return page(order, Step.DELIVERY, "branches.html", form=form, branches=shown, left=left)


@bp.post("/orders/<number>/branches/<int:branch_id>/drop")
@allow(buyers)
def drop_branch(number: str, branch_id: int) -> ResponseReturnValue:
    """Nothing goes to this branch after all."""
    transact(sets.drop_branch, draft(number).id, own_firm(), branch_id)
    return redirect(url_for("orders.branches", number=number))


def branches_shown(order: Order) -> list[Branch]:
    """Return the branches that an order goes to; none when it goes elsewhere."""
    if order.delivery is not Delivery.BRANCHES:
        return []
    return [Branch(row.id, receiver_in(row.receiver), row.quantity) for row in branches_of(reader(), order.id)]


def wrong_with(known: Reader, order: Order) -> Sequence[Refused]:
    """Return what keeps the gift set of a draft from being ordered like this."""
    if order.gift_set_id is None or not order.quantity:
        return ()
    contents = giftsets.contents_of(known, order.gift_set_id)
    return contents.refusals(order.quantity, parcel_limit_g=tariff().parcel_limit_g)


def _sending(order: Order) -> SendingForm:
    chosen = order.send_moment
    zone = current_shop().settings.time_zone
    known = {"day": chosen.day, "hour": chosen.hour, "zone": chosen.zone} if chosen else {"zone": zone}
    return SendingForm(data=known | {"when": AT_AN_HOUR if chosen else WHEN_PAID})


def _are_right(*forms: Form | None) -> bool:
    """Whether all of what was sent is right. Each is asked, so that everything that is wrong is said at once."""
    found_right = [form.validate() for form in forms if form is not None]
    return all(found_right)


def _form(order: Order) -> DeliveryForm:
    known = {"address": receiver_of(order)}
    if order.kind is OrderKind.GIFT_SET:
        arrives_on = order.arrives_by.date() if order.arrives_by else None
        return SetDeliveryForm(obj=order, data=known | {"arrives_on": arrives_on})
    asks_real_name = needs_real_name(queries.filled(reader(), order), market())
    return (RealNameForm if asks_real_name else DeliveryForm)(obj=order, data=known)


def _destination(form: DeliveryForm, *, takes_address: bool) -> drafts.Destination:
    return drafts.Destination(
        receiver=asdict(form.address.form.receiver) if takes_address else None,
        invoice_title=(form.invoice_title.data or "").strip(),
        tax_number=(form.tax_number.data or "").strip(),
        invoice_email=(form.invoice_email.data or "").strip(),
        agent_name=(form.agent_name.data or "").strip() if isinstance(form, RealNameForm) else "",
        agent_document=(form.agent_document.data or "") if isinstance(form, RealNameForm) else "",
    )


def _set_window(order: Order, not_before: date | None, arrives_on: date | None) -> None:
    zone = current_shop().settings.time_zone
    if arrives_on is not None and arrives_on > today() + sets.FARTHEST:
        raise DayTooFar(field="arrives_on", years=sets.FARTHEST.days // 365)
    arrives_by: datetime | None = clock.end_of_day(arrives_on, zone) if arrives_on else None
    if order.arrives_by is not None and order.arrives_by.date() == arrives_on:
        arrives_by = order.arrives_by  # a campaign asks for an hour of that day, which the form does not show
    transact(
        sets.dispatch_window,
        order.id,
        own_firm(),
        not_before=not_before,
        arrives_by=arrives_by,
        is_surprise=order.is_surprise,
    )
