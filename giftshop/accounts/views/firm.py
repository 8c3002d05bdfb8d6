"""A firm's own details, kept by its administrator."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.accounts import queries, service
from giftshop.accounts.forms import FirmForm
from giftshop.accounts.service import FirmDetails
from giftshop.accounts.views.blueprint import bp
from giftshop.accounts.views.door import shown
from giftshop.kernel import clock
from giftshop.kernel.errors import NotAllowed
from giftshop.kernel.role import MemberRole
from giftshop.web import actor, allow, members, reader, transact
from giftshop.web.forms import typed


@bp.route("/firm", methods=["GET", "POST"])
@allow(members(MemberRole.ADMINISTRATOR))
def firm() -> ResponseReturnValue:
    """Show and keep the firm's details."""
    kept = queries.firm(reader(), own_firm_id())
    form = FirmForm(obj=kept)
    if form.validate_on_submit():
        transact(service.change_firm, kept.id, details_in(form), by=actor(), at=clock.now())
        flash(_("The firm's details are saved."), "success")
        return redirect(url_for("accounts.firm"))
    return shown("accounts/firm.html", form, firm=kept)


def own_firm_id() -> int:
    """Return the firm of the member behind this request."""
    firm_id = actor().firm_id
    if firm_id is None:
        raise NotAllowed
    return firm_id


def details_in(form: FirmForm) -> FirmDetails:
    """Return what was filled in."""
    return FirmDetails(
        name=typed(form.name),
        locale=form.locale.data,
        invoice_title=typed(form.invoice_title),
        tax_number=typed(form.tax_number).upper(),
        contact_line=typed(form.contact_line),
    )
