"""The browser that proves or changes a second factor: its session goes on, under a new secret; the others end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from giftshop import audit
from giftshop.accounts.access import Attempt, forgive
from giftshop.accounts.errors import PasskeyNotGood, SignInLapsed
from giftshop.accounts.factor_queries import has_factor
from giftshop.accounts.models import SignIn, User, UserState
from giftshop.accounts.rules import SESSION_LIFE, secret_hash
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Here:
    """The browser that does something: the secret it holds, the one it gets, and the try that it counted for."""

    secret: str
    next_secret: str
    attempt: Attempt | None = None


def become_whole(tx: Transaction, here: Here, *, at: datetime) -> None:
    """Let a half session be a whole one under a new secret; of two at the same moment, one. Raises SignInLapsed."""
    half = update(SignIn).where(SignIn.secret_hash == secret_hash(here.secret), SignIn.is_half)
    if not tx.change(half.values(**_whole(here, at))):
        raise SignInLapsed
    if here.attempt:
        forgive(tx, here.attempt)


def carry_on(tx: Transaction, user_id: int, here: Here, *, by: Actor, at: datetime) -> None:
    """End every session of this person but the one that does this, and let nobody change the factor meanwhile.

    A half session goes on by this only if there is no factor yet that it would have to show. Raises SignInLapsed.
    """
    version = raise_version(tx, user_id)
    was_half = tx.scalar(select(SignIn.is_half).where(SignIn.secret_hash == secret_hash(here.secret)))
    mine = update(SignIn).where(
        SignIn.secret_hash == secret_hash(here.secret),
        SignIn.user_id == user_id,
        SignIn.session_version == version - 1,
        SignIn.expires_at > at,
        ~(SignIn.is_half & has_factor(user_id)),
    )
    if not tx.change(mine.values(session_version=version, **_whole(here, at))):
        raise SignInLapsed
    if here.attempt:
        forgive(tx, here.attempt)
    if was_half:
        audit.record(tx, "accounts.sign_in", ("user", user_id), by=by, at=at)


def raise_version(tx: Transaction, user_id: int) -> int:
    """End all sessions of a person, whose row is this transaction's until its end. Returns their version now."""
    theirs = update(User).where(User.id == user_id, User.state != UserState.DISABLED)
    tx.change(theirs.values(session_version=User.session_version + 1))
    return tx.scalars(select(User.session_version).where(User.id == user_id)).one()


def _whole(here: Here, at: datetime) -> dict[str, object]:
    return {
        "secret_hash": secret_hash(here.next_secret),
        "is_half": False,
        "challenge": None,
        "challenge_until": None,
        "began_at": at,
        "expires_at": at + SESSION_LIFE,
    }


def take_challenge(tx: Transaction, secret: str, *, at: datetime) -> bytes:
    """Return what this browser was asked, and forget it: it is answered once, well or badly. Raises PasskeyNotGood.

    A transaction of its own, then: a wrong answer undoes the one that it came in.
    """
    mine = (SignIn.secret_hash == secret_hash(secret), SignIn.challenge.is_not(None), SignIn.challenge_until > at)
    challenge = tx.scalar(select(SignIn.challenge).where(*mine))
    used = update(SignIn).where(*mine, SignIn.challenge == challenge)
    if challenge is None or not tx.change(used.values(challenge=None, challenge_until=None)):
        raise PasskeyNotGood
    return challenge
