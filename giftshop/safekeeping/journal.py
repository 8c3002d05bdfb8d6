"""The journal: one line of JSON for each change to what a card is worth, in files apart from the database.

Several programs write at once: each note is one `write` to a file opened for appending, and on the disk before whoever
asked gets an answer. A line holds no code and no personal data: a card is named by its random public id, which opens
nothing without the link key, and by its serial number.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from giftshop.kernel import clock

RECENT_BYTES: Final = 512 * 1024
"""How much of the journal's end is looked through for what stands in it already."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that the journal remembers. Of a card, of a programme, or of erased rows."""

    what: str
    """A kind of ledger entry ("spend"), or an audited action ("cards.block")."""
    at: str
    """The moment, in UTC."""
    card: str | None = None
    """The card's public id, hexadecimal."""
    serial: int | None = None
    change: int | None = None
    """In minor units; below zero went off the card."""
    left: int | None = None
    entry: str | None = None
    """The ledger's name for it."""
    programme: int | None = None
    since: str | None = None
    """When the programme was started: with its id, which one it is."""
    kind: str | None = None
    """What kind of personal data was erased."""
    rows: list[int | str] | None = None
    """And which rows of it."""

    @property
    def key(self) -> str:
        """What tells this note from every other, however often it is written."""
        if self.entry is not None:
            return f"{self.entry}/{self.card}"
        return f"{self.what}/{self.card or self.programme or self.kind}/{self.at}"


class Journal:
    """The files in one folder, one for each month."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made with the first note, for its owner's eyes only."""
        self.folder = folder

    def append(self, notes: Iterable[Note], *, at: datetime | None = None) -> None:
        """Write `notes`, and return when they are on the disk. Raises OSError when they cannot be.

        Each begins a line of its own, so that one torn by a power cut spoils none but itself.
        """
        lines = b"".join(b"\n" + _written(note) for note in notes)
        if not lines:
            return
        path = self.folder / f"{at or clock.now():%Y-%m}.jsonl"
        is_new = not path.exists()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            _write_whole(handle, lines + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)
        if is_new:
            _sync_folder(self.folder)

    def notes(self) -> Iterator[Note]:
        """Yield every note, in the order they were written. A torn line is passed over."""
        for path in self.files():
            with path.open("rb") as lines:
                yield from _read(lines)

    def recent(self) -> set[str]:
        """Return the keys of the notes at the journal's end."""
        keys: set[str] = set()
        for path in self.files()[-2:]:  # the month may just have changed
            with path.open("rb") as lines:
                lines.seek(max(0, path.stat().st_size - RECENT_BYTES))
                keys |= {note.key for note in _read(lines)}
        return keys

    def files(self) -> list[Path]:
        """Return the journal's files, oldest first."""
        return sorted(self.folder.glob("*.jsonl"))


def _written(note: Note) -> bytes:
    told = {name: value for name, value in asdict(note).items() if value is not None}
    return json.dumps(told, separators=(",", ":")).encode()


def _write_whole(handle: int, content: bytes) -> None:
    written = os.write(handle, content)
    if written != len(content):  # the disk is full: what follows begins a new line
        raise OSError(f"the journal took {written} of {len(content)} bytes")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _read(lines: Iterable[bytes]) -> Iterator[Note]:
    for line in lines:
        note = _note(line)
        if note is not None:
            yield note


def _note(line: bytes) -> Note | None:
    try:
        told: dict[str, Any] = json.loads(line)
        return Note(**told)
    except (ValueError, TypeError):
        return None
