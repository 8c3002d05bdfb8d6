"""Who a browser is: flask-login keeps the session's secret, our table says whose it is and whether it is still good."""

from __future__ import annotations

from flask import g, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from giftshop.accounts import queries
from giftshop.accounts.queries import Person
from giftshop.kernel import clock
from giftshop.kernel.actor import VISITOR, Actor
from giftshop.web import GiftShop, reader

LOCALE = "locale"


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
    person = queries.person_of_sign_in(reader(), secret, at=clock.now())
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
    session.clear()
    login_user(Browser(secret, person))


def end() -> None:
    """Let this browser be nobody."""
    logout_user()
    session.clear()


def init_app(app: GiftShop) -> None:
    """Let `app` know who makes a request."""
    manager = LoginManager(app)
    manager.session_protection = None  # phones change their address; the session's own row is what is trusted
    manager.user_loader(load)
    app.identify = identify
