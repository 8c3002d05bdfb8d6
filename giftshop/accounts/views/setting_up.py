"""Setting up a second factor, at two doors: on one's account page, behind the password once more; and right after the
password, for staff who may do nothing else before they have one.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable

from flask import make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.accounts import passkeys, recovery, second_factor, sessions, showing, totp
from giftshop.accounts.errors import CodeWrong, SignInLapsed
from giftshop.accounts.factor_forms import AppForm, MadePasskeyForm, PasskeyForm
from giftshop.accounts.factor_queries import factors_of
from giftshop.accounts.here import take_challenge
from giftshop.accounts.passkeys import Site
from giftshop.accounts.rules import FactorNews
from giftshop.accounts.views.arriving import here_is, lapsed
from giftshop.accounts.views.blueprint import bp
from giftshop.accounts.views.door import status_of
from giftshop.accounts.views.owner import Owner, at_home, settled
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing, Refused
from giftshop.kernel.keyring import Keyring
from giftshop.kernel.sealing import SealBroken, Sealed, seal, unseal
from giftshop.paper import qr_svg
from giftshop.web import Form, allow, anyone, current_shop, reader, signed_in, transact
from giftshop.web.forms import typed

NEW_KEY = "new_app_key"
"""Where the session keeps a key that no code has confirmed yet: sealed, since whoever has the cookie can read it."""


@bp.get("/sign-in/set-up")
@allow(anyone)
def set_up() -> ResponseReturnValue:
    """Tell staff without a second factor that they need one, and let them choose."""
    return _arriving(lambda owner: render_template("accounts/set_up.html", site=here_is(), person=owner.person))


def app(owner: Owner) -> ResponseReturnValue:
    """Show a new key as a QR code, and keep it once a code proves that an app has it."""
    form, keyring = AppForm(), current_shop().settings.keyring
    owner.without_password(form)
    key = new_key(owner.id, keyring)
    if form.validate_on_submit():
        try:
            step = confirmed_step(key, typed(form.code))
            here, spare = owner.here(owner.confirm(form)), recovery.draw()
            drawn = transact(
                second_factor.keep_app,
                owner.id,
                here,
                key=key,
                step=step,
                spare_codes=spare,
                keyring=keyring,
                notice=owner.told(FactorNews.APP_SET_UP),
                by=owner.person.actor,
                at=clock.now(),
            )
        except Refused as error:
            form.refuse(error)
            return app_page(owner, form, key, status_of(error))
        return settled(owner, here, spare if drawn else (), _("The authenticator app is set up."))
    return app_page(owner, form, key, 422 if form.has_errors else 200)


def app_page(owner: Owner, form: AppForm, key: bytes, status: int) -> ResponseReturnValue:
    """Return the page with the QR code."""
    address = totp.address(key, account=owner.person.user.email, site=current_shop().settings.site_name)
    picture = qr_svg(address, label=_("QR code for your authenticator app"))
    page = render_template("accounts/factor_app.html", form=form, owner=owner, qr=picture, key=totp.written(key))
    return make_response(page, status)


def new_passkey(owner: Owner) -> ResponseReturnValue:
    """Ask for the name of a passkey, and for the password; then let the browser make it."""
    site, form = here_is(), PasskeyForm()
    if site is None:
        raise Missing
    owner.without_password(form)
    if form.validate_on_submit():
        try:
            second_factor.refuse_more_passkeys(len(owner.factors.passkeys))
            owner.confirm(form)
        except Refused as error:
            form.refuse(error)
            return passkey_page(owner, form, status_of(error))
        return ask_for_passkey(owner, site, typed(form.name))
    return passkey_page(owner, form, 422 if form.has_errors else 200)


def passkey_page(owner: Owner, form: Form, status: int) -> ResponseReturnValue:
    """Return the page on which a passkey is given a name."""
    return make_response(render_template("accounts/factor_passkey.html", form=form, owner=owner), status)


def ask_for_passkey(owner: Owner, site: Site, name: str) -> ResponseReturnValue:
    """Return the page whose script lets the browser make a passkey."""
    challenge, user = passkeys.new_challenge(), owner.person.user
    transact(showing.offer_challenge, owner.secret, challenge, at=clock.now())
    have = owner.factors.known_keys
    options = passkeys.asked_to_make(site, challenge, user_id=user.id, account=user.email, name=user.name, have=have)
    form = MadePasskeyForm(formdata=None, name=name)
    return make_response(render_template("accounts/factor_passkey_made.html", form=form, owner=owner, options=options))


def passkey_made(owner: Owner) -> ResponseReturnValue:
    """Keep the passkey that the browser made."""
    site, form = here_is(), MadePasskeyForm()
    if site is None:
        raise Missing
    if not form.validate_on_submit():
        return redirect(owner.url("new_passkey"))
    here, spare = owner.here(None), recovery.draw()
    try:
        drawn = transact(
            second_factor.keep_passkey,
            owner.id,
            here,
            name=typed(form.name),
            answer=typed(form.answer),
            challenge=transact(take_challenge, owner.secret, at=clock.now()),
            site=site,
            spare_codes=spare,
            keyring=current_shop().settings.keyring,
            notice=owner.told(FactorNews.PASSKEY_ADDED),
            by=owner.person.actor,
            at=clock.now(),
        )
    except Refused as error:
        again = PasskeyForm(formdata=None, name=typed(form.name))
        owner.without_password(again)
        again.refuse(error)
        return passkey_page(owner, again, status_of(error))
    return settled(owner, here, spare if drawn else (), _("The passkey is added."))


def confirmed_step(key: bytes, words: str) -> int:
    """Return the step that the typed code is of. Raises CodeWrong at the field "code"."""
    code = totp.canonical_code(words)
    step = totp.step_of(key, code, at=clock.now()) if code else None
    if step is None:
        raise CodeWrong(field="code")
    return step


def new_key(user_id: int, keyring: Keyring) -> bytes:
    """Return the key that this browser was shown last and nobody confirmed, or a new one."""
    label = f"giftshop new app key v1 user {user_id}"
    master_id, _colon, kept = str(session.get(NEW_KEY, "")).partition(":")
    try:
        return unseal(keyring, Sealed(master_id, base64.b64decode(kept, validate=True)), label)
    except (SealBroken, binascii.Error, ValueError):
        key = totp.new_key()
    sealed = seal(keyring, key, label)
    session[NEW_KEY] = f"{sealed.master_id}:{base64.b64encode(sealed.sealed).decode('ascii')}"
    return key


def _at_home(page: Callable[[Owner], ResponseReturnValue]) -> ResponseReturnValue:
    return page(at_home())


def _arriving(page: Callable[[Owner], ResponseReturnValue]) -> ResponseReturnValue:
    """Answer with `page` for staff who still need a second factor, and with the right door for everybody else."""
    if sessions.signed_in_person():
        return redirect(url_for("accounts.factor"))
    person = sessions.arriving()
    if person is None or not sessions.must_have_factor(person):
        return lapsed()
    if factors_of(reader(), person.user.id).are_there:
        return redirect(url_for("accounts.code"))
    try:
        return page(Owner(person, sessions.half_secret() or "", is_arriving=True))
    except SignInLapsed:
        return lapsed()


PAGES: tuple[tuple[str, Callable[[Owner], ResponseReturnValue], list[str]], ...] = (
    ("/app", app, ["GET", "POST"]),
    ("/passkeys/new", new_passkey, ["GET", "POST"]),
    ("/passkeys/made", passkey_made, ["POST"]),
)
DOORS = (
    ("/me/second-factor", "factor", signed_in, _at_home),
    ("/sign-in/set-up", "set_up", anyone, _arriving),
)


def bound(
    door: Callable[[Callable[[Owner], ResponseReturnValue]], ResponseReturnValue],
    page: Callable[[Owner], ResponseReturnValue],
) -> Callable[[], ResponseReturnValue]:
    """Return `page` as the view at one door."""

    def view() -> ResponseReturnValue:
        return door(page)

    return view


for path, name, grant, door in DOORS:
    for rule, page, methods in PAGES:
        view = allow(grant)(bound(door, page))
        bp.add_url_rule(path + rule, f"{name}_{page.__name__}", view, methods=methods)
