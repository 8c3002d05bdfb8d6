"""The job that writes a print file: sealed as it is written, so that no code ever lies open on a disk."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias, cast

import structlog
from sqlalchemy.exc import SQLAlchemyError

from giftshop import cards, paper
from giftshop.db import Reader
from giftshop.jobs import JobRun
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.keyring import Keyring
from giftshop.production import preflighting
from giftshop.production.art import face_of
from giftshop.production.data_file import write_data_file
from giftshop.production.delivery import Medium
from giftshop.production.errors import KeyChanged
from giftshop.production.models import PrintHouse, PrintRun
from giftshop.production.piping import chunks_of
from giftshop.production.rules import PrintRunState
from giftshop.production.service import certificate_for, note_discarded, note_ready, note_refused, note_written
from giftshop.production.wording import card_of, refuse_unapproved_run

Progress: TypeAlias = Callable[[int], None]
log = structlog.get_logger()
FOLDER: Final = "print-runs"
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
            printed = write_sealed(reader, print_run, target, keyring=keyring, progress=partial(_tell, run, run_id))
            if print_run.wanted.medium is Medium.PDF:
                _refuse_faulty(run, reader, print_run, target, keyring)
        except Refused as refusal:
            run.transact(note_refused, run_id, refusal.message, refusal.facts)
            return
    run.transact(note_ready, run_id, printed, at=clock.now())


def _refuse_faulty(run: JobRun, reader: Reader, print_run: PrintRun, target: Path, keyring: Keyring) -> None:
    """Check the file as it will be handed out, keep what was found, and refuse a file that must not be printed."""
    design, _art = card_of(reader, print_run)
    output = print_run.wanted.output
    report = preflighting.inspect(reader, print_run, target, design=design, output=output, keyring=keyring)
    run.transact(preflighting.keep, print_run.id, report)
    preflighting.refuse_faulty(report, target)


def discard(run: JobRun, *, instance_path: Path) -> None:
    """Job: remove the file of a confirmed print run. Its key is gone already, so this only frees the disk."""
    with run.reading() as reader:
        print_run = reader.get_one(PrintRun, int(run.payload["run_id"]))
    if print_run.state is PrintRunState.CONFIRMED:
        target = folder_of(instance_path) / print_run.file_name
        _remove_drafts(target)
        target.unlink(missing_ok=True)
        run.transact(note_discarded, print_run.id, at=clock.now())


def write_sealed(
    reader: Reader, run: PrintRun, target: Path, *, keyring: Keyring, progress: Progress = lambda cards: None
) -> paper.PrintedCount:
    """Write the cards of an opened batch to `target`, sealed. Returns what was printed; `progress` hears how far it is.

    Raises what `paper.print_cards` refuses; ProofMissing or ProofChanged for what nobody approved; NotPlainInATable,
    KeyNeeded, KeyExpired, KeyChanged for a data file. The target then is as it was.
    """
    refuse_unapproved_run(reader, run)
    write = _writer_of(reader, run, keyring, progress)
    printed: list[paper.PrintedCount] = []
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Whoever is killed leaves a draft. One who only seemed dead finds its own gone, and fails: the last to start wins.
    _remove_drafts(target)
    draft = target.with_suffix(f".{secrets.token_hex(8)}.part")
    try:
        with draft.open("wb") as file, chunks_of(lambda out: printed.append(write(cast(BinaryIO, out)))) as chunks:
            for sealed in cards.seal_print_file(reader, run.opening_id or 0, chunks, keyring=keyring):
                file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    return printed[0]


def _writer_of(
    reader: Reader, run: PrintRun, keyring: Keyring, progress: Progress
) -> Callable[[BinaryIO], paper.PrintedCount]:
    """Return what writes the file of a run: pages, or a table encrypted to its print house."""
    delivery = run.wanted
    house = certificate_for(_house_of(reader, run), delivery, at=clock.now())
    if house is not None:
        if house.fingerprint != run.fingerprint:
            raise KeyChanged
        opened = cards.open_secrets(reader, run.opening_id or 0, keyring=keyring)
        return lambda out: write_data_file(opened, house.certificate or b"", out, progress=progress)
    design, art = card_of(reader, run)
    faces = _Faces(reader, run, keyring)
    label, at = str(cards.batch(reader, run.batch_id).number), run.started_at or run.created_at
    return lambda out: paper.print_cards(
        design, art, faces, out, output=delivery.output, label=label, at=at, progress=progress
    )


def _house_of(reader: Reader, run: PrintRun) -> PrintHouse | None:
    return reader.get(PrintHouse, run.house_id) if run.house_id else None


def _tell(run: JobRun, run_id: int, cards_so_far: int) -> None:
    """Let the page know how far it is, in a transaction of its own: a file is not lost for a word about it."""
    try:
        run.transact(note_written, run_id, cards_so_far)
    except SQLAlchemyError:
        log.warning("progress not told", print_run=run_id)


def _put_in_place(draft: Path, target: Path) -> None:
    """Give a whole file its name, also for after a power cut: the run is told to be ready in the next moment."""
    draft.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _remove_drafts(target: Path) -> None:
    for draft in target.parent.glob(f"{target.stem}.*.part"):
        draft.unlink(missing_ok=True)


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
