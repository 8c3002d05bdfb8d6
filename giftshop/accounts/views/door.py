"""The door: sign in and out, forgotten passwords, invitations."""

from __future__ import annotations

import secrets
from http import HTTPStatus

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug import Response

from giftshop.accounts import access, letters, queries, sessions
from giftshop.accounts.access import Attempt
from giftshop.accounts.errors import AccountDisabled, DoesNotMatch, FirmSuspended, LinkNotGood, TooManyTries
from giftshop.accounts.factor_queries import factors_of
from giftshop.accounts.forms import ForgottenForm, InvitationForm, NewPasswordForm, SignInForm
from giftshop.accounts.models import AttemptKind, FirmState, LinkPurpose, UserState
from giftshop.accounts.passwords import check_password, hash_password, is_password
from giftshop.accounts.queries import Person
from giftshop.accounts.rules import own_path
from giftshop.accounts.views.blueprint import bp
from giftshop.kernel import clock
from giftshop.kernel.actor import VISITOR, Actor
from giftshop.kernel.errors import Refused
from giftshop.web import Form, actor, allow, anyone, current_shop, reader, transact
from giftshop.web.forms import typed
from giftshop.web.languages import keep_locale


@bp.route("/sign-in", methods=["GET", "POST"])
@allow(anyone)
def sign_in() -> ResponseReturnValue:
    """Ask who this is, and let them in."""
    if sessions.signed_in_person():
        return redirect(home_of(actor()))
    form = SignInForm()
    if form.validate_on_submit():
        try:
            attempt = knock(AttemptKind.SIGN_IN, typed(form.email))
            return receive(prove(typed(form.email), typed(form.password)), attempt)
        except Refused as error:
            form.refuse(error)
            return render_template("accounts/sign_in.html", form=form), status_of(error)
    return shown("accounts/sign_in.html", form)


@bp.post("/sign-out")
@allow(anyone)
def sign_out() -> ResponseReturnValue:
    """Let this browser be nobody."""
    leave()
    flash(_("You are signed out."), "success")
    return redirect(url_for("accounts.home"))


@bp.route("/password/forgotten", methods=["GET", "POST"])
@allow(anyone)
def forgotten() -> ResponseReturnValue:
    """Mail a link; say the same whether or not the address is known."""
    form = ForgottenForm()
    if form.validate_on_submit():
        try:
            knock(AttemptKind.PASSWORD_RESET, typed(form.email))
        except TooManyTries as error:
            form.refuse(error)
            return render_template("accounts/forgotten.html", form=form), status_of(error)
        mail_link_to(typed(form.email))
        flash(
            _("If there is an account for %(email)s, a link is on its way there.", email=typed(form.email)), "success"
        )
        return redirect(url_for("accounts.sign_in"))
    return shown("accounts/forgotten.html", form)


@bp.route("/password/reset/<secret>", methods=["GET", "POST"])
@allow(anyone)
def reset(secret: str) -> ResponseReturnValue:
    """Let the holder of a mailed link choose another password."""
    person = queries.person_of_link(reader(), secret, LinkPurpose.PASSWORD_RESET, at=clock.now())
    if person is None:
        return link_not_good()
    form = NewPasswordForm()
    if form.validate_on_submit():
        try:
            check_password(typed(form.password), own_words=own_words(person))
            kept = hash_password(typed(form.password))
            notice = letters.password_was_changed(name=person.user.name, locale=person.user.locale)
            transact(access.reset_password, secret, password_hash=kept, notice=notice, by=actor(), at=clock.now())
        except LinkNotGood:
            return link_not_good()
        except Refused as error:
            form.refuse(error)
        else:
            sessions.end()
            flash(_("Your password is changed. Sign in with the new one."), "success")
            return redirect(url_for("accounts.sign_in"))
    return private(shown("accounts/reset.html", form, person=person))


@bp.route("/invitation/<secret>", methods=["GET", "POST"])
@allow(anyone)
def invitation(secret: str) -> ResponseReturnValue:
    """Let an invited person choose a first password, and let them in."""
    person = queries.person_of_link(reader(), secret, LinkPurpose.INVITATION, at=clock.now())
    if person is None:
        return link_not_good()
    form = InvitationForm(name=person.user.name)
    if form.validate_on_submit():
        try:
            check_password(typed(form.password), own_words=own_words(person))
            kept = hash_password(typed(form.password))
            begin = access.accept_invitation
            user_id = transact(begin, secret, name=typed(form.name), password_hash=kept, by=VISITOR, at=clock.now())
            return receive(queries.person(reader(), user_id))
        except LinkNotGood:
            return link_not_good()
        except Refused as error:
            form.refuse(error)
    return private(shown("accounts/invitation.html", form, person=person, firm=firm_name_of(person)))


def leave() -> None:
    """End this browser's session, if it has one."""
    secret = sessions.current_secret() or sessions.half_secret()
    if secret:
        transact(access.end_session, secret, by=actor(), at=clock.now())
    sessions.end()


def knock(kind: AttemptKind, email: str) -> Attempt:
    """Count this try. Raises TooManyTries."""
    attempt = Attempt.of(kind, email, request.remote_addr)
    transact(access.note_attempt, attempt, at=clock.now())
    access.refuse_too_many(reader(), attempt, at=clock.now())
    return attempt


def prove(email: str, password: str) -> Person:
    """Return whose e-mail address and password these are. Takes as long for an unknown address as for a wrong password.

    Raises DoesNotMatch; to somebody who knows the password also AccountDisabled and FirmSuspended.
    """
    person = queries.person_by_email(reader(), email)
    is_right = is_password(password, person.user.password_hash if person else None)
    if person is None or not is_right:
        raise DoesNotMatch
    if person.user.state is UserState.DISABLED:
        raise AccountDisabled
    firm_id = person.user.firm_id
    if firm_id is not None and queries.firm(reader(), firm_id).state is FirmState.SUSPENDED:
        raise FirmSuspended
    return person


def receive(person: Person, attempt: Attempt | None = None) -> Response:
    """Go on with somebody whose password was right: ask for the second factor, or have one set up, or let them in."""
    if factors_of(reader(), person.user.id).are_there:
        return let_half_in(person, "accounts.code")
    if sessions.must_have_factor(person):
        return let_half_in(person, "accounts.set_up")
    return let_in(person, attempt)


def let_half_in(person: Person, endpoint: str) -> Response:
    """Let this browser be nobody, who knows `person`'s password, and send it on to where it shows more."""
    secret, version = secrets.token_urlsafe(32), person.user.session_version
    begin = access.begin_half_session
    transact(begin, person.user.id, secret, session_version=version, by=person.actor, at=clock.now())
    sessions.begin_half(secret)
    response = redirect(url_for(endpoint, next=own_path(request.args.get("next"))))
    return keep_locale(response, person.user.locale, replace=False)


def let_in(person: Person, attempt: Attempt | None = None) -> Response:
    """Make this browser `person`'s and send it on, in their language unless this browser chose one."""
    secret = secrets.token_urlsafe(32)
    transact(
        access.begin_session,
        person.user.id,
        secret,
        session_version=person.user.session_version,
        by=person.actor,
        at=clock.now(),
        attempt=attempt,
    )
    return send_on(secret, person)


def send_on(secret: str, person: Person) -> Response:
    """Let this browser, whose session is kept under `secret`, go where `person` wanted to, in their language."""
    sessions.begin(secret, person)
    response = redirect(own_path(request.args.get("next")) or home_of(person.actor))
    return keep_locale(response, person.user.locale, replace=False)


def home_of(who: Actor) -> str:
    """Return the page where somebody's work begins."""
    return url_for("accounts.desk" if who.is_staff else "accounts.home")


def mail_link_to(email: str) -> None:
    """Mail whoever has this address a way back in. Writes the letter also when nobody has it: that takes as long."""
    secret = secrets.token_urlsafe(32)
    person = queries.person_by_email(reader(), email)
    if person and person.user.state is UserState.INVITED:
        name, locale = person.user.name, person.user.locale
        letter = letters.invitation(secret, name=name, firm=firm_name_of(person), locale=locale)
    else:
        name, locale = (person.user.name, person.user.locale) if person else ("", "en")
        letter = letters.new_password(secret, name=name, locale=locale)
    transact(access.mail_way_back, email, secret, letter, by=actor(), at=clock.now())


def firm_name_of(person: Person) -> str:
    """Return the name of a person's firm, or of the site for staff."""
    firm_id = person.user.firm_id
    return current_shop().settings.site_name if firm_id is None else queries.firm(reader(), firm_id).name


def own_words(person: Person) -> list[str]:
    """Return the words that somebody who knows this person would try first."""
    settings = current_shop().settings
    return [person.user.name, person.user.email, person.user.phone, firm_name_of(person), settings.site_name]


def shown(template: str, form: Form, **facts: object) -> Response:
    """Return a page with a form; 422 when something in it was refused."""
    return make_response(render_template(template, form=form, **facts), 422 if form.has_errors else 200)


def private(response: Response) -> Response:
    """Keep the address of a page that a secret opens from every other page."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def link_not_good() -> ResponseReturnValue:
    """Say why a link does not open, and how to get another."""
    return private(make_response(render_template("accounts/link_not_good.html"), HTTPStatus.GONE))


def status_of(error: Refused) -> int:
    """Return the status of a page that refuses somebody at the door."""
    return HTTPStatus.TOO_MANY_REQUESTS if isinstance(error, TooManyTries) else HTTPStatus.UNPROCESSABLE_ENTITY
