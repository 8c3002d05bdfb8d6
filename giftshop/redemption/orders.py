"""What was chosen with a shopping card, visit by visit: each followed, changed or given up by itself."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import fulfilment, payments
from giftshop.cards import HeldCard
from giftshop.fulfilment import AlreadyPacking
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.money import Money
from giftshop.redemption import differences, following, purchases, queries, visit
from giftshop.redemption.blueprint import bp
from giftshop.redemption.errors import NotRedeemed
from giftshop.redemption.forms import ProofForm
from giftshop.redemption.models import Redemption
from giftshop.redemption.presenting import brand_of
from giftshop.redemption.rules import RedemptionState
from giftshop.redemption.visit import Visit
from giftshop.web import Form, allow, anyone, reader, say, transact_once
from giftshop.web.forms import new_request_key


@bp.get("/r/gift/orders/<int:nth>")
@allow(anyone)
def order(nth: int) -> ResponseReturnValue:
    """One visit: what was chosen, and how far it is."""
    here, card, redemption = _opened(nth)
    if fulfilment.shipment_by_source(reader(), redemption.source) is None:
        return _waiting_page(card, redemption)
    return following.page(card, redemption, here, ProofForm())


@bp.post("/r/gift/orders/<int:nth>/pay")
@allow(anyone)
def pay(nth: int) -> ResponseReturnValue:
    """Go to the page where the difference is paid by card; a second tap goes to the same."""
    here, _card, redemption = _opened(nth)
    own = url_for("redemption.order", nth=nth)
    payment = payments.payment_of(reader(), differences.payable_of(redemption))
    if payment is None or redemption.state is not RedemptionState.AWAITING_PAYMENT:
        return redirect(own, 303)
    try:
        return redirect(payments.pay_by_card(payment.id, return_to=own, cancel_to=own, by=here.actor), 303)
    except Refused as refusal:
        flash(say(refusal), "error")
        return redirect(own, 303)


@bp.post("/r/gift/orders/<int:nth>/cancel")
@allow(anyone)
def cancel(nth: int) -> ResponseReturnValue:
    """Give it up before packing: its value is back on the card."""
    here, _card, redemption = _opened(nth)
    if not here.knows(redemption):
        return redirect(url_for("redemption.order", nth=nth), 303)
    try:
        transact_once(Form().once(), purchases.cancel, redemption.id, by=here.actor, at=clock.now())
        flash(_("Cancelled. What it cost is back on your card."), "success")
        if redemption.difference_minor and redemption.state is RedemptionState.CONFIRMED:
            flash(_("What you paid on top goes back to the card it came from."), "success")
    except AlreadyPacking:
        pass  # its own page says so
    except Refused as refusal:
        flash(say(refusal), "error")
    return redirect(url_for("redemption.order", nth=nth), 303)


def _waiting_page(card: HeldCard, redemption: Redemption) -> ResponseReturnValue:
    """What waits for its difference to be paid, or was given up before it was."""
    currency = card.balance.currency
    return render_template(
        "redemption/on_top.html",
        card=card,
        brand=brand_of(reader(), card),
        nth=redemption.nth,
        chosen=queries.items_chosen(reader(), redemption),
        took=Money(redemption.value_minor or 0, currency),
        on_top=Money(redemption.difference_minor, currency),
        waits=redemption.state is RedemptionState.AWAITING_PAYMENT,
        request_key=new_request_key(),
    )


def _opened(nth: int) -> tuple[Visit, HeldCard, Redemption]:
    here, card = visit.opened()
    redemption = queries.nth_redemption_of(reader(), card.id, nth) if card.is_value else None
    if redemption is None:
        raise NotRedeemed
    return here, card, redemption
