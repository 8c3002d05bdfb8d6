"""Pages about a circle of people: a firm's members for its administrator, the staff, and a firm's members for staff.

The three differ in who may use them and whose people they show; the pages are the same.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.accounts import letters, queries, second_factor, service
from giftshop.accounts.exporting import people_of
from giftshop.accounts.factor_forms import ResetForm
from giftshop.accounts.factor_queries import factors_of, who_have_one
from giftshop.accounts.forms import DutiesForm, InviteForm, roles_chosen
from giftshop.accounts.models import Firm
from giftshop.accounts.queries import Person
from giftshop.accounts.rules import FactorNews, ResetReason
from giftshop.accounts.service import Invitee
from giftshop.accounts.views.blueprint import bp
from giftshop.accounts.views.door import shown
from giftshop.accounts.views.firm import own_firm_id
from giftshop.accounts.words import USER_STATES, role_words
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing, Refused
from giftshop.kernel.money import Money
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.listing import show as show_list
from giftshop.web import actor, allow, current_locale, current_shop, members, offer_undo, reader, say, staff, transact
from giftshop.web.forms import typed
from giftshop.web.guard import Grant


@dataclass(frozen=True, slots=True)
class Circle:
    """Whose people some pages are about."""

    name: str
    """Their endpoints begin with it."""
    path: str
    """Their addresses begin with it."""
    grant: Grant
    """Who may use them."""
    firm_id: Callable[[int | None], int | None]
    """From the firm's id in the address, if there is one, to the firm; None is the staff."""


@dataclass(frozen=True, slots=True)
class Place:
    """A circle as it is met in one request."""

    circle: Circle
    firm_id: int | None
    is_named: bool
    """Whether the firm is named in the address."""

    def url(self, page: str, **values: Any) -> str:
        """Return the address of one of the circle's pages."""
        if self.is_named:
            values["firm_id"] = self.firm_id
        return url_for(f"accounts.{self.circle.name}_{page}", **values)

    def firm(self) -> Firm | None:
        """Return the firm, or None for the staff."""
        return None if self.firm_id is None else queries.firm(reader(), self.firm_id)

    @property
    def currency(self) -> str:
        """What limits are counted in."""
        firm = self.firm()
        return firm.currency if firm else current_shop().settings.currency

    @property
    def name(self) -> str:
        """Whom one is invited to."""
        firm = self.firm()
        return firm.name if firm else current_shop().settings.site_name

    def amount(self, amount_minor: int) -> Money:
        """Return a limit as money."""
        return Money(amount_minor, self.currency)

    def person(self, user_id: int) -> Person:
        """Return one of these people. Raises Missing for anybody else's."""
        person = queries.person(reader(), user_id)
        if person.user.firm_id != self.firm_id:
            raise Missing
        return person


CIRCLES = (
    Circle("members", "/firm/people", members(MemberRole.ADMINISTRATOR), lambda _named: own_firm_id()),
    Circle("staff", "/desk/people", staff(StaffRole.ADMINISTRATOR), lambda _named: None),
    Circle("clients", "/desk/firms/<int:firm_id>/people", staff(StaffRole.ADMINISTRATOR), lambda named: named),
)


def people(place: Place) -> ResponseReturnValue:
    """List these people."""
    firm, words = place.firm(), role_words(place.firm_id)
    found = show_list(queries.people_list(place.firm_id, words, USER_STATES))
    if file := found.file(people_of(firm)):
        return file
    return render_template(
        "accounts/people.html",
        place=place,
        firm=firm,
        found=found,
        people=queries.with_roles(reader(), found.rows),
        have_factor=who_have_one(reader(), place.firm_id),
        role_words=words,
        states=USER_STATES,
    )


def new(place: Place) -> ResponseReturnValue:
    """Invite somebody."""
    firm = place.firm()
    form = InviteForm.for_people_of(place.firm_id, place.currency, locale=firm.locale if firm else current_locale())
    assert isinstance(form, InviteForm)  # noqa: S101 -- for the type checker
    if form.validate_on_submit():
        secret = secrets.token_urlsafe(32)
        invitee = invitee_in(form, place.firm_id)
        letter = letters.invitation(secret, name=invitee.name, firm=place.name, locale=invitee.locale)
        try:
            transact(service.invite, place.firm_id, invitee, secret=secret, letter=letter, by=actor(), at=clock.now())
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("%(name)s is invited; the mail is on its way.", name=invitee.name), "success")
            return redirect(place.url("people"))
    return shown("accounts/invite.html", form, place=place, firm=firm, role_words=role_words(place.firm_id))


def duties(place: Place, user_id: int) -> ResponseReturnValue:
    """Show one person, and keep what they may do."""
    person = place.person(user_id)
    form = DutiesForm.for_people_of(
        place.firm_id,
        place.currency,
        roles=[role.value for role in person.roles],
        order_limit_minor=person.user.order_limit_minor,
    )
    if form.validate_on_submit():
        roles = roles_chosen(form, place.firm_id)
        try:
            transact(
                service.change_duties,
                place.firm_id,
                user_id,
                roles=roles,
                order_limit_minor=form.limit,
                by=actor(),
                at=clock.now(),
            )
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("What %(name)s may do is saved.", name=person.user.name), "success")
            return redirect(place.url("people"))
    return shown(
        "accounts/person.html",
        form,
        place=place,
        firm=place.firm(),
        person=person,
        role_words=role_words(place.firm_id),
        states=USER_STATES,
        factors=factors_of(reader(), user_id),
        reset_form=ResetForm(formdata=None),
    )


def disable(place: Place, user_id: int) -> ResponseReturnValue:
    """Shut somebody out."""
    person = place.person(user_id)
    try:
        transact(service.disable, place.firm_id, user_id, by=actor(), at=clock.now())
    except Refused as error:
        flash(say(error), "error")
        return redirect(place.url("duties", user_id=user_id))
    said, back = _("%(name)s can no longer sign in.", name=person.user.name), place.url("people")
    offer_undo(said, "accounts.disable", place.firm_id or 0, user_id, back=back)
    return redirect(place.url("people"))


def enable(place: Place, user_id: int) -> ResponseReturnValue:
    """Let somebody in again."""
    person = place.person(user_id)
    transact(service.enable, place.firm_id, user_id, by=actor(), at=clock.now())
    flash(_("%(name)s may sign in again.", name=person.user.name), "success")
    return redirect(place.url("people"))


def invite_again(place: Place, user_id: int) -> ResponseReturnValue:
    """Mail another invitation."""
    user = place.person(user_id).user
    secret = secrets.token_urlsafe(32)
    letter = letters.invitation(secret, name=user.name, firm=place.name, locale=user.locale)
    try:
        transact(service.invite_again, place.firm_id, user_id, secret=secret, letter=letter, by=actor(), at=clock.now())
    except Refused as error:
        flash(say(error), "error")
    else:
        flash(_("Another invitation is on its way to %(email)s.", email=user.email), "success")
    return redirect(place.url("people"))


def reset_factor(place: Place, user_id: int) -> ResponseReturnValue:
    """Take somebody's second factor away: they sign in with the password, and set up another."""
    user, form, where = place.person(user_id).user, ResetForm(), place.url("duties", user_id=user_id)
    if not form.validate_on_submit():
        flash(_("Choose why."), "error")
        return redirect(where)
    notice = letters.second_factor_news(FactorNews.RESET, name=user.name, locale=user.locale)
    why = ResetReason(form.reason.data)
    try:
        transact(second_factor.reset, place.firm_id, user_id, reason=why, notice=notice, by=actor(), at=clock.now())
    except Refused as error:
        flash(say(error), "error")
    else:
        flash(_("%(name)s has no second factor any more, and is signed out.", name=user.name), "success")
    return redirect(where)


def invitee_in(form: InviteForm, firm_id: int | None) -> Invitee:
    """Return whom to invite."""
    return Invitee(
        email=typed(form.email),
        name=typed(form.name),
        locale=form.locale.data,
        roles=roles_chosen(form, firm_id),
        order_limit_minor=form.limit,
    )


PAGES: tuple[tuple[str, Callable[..., ResponseReturnValue], list[str]], ...] = (
    ("", people, ["GET"]),
    ("/new", new, ["GET", "POST"]),
    ("/<int:user_id>", duties, ["GET", "POST"]),
    ("/<int:user_id>/disable", disable, ["POST"]),
    ("/<int:user_id>/enable", enable, ["POST"]),
    ("/<int:user_id>/invite-again", invite_again, ["POST"]),
    ("/<int:user_id>/reset-factor", reset_factor, ["POST"]),
)


def bound(circle: Circle, page: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Return `page` as the view of one circle."""

    def view(firm_id: int | None = None, **values: Any) -> ResponseReturnValue:
        return page(Place(circle, circle.firm_id(firm_id), firm_id is not None), **values)

    return allow(circle.grant)(view)


for each in CIRCLES:
    for rule, page, methods in PAGES:
        bp.add_url_rule(each.path + rule, f"{each.name}_{page.__name__}", bound(each, page), methods=methods)
