"""The page where staff let somebody be forgotten. What is typed travels in the body only: an address is logged."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from giftshop.db import Transaction
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.role import StaffRole
from giftshop.privacy import service
from giftshop.privacy.forms import WhomForm
from giftshop.web import actor, allow, current_shop, reader, staff, transact_once
from giftshop.web.privacy import Eraser, Whom

bp = Blueprint("privacy", __name__)
ROLES = (StaffRole.ADMINISTRATOR, StaffRole.HOTLINE)
helpers = staff(*ROLES)


@bp.route("/desk/privacy", methods=["GET", "POST"])
@allow(helpers)
def index() -> ResponseReturnValue:
    """Ask whom, and show what is known of them: kinds and counts, nothing else."""
    form, found = WhomForm(), None
    if form.validate_on_submit():
        try:
            found = service.find(reader(), _erasers(), form.whom, at=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
    page = render_template("privacy/index.html", form=form, found=found, kept=_kept())
    return page, 422 if form.has_errors else 200


@bp.post("/desk/privacy/erase")
@allow(helpers)
def erase() -> ResponseReturnValue:
    """Erase it at once."""
    form = WhomForm()
    try:
        if form.validate_on_submit():
            count = transact_once(form.once(), _erase, form.whom)
            current_shop().database.scrub()
            flash(
                ngettext("%(num)s record was erased.", "%(num)s records were erased.", count)
                + " "
                + _("What is still needed, if there was anything, was listed before and is kept."),
                "success",
            )
            return redirect(url_for("privacy.index"), 303)
    except Refused as refusal:
        form.refuse(refusal)
    return render_template("privacy/index.html", form=form, found=None, kept=_kept()), 422


def _erase(tx: Transaction, whom: Whom) -> int:
    count, _needed = service.erase(tx, _erasers(), whom, by=actor(), at=clock.now())
    return count


def _erasers() -> list[Eraser]:
    return current_shop().erasers


def _kept() -> list[Eraser]:
    """Return the kinds that go by themselves, for whoever must say how long something is kept."""
    return sorted((each for each in _erasers() if each.past), key=lambda eraser: eraser.days)
