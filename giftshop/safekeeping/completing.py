"""Completing the journal from the database: what was committed by a program that died before it could note it.

The ledger and the audit know all that the journal must know. Every few seconds the worker reads their newest rows and
notes those that are missing. A row may be committed after one with a higher number, so rows are looked at again until
no transaction can still be open behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select

from giftshop.audit import AuditEvent
from giftshop.cards import Card, Programme
from giftshop.db import Database, Reader, Transaction
from giftshop.ledger import Account, Posting
from giftshop.safekeeping.journal import Journal, Note
from giftshop.safekeeping.models import JournalPosition
from giftshop.safekeeping.recording import written_moment

OPEN_FOR: Final = timedelta(seconds=60)
"""Longer than any transaction that moves value is open."""
AT_ONCE: Final = 10_000
"""Rows compared in one look: an old site that gets its first journal writes it in many."""
STOPS: Final = ("cards.block", "cards.unblock", "cards.freeze", "cards.thaw", "cards.void")
"""Audited actions that stop cards or let them go on, and move no value of theirs."""


@dataclass(frozen=True, slots=True)
class Row:
    """Something that must stand in the journal, and where in its table it stands."""

    id: int
    at: datetime
    note: Note


def complete(database: Database, journal: Journal, *, at: datetime) -> int:
    """Note all that the journal does not know yet, and return how many. Raises OSError when it cannot be written."""
    return sum(_complete_from(database, journal, source, at) for source in SOURCES)


def _complete_from(database: Database, journal: Journal, source: str, at: datetime) -> int:
    table, read = SOURCES[source]
    with database.reading() as reader:
        position = reader.get(JournalPosition, source)
        end = reader.scalar(select(func.max(table.id))) or 0  # before the rows: what comes meanwhile is not passed over
        rows = read(reader, position.settled_id if position else 0)
    known = journal.recent() if rows else set()
    missing = [row.note for row in rows if row.note.key not in known]
    journal.append(missing, at=at)
    is_full = len(rows) == AT_ONCE
    if is_full and rows[-1].at <= at - OPEN_FOR:
        database.transact(_settle, source, rows[-1].id, at=at)
    elif not is_full and (position is None or at - position.seen_at >= OPEN_FOR):
        database.transact(_move_on, source, end, at=at)
    return len(missing)


def _settle(tx: Transaction, source: str, row_id: int, *, at: datetime) -> None:
    """All up to an old row is compared: of an old site, the first times."""
    position = _position(tx, source, at)
    position.settled_id = position.seen_id = row_id


def _move_on(tx: Transaction, source: str, row_id: int, *, at: datetime) -> None:
    """What was seen a while ago is settled now, and what is seen now will be."""
    position = _position(tx, source, at)
    position.settled_id = max(position.settled_id, position.seen_id)
    position.seen_id, position.seen_at = row_id, at


def _position(tx: Transaction, source: str, at: datetime) -> JournalPosition:
    position = tx.get(JournalPosition, source)
    if position is None:
        position = JournalPosition(source=source, settled_id=0, seen_id=0, seen_at=at)
        tx.add(position)
    return position


def _values_after(reader: Reader, row_id: int) -> Sequence[Row]:
    moved = (
        select(
            Posting.id,
            Posting.at,
            Posting.kind,
            Posting.entry,
            Posting.amount_minor,
            Card.public_id,
            Card.serial,
        )
        .join(Card, Card.id == Posting.card_id)
        .where(Posting.id > row_id, Posting.account == Account.OUTSTANDING)
        .order_by(Posting.id)
    )
    return [
        Row(
            row.id,
            row.at,
            Note(
                what=str(row.kind),
                at=written_moment(row.at),
                card=row.public_id.hex(),
                serial=row.serial,
                change=-row.amount_minor,
                entry=row.entry,
            ),
        )
        for row in reader.execute(moved.limit(AT_ONCE))
    ]


def _stops_after(reader: Reader, row_id: int) -> Sequence[Row]:
    told = select(AuditEvent).where(AuditEvent.id > row_id, AuditEvent.action.in_(STOPS)).order_by(AuditEvent.id)
    events = reader.scalars(told.limit(AT_ONCE)).all()
    cards = _by_id(reader, select(Card.id, Card.public_id, Card.serial), Card.id, events, "card")
    programmes = _by_id(reader, select(Programme.id, Programme.started_at), Programme.id, events, "programme")
    rows = []
    for event in events:
        at = written_moment(event.at)
        card, programme = cards.get(event.subject_id), programmes.get(event.subject_id)
        if event.subject_kind == "card" and card:
            note = Note(what=event.action, at=at, card=card.public_id.hex(), serial=card.serial)
        elif event.subject_kind == "programme" and programme:
            since = written_moment(programme.started_at)
            note = Note(what=event.action, at=at, programme=programme.id, since=since)
        else:
            continue
        rows.append(Row(event.id, event.at, note))
    return rows


def _by_id(reader: Reader, columns: Any, key: Any, events: Iterable[AuditEvent], kind: str) -> dict[int, Any]:
    ids = {event.subject_id for event in events if event.subject_kind == kind}
    return {row.id: row for row in reader.execute(columns.where(key.in_(ids)))} if ids else {}


SOURCES: Final[dict[str, tuple[Any, Callable[[Reader, int], Sequence[Row]]]]] = {
    "postings": (Posting, _values_after),
    "audit_events": (AuditEvent, _stops_after),
}
"""What is compared: the table, and how its rows after a number are read."""
