"""Record what was done; chain what was committed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from giftshop.audit.chain import BEGINNING, Anchor, seal_of
from giftshop.audit.models import AuditEvent
from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor


def record(
    tx: Transaction, action: str, subject: tuple[str, int], *, by: Actor, at: datetime, **facts: str | int | None
) -> None:
    """Write that `by` did `action` ("orders.place") to `subject` (kind, id). `facts` hold no personal data."""
    kind, subject_id = subject
    tx.write(
        AuditEvent,
        {
            "at": at,
            "actor_kind": by.kind,
            "actor_id": by.id,
            "action": action,
            "subject_kind": kind,
            "subject_id": subject_id,
            "facts": dict(facts),
        },
    )


def seal(tx: Transaction, *, limit: int = 1000) -> Anchor | None:
    """Chain up to `limit` committed events that are not sealed yet, in the order of their ids.

    Returns the new end of the chain, or None when there was nothing to seal. Run by one sealer at a time; a second one
    fails on the unique seal number and tries again later.
    """
    end = end_of_chain(tx)
    waiting = select(AuditEvent).where(AuditEvent.seal_number.is_(None)).order_by(AuditEvent.id).limit(limit)
    events = tx.scalars(waiting).all()
    for event in events:
        end = Anchor(end.number + 1, seal_of(event, end))
        event.seal_number, event.seal = end.number, end.seal
    return end if events else None


def end_of_chain(reader: Reader) -> Anchor:
    """Return the last event that is sealed; the beginning when none is."""
    last = reader.execute(
        select(AuditEvent.seal_number, AuditEvent.seal)
        .where(AuditEvent.seal_number.is_not(None))
        .order_by(AuditEvent.seal_number.desc())
        .limit(1)
    ).first()
    return Anchor(last[0] or 0, last[1] or b"") if last else BEGINNING
