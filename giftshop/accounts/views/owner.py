"""Whose second factor a page is about, how they say once more who they are, and how they go on after a change."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.accounts import letters, queries, sessions
from giftshop.accounts.access import Attempt, Letter
from giftshop.accounts.errors import DoesNotMatch, WrongPassword
from giftshop.accounts.factor_forms import PasswordForm
from giftshop.accounts.factor_queries import Factors, factors_of
from giftshop.accounts.here import Here
from giftshop.accounts.models import AttemptKind
from giftshop.accounts.queries import Person
from giftshop.accounts.rules import FactorNews
from giftshop.accounts.views.door import home_of, knock, prove
from giftshop.accounts.views.me import myself
from giftshop.web import reader
from giftshop.web.forms import typed


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose second factor is set up, and at which door."""

    person: Person
    secret: str
    is_arriving: bool

    @property
    def id(self) -> int:
        """The person's."""
        return self.person.user.id

    @property
    def factors(self) -> Factors:
        """What they have."""
        return factors_of(reader(), self.id)

    def url(self, page: str, **values: Any) -> str:
        """Return the address of a page at their door."""
        return url_for(f"accounts.{'set_up' if self.is_arriving else 'factor'}_{page}", **values)

    def back(self) -> tuple[str, str]:
        """Return the words and the address of where they came from."""
        page = "accounts.set_up" if self.is_arriving else "accounts.factor"
        return _("Second factor"), url_for(page)

    def confirm(self, form: PasswordForm) -> Attempt | None:
        """Ask who is at home for the password once more; who arrives has just given it.

        Raises TooManyTries, and WrongPassword at the field "password".
        """
        return None if self.is_arriving else confirm(self.person, form)

    def without_password(self, form: PasswordForm) -> None:
        """Leave the password out of a form for whoever has just given it."""
        if self.is_arriving:
            del form.password

    def here(self, attempt: Attempt | None) -> Here:
        """Return this browser, with the secret it gets next."""
        return Here(self.secret, secrets.token_urlsafe(32), attempt)

    def told(self, news: FactorNews) -> Letter:
        """Return the letter that tells them."""
        return letters.second_factor_news(news, name=self.person.user.name, locale=self.person.user.locale)


def at_home() -> Owner:
    """Return the person behind this request, who is signed in."""
    return Owner(myself(), sessions.current_secret() or "", is_arriving=False)


def confirm(person: Person, form: PasswordForm) -> Attempt:
    """Check the password of somebody who is signed in. Raises TooManyTries, and WrongPassword at its field."""
    attempt = knock(AttemptKind.SIGN_IN, person.user.email)
    try:
        prove(person.user.email, typed(form.password))
    except DoesNotMatch as error:
        raise WrongPassword(field="password") from error
    return attempt


def settled(owner: Owner, here: Here, codes: Sequence[str], words: str) -> ResponseReturnValue:
    """Go on in this browser after a change, which ended every other session; show new recovery codes, once."""
    sessions.begin(here.next_secret, queries.person(reader(), owner.id))
    if codes:
        onward = home_of(owner.person.actor) if owner.is_arriving else url_for("accounts.factor")
        return make_response(render_template("accounts/recovery_codes.html", codes=codes, onward=onward, words=words))
    flash(words, "success")
    return redirect(url_for("accounts.factor"))
