"""The people of the tests: two firms that know nothing of each other, and the operator's staff, one person a role.

def test_a_buyer_sees_the_firms_orders(client: FlaskClient, people: People) -> None:
    sign_in(client, people.lantern.buyer)
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any, cast

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from pwdlib import PasswordHash
from werkzeug.test import TestResponse

from giftshop.accounts.access import begin_session
from giftshop.accounts.models import Firm, User, UserRole, UserState
from giftshop.db import Database, Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor, ActorKind
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.web import GiftShop

PASSWORD = "seven cranes over the lake"
"""What everybody here signs in with."""


@dataclass(frozen=True)
class Somebody:
    """One person, as a test names them."""

    id: int
    email: str
    name: str
    firm_id: int | None
    roles: frozenset[MemberRole | StaffRole]

    @property
    def actor(self) -> Actor:
        """This person as the `by=` of a command."""
        kind = ActorKind.STAFF if self.firm_id is None else ActorKind.MEMBER
        return Actor(kind, self.id, self.firm_id, self.roles, self.name)


@dataclass(frozen=True)
class Crew:
    """A firm and its people."""

    id: int
    name: str
    nominator: Somebody
    service_manager: Somebody
    sales_manager: Somebody
    planning: Somebody
    buyer: Somebody
    approver: Somebody
    finance: Somebody
    administrator: Somebody

    def __iter__(self) -> Iterator[Somebody]:
        return iter(getattr(self, role.value) for role in MemberRole)


@dataclass(frozen=True)
class Staff:
    """The operator's people."""

    sales: Somebody
    finance: Somebody
    production: Somebody
    fulfilment: Somebody
    hotline: Somebody
    administrator: Somebody

    def __iter__(self) -> Iterator[Somebody]:
        return iter((self.sales, self.finance, self.production, self.fulfilment, self.hotline, self.administrator))


@dataclass(frozen=True)
class People:
    """Everybody."""

    lantern: Crew
    """Lantern Instruments 灯塔仪器, whom most tests are about. Its buyer may order for ¥50,000 alone."""
    harbour: Crew
    """Harbour Textiles 海港纺织: the other firm, who must see nothing of the first."""
    staff: Staff

    def __iter__(self) -> Iterator[Somebody]:
        yield from self.lantern
        yield from self.harbour
        yield from self.staff


@cache
def password_hash() -> str:
    """The hash of PASSWORD: made once, since making one is slow on purpose."""
    return PasswordHash.recommended().hash(PASSWORD)


def settle(database: Database) -> People:
    """Put two firms and the staff into an empty database."""
    return database.transact(_settle)


def _settle(tx: Transaction) -> People:
    return People(
        _crew(tx, "Lantern Instruments 灯塔仪器", "lantern"),
        _crew(tx, "Harbour Textiles 海港纺织", "harbour"),
        _staff(tx),
    )


def _crew(tx: Transaction, name: str, domain: str) -> Crew:
    firm = Firm(name=name, currency="CNY", created_at=clock.now())
    tx.add(firm)
    tx.flush()
    members = {role.value: _somebody(tx, f"{role}@{domain}.example", role, firm.id) for role in MemberRole}
    return Crew(firm.id, name, **members)


def _staff(tx: Transaction) -> Staff:
    return Staff(**{role.value: _somebody(tx, f"{role}@giftshop.example", role, None) for role in StaffRole})


def _somebody(tx: Transaction, email: str, role: MemberRole | StaffRole, firm_id: int | None) -> Somebody:
    user = User(
        email=email,
        name=f"{role.value.replace('_', ' ').title()} {email.partition('@')[2].partition('.')[0].title()}",
        firm_id=firm_id,
        order_limit_minor=5_000_000 if role is MemberRole.BUYER else None,
        state=UserState.ACTIVE,
        password_hash=password_hash(),
        created_at=clock.now(),
    )
    tx.add(user)
    tx.flush()
    tx.add(UserRole(user_id=user.id, role=role.value))
    return Somebody(user.id, email, user.name, firm_id, frozenset({role}))


def sign_in(client: FlaskClient, somebody: Somebody) -> None:
    """Let `client` be `somebody` from now on, as if they had signed in, without the slow password."""
    secret = secrets.token_urlsafe(16)
    app = cast(GiftShop, client.application)
    app.database.transact(
        begin_session,
        somebody.id,
        secret,
        session_version=1,
        by=somebody.actor,
        at=clock.now(),
        lasts=timedelta(days=3650),
    )
    with client.session_transaction() as session:
        session.clear()
        session["_user_id"] = secret


class Browser(FlaskClient):
    """A test client whose POSTs carry the tokens that their page would have given them.

    `csrf=False` sends no CSRF token, `key=False` no request key where the test names none.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        # Each request begins with an empty `g`, as in life, also when the test stands in an app context of its own.
        with self.application.app_context():
            return super().open(*args, **kwargs)

    def post(self, *args: Any, csrf: bool = True, key: bool = True, **kwargs: Any) -> TestResponse:
        data = kwargs.get("data")
        if key and "json" not in kwargs and (data is None or isinstance(data, dict)):
            kwargs["data"] = {"request_key": secrets.token_urlsafe(8), **(data or {})}
        if csrf:
            kwargs["headers"] = {**dict(kwargs.get("headers") or {}), "X-CSRFToken": self._csrf_token()}
        return super().post(*args, **kwargs)

    def _csrf_token(self) -> str:
        with self.session_transaction() as session:
            session.setdefault("csrf_token", secrets.token_hex(20))
            kept = session["csrf_token"]
        return str(URLSafeTimedSerializer(str(self.application.secret_key), salt="wtf-csrf-token").dumps(kept))
