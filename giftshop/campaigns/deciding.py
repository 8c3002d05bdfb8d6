"""From verdicts to orders: contradictions answered, the decision closed, an order drawn up for each grade."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from giftshop import accounts, audit
from giftshop.campaigns import figures, queries
from giftshop.campaigns.contradictions import contradictions_of
from giftshop.campaigns.errors import (
    ContradictionGone,
    ContradictionsOpen,
    GiftMissing,
    NobodyAccepted,
    NotDecided,
    OnlyMended,
    SomeOverTheYear,
    StillWaiting,
    WordMissing,
)
from giftshop.campaigns.giving import Giving, Person, Wanted
from giftshop.campaigns.models import Answer, Campaign, Grade, Group
from giftshop.campaigns.planning import locked, locked_open
from giftshop.campaigns.queries import KIND, Entry
from giftshop.campaigns.rules import CampaignState, Handover
from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.market import GiftRules
from giftshop.kernel.money import Money


def answer(
    tx: Transaction, campaign_id: int, firm_id: int, key: str, word: str, *, today: date, by: Actor, at: datetime
) -> None:
    """Keep that a contradiction was read, and why it is all right. Good for its figures as they are.

    Raises ContradictionGone, OnlyMended, WordMissing, NotOpen.
    """
    campaign = locked_open(tx, campaign_id, firm_id)
    found = {each.key: each for each in contradictions_of(figures.plan_of(tx, campaign, today=today))}
    if key not in found:
        raise ContradictionGone
    if not found[key].is_answerable:
        raise OnlyMended
    if not word.strip():
        raise WordMissing(field="word")
    tx.add_new(Answer, campaign_id=campaign_id, key=key, word=word.strip(), by=by.id, at=at)
    audit.record(tx, "campaigns.answer", (KIND, campaign_id), by=by, at=at, contradiction=found[key].kind.value)


def close_decision(tx: Transaction, campaign_id: int, firm_id: int, *, today: date, by: Actor, at: datetime) -> None:
    """Close the decision: nobody waits, every contradiction is mended or answered, and it is known what is given.

    Raises StillWaiting, NobodyAccepted, ContradictionsOpen, GiftMissing, NotOpen.
    """
    campaign = locked_open(tx, campaign_id, firm_id)
    waiting = queries.waiting_in(tx, campaign_id)
    if waiting:
        raise StillWaiting(count=waiting)
    by_grade = _people_by_grade(tx, campaign)
    if not by_grade:
        raise NobodyAccepted
    _refuse_contradictions(tx, campaign, today)
    for grade, _people in by_grade:
        if grade.gift is None:
            raise GiftMissing(grade=grade.name)
    campaign.state, campaign.decided_at = CampaignState.DECIDED, at
    audit.record(tx, "campaigns.close_decision", (KIND, campaign_id), by=by, at=at)


def reopen(tx: Transaction, campaign_id: int, firm_id: int, *, by: Actor, at: datetime) -> None:
    """Take a decision back before anything is ordered, to mend the plan. Raises NotDecided."""
    campaign = locked(tx, campaign_id, firm_id)
    if campaign.state is not CampaignState.DECIDED:
        raise NotDecided
    campaign.state, campaign.decided_at = CampaignState.OPEN, None
    audit.record(tx, "campaigns.reopen", (KIND, campaign_id), by=by, at=at)


def order(
    tx: Transaction,
    campaign_id: int,
    firm_id: int,
    giving: Giving,
    *,
    rules: GiftRules,
    today: date,
    by: Actor,
    at: datetime,
) -> int:
    """Have an order drawn up for each grade's people, and keep its number on the grade. Returns how many there are.

    Raises NotDecided (an order is drawn up once), ContradictionsOpen, SomeOverTheYear, GiftMissing, GiftNotOffered.
    """
    campaign = locked(tx, campaign_id, firm_id)
    if campaign.state is not CampaignState.DECIDED:
        raise NotDecided
    _refuse_contradictions(tx, campaign, today)
    _refuse_over_the_year(tx, campaign, rules)
    by_grade = _people_by_grade(tx, campaign)
    for grade, people in by_grade:
        if grade.gift is None:
            raise GiftMissing(grade=grade.name)
        grade.order_number = giving.draw_up(tx, _wanted(tx, campaign, grade, grade.gift, people), by=by, at=at)
    campaign.state, campaign.ordered_at = CampaignState.ORDERED, at
    audit.record(tx, "campaigns.order", (KIND, campaign_id), by=by, at=at, orders=len(by_grade))
    return len(by_grade)


def _refuse_contradictions(tx: Transaction, campaign: Campaign, today: date) -> None:
    unanswered = figures.open_contradictions(tx, campaign, today=today)
    if unanswered:
        raise ContradictionsOpen(count=len(unanswered))


def _refuse_over_the_year(reader: Reader, campaign: Campaign, rules: GiftRules) -> None:
    """A price may have changed after somebody was accepted at it, so what a year allows is looked at once more."""
    entries = [entry for entry in queries.accepted_entries(reader, campaign.id) if entry.person]
    phones = [entry.person.phone for entry in entries if entry.person]
    given = queries.given_in_year(reader, campaign.firm_id, phones, campaign.window.last_day.year)
    over = [e.name for e in entries if e.person and given.get(e.person.phone, 0) > rules.yearly_cap_minor]
    if over:
        cap = Money(rules.yearly_cap_minor, campaign.currency)
        raise SomeOverTheYear(names=", ".join(over[:5]) + (" …" if len(over) > 5 else ""), cap=cap)


def _people_by_grade(tx: Transaction, campaign: Campaign) -> list[tuple[Grade, list[Person]]]:
    """Return each grade that somebody was accepted into, with its people."""
    groups = {group.id: group for group in queries.groups_of(tx, campaign.id)}
    people: dict[int, list[Person]] = {}
    for entry in queries.accepted_entries(tx, campaign.id):
        if entry.person and entry.nominee.grade_id:
            person = _person(entry, groups[entry.nominee.group_id])
            people.setdefault(entry.nominee.grade_id, []).append(person)
    return [(grade, people[grade.id]) for grade in queries.grades_of(tx, campaign.id) if grade.id in people]


def _person(entry: Entry, group: Group) -> Person:
    known = entry.person
    assert known is not None  # noqa: S101 -- the caller leaves out those who were erased
    is_on_site = group.handover is Handover.ON_SITE
    return Person(entry.nominee.id, known.name, known.phone, known.address, group.name, is_on_site)


def _wanted(tx: Transaction, campaign: Campaign, grade: Grade, gift: str, people: Sequence[Person]) -> Wanted:
    firm = accounts.firm(tx, campaign.firm_id)
    return Wanted(
        firm_id=firm.id,
        gift=gift,
        grade=grade.name,
        people=people,
        sender_name=firm.name,
        occasion=campaign.occasion,
        greeting=campaign.greeting,
        locale=firm.locale,
        is_surprise=campaign.is_surprise,
        first_day=campaign.window.first_day,
        last_day=campaign.window.last_day,
    )
