"""Writing the journal: what is published in a transaction is noted after its commit, before anybody gets an answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import structlog

from giftshop.cards import CardChanged, ProgrammeChanged
from giftshop.db import Transaction
from giftshop.events import Events
from giftshop.safekeeping.journal import Journal, Note
from giftshop.web.privacy import Erased

log = structlog.get_logger()
ERASED: Final = "privacy.erase"
_NOTES: Final = "journal"
"""Under this name a transaction keeps what is to be noted of it."""


def listen(events: Events, journal: Journal) -> None:
    """Note what cards publish."""

    def hear(tell: Callable[..., Note]) -> Callable[[Transaction, object], None]:
        return lambda tx, news: note_after_commit(tx, journal, tell(news))

    events.subscribe(CardChanged, hear(note_of_card))
    events.subscribe(ProgrammeChanged, hear(note_of_programme))
    events.subscribe(Erased, hear(note_of_erasure))


def note_after_commit(tx: Transaction, journal: Journal, note: Note) -> None:
    """Have `note` written once the transaction is committed, with all others of it at once."""
    notes: list[Note] = tx.info.setdefault(_NOTES, [])
    if not notes:
        tx.after_commit(lambda: _write(journal, notes))
    notes.append(note)


def note_of_card(news: CardChanged) -> Note:
    """Return what the journal says of a change to a card."""
    return Note(
        what=str(news.what),
        at=written_moment(news.at),
        card=news.public_id.hex(),
        serial=news.serial,
        change=news.change_minor or None,
        left=news.left_minor,
        entry=news.entry,
    )


def note_of_programme(news: ProgrammeChanged) -> Note:
    """Return what the journal says of a change to all cards of a programme."""
    since = written_moment(news.started_at)
    return Note(what=news.what, at=written_moment(news.at), programme=news.programme_id, since=since)


def note_of_erasure(news: Erased) -> Note:
    """Return what the journal says of an erasure: numbers of rows, so that a restored site can erase them again."""
    return Note(what=ERASED, at=written_moment(news.at), kind=news.kind, rows=list(news.rows))


def written_moment(moment: datetime) -> str:
    """Return a moment as the journal writes it: in UTC, whatever database it was read from."""
    return moment.astimezone(UTC).isoformat()


def _write(journal: Journal, notes: list[Note]) -> None:
    try:
        journal.append(notes)
    except OSError:
        # It is committed and stays so; the worker finds it in the ledger and notes it, or says so every few seconds.
        log.exception("the journal cannot be written", notes=len(notes))
