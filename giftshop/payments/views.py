"""What finance works with: payments, the form that marks a transfer as received, and the one that gives back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from giftshop.kernel import clock
from giftshop.kernel.errors import Missing, Refused
from giftshop.kernel.role import StaffRole
from giftshop.listing import show as show_list
from giftshop.payments import checkouts, queries, refunds, service, words
from giftshop.payments.exporting import PAYMENTS
from giftshop.payments.forms import RefundForm, received_form
from giftshop.payments.models import Checkout, Payment, Refund
from giftshop.payments.queries import PaymentView
from giftshop.payments.rules import NUMBERS
from giftshop.web import Form, actor, allow, current_shop, reader, staff, transact_once
from giftshop.web.filters import money

bp = Blueprint("payments", __name__)
finance = staff(StaffRole.FINANCE)


@bp.get("/desk/payments")
@allow(finance)
def index() -> ResponseReturnValue:
    """Payments of one view, newest first."""
    text = request.args.get("state")
    view = PaymentView(text) if text in set(PaymentView) else PaymentView.EXPECTED
    found = show_list(queries.payments_list(view, words.METHOD_WORDS), state=view)
    if file := found.file(PAYMENTS):
        return file
    views = [(_(said), found.at(state=each), None, each is view) for each, said in words.VIEW_WORDS.items()]
    return render_template("payments/index.html", found=found, views=views, words=words)


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
    return _page(payment, form, RefundForm(formdata=None))


@bp.post("/desk/payments/<reference>/refund")
@allow(finance)
def refund(reference: str) -> ResponseReturnValue:
    """Give a payment by card back, whole."""
    payment, form = _payment(reference), RefundForm()
    if form.validate():
        try:
            note = form.note.data or ""
            transact_once(form.once(), refunds.give_back, payment.id, note, by=actor(), at=clock.now())
            flash(_("%(amount)s goes back to the card it came from.", amount=money(payment.amount)), "success")
            return redirect(url_for("payments.show", reference=payment.reference))
        except Refused as refusal:
            form.refuse(refusal)
    return _page(_payment(reference), received_form(payment.currency), form)


@bp.post("/desk/payments/<reference>/refunds/<int:refund_id>/again")
@allow(finance)
def try_refund_again(reference: str, refund_id: int) -> ResponseReturnValue:
    """Send a refund that failed once more."""
    payment = _owner_of(reference, Refund, refund_id)
    transact_once(Form().once(), refunds.try_again, refund_id, by=actor(), at=clock.now())
    flash(_("The refund is being sent again."), "success")
    return redirect(url_for("payments.show", reference=payment.reference))


@bp.post("/desk/payments/<reference>/refunds/<int:refund_id>/paid-back")
@allow(finance)
def note_paid_back(reference: str, refund_id: int) -> ResponseReturnValue:
    """Note that a refund that failed was paid back by bank transfer."""
    payment = _owner_of(reference, Refund, refund_id)
    transact_once(Form().once(), refunds.note_paid_back, refund_id, by=actor(), at=clock.now())
    flash(_("Noted: it was paid back by bank transfer."), "success")
    return redirect(url_for("payments.show", reference=payment.reference))


@bp.post("/desk/payments/<reference>/checkouts/<int:checkout_id>/cleared")
@allow(finance)
def clear_up(reference: str, checkout_id: int) -> ResponseReturnValue:
    """Note that what Stripe held and we did not ask for was looked into."""
    payment = _owner_of(reference, Checkout, checkout_id)
    transact_once(Form().once(), checkouts.clear_up, checkout_id, by=actor(), at=clock.now())
    flash(_("Noted: it is cleared up."), "success")
    return redirect(url_for("payments.show", reference=payment.reference))


def _page(payment: Payment, form: Form, refund_form: RefundForm) -> ResponseReturnValue:
    return render_template(
        "payments/show.html",
        payment=payment,
        form=form,
        refund_form=refund_form,
        checkouts=queries.checkouts_of(reader(), payment.id),
        refunds=queries.refunds_of(reader(), payment.id),
        dispute=queries.dispute_of(reader(), payment.id),
        words=words,
    ), 422 if form.has_errors or refund_form.has_errors else 200


def _owner_of(reference: str, table: type[Checkout | Refund], row: int) -> Payment:
    """Return the payment that a checkout or refund belongs to; raises Missing when it is another's."""
    payment = _payment(reference)
    if reader().scalar(select(table.payment_id).where(table.id == row)) != payment.id:
        raise Missing
    return payment


def _payment(reference: str) -> Payment:
    payment_id = NUMBERS.id_in(reference)
    payment = reader().get(Payment, payment_id) if payment_id else None
    if payment is None:
        raise Missing
    return payment
