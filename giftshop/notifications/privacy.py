"""What was written to people: the messages, and the files that lie where there is no mail server."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import ColumnElement, delete, func, or_, select

from giftshop.db import Reader, Transaction
from giftshop.kernel.locale import N_
from giftshop.kernel.retention import Retention
from giftshop.notifications.models import Message, MessageState
from giftshop.web.privacy import AT_ONCE, Eraser, RowKey, Traces, Whom


def erasers(keep: Retention, *, outbox: Path) -> list[Eraser]:
    """Return what is known of people from what was written to them."""
    erase = partial(_erase, outbox=outbox)
    return [Eraser("notifications.messages", N_("E-mails and text messages"), _find, erase, keep.messages, _past)]


def _find(reader: Reader, whom: Whom, _at: datetime) -> Traces:
    """Find what was written to somebody, and what was written to others with their number or address in it."""
    known: list[ColumnElement[bool]] = []
    for name in filter(None, (whom.phone, whom.email)):
        known += [func.lower(Message.address) == name, func.lower(Message.text).contains(name, autoescape=True)]
    return Traces(reader.scalars(select(Message.id).where(or_(*known))).all())


def _erase(tx: Transaction, rows: Sequence[RowKey], *, outbox: Path) -> int:
    tx.after_commit(lambda: _remove_files(outbox, rows))
    return tx.change(delete(Message).where(Message.id.in_(rows)))


def _remove_files(outbox: Path, rows: Sequence[RowKey]) -> None:
    for row in rows:
        for suffix in ("eml", "txt"):
            (outbox / f"{row:06}.{suffix}").unlink(missing_ok=True)


def _past(reader: Reader, before: datetime) -> Sequence[RowKey]:
    old = (Message.state == MessageState.SENT, Message.sent_at < before)
    return reader.scalars(select(Message.id).where(*old).limit(AT_ONCE)).all()
