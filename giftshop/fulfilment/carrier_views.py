"""The carriers we give parcels to."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.fulfilment import carriers, queries
from giftshop.fulfilment.blueprint import bench, bp
from giftshop.fulfilment.forms import CarrierFactsForm
from giftshop.fulfilment.models import Carrier
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.web import actor, allow, localized, offer_undo, reader, transact


@bp.get("/carriers")
@allow(bench)
def carrier_list() -> ResponseReturnValue:
    """Every carrier, in use or not."""
    known = carriers.all_carriers(reader(), with_retired=True)
    return render_template("fulfilment/carriers.html", all_carriers=known)


@bp.post("/carriers/usual")
@allow(bench)
def add_usual() -> ResponseReturnValue:
    """Begin with the usual ones."""
    transact(carriers.add_usual_carriers, by=actor(), at=clock.now())
    flash(_("The usual carriers have been added. Check their limits and times."), "success")
    return redirect(url_for("fulfilment.carrier_list"))


@bp.route("/carriers/new", methods=["GET", "POST"])
@allow(bench)
def add_carrier() -> ResponseReturnValue:
    """A new carrier."""
    form = CarrierFactsForm()
    if request.method == "POST" and form.validate():
        try:
            transact(carriers.add_carrier, form.facts, by=actor(), at=clock.now())
            flash(_("The carrier is saved."), "success")
            return redirect(url_for("fulfilment.carrier_list"))
        except Refused as refusal:
            form.refuse(refusal)
    return render_template("fulfilment/carrier.html", form=form, carrier=None), 422 if form.has_errors else 200


@bp.route("/carriers/<code>", methods=["GET", "POST"])
@allow(bench)
def change_carrier(code: str) -> ResponseReturnValue:
    """What we know of one carrier."""
    carrier = queries.carrier(reader(), code)
    was_active = carrier.is_active
    form = CarrierFactsForm.showing(carrier)
    if request.method == "POST" and form.validate():
        try:
            transact(carriers.change_carrier, carrier.id, form.facts, by=actor(), at=clock.now())
            _tell(carrier, was_active=was_active, is_active=form.facts.is_active)
            return redirect(url_for("fulfilment.carrier_list"))
        except Refused as refusal:
            form.refuse(refusal)
    g.shown_at = url_for("fulfilment.change_carrier", code=code)
    return render_template("fulfilment/carrier.html", form=form, carrier=carrier), 422 if form.has_errors else 200


def _tell(carrier: Carrier, *, was_active: bool, is_active: bool) -> None:
    """Say that a carrier is saved; one that was switched off by it, with a button that takes that back."""
    if is_active or not was_active:
        flash(_("The carrier is saved."), "success")
        return
    said = _("%(name)s is not used any more.", name=localized(carrier.names))
    offer_undo(said, "fulfilment.change_carrier", carrier.id, back=url_for("fulfilment.carrier_list"))
