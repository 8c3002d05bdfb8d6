"""A backup's file: a tar with what was kept, and at its end a manifest with the checksum of each.

Written and read as a stream, so that memory stays flat however large a site is.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Final

FORMAT: Final = "giftshop backup 1"
MANIFEST: Final = "manifest.json"
_CHUNK_BYTES: Final = 1024 * 1024


class BadBackup(Exception):
    """A file that is no whole backup of ours. The message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file inside a backup."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, and what it can be restored into."""

    taken_at: str
    mode: str
    database: str
    """sqlite or postgresql."""
    revision: str
    """Of the schema."""
    counts: dict[str, int]
    """Rows of each table."""
    columns: dict[str, list[str]]
    """Of each table, in the order they were written."""
    keys: dict[str, list[str]]
    """Ids of the peppers and master keys that it needs: their keys are in no backup."""
    parts: list[Part]
    format: str = FORMAT


class Writer:
    """Adds parts to a backup, and knows what it added."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.parts: list[Part] = []

    def add(self, name: str, path: Path) -> None:
        """Add a file as it lies on the disk."""
        with path.open("rb") as content:
            known = os.fstat(content.fileno())
            info = _described(name, known.st_size)
            hashing = _Hashing(content)
            self._tar.addfile(info, hashing)
        self.parts.append(Part(name, known.st_size, hashing.digest.hexdigest()))


@contextmanager
def writing(target: Path) -> Iterator[tuple[Writer, Callable[[Manifest], None]]]:
    """Give a Writer and a function that closes the backup with its manifest; only a whole one is left at `target`."""
    draft = target.with_name(f"{target.name}.{os.getpid()}.part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)  # it is full of people's addresses
    try:
        with os.fdopen(handle, "wb") as out:
            with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
                writer = Writer(tar)
                yield writer, lambda manifest: _add_manifest(tar, manifest)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def read_manifest(path: Path) -> Manifest:
    """Return the manifest of a backup after comparing every part with its checksum; raises BadBackup."""
    seen: list[Part] = []
    manifest: Manifest | None = None
    try:
        for name, content in parts_of(path):
            if name == MANIFEST:
                manifest = _parsed(content.read())
            else:
                seen.append(_measured(name, content))
    except (tarfile.TarError, OSError, EOFError) as error:
        raise BadBackup(f"{path} cannot be read as a backup: {error}") from error
    if manifest is None:
        raise BadBackup(f"{path} has no manifest: it was cut off, or is no backup")
    if seen != manifest.parts:
        off = sorted({part.name for part in {*seen} ^ {*manifest.parts}})
        raise BadBackup(f"{path} is damaged: {', '.join(off) or 'its order'} is not what was written")
    return manifest


def parts_of(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield the name and content of each part, one after another; a part is read before the next is asked for."""
    with tarfile.open(path, mode="r:") as tar:
        for info in tar:
            content = tar.extractfile(info) if info.isfile() else None
            if content is None:
                raise BadBackup(f"{info.name} in {path} is no file")
            yield info.name, content


def copied(content: IO[bytes], target: Path) -> None:
    """Write a part to the disk, whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = target.with_name(f"{target.name}.restored")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        while chunk := content.read(_CHUNK_BYTES):
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(target)


class _Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content = content
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._content.read(size)
        self.digest.update(chunk)
        return chunk


def _measured(name: str, content: IO[bytes]) -> Part:
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(_CHUNK_BYTES):
        digest.update(chunk)
        size += len(chunk)
    return Part(name, size, digest.hexdigest())


def _described(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


def _add_manifest(tar: tarfile.TarFile, manifest: Manifest) -> None:
    content = json.dumps(asdict(manifest), indent=1).encode()
    tar.addfile(_described(MANIFEST, len(content)), io.BytesIO(content))


def _parsed(content: bytes) -> Manifest:
    try:
        told: dict[str, Any] = json.loads(content)
        if told.get("format") != FORMAT:
            raise BadBackup(f"its format is {told.get('format')!r}; this version reads {FORMAT!r}")
        return Manifest(**{**told, "parts": [Part(**part) for part in told["parts"]]})
    except (ValueError, TypeError, KeyError) as error:
        raise BadBackup(f"its manifest cannot be read: {error}") from error
