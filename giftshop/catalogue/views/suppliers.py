"""Suppliers who send goods to the receiver themselves, as staff keep them."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.catalogue import suppliers as room
from giftshop.catalogue.exporting import SUPPLIERS
from giftshop.catalogue.forms import supplier_facts_in, supplier_form
from giftshop.catalogue.models import Supplier
from giftshop.catalogue.views.blueprint import KEEPERS, bp
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.listing import show
from giftshop.web import actor, allow, localized, offer_undo, reader, transact


@bp.get("/desk/suppliers")
@allow(KEEPERS)
def suppliers() -> ResponseReturnValue:
    """Every supplier, in use or not, and how many items they send."""
    found = show(room.suppliers_list())
    if file := found.file(SUPPLIERS):
        return file
    return render_template("catalogue/suppliers.html", found=found, counts=room.item_counts(reader()))


@bp.route("/desk/suppliers/new", methods=["GET", "POST"])
@allow(KEEPERS)
def new_supplier() -> ResponseReturnValue:
    """Write down a new supplier."""
    form = supplier_form()
    if form.validate_on_submit():
        try:
            transact(room.add_supplier, supplier_facts_in(form), by=actor(), at=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The supplier is saved. Choose it on the pages of the items it sends."), "success")
            return redirect(url_for("catalogue.suppliers"))
    return render_template("catalogue/supplier.html", form=form, supplier=None), 422 if form.has_errors else 200


@bp.route("/desk/suppliers/<code>", methods=["GET", "POST"])
@allow(KEEPERS)
def supplier(code: str) -> ResponseReturnValue:
    """One supplier, and the form that changes what is written about them."""
    known = room.supplier_by_code(reader(), code)
    was_active = known.is_active
    form = supplier_form(known)
    if form.validate_on_submit():
        try:
            transact(room.change_supplier, known.id, supplier_facts_in(form), by=actor(), at=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            _tell(known, was_active=was_active, is_active=bool(form.is_active.data))
            return redirect(url_for("catalogue.suppliers"))
    return render_template("catalogue/supplier.html", form=form, supplier=known), 422 if form.has_errors else 200


def _tell(supplier: Supplier, *, was_active: bool, is_active: bool) -> None:
    """Say that a supplier is saved; one who was switched off by it, with a button that takes that back."""
    if is_active or not was_active:
        flash(_("The changes are saved."), "success")
        return
    said = _("%(name)s is not used any more.", name=localized(supplier.names))
    offer_undo(said, "catalogue.change_supplier", supplier.id, back=url_for("catalogue.suppliers"))
