"""One's own account."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.accounts import access, letters, queries, service, sessions
from giftshop.accounts.errors import DoesNotMatch, TooManyTries, WrongPassword
from giftshop.accounts.forms import ChangePasswordForm, ProfileForm
from giftshop.accounts.models import AttemptKind
from giftshop.accounts.passwords import check_password, hash_password
from giftshop.accounts.queries import Person
from giftshop.accounts.service import Profile
from giftshop.accounts.views.blueprint import bp
from giftshop.accounts.views.door import firm_name_of, knock, let_in, own_words, prove, shown, status_of
from giftshop.accounts.words import role_words
from giftshop.kernel import clock
from giftshop.kernel.errors import NotAllowed, Refused
from giftshop.web import actor, allow, in_locale, reader, signed_in, transact
from giftshop.web.forms import typed
from giftshop.web.languages import keep_locale


@bp.route("/me", methods=["GET", "POST"])
@allow(signed_in)
def me() -> ResponseReturnValue:
    """Show and keep what somebody says of themselves."""
    person = myself()
    form = ProfileForm(obj=person.user)
    if form.validate_on_submit():
        profile = Profile(name=typed(form.name), locale=form.locale.data, phone=typed(form.phone))
        transact(service.change_profile, profile, by=actor(), at=clock.now())
        with in_locale(profile.locale):
            flash(_("Your details are saved."), "success")
        return keep_locale(redirect(url_for("accounts.me")), profile.locale)
    labels = [label for role, (label, _line) in role_words(person.user.firm_id).items() if role in person.roles]
    return shown("accounts/me.html", form, person=person, firm=firm_name_of(person), role_labels=labels)


@bp.route("/me/password", methods=["GET", "POST"])
@allow(signed_in)
def my_password() -> ResponseReturnValue:
    """Change the password of somebody who proves to know it; sign out every other browser."""
    person = myself()
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            attempt = knock(AttemptKind.SIGN_IN, person.user.email)
            prove(person.user.email, typed(form.current))
            check_password(typed(form.password), own_words=own_words(person))
            kept = hash_password(typed(form.password))
            notice = letters.password_was_changed(name=person.user.name, locale=person.user.locale)
            change = access.change_password
            transact(change, person.user.id, password_hash=kept, notice=notice, by=actor(), at=clock.now())
        except DoesNotMatch:
            form.refuse(WrongPassword(field="current"))
        except TooManyTries as error:
            form.refuse(error)
            return render_template("accounts/my_password.html", form=form), status_of(error)
        except Refused as error:
            form.refuse(error)
        else:
            let_in(queries.person(reader(), person.user.id), attempt)
            flash(_("Your password is changed, and every other device is signed out."), "success")
            return redirect(url_for("accounts.me"))
    return shown("accounts/my_password.html", form, person=person)


def myself() -> Person:
    """Return the person behind this request."""
    person = sessions.signed_in_person()
    if person is None:
        raise NotAllowed
    return person
