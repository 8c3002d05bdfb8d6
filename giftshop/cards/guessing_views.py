"""Wrong codes, as the hotline and the administrators see them: by network, who is refused, and letting somebody in."""

from __future__ import annotations

from typing import Final

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from giftshop.cards import attempts, guessing
from giftshop.cards.views import bp
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.role import StaffRole
from giftshop.web import Form, actor, allow, reader, staff, transact_once

LOOKERS: Final = (StaffRole.HOTLINE, StaffRole.ADMINISTRATOR)


class ForgiveForm(Form):
    """Why a network may go on."""

    network = HiddenField()
    reason = StringField(
        _l("Why may they go on?"),
        [
            InputRequired(_l("Say why, for whoever looks at this later.")),
            Length(max=guessing.LONGEST_REASON, message=_l("Please use at most %(max)d characters.")),
        ],
        description=_l("For example: called from a hotel, read the serial number of their card out to us."),
    )


@bp.get("/desk/wrong-codes")
@allow(staff(*LOOKERS))
def wrong_codes() -> ResponseReturnValue:
    """Networks that wrong codes came from within a day, newest first."""
    at = clock.now()
    page = attempts.attempts_page(reader(), after=request.args.get("after"), at=at)
    return render_template(
        "cards/wrong_codes.html",
        page=page,
        is_flood=guessing.is_flood(reader(), at=at),
        limits={
            "short": guessing.MOST_IN_SHORT,
            "long": guessing.MOST_IN_LONG,
            "over_all": guessing.MOST_OVER_ALL,
        },
    )


@bp.route("/desk/wrong-codes/forgive", methods=["GET", "POST"])
@allow(staff(*LOOKERS))
def forgive() -> ResponseReturnValue:
    """Let one network in again, with a reason."""
    form = ForgiveForm(data={"network": request.args.get("network", "")[:100]})
    if form.validate_on_submit():
        try:
            network, reason = (form.network.data or "")[:100], form.reason.data or ""
            transact_once(form.once(), guessing.forgive, network, reason=reason, by=actor(), at=clock.now())
            flash(_("They can try again from now on."), "success")
            return redirect(url_for("cards.wrong_codes"), 303)
        except Refused as refusal:
            form.refuse(refusal)
    page = render_template("cards/forgive.html", form=form)
    return page, 422 if form.has_errors else 200
