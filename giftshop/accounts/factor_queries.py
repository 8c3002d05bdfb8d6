"""What there is to know about somebody's second factor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from giftshop.accounts.factor_models import AppKey, Passkey, RecoveryCode
from giftshop.accounts.models import User
from giftshop.accounts.passkeys import KnownKey
from giftshop.db import Reader


@dataclass(frozen=True, slots=True)
class Factors:
    """What somebody can show besides their password."""

    app_since: datetime | None
    """When the authenticator app was set up; None for no app."""
    passkeys: Sequence[Passkey]
    recovery_codes: int
    """How many are left."""

    @property
    def are_there(self) -> bool:
        """Whether there is any, recovery codes aside: they only stand in for one."""
        return self.app_since is not None or bool(self.passkeys)

    @property
    def known_keys(self) -> list[KnownKey]:
        """The passkeys as WebAuthn knows them."""
        return [known(passkey) for passkey in self.passkeys]


def factors_of(reader: Reader, user_id: int) -> Factors:
    """Return what a person can show besides the password."""
    unused = select(func.count()).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    passkeys = select(Passkey).where(Passkey.user_id == user_id).order_by(Passkey.added_at, Passkey.id)
    return Factors(
        app_since=reader.scalar(select(AppKey.set_up_at).where(AppKey.user_id == user_id)),
        passkeys=reader.scalars(passkeys).all(),
        recovery_codes=reader.scalar(unused) or 0,
    )


def who_have_one(reader: Reader, firm_id: int | None) -> set[int]:
    """Return which members of a firm, or with None which of the staff, have a second factor."""
    theirs = User.firm_id.is_(None) if firm_id is None else User.firm_id == firm_id
    return set(reader.scalars(select(User.id).where(theirs, has_factor())))


def has_factor(user_id: ColumnElement[int] | InstrumentedAttribute[int] | int = User.id) -> ColumnElement[bool]:
    """Return the condition under which a user has a second factor: this one, or the one of a query of users."""
    return exists().where(AppKey.user_id == user_id) | exists().where(Passkey.user_id == user_id)


def known(passkey: Passkey) -> KnownKey:
    """Return a passkey as WebAuthn knows it."""
    return KnownKey(passkey.credential_id, passkey.public_key, passkey.sign_count, passkey.transports)
