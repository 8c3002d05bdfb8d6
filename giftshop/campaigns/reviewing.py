"""The three verdicts on a nominee: service manager, sales manager, planning. Each by its role, none on one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from giftshop import audit
from giftshop.campaigns.errors import (
    AlreadyJudged,
    GradeMissing,
    NothingJudged,
    NotYourStep,
    OwnNomination,
    ReasonMissing,
)
from giftshop.campaigns.models import Campaign, Grade, Nominee, NomineePerson, Review
from giftshop.campaigns.nominating import check_year
from giftshop.campaigns.queries import NOMINEE
from giftshop.campaigns.rules import BEFORE, ROLE_OF, Step, after
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import DomainError, Missing
from giftshop.kernel.market import GiftRules


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody says of one nominee."""

    nominee_id: int
    is_yes: bool
    reason: str = ""
    grade_id: int | None = None
    """For planning's yes."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of several judgements: how many were kept, and which were not, with the reason why."""

    accepted: int
    turned_down: int
    skipped: Sequence[tuple[int, DomainError]]


def judge(
    tx: Transaction,
    firm_id: int,
    step: Step,
    judgements: Sequence[Judgement],
    *,
    rules: GiftRules,
    by: Actor,
    at: datetime,
) -> Outcome:
    """Keep somebody's verdicts of one step. One that cannot be kept is skipped and named; the others stand.

    Raises NotYourStep for another role, NothingJudged for an empty list.
    """
    if not by.has(ROLE_OF[step]):
        raise NotYourStep
    if not judgements:
        raise NothingJudged
    if step is Step.PLANNING:
        _hold_campaigns(tx, firm_id)
    skipped: list[tuple[int, DomainError]] = []
    kept: list[Judgement] = []
    for judgement in judgements:
        try:
            judge_one(tx, firm_id, step, judgement, rules=rules, by=by, at=at)
            kept.append(judgement)
        except DomainError as why:
            skipped.append((judgement.nominee_id, why))
    accepted = sum(judgement.is_yes for judgement in kept)
    return Outcome(accepted, len(kept) - accepted, skipped)


def judge_one(
    tx: Transaction, firm_id: int, step: Step, judgement: Judgement, *, rules: GiftRules, by: Actor, at: datetime
) -> None:
    """Keep one verdict, if the nominee waits for it: of two at the same moment, the first one counts.

    Raises OwnNomination, ReasonMissing, GradeMissing, OverTheYear or AlreadyJudged.
    """
    nominee = tx.get(Nominee, judgement.nominee_id, populate_existing=True)
    if nominee is None or nominee.firm_id != firm_id:
        raise Missing
    if nominee.nominated_by is not None and nominee.nominated_by == by.id:
        raise OwnNomination
    if not judgement.is_yes and not judgement.reason.strip():
        raise ReasonMissing
    values: dict[str, object] = {"state": after(step, is_yes=judgement.is_yes)}
    if step is Step.PLANNING and judgement.is_yes:
        values["grade_id"] = _grade_for(tx, nominee, judgement, rules).id
    waits = update(Nominee).where(Nominee.id == nominee.id, Nominee.state == BEFORE[step])
    if not tx.change(waits.values(**values)):
        raise AlreadyJudged
    verdict = Review(nominee_id=nominee.id, step=step, is_yes=judgement.is_yes, by=by.id, at=at)
    verdict.reason = judgement.reason.strip()
    tx.add(verdict)
    action = "campaigns.accept" if judgement.is_yes else "campaigns.turn_down"
    audit.record(tx, action, (NOMINEE, nominee.id), by=by, at=at, step=step.value)


def _grade_for(tx: Transaction, nominee: Nominee, judgement: Judgement, rules: GiftRules) -> Grade:
    grade = tx.get(Grade, judgement.grade_id) if judgement.grade_id else None
    if grade is None or grade.campaign_id != nominee.campaign_id:
        raise GradeMissing
    person = tx.get(NomineePerson, nominee.id)
    campaign = tx.get_one(Campaign, nominee.campaign_id)
    if person is not None:
        tx.flush()
        check_year(tx, campaign, person.phone, grade.price_minor or 0, rules, field=None)
    return grade


def _hold_campaigns(tx: Transaction, firm_id: int) -> None:
    """Let one decision of a firm follow the other: two at once would both find room under somebody's yearly cap."""
    tx.execute(select(Campaign.id).where(Campaign.firm_id == firm_id).order_by(Campaign.id).with_for_update())
