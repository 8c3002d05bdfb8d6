"""The job that writes a print file: sealed as it is written, so that no code ever lies open on a disk."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import BinaryIO, cast

from giftshop import branding, cards, paper
from giftshop.db import Reader
from giftshop.jobs import JobRun
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.keyring import Keyring
from giftshop.production import preflighting
from giftshop.production.art import DESIGN, CardWords, card_art, face_of
from giftshop.production.models import PrintRun
from giftshop.production.rules import PrintRunState
from giftshop.production.service import note_ready, note_refused

QUEUED_CHUNKS = 16
"""Chunks between the press and the seal: enough to keep both busy, little enough for memory."""


FOLDER = "print-runs"
"""Under the instance path, where sealed print files lie."""


def folder_of(instance_path: Path) -> Path:
    """Return where sealed print files lie."""
    return instance_path / FOLDER


def print_batch(run: JobRun, *, keyring: Keyring, instance_path: Path) -> None:
    """Job: write and seal the file of a print run. Started again after a crash, it writes the same file anew."""
    run_id = int(run.payload["run_id"])
    with run.reading() as reader:
        print_run = reader.get_one(PrintRun, run_id)
        if print_run.state is not PrintRunState.PRINTING or print_run.opening_id is None:
            return
        target = folder_of(instance_path) / print_run.file_name
        try:
            printed = write_sealed(reader, print_run, target, keyring=keyring)
            report = preflighting.inspect(
                reader, print_run, target, design=DESIGN, output=paper.ONE_UP, keyring=keyring
            )
            run.transact(preflighting.keep, run_id, report)
            preflighting.refuse_faulty(report, target)
        except Refused as refusal:
            run.transact(note_refused, run_id, str(refusal))
            return
    run.transact(note_ready, run_id, printed, at=clock.now())


def discard(run: JobRun, *, instance_path: Path) -> None:
    """Job: remove the file of a confirmed print run. Its key is gone already, so this only frees the disk."""
    with run.reading() as reader:
        print_run = reader.get_one(PrintRun, int(run.payload["run_id"]))
    if print_run.state is PrintRunState.CONFIRMED:
        (folder_of(instance_path) / print_run.file_name).unlink(missing_ok=True)


def write_sealed(reader: Reader, run: PrintRun, target: Path, *, keyring: Keyring) -> paper.PrintedCount:
    """Write the cards of an opened batch to `target`, sealed. Returns what was printed.

    Raises what `paper.print_cards` refuses; the target then is as it was.
    """
    art = card_art(words_of(reader, run))
    opening_id = run.opening_id or 0
    faces = _Faces(reader, run, keyring)
    printed: list[paper.PrintedCount] = []
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = target.with_suffix(f".{os.getpid()}.part")
    try:
        with (
            draft.open("wb") as file,
            _chunks(lambda out: printed.append(paper.print_cards(DESIGN, art, faces, cast(BinaryIO, out)))) as chunks,
        ):
            for sealed in cards.seal_print_file(reader, opening_id, chunks, keyring=keyring):
                file.write(sealed)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    for left_by_a_killed_worker in target.parent.glob(f"{target.stem}.*.part"):
        left_by_a_killed_worker.unlink(missing_ok=True)
    return printed[0]


def words_of(reader: Reader, run: PrintRun) -> CardWords:
    """Return what the cards of a run's batch say."""
    batch = cards.batch(reader, run.batch_id)
    programme = cards.programme(reader, run.programme_id)
    logo = branding.logo_bytes(reader, programme.firm_id, int(programme.logo_ref)) if programme.logo_ref else None
    return CardWords(
        sender_name=programme.sender_name,
        headline=programme.headline,
        greeting=programme.greeting,
        contact_line=programme.contact_line,
        hotline=programme.hotline,
        public_url=batch.public_url,
        valid_until=programme.valid_until,
        locale=programme.locale,
        logo=logo,
        is_named=cards.bears_names(reader, run.batch_id),
        value=batch.face if programme.kind is cards.ProgrammeKind.STORED_VALUE else None,
    )


class _Faces(Collection[paper.CardFace]):
    """The faces of a batch, unsealed anew each time they are gone through, so that memory stays flat."""

    def __init__(self, reader: Reader, run: PrintRun, keyring: Keyring) -> None:
        self._reader, self._opening, self._keyring = reader, run.opening_id or 0, keyring
        self._size = cards.batch(reader, run.batch_id).quantity

    def __iter__(self) -> Iterator[paper.CardFace]:
        opened = cards.open_secrets(self._reader, self._opening, keyring=self._keyring)
        return (face_of(card) for card in opened)

    def __len__(self) -> int:
        return self._size

    def __contains__(self, face: object) -> bool:
        return any(face == other for other in self)


class _Sink(io.RawIOBase):
    """A file to write to, whose bytes come out of a queue at the other end."""

    def __init__(self, queue: Queue[bytes | None]) -> None:
        self._queue = queue

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        chunk = bytes(data)  # type: ignore[call-overload]
        self._queue.put(chunk)
        return len(chunk)


@contextmanager
def _chunks(write: Callable[[io.RawIOBase], object]) -> Iterator[Iterator[bytes]]:
    """Run `write(file)` in a thread and give what it writes as it comes; what it raises is raised here."""
    queue: Queue[bytes | None] = Queue(QUEUED_CHUNKS)
    failures: list[BaseException] = []

    def work() -> None:
        try:
            write(_Sink(queue))
        except BaseException as failure:
            failures.append(failure)
        finally:
            queue.put(None)

    def come() -> Iterator[bytes]:
        while (chunk := queue.get()) is not None:
            yield chunk
        if failures:
            raise failures[0]

    writer = Thread(target=work, daemon=True)
    writer.start()
    yield come()
    writer.join()
