"""Coming in: tries, sessions, mailed links, passwords."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, update

from giftshop import audit
from giftshop.accounts.models import SignIn, User
from giftshop.accounts.rules import SESSION_LIFE, secret_hash
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor


def begin_session(
    tx: Transaction,
    user_id: int,
    secret: str,
    *,
    session_version: int,
    by: Actor,
    at: datetime,
    lasts: timedelta = SESSION_LIFE,
) -> None:
    """Remember that the browser holding `secret` is `user_id`, as of the `session_version` that was checked."""
    tx.change(delete(SignIn).where(SignIn.user_id == user_id, SignIn.expires_at <= at))
    tx.add(
        SignIn(
            user_id=user_id,
            secret_hash=secret_hash(secret),
            session_version=session_version,
            began_at=at,
            expires_at=at + lasts,
        )
    )
    audit.record(tx, "accounts.sign_in", ("user", user_id), by=by, at=at)


def end_session(tx: Transaction, secret: str, *, by: Actor, at: datetime) -> None:
    """Forget the browser that holds `secret`: a copy of its cookie is worth nothing from now on."""
    ended = tx.change(delete(SignIn).where(SignIn.secret_hash == secret_hash(secret)))
    if ended and by.id is not None:
        audit.record(tx, "accounts.sign_out", ("user", by.id), by=by, at=at)


def end_all_sessions(tx: Transaction, user_id: int) -> None:
    """End every session of this person at its next request."""
    tx.change(update(User).where(User.id == user_id).values(session_version=User.session_version + 1))
