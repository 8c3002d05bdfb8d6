"""Check the chain from its first event to its last, and against the ends that were noted outside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select, text

from giftshop.audit.chain import BEGINNING, Anchor, seal_of
from giftshop.audit.models import BY_SIGNED_IN, AuditEvent
from giftshop.audit.rules import Fault
from giftshop.db import Reader

LATE_BY: Final = timedelta(minutes=10)
"""Longer than any transaction is open: an event this much older than those sealed before it was put in later."""
MOST_LATE: Final = 20
"""Late events that are named one by one."""


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
    late: Sequence[int] = field(default_factory=tuple)
    """Events with a number and a moment of long before, which were sealed after what came later: put in afterwards,
    or a clock went wrong. A few at most; no fault of the chain, and somebody must say why."""


def verify(reader: Reader, anchor: Anchor | None = None, history: Iterable[Anchor] = ()) -> Verdict:
    """Walk the chain, and compare it with what was noted outside: `anchor`, its end, and the `history` of its ends.

    Stops at the first fault. `history` is read once, in the order of its numbers.
    """
    walk = _Walk(_tail(reader), anchor, history)
    sealed = select(AuditEvent).where(AuditEvent.seal_number.is_not(None)).order_by(AuditEvent.seal_number)
    for event in reader.scalars(sealed.execution_options(yield_per=1000)):
        if not walk.takes(event):
            break
    return walk.verdict()


class _Walk:
    """How far along the chain somebody is, and what they have found."""

    def __init__(self, tail: Tail, anchor: Anchor | None, history: Iterable[Anchor]) -> None:
        self._tail, self._anchor = tail, anchor
        self._history = (noted for noted in history if noted.number)
        self._next = next(self._history, None)
        self._end = self._agreed = BEGINNING
        self._newest: AuditEvent | None = None
        self._late: list[int] = []
        self._found: Verdict | None = None

    def takes(self, event: AuditEvent) -> bool:
        """Go on to the next sealed event; False at a fault."""
        expected = self._end.number + 1
        if event.seal_number != expected:
            return self._finds(Fault.MISSING, expected, None)
        if event.seal != seal_of(event, self._end):
            return self._finds(Fault.CHANGED, expected, event.id)
        self._end = Anchor(expected, event.seal)
        self._note_lateness(event)
        return self._agrees()

    def verdict(self) -> Verdict:
        """Return what was found, with the chain at its end."""
        if self._found is None and self._anchor and self._anchor.number > self._end.number:
            self._finds(Fault.CUT_OFF, self._end.number + 1, None)
        if self._found is None and self._next is not None:
            self._finds(Fault.CUT_OFF, self._end.number + 1, None)
        return self._found or Verdict(self._end.number, None, None, None, self._tail, self._late)

    def _agrees(self) -> bool:
        """Whether the chain is here what it was whenever its end was noted here."""
        noted = [self._anchor] if self._anchor and self._anchor.number == self._end.number else []
        while self._next is not None and self._next.number <= self._end.number:
            noted += [self._next] if self._next.number == self._end.number else []
            self._next = next(self._history, None)
        if any(anchor != self._end for anchor in noted):
            number, self._end = self._end.number, self._agreed
            return self._finds(Fault.REWRITTEN, number, None)
        if noted:
            self._agreed = self._end
        return True

    def _finds(self, fault: Fault, number: int, event_id: int | None) -> bool:
        last = self._end.number
        self._found = Verdict(last, fault, number, event_id, self._tail, self._late)
        return False

    def _note_lateness(self, event: AuditEvent) -> None:
        newest = self._newest
        if newest is None or event.id > newest.id:
            self._newest = event
        elif event.at < newest.at - LATE_BY and len(self._late) < MOST_LATE:
            self._late.append(event.id)


@dataclass(frozen=True, slots=True)
class Touched:
    """Something that somebody did something to, and when they last did."""

    kind: str
    id: int
    at: datetime


def touched_by(reader: Reader, user_id: int, *, kinds: Collection[str], among: int = 60) -> list[Touched]:
    """Return what a signed-in person was about in their last `among` acts, the latest first, each thing once."""
    theirs = select(AuditEvent.subject_kind, AuditEvent.subject_id, AuditEvent.at)
    theirs = theirs.where(text(BY_SIGNED_IN), AuditEvent.actor_id == user_id).order_by(AuditEvent.id.desc())
    found: dict[tuple[str, int], Touched] = {}
    for kind, subject_id, at in reader.execute(theirs.limit(among)):
        if kind in kinds:
            found.setdefault((kind, subject_id), Touched(kind, subject_id, at))
    return list(found.values())


def _tail(reader: Reader) -> Tail:
    counted = select(func.count(), func.min(AuditEvent.id), func.max(AuditEvent.id))
    count, first_id, last_id = reader.execute(counted.where(AuditEvent.seal_number.is_(None))).one()
    return Tail(count, first_id, last_id)
