"""Adding everything up again, and comparing: the whole promise of the books, and what does not keep it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import func, literal, select, union_all

from giftshop import alarms, audit, cards, jobs, ledger
from giftshop.alarms import AlarmKind
from giftshop.cards import Card, Difference, Promise
from giftshop.db import Reader, Transaction
from giftshop.jobs import Job, JobRun
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM, Actor
from giftshop.kernel.money import Money
from giftshop.ledger import Account, Posting
from giftshop.liability.models import Proof
from giftshop.payments import Payment, PaymentState

PROVE: Final = "liability.prove"
NIGHT: Final = time(2, 30)
"""When the books are proved, on the operator's clock: nobody closes them earlier, and few redeem."""
KEPT: Final = 100
"""Differences that a proof keeps. With more of them the first tell as much."""
ON_TOP: Final = "redemption"
"""What payments and postings call what a holder paid on top of a card."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a proof found."""

    cards: int
    found: int
    differences: Sequence[Difference]
    """The first of them."""


def differences(reader: Reader) -> Iterator[Difference]:
    """Yield whatever does not keep a promise: entries, cards, batches, settlements, payments on top."""
    for each in ledger.imbalances(reader):
        zero, off = Money.zero(each.currency), Money(each.sum_minor, each.currency)
        yield Difference(_entry_name(reader, each.entry), zero, off, Promise.ENTRY, _card_of(reader, each.entry))
    yield from cards.differences(reader)
    yield from _of_payments_on_top(reader)


def prove(reader: Reader) -> Outcome:
    """Add up everything again. Reads every posting and card a few times; keeps a hundred differences at most."""
    kept: list[Difference] = []
    found = 0
    for difference in differences(reader):
        found += 1
        if len(kept) < KEPT:
            kept.append(difference)
    count = int(reader.scalar(select(func.count()).select_from(Card)) or 0)
    return Outcome(count, found, kept)


def keep(tx: Transaction, outcome: Outcome, *, by: Actor, at: datetime) -> int:
    """Keep what a proof found, raise an alarm for each card or other thing that differs, and return the proof's id."""
    proof = Proof(
        proved_at=at,
        cards=outcome.cards,
        found=outcome.found,
        differences=[_told(each) for each in outcome.differences],
    )
    tx.add(proof)
    tx.flush()
    for name, difference in {each.name: each for each in outcome.differences}.items():
        subject = ("card", difference.card_id) if difference.card_id else ("ledger", alarms.number_of(name))
        alarms.raise_alarm(tx, AlarmKind.LEDGER_DIFFERENCE, subject, facts=_facts(difference), at=at)
    audit.record(tx, "liability.prove", ("proof", proof.id), by=by, at=at, found=outcome.found)
    return proof.id


def prove_now(run: JobRun) -> None:
    """Job: prove the books, and keep what was found."""
    with run.reading() as reader:
        outcome = prove(reader)
    run.transact(keep, outcome, by=SYSTEM, at=run.at)


def promise_nightly(tx: Transaction, at: datetime, *, time_zone: str) -> None:
    """Round of the worker: promise the proof of the coming night, once for each day of the operator's calendar."""
    day = night_of(at, time_zone)
    key = f"{PROVE}/{day.isoformat()}"
    if tx.scalar(select(Job.id).where(Job.key == key)) is None:
        begins = datetime.combine(day, NIGHT, ZoneInfo(time_zone))
        jobs.enqueue(tx, PROVE, {}, key=key, at=begins.astimezone(at.tzinfo))


def ask_for_proof(tx: Transaction, *, by: Actor, at: datetime) -> None:
    """Have the books proved now, by the worker."""
    job_id = jobs.enqueue(tx, PROVE, {}, at=at)
    audit.record(tx, "liability.ask_for_proof", ("job", job_id), by=by, at=at)


def night_of(at: datetime, time_zone: str) -> date:
    """Return the day whose night comes next, or is: one that was slept through is made up for in the next."""
    local = at.astimezone(ZoneInfo(time_zone))
    return clock.local_day(at, time_zone) if local.time() < NIGHT else local.date() + timedelta(days=1)


def last_proof(reader: Reader) -> Proof | None:
    """Return the newest proof, if the books were ever proved."""
    return reader.scalar(select(Proof).order_by(Proof.id.desc()).limit(1))


def last_proofs(reader: Reader, *, limit: int = 14) -> Sequence[Proof]:
    """Return the newest proofs, the last one first."""
    return reader.scalars(select(Proof).order_by(Proof.id.desc()).limit(limit)).all()


def _of_payments_on_top(reader: Reader) -> Iterator[Difference]:
    """What holders paid on top, by what payments say and by what was posted: both sides in one sum."""
    posted = select(
        Posting.subject_id.label("redemption_id"),
        Posting.currency.label("currency"),
        Posting.card_id.label("card_id"),
        literal(0).label("says"),
        Posting.amount_minor.label("posted"),
    ).where(Posting.account == Account.RECEIVED)
    paid = select(
        Payment.payable_id, Payment.currency, literal(None, Posting.card_id.type), Payment.amount_minor, literal(0)
    ).where(Payment.payable_kind == ON_TOP, Payment.state == PaymentState.SETTLED)
    both = union_all(posted, paid).subquery("both")
    says, there = func.sum(both.c.says), func.sum(both.c.posted)
    off = (
        select(both.c.redemption_id, both.c.currency, func.max(both.c.card_id), says, there)
        .group_by(both.c.redemption_id, both.c.currency)
        .having(says != there)
        .order_by(both.c.redemption_id)
    )
    for redemption_id, currency, card_id, paid_minor, posted_minor in reader.execute(off):
        serial = cards.serials_by_id(reader, [card_id]).get(card_id) if card_id else None
        name = f"card {serial}" if serial else f"redemption {redemption_id}"
        yield Difference(
            name, Money(int(paid_minor), currency), Money(int(posted_minor), currency), Promise.ON_TOP, card_id
        )


def _entry_name(reader: Reader, entry: str) -> str:
    card_id = _card_of(reader, entry)
    serial = cards.serials_by_id(reader, [card_id]).get(card_id) if card_id else None
    return f"card {serial}, entry {entry}" if serial else f"entry {entry}"


def _card_of(reader: Reader, entry: str) -> int | None:
    return reader.scalar(select(func.min(Posting.card_id)).where(Posting.entry == entry))


def _told(difference: Difference) -> dict[str, Any]:
    return {**_facts(difference), "card_id": difference.card_id}


def _facts(difference: Difference) -> dict[str, str | int]:
    return {
        "promise": str(difference.promise),
        "name": difference.name,
        "says_minor": difference.says.amount_minor,
        "posted_minor": difference.posted.amount_minor,
        "currency": difference.posted.currency,
    }
