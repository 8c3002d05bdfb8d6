"""Decoration jobs: asked for by whoever sells decorated goods, done at the desk, told when the last one is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

from sqlalchemy import ColumnElement, delete, func, select, update

from giftshop import accounts, audit
from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Missing
from giftshop.kernel.locale import N_
from giftshop.listing import Column, Days, Listing, Words, by_state, said_in
from giftshop.paging import bounded_count
from giftshop.production.errors import JobTaken, NotBegun
from giftshop.production.models import DecorationJob
from giftshop.production.proofs import refuse_undecided
from giftshop.production.rules import DecorationState, JobKind

SUBJECT = "decoration_job"
Source: TypeAlias = tuple[str, int]
"""What jobs are done for, by the room that asked: ("order", 17)."""


@dataclass(frozen=True, slots=True)
class WorkDone:
    """All that was asked for by one source is done; its goods can be packed."""

    source: Source


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to be done; words by language, the area in millimetres."""

    kind: JobKind
    words: Mapping[str, str]
    quantity: int
    begin_by: date
    due_on: date
    on: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    width_mm: int = 0
    height_mm: int = 0
    logo_id: int | None = None
    text: str = ""


def ask(
    tx: Transaction, source: Source, firm_id: int, wanted: Sequence[Wanted], *, about: str, by: Actor, at: datetime
) -> bool:
    """Have everything done that a source wants. Returns whether it was asked for now, and not before."""
    kind, source_id = source
    is_new = False
    for position, each in enumerate(wanted, start=1):
        is_new = tx.add_new(
            DecorationJob,
            source_kind=kind,
            source_id=source_id,
            position=position,
            firm_id=firm_id,
            about=about,
            kind=each.kind,
            words=dict(each.words),
            on_words=dict(each.on),
            places=dict(each.places),
            quantity=each.quantity,
            width_mm=each.width_mm,
            height_mm=each.height_mm,
            logo_id=each.logo_id,
            text=each.text,
            begin_by=each.begin_by,
            due_on=each.due_on,
            state=DecorationState.WAITING,
            asked_at=at,
        )
        if not is_new:
            return False
    audit.record(tx, "production.ask", source, by=by, at=at, jobs=len(wanted))
    return is_new


def withdraw(tx: Transaction, source: Source, *, by: Actor, at: datetime) -> bool:
    """Take back what a source asked for, if nobody has begun any of it. Returns whether nothing of it is left to do."""
    tx.execute(select(DecorationJob.id).where(*_of(source)).order_by(DecorationJob.id).with_for_update())
    begun = select(func.count()).where(*_of(source), DecorationJob.state != DecorationState.WAITING)
    if tx.scalar(begun):
        return False
    count = tx.change(delete(DecorationJob).where(*_of(source)))
    audit.record(tx, "production.withdraw", source, by=by, at=at, jobs=count)
    return True


def begin(tx: Transaction, job_id: int, *, by: Actor, at: datetime) -> None:
    """Take a job. Raises JobTaken when somebody was faster, ProofMissing for cards whose proof nobody approved."""
    wanted = job(tx, job_id)
    if wanted.kind is JobKind.GREETING_CARDS:
        refuse_undecided(tx, (wanted.source_kind, wanted.source_id))
    waiting = (DecorationJob.id == job_id, DecorationJob.state == DecorationState.WAITING)
    begun = update(DecorationJob).where(*waiting).values(state=DecorationState.BEGUN, begun_by=by.id, begun_at=at)
    if not tx.change(begun):
        raise JobTaken
    audit.record(tx, "production.begin", (SUBJECT, job_id), by=by, at=at)


def finish(tx: Transaction, job_id: int, *, by: Actor, at: datetime) -> None:
    """All pieces of a job are done. With the last job of its source, WorkDone is told. Raises NotBegun.

    Done twice, it changes nothing.
    """
    found = job(tx, job_id)
    source = (found.source_kind, found.source_id)
    # Two who finish the last two jobs at once must not both find the other's undone.
    tx.execute(select(DecorationJob.id).where(*_of(source)).order_by(DecorationJob.id).with_for_update())
    begun = (DecorationJob.id == job_id, DecorationJob.state == DecorationState.BEGUN)
    if not tx.change(update(DecorationJob).where(*begun).values(state=DecorationState.DONE, done_by=by.id, done_at=at)):
        if tx.scalar(select(DecorationJob.state).where(DecorationJob.id == job_id)) is DecorationState.DONE:
            return
        raise NotBegun
    audit.record(tx, "production.finish", (SUBJECT, job_id), by=by, at=at)
    left = select(func.count()).where(*_of(source), DecorationJob.state != DecorationState.DONE)
    if not tx.scalar(left):
        tx.publish(WorkDone(source))


def job(reader: Reader, job_id: int) -> DecorationJob:
    """Return a job. Raises Missing."""
    found = reader.get(DecorationJob, job_id)
    if found is None:
        raise Missing
    return found


def jobs_of(reader: Reader, source: Source) -> Sequence[DecorationJob]:
    """Return what was asked for by a source, in its order."""
    return reader.scalars(select(DecorationJob).where(*_of(source)).order_by(DecorationJob.position)).all()


def jobs_list(reader: Reader, *, is_done: bool, words: Mapping[DecorationState, str]) -> Listing[DecorationJob]:
    """Return the list of jobs to do, by the day they are due; or of those done, the newest first.

    `words` call the states by name. What is to do is never much; what is done sorts by its day, which has an index.
    """
    to_do = {state: words[state] for state in (DecorationState.WAITING, DecorationState.BEGUN)}
    done = DecorationJob.state == DecorationState.DONE
    return Listing(
        "decorations",
        select(DecorationJob).where(done if is_done else DecorationJob.state != DecorationState.DONE),
        DecorationJob.id,
        columns=(
            Column("what", N_("What")),
            Column("on", N_("On what")),
            Column("pieces", N_("Pieces"), "number", by=None if is_done else DecorationJob.quantity, falls=True),
            Column("artwork", N_("Artwork")),
            Column("order", N_("Order"), by=None if is_done else DecorationJob.about),
            Column("due", N_("Ready by"), by=DecorationJob.due_on, falls=is_done),
            Column("state", N_("State"), by=None if is_done else DecorationJob.state),
        ),
        fields=(
            Words(N_("Order"), said_in(DecorationJob.about), hint="O-…"),
            accounts.by_firm(reader, DecorationJob.firm_id),
            *([] if is_done else [by_state(DecorationJob.state, to_do)]),
            Days("due", N_("Ready by"), DecorationJob.due_on),
        ),
        first="" if is_done else "due",
    )


def due_first(reader: Reader, limit: int) -> Sequence[DecorationJob]:
    """Return the jobs to do that are due first, `limit` of them."""
    to_do = select(DecorationJob).where(DecorationJob.state != DecorationState.DONE)
    return reader.scalars(to_do.order_by(DecorationJob.due_on, DecorationJob.id).limit(limit)).all()


def open_count(reader: Reader) -> int:
    """Return how many jobs are to be done, counted as far as a page needs it."""
    return bounded_count(reader, select(DecorationJob.id).where(DecorationJob.state != DecorationState.DONE))


def _of(source: Source) -> tuple[ColumnElement[bool], ...]:
    return (DecorationJob.source_kind == source[0], DecorationJob.source_id == source[1])
