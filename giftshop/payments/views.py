"""What finance works with: expected transfers, and the form that marks one as received."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.kernel import clock
from giftshop.kernel.errors import Missing, Refused
from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.payments import queries, service
from giftshop.payments.forms import received_form
from giftshop.payments.models import Payment, PaymentState
from giftshop.payments.rules import NUMBERS
from giftshop.web import actor, allow, current_shop, reader, staff, transact_once
from giftshop.web.filters import money

bp = Blueprint("payments", __name__)
finance = staff(StaffRole.FINANCE)
STATE_WORDS = {
    PaymentState.EXPECTED: N_("Expected"),
    PaymentState.SETTLED: N_("Received"),
    PaymentState.CANCELLED: N_("Cancelled"),
}


@bp.get("/desk/payments")
@allow(finance)
def index() -> ResponseReturnValue:
    """Payments in one state, newest first."""
    text, wanted = request.args.get("state"), (request.args.get("q") or "").strip()[:100]
    state = PaymentState(text) if text in set(PaymentState) else PaymentState.EXPECTED
    page = queries.payments_page(reader(), state=state, wanted=wanted, after=request.args.get("after"))
    views = [
        (_(words), url_for("payments.index", state=each, q=wanted or None), None, each is state)
        for each, words in STATE_WORDS.items()
    ]
    return render_template("payments/index.html", page=page, state=state, wanted=wanted, views=views)


@bp.route("/desk/payments/<reference>", methods=["GET", "POST"])
@allow(finance)
def show(reference: str) -> ResponseReturnValue:
    """One payment, and the form that marks it as received."""
    payment = _payment(reference)
    today = clock.local_day(clock.now(), current_shop().settings.time_zone)
    form = received_form(payment.currency)
    if request.method == "GET":
        form["amount"].data, form["received_on"].data = payment.amount_minor, today
    if form.validate_on_submit():
        try:
            transact_once(
                form.once(),
                service.mark_received,
                payment.id,
                form["amount"].data,
                form["received_on"].data,
                (form["bank_note"].data or "").strip(),
                today=today,
                by=actor(),
                at=clock.now(),
            )
            flash(
                _(
                    "%(amount)s from %(payer)s is marked as received.",
                    amount=money(payment.amount),
                    payer=payment.payer,
                ),
                "success",
            )
            return redirect(url_for("payments.index"))
        except Refused as refusal:
            form.refuse(refusal)
    status = 422 if form.has_errors else 200
    return render_template("payments/show.html", payment=payment, form=form, state_words=STATE_WORDS), status


def _payment(reference: str) -> Payment:
    payment_id = NUMBERS.id_in(reference)
    payment = reader().get(Payment, payment_id) if payment_id else None
    if payment is None:
        raise Missing
    return payment
