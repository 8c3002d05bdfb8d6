"""Commands on print runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from giftshop import accounts, audit, cards, jobs
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Missing
from giftshop.paper import PrintedCount
from giftshop.production.delivery import AS_PAGES, Delivery, Medium
from giftshop.production.errors import (
    HouseNotThere,
    KeyExpired,
    KeyNeeded,
    NeverFetched,
    NoAllowance,
    NobodyAsked,
    NotReady,
    NotWaiting,
    ReasonMissing,
    SamePerson,
)
from giftshop.production.fitting import refuse_unless_fits
from giftshop.production.models import PrintFetch, PrintHouse, PrintRun
from giftshop.production.rules import PrintRunState
from giftshop.production.wording import design_of_run, refuse_unapproved_run

PRINT = "production.print"
"""The job that writes a print file."""
DISCARD = "production.discard"
"""The job that removes a print file after the print house has it."""
SUBJECT = "print_run"


@dataclass(frozen=True, slots=True)
class BatchPrinted:
    """The print house has the file of a batch; its codes exist on paper only."""

    batch_id: int
    programme_id: int


def await_printing(tx: Transaction, news: cards.BatchIssued, *, at: datetime) -> None:
    """Put an issued batch on the list of what is to be printed; e-cards never are."""
    if cards.batch(tx, news.batch_id).is_digital:
        return
    tx.add(PrintRun(batch_id=news.batch_id, programme_id=news.programme_id, created_at=at))


def start(
    tx: Transaction,
    run_id: int,
    reason: str,
    *,
    delivery: Delivery = AS_PAGES,
    house_id: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Open a batch for printing, for a reason, and have its file written; `by` may then fetch it once.

    `delivery` is how the print house `house_id` wants it this time; without a house it is printed on our own press.

    Raises ReasonMissing, NotWaiting, ProofMissing, ProofChanged, NoSuchSheet, DoesNotFit, HouseNotThere, KeyNeeded,
    KeyExpired, and what `cards.open_for_print` raises.
    """
    if not reason.strip():
        raise ReasonMissing(field="reason")
    run = _locked(tx, run_id)
    if not run.can_start:
        raise NotWaiting
    refuse_unapproved_run(tx, run)
    refuse_unless_fits(design_of_run(tx, run), delivery)
    certificate = certificate_for(_house_to_choose(tx, house_id), delivery, at=at)
    if run.opening_id is None:  # a run that was refused printed nothing, so its permission still stands
        run.opening_id = cards.open_for_print(tx, run.batch_id, reason=reason, by=by, at=at)
    run.state, run.allowed_to = PrintRunState.PRINTING, by.id
    run.refusal, run.refusal_facts = "", None
    run.reason, run.agreed_by = reason.strip(), None
    run.house_id, run.delivery = house_id, delivery.kept()
    run.fingerprint = certificate.fingerprint if certificate else None
    run.started_at, run.written = at, 0
    audit.record(
        tx,
        "production.start",
        (SUBJECT, run_id),
        by=by,
        at=at,
        house=house_id,
        medium=delivery.medium,
        certificate=run.fingerprint,
    )
    jobs.enqueue(tx, PRINT, {"run_id": run_id})


def certificate_for(house: PrintHouse | None, delivery: Delivery, *, at: datetime) -> PrintHouse | None:
    """Return the house whose certificate a delivery is encrypted to; None for pages, which are not.

    Raises KeyNeeded, KeyExpired.
    """
    if delivery.medium is not Medium.DATA:
        return None
    if house is None or house.certificate is None or house.certificate_until is None:
        raise KeyNeeded(field="medium")
    if house.certificate_until <= at:
        raise KeyExpired(field="medium")
    return house


def note_written(tx: Transaction, run_id: int, cards_so_far: int) -> None:
    """Tell how many cards of a file are written."""
    printing = (PrintRun.id == run_id, PrintRun.state == PrintRunState.PRINTING)
    tx.change(update(PrintRun).where(*printing).values(written=cards_so_far))


def note_ready(tx: Transaction, run_id: int, printed: PrintedCount, *, at: datetime) -> None:
    """The file is written and sealed."""
    ready = (
        update(PrintRun)
        .where(PrintRun.id == run_id, PrintRun.state == PrintRunState.PRINTING)
        .values(
            state=PrintRunState.READY,
            cards=printed.cards,
            written=printed.cards,
            pages=printed.pages,
            size_bytes=printed.size_bytes,
            sha256=printed.sha256,
            ready_at=at,
        )
    )
    tx.change(ready)


def note_refused(tx: Transaction, run_id: int, why: str, facts: Mapping[str, object] | None = None) -> None:
    """Something on a card cannot be printed: `why` is a message to be translated, with places for `facts`."""
    plain = {name: fact if isinstance(fact, int | float) else str(fact) for name, fact in (facts or {}).items()}
    tx.change(
        update(PrintRun)
        .where(PrintRun.id == run_id, PrintRun.state == PrintRunState.PRINTING)
        .values(state=PrintRunState.REFUSED, refusal=why, refusal_facts=plain)
    )


def fetch(tx: Transaction, run_id: int, *, by: Actor, at: datetime) -> int:
    """Use the permission to fetch the file, once. Returns the opening it may be unsealed under.

    Raises NotReady, or NoAllowance when somebody fetched it before.
    """
    taken = tx.change(
        update(PrintRun)
        .where(PrintRun.id == run_id, PrintRun.state == PrintRunState.READY, PrintRun.allowed_to == by.id)
        .values(allowed_to=None, fetched=PrintRun.fetched + 1)
    )
    run = _locked(tx, run_id)
    if not taken:
        raise NotReady if run.state is not PrintRunState.READY else NoAllowance
    tx.add(
        PrintFetch(
            run_id=run_id,
            number=run.fetched,
            fetched_by=by.id,
            agreed_by=run.agreed_by,
            reason=run.reason,
            fetched_at=at,
        )
    )
    audit.record(tx, "production.fetch", (SUBJECT, run_id), by=by, at=at, times=run.fetched)
    return run.opening_id or 0


def ask_again(tx: Transaction, run_id: int, reason: str, *, by: Actor, at: datetime) -> None:
    """Ask to fetch the file once more; a second person of production has to agree."""
    if not reason.strip():
        raise ReasonMissing(field="reason")
    run = _locked(tx, run_id)
    if run.state is not PrintRunState.READY:
        raise NotReady
    run.asked_by, run.asked_reason = by.id, reason.strip()
    audit.record(tx, "production.ask_again", (SUBJECT, run_id), by=by, at=at)


def agree(tx: Transaction, run_id: int, *, by: Actor, at: datetime) -> None:
    """The second person's yes: whoever asked may fetch the file once more. Raises NobodyAsked, SamePerson."""
    run = _locked(tx, run_id)
    if run.asked_by is None or run.state is not PrintRunState.READY:
        raise NobodyAsked
    if run.asked_by == by.id:
        raise SamePerson
    asker = accounts.person(tx, run.asked_by).actor
    run.opening_id = cards.open_for_print(tx, run.batch_id, reason=run.asked_reason, by=asker, witness=by, at=at)
    run.reason, run.agreed_by = run.asked_reason, by.id
    run.allowed_to, run.asked_by, run.asked_reason = run.asked_by, None, ""
    audit.record(tx, "production.agree", (SUBJECT, run_id), by=by, at=at)


def confirm(tx: Transaction, run_id: int, *, by: Actor, at: datetime) -> None:
    """The print house has the file: destroy codes, key and file, and tell BatchPrinted. Repeating it changes nothing.

    Raises NeverFetched, NotReady.
    """
    run = _locked(tx, run_id)
    if run.state is PrintRunState.CONFIRMED:
        return
    if run.state is not PrintRunState.READY:
        raise NotReady
    if not run.fetched:
        raise NeverFetched
    run.state, run.confirmed_by, run.confirmed_at = PrintRunState.CONFIRMED, by.id, at
    run.allowed_to = run.asked_by = None
    tx.flush()
    cards.mark_printed(tx, run.batch_id, by=by, at=at)
    cards.destroy_secrets(tx, run.batch_id, by=by, at=at)
    audit.record(tx, "production.confirm", (SUBJECT, run_id), by=by, at=at)
    jobs.enqueue(tx, DISCARD, {"run_id": run_id})
    tx.publish(BatchPrinted(run.batch_id, run.programme_id))


def note_discarded(tx: Transaction, run_id: int, *, at: datetime) -> None:
    """The sealed file of a confirmed run is off the disk. Telling it again changes nothing."""
    gone = (PrintRun.id == run_id, PrintRun.state == PrintRunState.CONFIRMED, PrintRun.discarded_at.is_(None))
    tx.change(update(PrintRun).where(*gone).values(discarded_at=at))


def _house_to_choose(tx: Transaction, house_id: int | None) -> PrintHouse | None:
    if house_id is None:
        return None
    house = tx.get(PrintHouse, house_id)
    if house is None or not house.is_active:
        raise HouseNotThere(field="house")
    return house


def _locked(tx: Transaction, run_id: int) -> PrintRun:
    run = tx.get(PrintRun, run_id, with_for_update=True, populate_existing=True)
    if run is None:
        raise Missing
    return run
