"""Replaying the journal: telling a restored database what it has forgotten.

What was taken off a shopping card is taken off it again, by an entry that names the lost one. A gift book that was
spent is stopped, since who gets what was lost with its redemption: whoever answers the telephone decides. Nothing is
ever given back. A second time nothing is left to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, Final

from sqlalchemy import select

from giftshop import cards
from giftshop.audit import AuditEvent
from giftshop.cards import BlockReason, Card, Programme
from giftshop.db import Database, Reader
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.serials import printed
from giftshop.ledger import EntryKind, Posting
from giftshop.safekeeping.completing import STOPS
from giftshop.safekeeping.journal import Journal, Note
from giftshop.safekeeping.recording import written_moment

AT_ONCE: Final = 400
"""Notes looked up together."""
_STOPPED: Final = frozenset({"cards.block", "cards.freeze", "cards.void"})


@dataclass(slots=True)
class Replay:
    """What a replay did, by serial number."""

    notes: int = 0
    """Read in the journal."""
    taken_off: list[str] = field(default_factory=list)
    """Shopping cards that hold again what they held."""
    stopped: list[str] = field(default_factory=list)
    """Cards that are blocked now, until somebody has looked."""
    gone: list[str] = field(default_factory=list)
    """Cards that the database does not know: made after the backup, and good for nothing now."""
    programmes: list[int] = field(default_factory=list)
    """Programmes whose unspent cards are blocked now."""


@dataclass(slots=True)
class _Story:
    """What the database does not know of one card, or one programme."""

    serial: int = 0
    lost: list[Note] = field(default_factory=list)
    is_stopped: bool = False


def replay(database: Database, journal: Journal, *, at: datetime) -> Replay:
    """Make every card unspendable whose spending, and every one whose stop, the database has forgotten."""
    report = Replay()
    of_cards: dict[str, _Story] = {}
    of_programmes: dict[tuple[int, str], _Story] = {}
    with database.reading() as reader:
        for notes in _in_chunks(journal.notes()):
            report.notes += len(notes)
            _learn(reader, notes, of_cards, of_programmes)
    for public_id, story in sorted(of_cards.items(), key=lambda each: each[1].serial):
        if story.lost or story.is_stopped:
            _tell_card(database, report, bytes.fromhex(public_id), story, at)
    for (programme_id, since), story in of_programmes.items():
        if story.is_stopped:
            _tell_programme(database, report, programme_id, since, at)
    return report


def _in_chunks(notes: Iterator[Note]) -> Iterator[list[Note]]:
    while chunk := list(islice(notes, AT_ONCE)):
        yield chunk


def _learn(
    reader: Reader,
    notes: Sequence[Note],
    of_cards: dict[str, _Story],
    of_programmes: dict[tuple[int, str], _Story],
) -> None:
    """Add to the stories what the database does not know. What it does know ends what was told before it."""
    ids = _card_ids(reader, notes)
    entries, events = _known_entries(reader, notes, ids), _known_events(reader, notes, ids)
    for note in notes:
        if note.card is not None:
            story = of_cards.setdefault(note.card, _Story(note.serial or 0))
            _learn_of_card(story, note, ids.get(note.card), entries, events)
        elif note.programme is not None and note.since is not None:
            stops = of_programmes.setdefault((note.programme, note.since), _Story())
            is_known = (note.what, note.programme, note.at) in events
            stops.is_stopped = note.what in _STOPPED and not is_known
    for public_id in [key for key, story in of_cards.items() if not (story.lost or story.is_stopped)]:
        del of_cards[public_id]


def _learn_of_card(
    story: _Story,
    note: Note,
    card_id: int | None,
    entries: set[str],
    events: set[tuple[str, int, str]],
) -> None:
    is_known = card_id is not None and (note.what, card_id, note.at) in events
    if note.entry is not None:
        if note.entry.startswith(cards.REPLAYED):
            return  # stands for one that is in the journal under its own name
        if note.entry not in entries and cards.name_of_replay(note.entry, card_id or 0) not in entries:
            story.lost.append(note)
    elif note.what in _STOPPED:
        story.is_stopped = not is_known
    else:
        story.is_stopped = False
        if is_known:  # somebody looked at the restored card, and let it go on
            story.lost.clear()


def _card_ids(reader: Reader, notes: Iterable[Note]) -> dict[str, int]:
    public_ids = {bytes.fromhex(note.card) for note in notes if note.card}
    found = reader.execute(select(Card.public_id, Card.id).where(Card.public_id.in_(public_ids)))
    return {row.public_id.hex(): row.id for row in found}


def _known_entries(reader: Reader, notes: Iterable[Note], ids: Mapping[str, int]) -> set[str]:
    names = {note.entry for note in notes if note.entry}
    replayed = {
        cards.name_of_replay(note.entry, ids[note.card])
        for note in notes
        if note.entry and note.card and note.card in ids
    }
    return set(reader.scalars(select(Posting.entry).where(Posting.entry.in_(names | replayed))))


def _known_events(reader: Reader, notes: Sequence[Note], ids: Mapping[str, int]) -> set[tuple[str, int, str]]:
    stops = [note for note in notes if note.what in STOPS]
    subjects: dict[str, set[int]] = {
        "card": {ids[note.card] for note in stops if note.card and note.card in ids},
        "programme": {note.programme for note in stops if note.programme},
    }
    known: set[tuple[str, int, str]] = set()
    for kind, of in subjects.items():
        if of:
            about = (AuditEvent.subject_kind == kind, AuditEvent.subject_id.in_(of), AuditEvent.action.in_(STOPS))
            found: Any = reader.execute(select(AuditEvent.action, AuditEvent.subject_id, AuditEvent.at).where(*about))
            known |= {(action, subject, written_moment(moment)) for action, subject, moment in found}
    return known


def _tell_card(database: Database, report: Replay, public_id: bytes, story: _Story, at: datetime) -> None:
    serial = printed(story.serial)
    with database.reading() as reader:
        card_id = reader.scalar(select(Card.id).where(Card.public_id == public_id))
    if card_id is None:
        report.gone.append(serial)
        return
    taken = [note for note in story.lost if (note.change or 0) < 0]
    is_plain = len(taken) == len(story.lost) and all(note.what == EntryKind.SPEND for note in taken)
    if is_plain and taken and database.transact(_take_off, card_id, taken, at=at):
        report.taken_off.append(serial)
        taken = []
    if (taken or story.is_stopped) and _stop(database, card_id, at):
        report.stopped.append(serial)


def _take_off(tx: Any, card_id: int, lost: Sequence[Note], *, at: datetime) -> bool:
    amounts = {note.entry or "": -(note.change or 0) for note in lost}
    return cards.take_off_lost(tx, card_id, amounts, by=SYSTEM, at=at)


def _stop(database: Database, card_id: int, at: datetime) -> bool:
    try:
        database.transact(cards.block, card_id, reason=BlockReason.RESTORED, by=SYSTEM, at=at)
    except cards.CannotBlock:  # spent, void or blocked as it is
        return False
    return True


def _tell_programme(database: Database, report: Replay, programme_id: int, since: str, at: datetime) -> None:
    with database.reading() as reader:
        started_at = reader.scalar(select(Programme.started_at).where(Programme.id == programme_id))
    if started_at is None or written_moment(started_at) != since:
        return  # another one has the number now
    reason = BlockReason.RESTORED
    if database.transact(cards.freeze_programme, programme_id, reason=reason, by=SYSTEM, at=at):
        report.programmes.append(programme_id)
