"""One's own second factor: what one has, and how it is taken away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.accounts import recovery, second_factor, sessions
from giftshop.accounts.factor_forms import PasswordForm
from giftshop.accounts.factor_queries import Factors
from giftshop.accounts.here import Here
from giftshop.accounts.rules import FactorNews
from giftshop.accounts.views.arriving import here_is
from giftshop.accounts.views.blueprint import bp
from giftshop.accounts.views.door import status_of
from giftshop.accounts.views.owner import Owner, at_home, settled
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing, Refused
from giftshop.web import actor, allow, current_shop, signed_in, transact


@bp.get("/me/second-factor")
@allow(signed_in)
def factor() -> ResponseReturnValue:
    """Show what one has, and what one may have."""
    owner = at_home()
    return make_response(
        render_template(
            "accounts/factor.html",
            factors=owner.factors,
            site=here_is(),
            is_needed=sessions.must_have_factor(owner.person),
            how_many_codes=recovery.HOW_MANY,
        )
    )


@bp.route("/me/second-factor/app/remove", methods=["GET", "POST"])
@allow(signed_in)
def remove_app() -> ResponseReturnValue:
    """Forget the app, for whoever knows the password."""
    owner = at_home()
    if owner.factors.app_since is None:
        raise Missing
    return removal(owner, _("Remove the authenticator app"), FactorNews.APP_REMOVED, second_factor.remove_app)


@bp.route("/me/second-factor/passkeys/<int:passkey_id>", methods=["GET", "POST"])
@allow(signed_in)
def remove_passkey(passkey_id: int) -> ResponseReturnValue:
    """Forget a passkey, for whoever knows the password."""
    owner = at_home()
    name = next((each.name for each in owner.factors.passkeys if each.id == passkey_id), None)
    if name is None:
        raise Missing
    title = _("Remove the passkey “%(name)s”", name=name)

    def remove(tx: Any, user_id: int, here: Here, **facts: Any) -> None:
        second_factor.remove_passkey(tx, user_id, passkey_id, here, **facts)

    return removal(owner, title, FactorNews.PASSKEY_REMOVED, remove)


def removal(owner: Owner, title: str, news: FactorNews, command: Callable[..., None]) -> ResponseReturnValue:
    """Ask for the password, do `command`, and go back."""
    form, is_needed = PasswordForm(), sessions.must_have_factor(owner.person)
    page = {"form": form, "title": title, "is_needed": is_needed, "is_last": is_last(owner.factors)}
    if form.validate_on_submit():
        try:
            here, told = owner.here(owner.confirm(form)), owner.told(news)
            transact(command, owner.id, here, is_needed=is_needed, notice=told, by=actor(), at=clock.now())
        except Refused as error:
            form.refuse(error)
            return make_response(render_template("accounts/factor_remove.html", **page), status_of(error))
        return settled(owner, here, (), _("Removed. Every other device is signed out."))
    return make_response(render_template("accounts/factor_remove.html", **page), 422 if form.has_errors else 200)


@bp.route("/me/second-factor/recovery-codes", methods=["GET", "POST"])
@allow(signed_in)
def recovery_codes() -> ResponseReturnValue:
    """Make new recovery codes, for whoever knows the password, and show them once."""
    owner, form = at_home(), PasswordForm()
    if not owner.factors.are_there:
        return redirect(url_for("accounts.factor"))
    page = "accounts/factor_renew_codes.html"
    if form.validate_on_submit():
        codes = recovery.draw()
        try:
            here = owner.here(owner.confirm(form))
            transact(
                second_factor.renew_recovery_codes,
                owner.id,
                here,
                codes=codes,
                keyring=current_shop().settings.keyring,
                notice=owner.told(FactorNews.CODES_RENEWED),
                by=actor(),
                at=clock.now(),
            )
        except Refused as error:
            form.refuse(error)
            return make_response(render_template(page, form=form), status_of(error))
        return settled(owner, here, codes, "")
    return make_response(render_template(page, form=form), 422 if form.has_errors else 200)


def is_last(factors: Factors) -> bool:
    """Whether there is no more than one."""
    return len(factors.passkeys) + (factors.app_since is not None) <= 1
