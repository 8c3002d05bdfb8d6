"""Reads of campaigns. Every one of a firm goes through the firm."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Select, func, select

from giftshop.campaigns.errors import LinkNotThere
from giftshop.campaigns.links import NominationLink
from giftshop.campaigns.models import (
    Campaign,
    DrawnOrder,
    Grade,
    Group,
    NominationList,
    Nominee,
    NomineePerson,
    Review,
    VisitHandover,
)
from giftshop.campaigns.rules import BEFORE, CampaignState, NomineeState, Step
from giftshop.db import Reader
from giftshop.kernel.errors import Missing
from giftshop.kernel.locale import N_
from giftshop.listing import Column, Listing, Words, by_state, said_in
from giftshop.paging import Page, bounded_count, keyset_page

KIND: Final = "campaign"
"""What campaigns call themselves to audit."""
NOMINEE: Final = "nominee"
"""What nominees call themselves there."""

IS_ERASED: Final = NomineePerson.name == ""
"""Nothing of them is left but a phone, for as long as what they were given counts for the year."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A nominee, and who that is: None once that was erased."""

    nominee: Nominee
    person: NomineePerson | None

    @property
    def name(self) -> str:
        """What they are called."""
        return self.person.name if self.person else "–"


def campaign_of(reader: Reader, campaign_id: int, firm_id: int) -> Campaign:
    """Return a firm's campaign. Raises Missing."""
    found = reader.get(Campaign, campaign_id)
    if found is None or found.firm_id != firm_id:
        raise Missing
    return found


def campaigns_page(reader: Reader, firm_id: int, *, after: str | None = None) -> Page[Campaign]:
    """Return a firm's campaigns, newest first."""
    return keyset_page(reader, select(Campaign).where(Campaign.firm_id == firm_id), Campaign.id, after=after)


def campaigns_list(firm_id: int, states: Mapping[CampaignState, str]) -> Listing[Campaign]:
    """Return the list of a firm's campaigns, newest first; `states` call by name how far they are.

    A firm has few. Windows are kept as lunar days, which sort within a year; people are counted for the page.
    """
    return Listing(
        "campaigns",
        select(Campaign).where(Campaign.firm_id == firm_id),
        Campaign.id,
        columns=(
            Column("name", N_("Campaign"), by=Campaign.name),
            Column("window", N_("Window"), by=Campaign.year * 10_000 + Campaign.starts, falls=True),
            Column("nominated", N_("Nominated"), "number"),
            Column("accepted", N_("Accepted"), "number"),
            Column("state", N_("State"), by=Campaign.state),
        ),
        fields=(
            Words(
                N_("Campaign or occasion"),
                said_in(Campaign.name, Campaign.occasion),
            ),
            by_state(Campaign.state, states),
        ),
    )


def open_campaigns(reader: Reader, firm_id: int, *, today: date) -> Sequence[Campaign]:
    """Return a firm's campaigns that somebody can still be nominated for, newest first."""
    taking = select(Campaign).where(
        Campaign.firm_id == firm_id, Campaign.state == CampaignState.OPEN, Campaign.closes_on >= today
    )
    return reader.scalars(taking.order_by(Campaign.id.desc())).all()


def campaigns_by_id(reader: Reader, ids: Collection[int]) -> dict[int, Campaign]:
    """Return those of `ids` that exist, in one query."""
    return {each.id: each for each in reader.scalars(select(Campaign).where(Campaign.id.in_(ids)))} if ids else {}


def campaign_of_link(reader: Reader, link: NominationLink | None, *, today: date) -> Campaign:
    """Return the campaign that a link lets nominate for. Raises LinkNotThere: forged, revoked or over alike."""
    found = reader.get(Campaign, link.campaign_id) if link and link.campaign_id < 2**63 else None
    if found is None or link is None or not found.has_link or found.link_version != link.version:
        raise LinkNotThere
    if found.state is not CampaignState.OPEN or today > found.closes_on:
        raise LinkNotThere
    return found


def groups_of(reader: Reader, campaign_id: int) -> Sequence[Group]:
    """Return a campaign's groups, in the order they were drawn up."""
    return reader.scalars(select(Group).where(Group.campaign_id == campaign_id).order_by(Group.id)).all()


def grades_of(reader: Reader, campaign_id: int) -> Sequence[Grade]:
    """Return a campaign's grades, in the order they were drawn up."""
    return reader.scalars(select(Grade).where(Grade.campaign_id == campaign_id).order_by(Grade.id)).all()


def orders_by_grade(reader: Reader, campaign_id: int) -> dict[int, list[DrawnOrder]]:
    """Return the orders that were drawn up for each of a campaign's grades."""
    wanted = select(DrawnOrder).join(Grade, Grade.id == DrawnOrder.grade_id).where(Grade.campaign_id == campaign_id)
    found: dict[int, list[DrawnOrder]] = {}
    for drawn in reader.scalars(wanted.order_by(DrawnOrder.id)):
        found.setdefault(drawn.grade_id, []).append(drawn)
    return found


def groups_by_id(reader: Reader, campaign_ids: Collection[int]) -> dict[int, Group]:
    """Return the groups of several campaigns by their ids, in one query."""
    wanted = select(Group).where(Group.campaign_id.in_(campaign_ids))
    return {group.id: group for group in reader.scalars(wanted)} if campaign_ids else {}


def grades_by_campaign(reader: Reader, campaign_ids: Collection[int]) -> dict[int, list[Grade]]:
    """Return the grades of several campaigns, in one query."""
    found: dict[int, list[Grade]] = {campaign_id: [] for campaign_id in campaign_ids}
    wanted = select(Grade).where(Grade.campaign_id.in_(campaign_ids)).order_by(Grade.id)
    for grade in reader.scalars(wanted) if campaign_ids else ():
        found[grade.campaign_id].append(grade)
    return found


def entries_page(
    reader: Reader,
    campaign_id: int,
    *,
    state: NomineeState | None = None,
    nominated_by: int | None = None,
    after: str | None = None,
) -> Page[Entry]:
    """Return a campaign's nominees, newest first; those of one member only, where that is asked."""
    statement = select(Nominee).where(Nominee.campaign_id == campaign_id)
    if state is not None:
        statement = statement.where(Nominee.state == state)
    if nominated_by is not None:
        statement = statement.where(Nominee.nominated_by == nominated_by)
    page = keyset_page(reader, statement, Nominee.id, after=after)
    return Page(_with_people(reader, page.rows), page.next)


def waiting_page(reader: Reader, firm_id: int, step: Step, *, after: str | None = None) -> Page[Entry]:
    """Return the nominees of a firm that wait for a verdict, those who wait longest first."""
    page = keyset_page(reader, _waiting(firm_id, step), Nominee.id, after=after, descending=False)
    return Page(_with_people(reader, page.rows), page.next)


def count_waiting(reader: Reader, firm_id: int, step: Step) -> int:
    """Return how many of a firm's nominees wait for a verdict, counted as far as a page needs it."""
    return bounded_count(reader, _waiting(firm_id, step))


def reviews_by_nominee(reader: Reader, nominee_ids: Collection[int]) -> dict[int, list[Review]]:
    """Return what each reviewer said of these nominees, in one query."""
    found: dict[int, list[Review]] = {nominee_id: [] for nominee_id in nominee_ids}
    wanted = select(Review).where(Review.nominee_id.in_(nominee_ids)).order_by(Review.id)
    for review in reader.scalars(wanted) if nominee_ids else ():
        found[review.nominee_id].append(review)
    return found


def entry_of(reader: Reader, campaign_id: int, nominee_id: int) -> Entry:
    """Return one nominee of a campaign. Raises Missing."""
    found = reader.get(Nominee, nominee_id)
    if found is None or found.campaign_id != campaign_id:
        raise Missing
    return _with_people(reader, [found])[0]


def names_of(reader: Reader, nominee_ids: Collection[int]) -> dict[int, str]:
    """Return what these nominees are called, in one query."""
    wanted = select(NomineePerson.nominee_id, NomineePerson.name).where(NomineePerson.nominee_id.in_(nominee_ids))
    return dict(reader.execute(wanted).all()) if nominee_ids else {}


def accepted_entries(reader: Reader, campaign_id: int, *, group_ids: Collection[int] | None = None) -> list[Entry]:
    """Return everybody accepted, of all groups or of some, in the order they were nominated."""
    wanted = select(Nominee).where(Nominee.campaign_id == campaign_id, Nominee.state == NomineeState.ACCEPTED)
    if group_ids is not None:
        wanted = wanted.where(Nominee.group_id.in_(group_ids))
    return _with_people(reader, reader.scalars(wanted.order_by(Nominee.id)).all())


def handovers_of(reader: Reader, campaign_id: int) -> dict[int, VisitHandover]:
    """Return what was handed over on site, by nominee."""
    wanted = (
        select(VisitHandover)
        .join(Nominee, Nominee.id == VisitHandover.nominee_id)
        .where(Nominee.campaign_id == campaign_id)
    )
    return {handed.nominee_id: handed for handed in reader.scalars(wanted)}


def list_of(reader: Reader, campaign_id: int, user_id: int) -> NominationList | None:
    """Return the list that waits for this person's yes."""
    return reader.get(NominationList, (campaign_id, user_id))


def people_nominated(reader: Reader, campaign_id: int) -> list[NomineePerson]:
    """Return everybody who was nominated, for holding a list against."""
    return list(reader.scalars(select(NomineePerson).where(NomineePerson.campaign_id == campaign_id)))


def given_in_year(reader: Reader, firm_id: int, phones: Collection[str], year: int) -> dict[str, int]:
    """Return what a firm gives in that calendar year to whoever has each phone, by its accepted nominees."""
    wanted = (
        select(NomineePerson.phone, Grade.price_minor, Campaign)
        .join(Nominee, Nominee.id == NomineePerson.nominee_id)
        .join(Grade, Grade.id == Nominee.grade_id)
        .join(Campaign, Campaign.id == Nominee.campaign_id)
        .where(Campaign.firm_id == firm_id, NomineePerson.phone.in_(phones))
    )
    given: dict[str, int] = {}
    for phone, price, campaign in reader.execute(wanted) if phones else ():
        if campaign.window.last_day.year == year:
            given[phone] = given.get(phone, 0) + (price or 0)
    return given


def counts_by_state(reader: Reader, campaign_id: int) -> Mapping[NomineeState, int]:
    """Return how many stand in each state."""
    return counts_of(reader, [campaign_id])[campaign_id]


def counts_of(reader: Reader, campaign_ids: Collection[int]) -> dict[int, dict[NomineeState, int]]:
    """Return how many of each campaign stand in each state, in one query."""
    found: dict[int, dict[NomineeState, int]] = {campaign_id: {} for campaign_id in campaign_ids}
    counted = select(Nominee.campaign_id, Nominee.state, func.count()).where(Nominee.campaign_id.in_(campaign_ids))
    by_state = counted.group_by(Nominee.campaign_id, Nominee.state)
    for campaign_id, state, count in reader.execute(by_state) if campaign_ids else ():
        found[campaign_id][state] = count
    return found


def waiting_in(reader: Reader, campaign_id: int) -> int:
    """Return how many of a campaign still wait for any verdict."""
    return sum(count for state, count in counts_by_state(reader, campaign_id).items() if state in BEFORE.values())


def _waiting(firm_id: int, step: Step) -> Select[Nominee]:
    # Bound by the firm and the state together, so that one index answers; a decided campaign has nobody waiting.
    return select(Nominee).where(Nominee.firm_id == firm_id, Nominee.state == BEFORE[step])


def _with_people(reader: Reader, nominees: Sequence[Nominee]) -> list[Entry]:
    ids = [nominee.id for nominee in nominees]
    people: dict[int, NomineePerson] = {}
    for start in range(0, len(ids), 500):
        wanted = select(NomineePerson).where(NomineePerson.nominee_id.in_(ids[start : start + 500]), ~IS_ERASED)
        people.update((person.nominee_id, person) for person in reader.scalars(wanted))
    return [Entry(nominee, people.get(nominee.id)) for nominee in nominees]
