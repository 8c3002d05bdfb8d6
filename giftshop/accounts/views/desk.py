"""The firms, as the operator's administrators keep them."""

from __future__ import annotations

import secrets
from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.accounts import letters, queries, service
from giftshop.accounts.access import Letter
from giftshop.accounts.exporting import FIRMS
from giftshop.accounts.forms import FirmAtDeskForm, NewFirmForm
from giftshop.accounts.rules import FirmKind
from giftshop.accounts.service import FirmDetails, Invitee
from giftshop.accounts.views.blueprint import bp
from giftshop.accounts.views.door import shown
from giftshop.accounts.views.firm import details_in
from giftshop.accounts.words import FIRM_STATES
from giftshop.db import Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Refused
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.listing import show as show_list
from giftshop.web import actor, allow, current_locale, current_shop, reader, staff, transact
from giftshop.web.forms import typed

ADMINISTRATOR = staff(StaffRole.ADMINISTRATOR)


@bp.get("/desk/firms")
@allow(staff(StaffRole.ADMINISTRATOR, StaffRole.SALES))
def firms() -> ResponseReturnValue:
    """List every firm."""
    found = show_list(queries.firms_list(FIRM_STATES))
    if file := found.file(FIRMS):
        return file
    return render_template(
        "accounts/firms.html",
        found=found,
        members_counted=queries.members_counted(reader()),
        states=FIRM_STATES,
        may_change=actor().has(StaffRole.ADMINISTRATOR),
    )


@bp.route("/desk/firms/new", methods=["GET", "POST"])
@allow(ADMINISTRATOR)
def new_firm() -> ResponseReturnValue:
    """Take on a firm and invite its first administrator."""
    form = NewFirmForm(locale=current_locale(), currency=current_shop().settings.currency)
    if form.validate_on_submit():
        first, secret = first_administrator(form), secrets.token_urlsafe(32)
        details = details_in(form)
        letter = letters.invitation(secret, name=first.name, firm=details.name, locale=first.locale)
        try:
            firm_id = transact(
                take_on,
                details,
                first,
                currency=form.currency.data,
                kind=FirmKind(form.kind.data),
                secret=secret,
                letter=letter,
                by=actor(),
                at=clock.now(),
            )
        except Refused as error:
            error.field = "administrator_email" if error.field == "email" else error.field
            form.refuse(error)
        else:
            flash(_("%(firm)s has been added, and %(name)s invited.", firm=details.name, name=first.name), "success")
            return redirect(url_for("accounts.firm_at_desk", firm_id=firm_id))
    return shown("accounts/new_firm.html", form)


@bp.route("/desk/firms/<int:firm_id>", methods=["GET", "POST"])
@allow(ADMINISTRATOR)
def firm_at_desk(firm_id: int) -> ResponseReturnValue:
    """Show and keep a firm's details."""
    kept = queries.firm(reader(), firm_id)
    form = FirmAtDeskForm(obj=kept)
    if form.validate_on_submit():
        transact(keep, firm_id, details_in(form), FirmKind(form.kind.data), by=actor(), at=clock.now())
        flash(_("The firm's details are saved."), "success")
        return redirect(url_for("accounts.firm_at_desk", firm_id=firm_id))
    return shown("accounts/firm_at_desk.html", form, firm=kept, states=FIRM_STATES)


@bp.post("/desk/firms/<int:firm_id>/suspend")
@allow(ADMINISTRATOR)
def suspend_firm(firm_id: int) -> ResponseReturnValue:
    """Shut a firm's people out."""
    transact(service.suspend_firm, firm_id, by=actor(), at=clock.now())
    flash(_("The firm is suspended: its people can no longer sign in."), "success")
    return redirect(url_for("accounts.firm_at_desk", firm_id=firm_id))


@bp.post("/desk/firms/<int:firm_id>/reinstate")
@allow(ADMINISTRATOR)
def reinstate_firm(firm_id: int) -> ResponseReturnValue:
    """Let a firm's people in again."""
    transact(service.reinstate_firm, firm_id, by=actor(), at=clock.now())
    flash(_("The firm is reinstated: its people can sign in again."), "success")
    return redirect(url_for("accounts.firm_at_desk", firm_id=firm_id))


def keep(tx: Transaction, firm_id: int, details: FirmDetails, kind: FirmKind, *, by: Actor, at: datetime) -> None:
    """Keep a firm's details and what it is."""
    service.change_firm(tx, firm_id, details, by=by, at=at)
    service.classify_firm(tx, firm_id, kind, by=by, at=at)


def take_on(
    tx: Transaction,
    details: FirmDetails,
    first: Invitee,
    *,
    currency: str,
    kind: FirmKind,
    secret: str,
    letter: Letter,
    by: Actor,
    at: datetime,
) -> int:
    """Establish a firm and invite its first administrator, both or neither. Returns the firm's id."""
    firm_id = service.establish_firm(tx, details, currency=currency, kind=kind, by=by, at=at)
    service.invite(tx, firm_id, first, secret=secret, letter=letter, by=by, at=at)
    return firm_id


def first_administrator(form: NewFirmForm) -> Invitee:
    """Return whom to invite first."""
    return Invitee(
        email=typed(form.administrator_email),
        name=typed(form.administrator_name),
        locale=form.locale.data,
        roles=frozenset({MemberRole.ADMINISTRATOR}),
    )
