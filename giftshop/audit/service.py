"""Record what was done; chain what was committed; check the chain."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from sqlalchemy import select

from giftshop.audit.models import AuditEvent
from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor

GENESIS = hashlib.sha256(b"giftshop audit chain").digest()


def record(
    tx: Transaction, action: str, subject: tuple[str, int], *, by: Actor, at: datetime, **facts: str | int | None
) -> None:
    """Write that `by` did `action` ("orders.place") to `subject` (kind, id). `facts` hold no personal data."""
    kind, subject_id = subject
    tx.add(
        AuditEvent(
            at=at,
            actor_kind=by.kind,
            actor_id=by.id,
            action=action,
            subject_kind=kind,
            subject_id=subject_id,
            facts=dict(facts),
        )
    )


def seal(tx: Transaction, *, limit: int = 1000) -> int:
    """Chain up to `limit` committed events that are not sealed yet, in the order of their ids. Returns how many.

    Run by one sealer at a time; a second one fails on the unique seal number and tries again later.
    """
    last = tx.execute(
        select(AuditEvent.seal_number, AuditEvent.seal)
        .where(AuditEvent.seal_number.is_not(None))
        .order_by(AuditEvent.seal_number.desc())
        .limit(1)
    ).first()
    number, previous = (last[0] or 0, last[1] or GENESIS) if last else (0, GENESIS)
    unsealed = tx.scalars(
        select(AuditEvent).where(AuditEvent.seal_number.is_(None)).order_by(AuditEvent.id).limit(limit)
    ).all()
    for number, event in enumerate(unsealed, start=number + 1):  # noqa: B020 -- counts on from the last seal
        previous = _seal_of(event, number, previous)
        event.seal_number, event.seal = number, previous
    return len(unsealed)


def verify(reader: Reader) -> tuple[int, int]:
    """Walk the chain. Returns (events sealed, number of the first broken one, or 0 when all hold)."""
    previous, expected = GENESIS, 0
    sealed = select(AuditEvent).where(AuditEvent.seal_number.is_not(None)).order_by(AuditEvent.seal_number)
    for expected, event in enumerate(reader.scalars(sealed.execution_options(yield_per=1000)), start=1):
        if event.seal_number != expected or event.seal != _seal_of(event, expected, previous):
            return expected, expected
        previous = event.seal
    return expected, 0


def _seal_of(event: AuditEvent, number: int, previous: bytes) -> bytes:
    told = json.dumps(
        [
            number,
            event.id,
            event.at.isoformat(),
            event.actor_kind,
            event.actor_id,
            event.action,
            event.subject_kind,
            event.subject_id,
            event.facts,
        ],
        sort_keys=True,
        ensure_ascii=False,
    )
    return hashlib.sha256(previous + told.encode()).digest()
