"""Showing a second factor at the door: what turns a right password into a session."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from giftshop import audit
from giftshop.accounts import passkeys, queries, totp
from giftshop.accounts.access import Letter
from giftshop.accounts.errors import PasskeyNotGood, SignInLapsed
from giftshop.accounts.factor_keys import use_app_code, use_recovery_code
from giftshop.accounts.factor_models import Passkey
from giftshop.accounts.factor_queries import known
from giftshop.accounts.here import Here, become_whole
from giftshop.accounts.models import SignIn
from giftshop.accounts.passkeys import Site
from giftshop.accounts.queries import Person
from giftshop.accounts.rules import CHALLENGE_LIFE, Way, secret_hash
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.keyring import Keyring
from giftshop.notifications import queue_mail


def come_in_by_code(
    tx: Transaction, here: Here, typed: str, *, keyring: Keyring, notice: Letter, by: Actor, at: datetime
) -> Way:
    """Let a half-signed-in browser in by a code of the app, or by a recovery code, of which the person is told.

    Raises SignInLapsed, CodeWrong, and CodeUsed for a code that came in before, or at the same moment.
    """
    person = _half_of(tx, here.secret, at=at)
    code = totp.canonical_code(typed)
    if code is not None:
        use_app_code(tx, person.user.id, code, keyring=keyring, at=at)
        way = Way.APP
    else:
        use_recovery_code(tx, person.user.id, typed, keyring=keyring, at=at)
        queue_mail(tx, to=person.user.email, subject=notice.subject, text=notice.text, locale=notice.locale)
        way = Way.RECOVERY_CODE
    become_whole(tx, here, at=at)
    audit.record(tx, "accounts.sign_in", ("user", person.user.id), by=by, at=at, way=way)
    return way


def come_in_by_passkey(
    tx: Transaction, here: Here, answer: str, *, challenge: bytes, site: Site, by: Actor, at: datetime
) -> None:
    """Let a half-signed-in browser in by a passkey's answer to `challenge`. Raises SignInLapsed, PasskeyNotGood."""
    person = _half_of(tx, here.secret, at=at)
    whose = (Passkey.user_id == person.user.id, Passkey.credential_id == passkeys.credential_in(answer))
    kept = tx.scalars(select(Passkey).where(*whose)).one_or_none()
    if kept is None:
        raise PasskeyNotGood
    counter = passkeys.counter_after(site, challenge, answer, known(kept))
    stands_still = update(Passkey).where(Passkey.id == kept.id, Passkey.sign_count == kept.sign_count)
    if not tx.change(stands_still.values(sign_count=counter, last_used_at=at)):
        raise PasskeyNotGood
    become_whole(tx, here, at=at)
    audit.record(tx, "accounts.sign_in", ("user", person.user.id), by=by, at=at, way=Way.PASSKEY)


def offer_challenge(tx: Transaction, secret: str, challenge: bytes, *, at: datetime) -> None:
    """Let the next passkey of the browser that holds `secret` answer this, once, soon. Raises SignInLapsed."""
    here = update(SignIn).where(SignIn.secret_hash == secret_hash(secret), SignIn.expires_at > at)
    if not tx.change(here.values(challenge=challenge, challenge_until=at + CHALLENGE_LIFE)):
        raise SignInLapsed


def _half_of(tx: Transaction, secret: str, *, at: datetime) -> Person:
    person = queries.person_of_sign_in(tx, secret, at=at, is_half=True)
    if person is None:
        raise SignInLapsed
    return person
