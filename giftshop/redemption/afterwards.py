"""What a recipient has to say: something is wrong, or thank you."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from giftshop import audit
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.redemption.errors import AlreadyThanked, NoteMissing, NotRedeemed, ProblemNotThere, TooManyProblems
from giftshop.redemption.models import Problem, Redemption, ThankYou
from giftshop.redemption.queries import open_problem_count
from giftshop.redemption.rules import LONGEST_NOTE, MOST_PROBLEMS, ProblemKind


def report(tx: Transaction, card_id: int, kind: ProblemKind, note: str, *, by: Actor, at: datetime) -> int:
    """Tell the hotline that something is wrong. Returns the report's id. Raises NoteMissing, TooManyProblems."""
    if not note.strip():
        raise NoteMissing(field="note")
    if open_problem_count(tx, card_id) >= MOST_PROBLEMS:
        raise TooManyProblems
    problem = Problem(card_id=card_id, kind=kind, note=note.strip()[:LONGEST_NOTE], reported_at=at)
    tx.add(problem)
    tx.flush()
    audit.record(tx, "redemption.report", ("problem", problem.id), by=by, at=at, kind=kind.value)
    return problem.id


def close(tx: Transaction, problem_id: int, *, by: Actor, at: datetime) -> None:
    """Note that somebody of the staff has seen to a report. Raises ProblemNotThere."""
    waiting = (Problem.id == problem_id, Problem.closed_at.is_(None))
    if not tx.change(update(Problem).where(*waiting).values(closed_at=at, closed_by=by.id)):
        raise ProblemNotThere
    audit.record(tx, "redemption.close_problem", ("problem", problem_id), by=by, at=at)


def reopen(tx: Transaction, problem_id: int, *, by: Actor, at: datetime) -> None:
    """Let a report wait again that was closed by mistake. Raises ProblemNotThere when it waits already."""
    closed = (Problem.id == problem_id, Problem.closed_at.is_not(None))
    if not tx.change(update(Problem).where(*closed).values(closed_at=None, closed_by=None)):
        raise ProblemNotThere
    audit.record(tx, "redemption.reopen_problem", ("problem", problem_id), by=by, at=at)


def thank(tx: Transaction, redemption_id: int, words: str, signed: str, *, by: Actor, at: datetime) -> int:
    """Pass a thank-you on to the sender. Returns the redemption's id. Raises NoteMissing, AlreadyThanked."""
    if not words.strip():
        raise NoteMissing(field="words")
    programme_id = tx.scalar(select(Redemption.programme_id).where(Redemption.id == redemption_id))
    if programme_id is None:
        raise NotRedeemed
    note = ThankYou(
        redemption_id=redemption_id,
        programme_id=programme_id,
        words=words.strip()[:LONGEST_NOTE],
        signed=" ".join(signed.split())[:60],
        written_at=at,
    )
    tx.add(note)
    tx.flush_or(AlreadyThanked())
    audit.record(tx, "redemption.thank", ("redemption", redemption_id), by=by, at=at)
    return redemption_id
