"""People whose accounts were closed, and the networks that somebody tried to sign in from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, select, update

from giftshop.accounts.models import AccessAttempt, User, UserState
from giftshop.db import Reader, Transaction
from giftshop.kernel.locale import N_
from giftshop.kernel.retention import Retention
from giftshop.web.privacy import AT_ONCE, Eraser, RowKey, Traces, Whom, nobody


def erasers(keep: Retention) -> list[Eraser]:
    """Return what accounts know of people."""
    return [
        Eraser("accounts.people", N_("Closed accounts"), _find, _erase, keep.lists, None),
        Eraser("accounts.attempts", N_("Attempts to sign in"), nobody, _no_attempts, keep.attempts, _old_attempts),
    ]


def _find(reader: Reader, whom: Whom, _at: datetime) -> Traces:
    """An account that is open is needed: it is closed first, by whoever may."""
    known: list[ColumnElement[bool]] = []
    if whom.email:
        known.append(User.email == whom.email)
    if whom.phone:
        known.append(User.phone == whom.phone)
    people = reader.scalars(select(User).where(or_(*known))).all()
    return Traces(
        [each.id for each in people if each.state is UserState.DISABLED],
        [f"#{each.id}" for each in people if each.state is not UserState.DISABLED],
    )


def _erase(tx: Transaction, rows: Sequence[RowKey]) -> int:
    """Blank who they were: orders and audit events go on naming their numbers."""
    closed = (User.state == UserState.DISABLED, User.name != "")
    return sum(
        tx.change(
            update(User)
            .where(User.id == row, *closed)
            .values(email=f"erased-{row}@erased.invalid", name="", phone="", password_hash=None)
        )
        for row in rows
    )


def _no_attempts(tx: Transaction, rows: Sequence[RowKey]) -> int:
    return tx.change(delete(AccessAttempt).where(AccessAttempt.id.in_(rows)))


def _old_attempts(reader: Reader, before: datetime) -> Sequence[RowKey]:
    return reader.scalars(select(AccessAttempt.id).where(AccessAttempt.at < before).limit(AT_ONCE)).all()
