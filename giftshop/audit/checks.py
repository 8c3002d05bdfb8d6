"""What the nightly walk along the chain found, kept so that a person sees it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from giftshop.audit.models import AuditCheck
from giftshop.audit.queries import Verdict
from giftshop.db import Reader, Transaction


def note_check(tx: Transaction, verdict: Verdict, *, at: datetime) -> None:
    """Keep what a walk along the chain found."""
    tx.add(
        AuditCheck(
            checked_at=at,
            sealed=verdict.sealed,
            unsealed=verdict.tail.count,
            late=list(verdict.late),
            fault=verdict.fault,
            number=verdict.number,
            event_id=verdict.event_id,
        )
    )


def last_checks(reader: Reader, *, limit: int = 14) -> Sequence[AuditCheck]:
    """Return the last walks, newest first."""
    return reader.scalars(select(AuditCheck).order_by(AuditCheck.id.desc()).limit(limit)).all()
