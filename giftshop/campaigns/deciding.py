"""From verdicts to orders: contradictions answered, the decision closed, an order drawn up for each grade."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

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
from giftshop.campaigns.models import Answer, Campaign, DrawnOrder, Grade, Group
from giftshop.campaigns.planning import locked, locked_open
from giftshop.campaigns.queries import KIND, Entry
from giftshop.campaigns.rules import CampaignState, Handover
from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.clock import end_of_day
from giftshop.kernel.lunar import LunarDay
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
    zone: str,
    by: Actor,
    at: datetime,
) -> int:
    """Have orders drawn up for each grade's people, and keep their numbers. Returns how many orders there are.

    Raises NotDecided (they are drawn up once), ContradictionsOpen, SomeOverTheYear, GiftMissing, GiftNotOffered,
    GiftPriceChanged.
    """
    campaign = locked(tx, campaign_id, firm_id)
    if campaign.state is not CampaignState.DECIDED:
        raise NotDecided
    _refuse_contradictions(tx, campaign, today)
    _refuse_over_the_year(tx, campaign, rules)
    count = 0
    for grade, people in _people_by_grade(tx, campaign):
        wanted = _wanted(tx, campaign, grade, people, zone)
        for drawn in giving.draw_up(tx, wanted, by=by, at=at):
            tx.add(DrawnOrder(grade_id=grade.id, number=drawn.number, is_on_site=drawn.is_on_site))
            count += 1
    campaign.state, campaign.ordered_at = CampaignState.ORDERED, at
    audit.record(tx, "campaigns.order", (KIND, campaign_id), by=by, at=at, orders=count)
    return count


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


def _wanted(tx: Transaction, campaign: Campaign, grade: Grade, people: Sequence[Person], zone: str) -> Wanted:
    if grade.gift is None or grade.price_minor is None:
        raise GiftMissing(grade=grade.name)
    firm = accounts.firm(tx, campaign.firm_id)
    return Wanted(
        firm_id=firm.id,
        gift=grade.gift,
        price=Money(grade.price_minor, campaign.currency),
        grade=grade.name,
        people=people,
        sender_name=firm.name,
        occasion=campaign.occasion,
        greeting=campaign.greeting,
        locale=firm.locale,
        is_surprise=campaign.is_surprise,
        first_day=campaign.window.first_day,
        arrives_by=campaign.window.ends_at(zone),
        on_site_by=_on_site_by(tx, campaign, {person.group for person in people if person.is_on_site}, zone),
    )


def _on_site_by(reader: Reader, campaign: Campaign, visiting: Collection[str], zone: str) -> datetime:
    """Return the end of the day before anybody of these groups visits; of the window, where no visits are written."""
    first = campaign.window.first_day
    groups = [group for group in queries.groups_of(reader, campaign.id) if group.name in visiting]
    visits = [LunarDay.numbered(group.visits_from).in_year(campaign.year) for group in groups if group.visits_from]
    return end_of_day(min(visits, default=first) - timedelta(days=1), zone)
