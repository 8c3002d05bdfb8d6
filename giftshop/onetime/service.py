"""Send a code, check what was typed, withdraw a code, forget old ones."""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, delete, func, select, update

from giftshop import audit
from giftshop.db import Transaction
from giftshop.jobs import enqueue
from giftshop.kernel.actor import Actor
from giftshop.notifications import Channel, queue_mail, queue_text
from giftshop.onetime.errors import CodeJustSent, TooManyCodes
from giftshop.onetime.models import OneTimeCode, OneTimeQueue, OneTimeSending
from giftshop.onetime.rules import (
    CODE,
    LIFE,
    MOST_IN_WINDOW,
    MOST_TRIES,
    PAUSE,
    WINDOW,
    Destination,
    Words,
    code_digest,
    counted_for,
    draw,
    typed_digits,
)

FORGET_JOB: Final = "onetime.forget"


def send(
    tx: Transaction, subject: tuple[str, int], to: Destination, words: Words, *, key: bytes, by: Actor, at: datetime
) -> None:
    """Send a new code for `subject` (kind, id); the one before it is good no more.

    `key` is the site's link key. Raises CodeJustSent within a minute of the last code for this subject or to this
    address, TooManyCodes after five in an hour. Nothing is sent then, and the last code stays good.
    """
    for each in counted_for(key, subject, to):
        _count(tx, each, at)
    code = draw()
    kind, subject_id = subject
    tx.change(delete(OneTimeCode).where(*_of(subject)))
    tx.add(
        OneTimeCode(
            subject_kind=kind,
            subject_id=subject_id,
            digest=code_digest(key, subject, to, code),
            sent_at=at,
            expires_at=at + LIFE,
        )
    )
    tx.flush()
    text = words.text.replace(CODE, code)
    if to.channel is Channel.MAIL:
        queue_mail(tx, to=to.address, subject=words.subject, text=text, locale=words.locale, is_secret=True)
    else:
        queue_text(tx, phone=to.address, text=text, is_secret=True)
    _promise_to_forget(tx, at)
    audit.record(tx, "onetime.send", subject, by=by, at=at, channel=to.channel)


def check(
    tx: Transaction,
    subject: tuple[str, int],
    typed: str,
    *,
    to: Destination,
    key: bytes,
    by: Actor,
    at: datetime,
) -> bool:
    """Whether `typed` is the code that was sent for `subject` to `to`: within ten minutes, at most five tries, once.

    The try is booked before it is judged, by a condition that decides between tries at the same moment. So the answer
    is returned, not raised: a refusal would undo the count. What is no six digits is no try.
    """
    code = typed_digits(typed)
    if code is None:
        return False
    is_out = (*_of(subject), OneTimeCode.used_at.is_(None), OneTimeCode.expires_at > at)
    booked = update(OneTimeCode).where(*is_out, OneTimeCode.tries < MOST_TRIES).values(tries=OneTimeCode.tries + 1)
    if not tx.change(booked):
        return False
    kept = tx.scalars(select(OneTimeCode.digest).where(*_of(subject))).one()
    is_right = hmac.compare_digest(kept, code_digest(key, subject, to, code))
    if is_right:
        tx.change(update(OneTimeCode).where(*_of(subject)).values(used_at=at))
    audit.record(tx, "onetime.pass" if is_right else "onetime.fail", subject, by=by, at=at)
    return is_right


def withdraw(tx: Transaction, subject: tuple[str, int]) -> None:
    """Let the code that is out for `subject` be good no more, if there is one: what it was asked for is over."""
    tx.change(delete(OneTimeCode).where(*_of(subject)))


def forget_old(tx: Transaction, *, at: datetime) -> None:
    """Delete codes that have expired, and sendings that count no more."""
    tx.change(delete(OneTimeCode).where(OneTimeCode.expires_at <= at))
    tx.change(delete(OneTimeSending).where(OneTimeSending.sent_at <= at - WINDOW))
    tx.change(delete(OneTimeQueue).where(OneTimeQueue.last_at <= at - WINDOW))


def _of(subject: tuple[str, int]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    kind, subject_id = subject
    return OneTimeCode.subject_kind == kind, OneTimeCode.subject_id == subject_id


def _count(tx: Transaction, whom: str, at: datetime) -> None:
    """Count a sending. Its row in the queue is held from here on, so two at the same moment see each other."""
    if not tx.add_new(OneTimeQueue, counted_for=whom, last_at=at):
        is_due = (OneTimeQueue.counted_for == whom, OneTimeQueue.last_at <= at - PAUSE)
        if not tx.change(update(OneTimeQueue).where(*is_due).values(last_at=at)):
            raise CodeJustSent(field="code", seconds=_seconds_left(tx, whom, at))
    recent = (OneTimeSending.counted_for == whom, OneTimeSending.sent_at > at - WINDOW)
    if (tx.scalar(select(func.count()).where(*recent)) or 0) >= MOST_IN_WINDOW:
        raise TooManyCodes(field="code", most=MOST_IN_WINDOW)
    tx.add(OneTimeSending(counted_for=whom, sent_at=at))
    tx.flush()


def _seconds_left(tx: Transaction, whom: str, at: datetime) -> int:
    last = tx.scalars(select(OneTimeQueue.last_at).where(OneTimeQueue.counted_for == whom)).one()
    return max(1, int((last + PAUSE - at).total_seconds()))


def _promise_to_forget(tx: Transaction, at: datetime) -> None:
    """One job forgets what was sent in one hour, when the next is over."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    enqueue(tx, FORGET_JOB, {}, key=f"{FORGET_JOB}/{hour:%Y-%m-%dT%H}", at=hour + 2 * WINDOW)
