"""Taking a backup: database and files as they are, while the site runs. Keys, logs and the queue are in none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from giftshop.audit import record
from giftshop.cards import Batch
from giftshop.config import Settings
from giftshop.db import Database, Reader, Transaction
from giftshop.kernel.actor import SYSTEM
from giftshop.safekeeping.archive import Manifest, writing
from giftshop.safekeeping.snapshots import columns_of_all, store_for
from giftshop.schema import revision_of


def back_up(database: Database, settings: Settings, folders: Iterable[str], target: Path, *, at: datetime) -> Manifest:
    """Write database and files to `target`, and return what was written.

    `folders` are those under the instance path whose files matter. Files are read after the database: one that was
    destroyed meanwhile is not in it, as it should be.
    """
    store = store_for(database)
    with database.reading() as reader:
        keys = keys_needed(reader)
    with writing(target) as (archive, close), TemporaryDirectory(dir=target.parent, prefix="backup-") as scratch:
        for name, path in store.take(Path(scratch)):
            archive.add(name, path)
        for name, path in files_in(settings.instance_path, folders):
            archive.add(f"files/{name}", path)
        manifest = Manifest(
            taken_at=at.isoformat(),
            mode=settings.mode,
            database=database.url.get_backend_name(),
            revision=revision_of(database) or "",
            counts=store.counts(),
            columns=columns_of_all(),
            keys=keys,
            parts=archive.parts,
        )
        close(manifest)
    database.transact(_say, len(archive.parts), at=at)
    return manifest


def files_in(instance_path: Path, folders: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Yield names and paths of the files that matter; none that is only being written."""
    for folder in sorted(folders):
        for path in sorted((instance_path / folder).rglob("*")):
            if path.is_file() and path.suffix not in {".part", ".restored"}:
                yield path.relative_to(instance_path).as_posix(), path


def keys_needed(reader: Reader) -> dict[str, list[str]]:
    """Return the ids of the peppers and master keys without which its cards are lost."""
    return {
        "peppers": sorted(filter(None, reader.scalars(select(Batch.pepper_id).distinct()))),
        "masters": sorted(filter(None, reader.scalars(select(Batch.master_id).distinct()))),
    }


def _say(tx: Transaction, parts: int, *, at: datetime) -> None:
    record(tx, "safekeeping.back_up", ("site", 0), by=SYSTEM, at=at, parts=parts)
