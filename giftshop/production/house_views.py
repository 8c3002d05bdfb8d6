"""The list of print houses, and the page of each."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.role import StaffRole
from giftshop.production import houses, queries
from giftshop.production.certificates import spaced, subject_of
from giftshop.production.delivery import AS_PAGES, Delivery
from giftshop.production.house_forms import HouseForm, values_of, values_of_house
from giftshop.production.models import PrintHouse
from giftshop.production.presenting import file_words, sheet_words
from giftshop.production.views import bp
from giftshop.web import actor, allow, reader, staff, transact

keepers = staff(StaffRole.PRODUCTION, StaffRole.ADMINISTRATOR)


@bp.get("/desk/print-houses")
@allow(keepers)
def house_list() -> ResponseReturnValue:
    """Who prints for us, and how they want their files."""
    return render_template(
        "production/houses.html",
        houses=[(house, Delivery.of(house.delivery)) for house in queries.print_houses(reader())],
        file_words=file_words,
        sheet_words=sheet_words,
    )


@bp.route("/desk/print-houses/new", methods=["GET", "POST"])
@allow(keepers)
def add_house() -> ResponseReturnValue:
    """Add a print house."""
    form = HouseForm(data=values_of(AS_PAGES))
    if form.validate_on_submit():
        try:
            transact(houses.add_house, form.facts, by=actor(), at=clock.now())
            flash(_("The print house is on the list."), "success")
            return redirect(url_for("production.house_list"))
        except Refused as refusal:
            form.refuse(refusal)
    return _page(None, form)


@bp.route("/desk/print-houses/<int:house_id>", methods=["GET", "POST"])
@allow(keepers)
def change_house(house_id: int) -> ResponseReturnValue:
    """Change how a print house wants its files, or the key that data files are encrypted to."""
    house = queries.print_house(reader(), house_id)
    form = HouseForm(data=values_of_house(house))
    if form.validate_on_submit():
        try:
            transact(houses.change_house, house_id, form.facts, by=actor(), at=clock.now())
            flash(_("Saved."), "success")
            return redirect(url_for("production.house_list"))
        except Refused as refusal:
            form.refuse(refusal)
    return _page(house, form)


def _page(house: PrintHouse | None, form: HouseForm) -> ResponseReturnValue:
    der = house.certificate if house else None
    return render_template(
        "production/house.html",
        house=house,
        form=form,
        subject=subject_of(der) if der else "",
        fingerprint=spaced(house.fingerprint) if house and house.fingerprint else "",
        is_expired=bool(house and house.certificate_until and house.certificate_until <= clock.now()),
    ), 422 if form.has_errors else 200
