"""Check the chain from its first event to its last, and against the end that was noted outside."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select

from giftshop.audit.chain import BEGINNING, Anchor, seal_of
from giftshop.audit.models import AuditEvent
from giftshop.db import Reader


class Fault(StrEnum):
    """What was done to the chain."""

    CHANGED = "changed"
    """The event is not the one that was sealed there: edited, exchanged, or put in another's place."""
    MISSING = "missing"
    """No event has the number that comes next."""
    CUT_OFF = "cut off"
    """The chain ends before the event that was noted outside as its last."""
    REWRITTEN = "rewritten"
    """The chain agrees with itself, but not with what was noted outside: it was made anew, up to there at least."""


@dataclass(frozen=True, slots=True)
class Tail:
    """Events that are committed and not sealed yet: nothing guards them so far."""

    count: int
    first_id: int | None
    last_id: int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk along the chain found."""

    sealed: int
    """Events whose seals hold, from the first one on."""
    fault: Fault | None
    number: int | None
    """Place in the chain where the fault is."""
    event_id: int | None
    """The event that stands there, if there is one."""
    tail: Tail


def verify(reader: Reader, anchor: Anchor | None = None) -> Verdict:
    """Walk the chain, and compare it with `anchor`, its end as it was noted outside. Stops at the first fault."""
    tail, end = _tail(reader), BEGINNING
    at_anchor = BEGINNING if anchor and anchor.number == 0 else None
    sealed = select(AuditEvent).where(AuditEvent.seal_number.is_not(None)).order_by(AuditEvent.seal_number)
    for event in reader.scalars(sealed.execution_options(yield_per=1000)):
        expected = end.number + 1
        if event.seal_number != expected:
            return Verdict(end.number, Fault.MISSING, expected, None, tail)
        if event.seal != seal_of(event, end):
            return Verdict(end.number, Fault.CHANGED, expected, event.id, tail)
        end = Anchor(expected, event.seal)
        if anchor and anchor.number == expected:
            at_anchor = end
    if anchor and at_anchor is None:
        return Verdict(end.number, Fault.CUT_OFF, end.number + 1, None, tail)
    if anchor and at_anchor != anchor:
        return Verdict(0, Fault.REWRITTEN, anchor.number, None, tail)
    return Verdict(end.number, None, None, None, tail)


def _tail(reader: Reader) -> Tail:
    counted = select(func.count(), func.min(AuditEvent.id), func.max(AuditEvent.id))
    count, first_id, last_id = reader.execute(counted.where(AuditEvent.seal_number.is_(None))).one()
    return Tail(count, first_id, last_id)
