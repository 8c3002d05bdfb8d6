"""Restoring a backup into an empty database, or over one when told so, and telling it what it has forgotten since."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

from giftshop import accounts, audit, schema
from giftshop.config import Settings
from giftshop.db import Database, Transaction
from giftshop.kernel.actor import SYSTEM
from giftshop.safekeeping.archive import Manifest, copied, parts_of, read_manifest
from giftshop.safekeeping.journal import Journal
from giftshop.safekeeping.recording import ERASED
from giftshop.safekeeping.replaying import Replay, replay
from giftshop.safekeeping.snapshots import is_empty, store_for
from giftshop.web.privacy import Eraser


class CannotRestore(Exception):
    """The backup is whole, but not for this place. The message says why; nothing was touched."""


@dataclass(slots=True)
class Restored:
    """What was restored."""

    manifest: Manifest
    replay: Replay | None
    missing_keys: list[str] = field(default_factory=list)
    """Ids of keys that its cards need and that are not on the keyring."""


def restore(
    database: Database,
    settings: Settings,
    folders: Collection[str],
    source: Path,
    *,
    replace: bool = False,
    erasers: Sequence[Eraser] = (),
    at: datetime,
) -> Restored:
    """Let database and files be those of the backup at `source`, then replay the journal.

    Everything is checked before anything is touched. Raises BadBackup, CannotRestore.
    """
    manifest = read_manifest(source)
    _refuse_another_place(database, settings, folders, manifest, replace=replace)
    schema.migrate(database, settings)
    store_for(database).put(_of_database(source), manifest.columns)
    for name, content in parts_of(source):
        if name.startswith("files/"):
            copied(content, settings.instance_path / name.removeprefix("files/"))
    database.transact(_begin_anew, manifest, at=at)
    with database.reading() as reader:
        audit.begin_anew(settings.instance_path, audit.end_of_chain(reader), at=at)
    journal = Journal(settings.journal_folder)
    _erase_again(database, journal, erasers, since=datetime.fromisoformat(manifest.taken_at))
    database.scrub()
    told = replay(database, journal, at=at) if journal.files() else None
    return Restored(manifest, told, missing_keys(manifest, settings))


def _erase_again(database: Database, journal: Journal, erasers: Sequence[Eraser], *, since: datetime) -> None:
    """Erase what people had asked to have erased after the backup: rows that it brought back have the same numbers."""
    known = {eraser.kind: eraser for eraser in erasers}
    for note in journal.notes():
        if note.what == ERASED and note.kind in known and note.rows and datetime.fromisoformat(note.at) > since:
            database.transact(known[note.kind].erase, note.rows)


def missing_keys(manifest: Manifest, settings: Settings) -> list[str]:
    """Return which keys its cards need and the keyring does not have."""
    have = {"peppers": settings.keyring.peppers.keys, "masters": settings.keyring.master_keys.keys}
    return [key for kind, ids in manifest.keys.items() for key in ids if key not in have[kind]]


def _refuse_another_place(
    database: Database, settings: Settings, folders: Collection[str], manifest: Manifest, *, replace: bool
) -> None:
    if manifest.mode != settings.mode:
        raise CannotRestore(f"It was taken in {manifest.mode} mode, and this is {settings.mode} mode.")
    kind = database.url.get_backend_name()
    if manifest.database != kind:
        raise CannotRestore(f"It was taken from {manifest.database}, and DATABASE_URL names {kind}.")
    newest = schema.newest_revision(database)
    if manifest.revision != newest:
        raise CannotRestore(
            f"Its schema is {manifest.revision or 'unknown'} and this version's is {newest}: "
            "restore it with the version that took it, then migrate."
        )
    strange = [part.name for part in manifest.parts if not _is_ours(part.name, folders)]
    if strange:
        raise CannotRestore(f"It holds {strange[0]}, which has no place here.")
    if not replace and not is_empty(database):
        raise CannotRestore("The database is not empty. Say --replace to have it replaced with all it holds.")


def _is_ours(name: str, folders: Collection[str]) -> bool:
    place = PurePosixPath(name).parts
    if len(place) < 2 or ".." in place or place[0] == "/":
        return False
    return place[0] == "database" or (place[0] == "files" and len(place) > 2 and place[1] in folders)


def _of_database(source: Path) -> Iterator[tuple[str, IO[bytes]]]:
    return ((name, content) for name, content in parts_of(source) if name.startswith("database/"))


def _begin_anew(tx: Transaction, manifest: Manifest, *, at: datetime) -> None:
    """Everybody signs in again: who was shut out since the backup must not come in by an old session."""
    accounts.end_all_sessions(tx)
    rows = sum(manifest.counts.values())
    audit.record(tx, "safekeeping.restore", ("site", 0), by=SYSTEM, at=at, taken_at=manifest.taken_at, rows=rows)
