"""Who a browser is: flask-login keeps the session's secret, our table says whose it is and whether it is still good."""

from __future__ import annotations

from flask import g, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from giftshop.accounts import queries
from giftshop.accounts.queries import Person
from giftshop.kernel import clock
from giftshop.kernel.actor import VISITOR, Actor
from giftshop.web import GiftShop, current_shop, reader

LOCALE = "locale"
HALF = "half"
"""Where the session keeps the secret of a browser that knows a password and has still to show a second factor."""


class Browser(UserMixin):  # type: ignore[misc]  # flask-login has no types
    """What flask-login knows: a session's secret, and who it belongs to."""

    def __init__(self, secret: str, person: Person) -> None:
        self.secret = secret
        self.person = person

    def get_id(self) -> str:
        """Return what the signed cookie keeps."""
        return self.secret


def load(secret: str) -> Browser | None:
    """Return the browser that holds `secret`, unless its session ended, or nobody can tell just now."""
    if g.get("records_are_away"):
        return None
    needed = current_shop().settings.is_second_factor_needed
    person = queries.person_of_sign_in(reader(), secret, at=clock.now(), staff_need_factor=needed)
    return Browser(secret, person) if person else None


def identify() -> Actor:
    """Return who makes this request."""
    person = signed_in_person()
    return person.actor if person else VISITOR


def signed_in_person() -> Person | None:
    """Return the person behind this request, or None for a visitor."""
    return current_user.person if current_user.is_authenticated else None


def current_secret() -> str | None:
    """Return this session's secret, or None for a visitor."""
    return current_user.secret if current_user.is_authenticated else None


def begin(secret: str, person: Person) -> None:
    """Let this browser be `person`. Nothing of the session before survives, so that none can be planted on them."""
    _forget()
    login_user(Browser(secret, person))


def begin_half(secret: str) -> None:
    """Let this browser be nobody, who knows a password and may show a second factor."""
    _forget()
    session[HALF] = secret


def half_secret() -> str | None:
    """Return the secret of a browser that knows a password, or None. Whether it is still good, `arriving` says."""
    return session.get(HALF)


def arriving() -> Person | None:
    """Return whose password this browser knows, as long as it may still show the second factor."""
    secret = half_secret()
    return queries.person_of_sign_in(reader(), secret, at=clock.now(), is_half=True) if secret else None


def lapse() -> None:
    """Forget that this browser knew a password; a gift that is open in it stays open."""
    session.pop(HALF, None)


def must_have_factor(person: Person) -> bool:
    """Whether this person may do nothing without a second factor."""
    return person.user.firm_id is None and current_shop().settings.is_second_factor_needed


def end() -> None:
    """Let this browser be nobody."""
    logout_user()
    _forget()


def _forget() -> None:
    """Begin the session anew; what this request remembers of it, its token and its actor, would be another's."""
    session.clear()
    g.pop("csrf_token", None)
    g.pop("actor", None)


def init_app(app: GiftShop) -> None:
    """Let `app` know who makes a request."""
    manager = LoginManager(app)
    manager.session_protection = None  # phones change their address; the session's own row is what is trusted
    manager.user_loader(load)
    app.identify = identify
