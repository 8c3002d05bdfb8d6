"""Between the password and the site: show the second factor. A browser here is nobody, and reaches nothing else."""

from __future__ import annotations

import secrets
from http import HTTPStatus

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from giftshop.accounts import letters, passkeys, sessions, showing
from giftshop.accounts.errors import PasskeyNotGood, SignInLapsed
from giftshop.accounts.factor_forms import AnswerForm, CodeForm
from giftshop.accounts.factor_queries import Factors, factors_of
from giftshop.accounts.here import Here, take_challenge
from giftshop.accounts.models import AttemptKind
from giftshop.accounts.passkeys import Site
from giftshop.accounts.queries import Person
from giftshop.accounts.rules import FactorNews, Way
from giftshop.accounts.views.blueprint import bp
from giftshop.accounts.views.door import home_of, knock, send_on, status_of
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing, Refused
from giftshop.web import actor, allow, anyone, current_shop, reader, transact
from giftshop.web.forms import typed


@bp.route("/sign-in/code", methods=["GET", "POST"])
@allow(anyone)
def code() -> ResponseReturnValue:
    """Ask for a code of the app, or for a recovery code, and let its owner in."""
    if sessions.signed_in_person():
        return redirect(home_of(actor()))
    person = sessions.arriving()
    if person is None:
        return lapsed()
    factors = factors_of(reader(), person.user.id)
    if not factors.are_there:
        return redirect(url_for("accounts.set_up"))
    form = CodeForm()
    if form.validate_on_submit():
        return by_code(person, form, factors)
    return asked(form, factors, HTTPStatus.UNPROCESSABLE_ENTITY if form.has_errors else HTTPStatus.OK)


@bp.post("/sign-in/passkey/asked")
@allow(anyone)
def passkey_asked() -> ResponseReturnValue:
    """Say, to the script of the page, what a browser is to ask its passkeys. Each time it is another question."""
    person, site = sessions.arriving(), here_is()
    if person is None:
        raise SignInLapsed
    factors, challenge = factors_of(reader(), person.user.id), passkeys.new_challenge()
    if site is None or not factors.passkeys:
        raise Missing
    transact(showing.offer_challenge, sessions.half_secret() or "", challenge, at=clock.now())
    return Response(passkeys.asked_to_show(site, challenge, factors.known_keys), mimetype="application/json")


@bp.post("/sign-in/passkey")
@allow(anyone)
def passkey() -> ResponseReturnValue:
    """Take the answer of a passkey, and let its owner in."""
    person, site, form = sessions.arriving(), here_is(), AnswerForm()
    if person is None or site is None:
        return lapsed()
    try:
        if not form.validate_on_submit():
            raise PasskeyNotGood
        here, at = here_now(), clock.now()
        challenge, come_in = transact(take_challenge, here.secret, at=at), showing.come_in_by_passkey
        transact(come_in, here, typed(form.answer), challenge=challenge, site=site, by=person.actor, at=at)
    except SignInLapsed:
        return lapsed()
    except Refused as error:
        again = CodeForm(formdata=None)
        again.refuse(error)
        return asked(again, factors_of(reader(), person.user.id), status_of(error))
    return send_on(here.next_secret, person)


def by_code(person: Person, form: CodeForm, factors: Factors) -> ResponseReturnValue:
    """Let this browser in by what was typed, or say why not."""
    user = person.user
    try:
        attempt = knock(AttemptKind.SECOND_FACTOR, user.email)
        here = Here(sessions.half_secret() or "", secrets.token_urlsafe(32), attempt)
        way = transact(
            showing.come_in_by_code,
            here,
            typed(form.code),
            keyring=current_shop().settings.keyring,
            notice=letters.second_factor_news(FactorNews.CODE_USED, name=user.name, locale=user.locale),
            by=person.actor,
            at=clock.now(),
        )
    except SignInLapsed:
        return lapsed()
    except Refused as error:
        form.refuse(error)
        return asked(form, factors, status_of(error))
    response = send_on(here.next_secret, person)
    if way is Way.RECOVERY_CODE:
        say_how_many_are_left(factors_of(reader(), person.user.id).recovery_codes)
    return response


def say_how_many_are_left(left: int) -> None:
    """Say how many recovery codes are left after one was used."""
    flash(
        ngettext(
            "You signed in with a recovery code. %(num)s is left; make new ones on your account page.",
            "You signed in with a recovery code. %(num)s are left; you can make new ones on your account page.",
            left,
        ),
        "info",
    )


def asked(form: CodeForm, factors: Factors, status: int) -> Response:
    """Return the page that asks for the second factor, its passkeys too where browsers know them."""
    to_fill = AnswerForm(formdata=None)
    page = render_template("accounts/code.html", form=form, factors=factors, site=here_is(), answer_form=to_fill)
    return make_response(page, status)


def lapsed() -> Response:
    """Say that the password has to be given again."""
    sessions.lapse()
    return make_response(render_template("accounts/sign_in_lapsed.html"), HTTPStatus.GONE)


def here_is() -> Site | None:
    """Return this site as browsers make passkeys for it, or None where they make none."""
    settings = current_shop().settings
    return Site.at(settings.public_url, settings.site_name)


def here_now() -> Here:
    """Return this half-signed-in browser, with the secret it gets next."""
    return Here(sessions.half_secret() or "", secrets.token_urlsafe(32))
