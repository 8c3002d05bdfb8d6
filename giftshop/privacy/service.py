"""Find what is known of somebody, erase it, and forget what is past its purpose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from giftshop import audit
from giftshop.db import Database, Reader, Transaction
from giftshop.kernel.actor import SYSTEM, Actor
from giftshop.web.privacy import Erased, Eraser, Traces, Whom


@dataclass(frozen=True, slots=True)
class Finding:
    """What one kind of personal data holds of somebody."""

    eraser: Eraser
    traces: Traces

    @property
    def count(self) -> int:
        """How many rows can go at once."""
        return len(self.traces.rows)


def find(reader: Reader, erasers: Sequence[Eraser], whom: Whom, *, at: datetime) -> list[Finding]:
    """Return what every room knows of somebody; kinds that know nothing are left out."""
    found = (Finding(eraser, eraser.find(reader, whom, at)) for eraser in erasers)
    return [each for each in found if each.traces.rows or each.traces.needed]


def erase(
    tx: Transaction, erasers: Sequence[Eraser], whom: Whom, *, by: Actor, at: datetime
) -> tuple[int, Sequence[str]]:
    """Erase all that is known of somebody and not needed any more. Returns how many rows, and what is still needed.

    All is found before anything goes: one room finds by what another holds. The audit keeps counts, and nobody.
    """
    found = find(tx, erasers, whom, at=at)
    counts: dict[str, int] = {}
    for each in found:
        if each.traces.rows and (count := each.eraser.erase(tx, each.traces.rows)):
            counts[each.eraser.kind] = count
            tx.publish(Erased(each.eraser.kind, each.traces.rows, at))
    needed = [number for each in found for number in each.traces.needed]
    audit.record(tx, "privacy.erase", ("site", 0), by=by, at=at, still_needed=len(needed), **counts)
    return sum(counts.values()), needed


def forget_what_is_past(database: Database, erasers: Sequence[Eraser], *, at: datetime) -> dict[str, int]:
    """Erase what was kept for its days after its purpose had ended, some at a time. Returns how many of which kind."""
    counts = {eraser.kind: _forget_kind(database, eraser, at) for eraser in erasers}
    gone = {kind: count for kind, count in counts.items() if count}
    database.transact(_say, gone, at=at)
    return gone


def _forget_kind(database: Database, eraser: Eraser, at: datetime) -> int:
    total = 0
    while count := database.transact(_forget_some, eraser, at - timedelta(days=eraser.days)):
        total += count
    return total


def _forget_some(tx: Transaction, eraser: Eraser, before: datetime) -> int:
    rows = eraser.past(tx, before) if eraser.past else ()
    return eraser.erase(tx, rows) if rows else 0


def _say(tx: Transaction, counts: dict[str, int], *, at: datetime) -> None:
    audit.record(tx, "privacy.forget", ("site", 0), by=SYSTEM, at=at, **counts)
