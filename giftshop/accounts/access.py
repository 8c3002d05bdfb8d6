"""Coming in: tries, sessions, mailed links, passwords."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from giftshop import audit
from giftshop.accounts import queries
from giftshop.accounts.errors import LinkNotGood, TooManyCodes, TooManyCodesToday, TooManyTries
from giftshop.accounts.models import AccessAttempt, AttemptKind, LinkPurpose, MailedLink, SignIn, User, UserState
from giftshop.accounts.rules import (
    ATTEMPT_WINDOW,
    ATTEMPTS_KEPT,
    CODES_A_DAY,
    HALF_LIFE,
    INVITATION_LIFE,
    LIMITS,
    RESET_LIFE,
    SESSION_LIFE,
    account_key,
    network_of,
    secret_hash,
)
from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor
from giftshop.notifications import queue_mail


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in its reader's language, with the link in it."""

    subject: str
    text: str
    locale: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody at the door: which account they try, and from where."""

    kind: AttemptKind
    account: str
    address: str

    @classmethod
    def of(cls, kind: AttemptKind, email: str, address: str | None) -> Attempt:
        """Take what was typed and the browser's IP address."""
        return cls(kind, account_key(email), network_of(address))


def note_attempt(tx: Transaction, attempt: Attempt, *, at: datetime) -> None:
    """Write a try down before it is judged: a hundred at the same moment then all see each other."""
    tx.change(delete(AccessAttempt).where(AccessAttempt.at < at - ATTEMPTS_KEPT))
    tx.add(AccessAttempt(kind=attempt.kind, account=attempt.account, address=attempt.address, at=at))


def refuse_too_many(reader: Reader, attempt: Attempt, *, at: datetime) -> None:
    """Raise TooManyTries if this account, or this network, was tried too often, this try included."""
    is_code = attempt.kind is AttemptKind.SECOND_FACTOR
    if is_code and _tries(reader, attempt, since=at - ATTEMPTS_KEPT)[0] > CODES_A_DAY:
        raise TooManyCodesToday
    on_account, from_address = _tries(reader, attempt, since=at - ATTEMPT_WINDOW)
    most_on_account, most_from_address = LIMITS[attempt.kind]
    if on_account > most_on_account or from_address > most_from_address:
        raise (TooManyCodes if is_code else TooManyTries)(minutes=int(ATTEMPT_WINDOW.total_seconds() // 60))


def _tries(reader: Reader, attempt: Attempt, *, since: datetime) -> tuple[int, int]:
    return queries.attempts_since(reader, attempt.kind, since=since, account=attempt.account, address=attempt.address)


def forgive(tx: Transaction, attempt: Attempt) -> None:
    """Forget the tries on this account from this network only, or a guesser elsewhere would get a fresh count."""
    mine = (AccessAttempt.account == attempt.account, AccessAttempt.address == attempt.address)
    tx.change(delete(AccessAttempt).where(*mine))


def begin_session(
    tx: Transaction,
    user_id: int,
    secret: str,
    *,
    session_version: int,
    by: Actor,
    at: datetime,
    attempt: Attempt | None = None,
    lasts: timedelta = SESSION_LIFE,
) -> None:
    """Remember that the browser holding `secret` is `user_id`, as of the `session_version` that was checked."""
    _remember(tx, user_id, secret, session_version, at=at, lasts=lasts)
    if attempt:
        forgive(tx, attempt)
    audit.record(tx, "accounts.sign_in", ("user", user_id), by=by, at=at)


def begin_half_session(
    tx: Transaction, user_id: int, secret: str, *, session_version: int, by: Actor, at: datetime
) -> None:
    """Remember that the browser holding `secret` knows the password of `user_id`, and is nobody until it shows more.

    Forgives no tries: whoever knows the password could go on guessing codes for ever.
    """
    _remember(tx, user_id, secret, session_version, at=at, lasts=HALF_LIFE, is_half=True)
    audit.record(tx, "accounts.show_password", ("user", user_id), by=by, at=at)


def _remember(
    tx: Transaction,
    user_id: int,
    secret: str,
    session_version: int,
    *,
    at: datetime,
    lasts: timedelta,
    is_half: bool = False,
) -> None:
    tx.change(delete(SignIn).where(SignIn.user_id == user_id, SignIn.expires_at <= at))
    session = SignIn(user_id=user_id, secret_hash=secret_hash(secret), session_version=session_version, began_at=at)
    session.expires_at, session.is_half = at + lasts, is_half
    tx.add(session)


def end_session(tx: Transaction, secret: str, *, by: Actor, at: datetime) -> None:
    """Forget the browser that holds `secret`: a copy of its cookie is worth nothing from now on."""
    ended = tx.change(delete(SignIn).where(SignIn.secret_hash == secret_hash(secret)))
    if ended and by.id is not None:
        audit.record(tx, "accounts.sign_out", ("user", by.id), by=by, at=at)


def mail_link(tx: Transaction, user: User, purpose: LinkPurpose, secret: str, letter: Letter, *, at: datetime) -> None:
    """Mail a link that is good once. It takes the place of every earlier one."""
    lasts = INVITATION_LIFE if purpose is LinkPurpose.INVITATION else RESET_LIFE
    forget_links(tx, user.id)
    link = MailedLink(user_id=user.id, purpose=purpose, secret_hash=secret_hash(secret), created_at=at)
    link.expires_at = at + lasts
    tx.add(link)
    queue_mail(tx, to=user.email, subject=letter.subject, text=letter.text, locale=letter.locale, is_secret=True)


def forget_links(tx: Transaction, user_id: int) -> None:
    """Make every link mailed to this person worthless."""
    tx.change(delete(MailedLink).where(MailedLink.user_id == user_id, MailedLink.used_at.is_(None)))


def mail_way_back(tx: Transaction, email: str, secret: str, letter: Letter, *, by: Actor, at: datetime) -> None:
    """Mail a link to choose a new password, or a first one to somebody invited. Does nothing for anybody else."""
    person = queries.person_by_email(tx, email)
    if person is None or person.user.state is UserState.DISABLED:
        return
    mail_link(tx, person.user, way_back(person.user), secret, letter, at=at)
    audit.record(tx, "accounts.ask_for_link", ("user", person.user.id), by=by, at=at)


def way_back(user: User) -> LinkPurpose:
    """Return which link lets this person in without a password."""
    return LinkPurpose.INVITATION if user.state is UserState.INVITED else LinkPurpose.PASSWORD_RESET


def accept_invitation(tx: Transaction, secret: str, *, name: str, password_hash: str, by: Actor, at: datetime) -> int:
    """Let an invited person begin, under the name they give. Returns their id. Raises LinkNotGood."""
    user_id = _use_link(tx, secret, LinkPurpose.INVITATION, at=at)
    begin = update(User).where(User.id == user_id, User.state == UserState.INVITED)
    if not tx.change(begin.values(state=UserState.ACTIVE, name=name, password_hash=password_hash)):
        raise LinkNotGood
    audit.record(tx, "accounts.accept_invitation", ("user", user_id), by=by, at=at)
    return user_id


def reset_password(tx: Transaction, secret: str, *, password_hash: str, notice: Letter, by: Actor, at: datetime) -> int:
    """Give the holder of a mailed link another password; ends their sessions. Returns their id. Raises LinkNotGood."""
    user_id = _use_link(tx, secret, LinkPurpose.PASSWORD_RESET, at=at)
    _replace_password(tx, user_id, password_hash, notice)
    audit.record(tx, "accounts.reset_password", ("user", user_id), by=by, at=at)
    return user_id


def change_password(
    tx: Transaction, user_id: int, *, password_hash: str, notice: Letter, by: Actor, at: datetime
) -> None:
    """Give a person who proved to know the old one another password; ends their sessions, this one too."""
    _replace_password(tx, user_id, password_hash, notice)
    forget_links(tx, user_id)
    audit.record(tx, "accounts.change_password", ("user", user_id), by=by, at=at)


def _replace_password(tx: Transaction, user_id: int, password_hash: str, notice: Letter) -> None:
    active = update(User).where(User.id == user_id, User.state == UserState.ACTIVE)
    if not tx.change(active.values(password_hash=password_hash, session_version=User.session_version + 1)):
        raise LinkNotGood
    address = tx.scalars(select(User.email).where(User.id == user_id)).one()
    queue_mail(tx, to=address, subject=notice.subject, text=notice.text, locale=notice.locale)


def _use_link(tx: Transaction, secret: str, purpose: LinkPurpose, *, at: datetime) -> int:
    used = update(MailedLink).where(*queries.good_link(secret, purpose, at=at)).values(used_at=at)
    if not tx.change(used):
        raise LinkNotGood
    return tx.scalars(select(MailedLink.user_id).where(MailedLink.secret_hash == secret_hash(secret))).one()
