"""Commands on the plan of a campaign: its window and words, its groups, its grades, its link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import delete, exists, select, update

from giftshop import audit
from giftshop.campaigns.errors import NameTaken, NotOpen, StillUsed, VisitsHalfSaid, WindowOutOfOrder, YearUnknown
from giftshop.campaigns.models import Campaign, Grade, Group, Nominee
from giftshop.campaigns.queries import KIND
from giftshop.campaigns.rules import CampaignState, Handover, Window
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Missing
from giftshop.kernel.lunar import FIRST_YEAR, LAST_YEAR, LunarDay


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """What a campaign is, as planning writes it down."""

    name: str
    occasion: str
    window: Window
    closes_on: date
    greeting: str
    card_price_minor: int
    is_surprise: bool = True
    written_list_on: date | None = None
    written_starts_on: date | None = None
    written_last_on: date | None = None


@dataclass(frozen=True, slots=True)
class GradeFacts:
    """A grade as planning writes it down."""

    name: str
    budgeted: int
    price_minor: int | None = None
    """Of one gift; that of `gift`, where one is chosen."""
    gift: str | None = None


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A group as planning writes it down."""

    name: str
    expected_firms: int
    expected_people: int
    handover: Handover = Handover.DISPATCHED
    about: str = ""
    asked_by: str = ""
    visits_from: LunarDay | None = None
    visits_until: LunarDay | None = None
    grade_id: int | None = None


def draw_up(tx: Transaction, firm_id: int, facts: CampaignFacts, *, currency: str, by: Actor, at: datetime) -> int:
    """Begin a campaign, which takes nominations from now on. Returns its id."""
    if by.id is None:
        raise Missing
    campaign = Campaign(firm_id=firm_id, owner_id=by.id, currency=currency, created_at=at)
    _write(campaign, facts)
    tx.add(campaign)
    tx.flush()
    audit.record(tx, "campaigns.draw_up", (KIND, campaign.id), by=by, at=at)
    return campaign.id


def change(tx: Transaction, campaign_id: int, firm_id: int, facts: CampaignFacts, *, by: Actor, at: datetime) -> None:
    """Mend a campaign's window, words and dates. Raises NotOpen once it is decided."""
    _write(locked_open(tx, campaign_id, firm_id), facts)
    audit.record(tx, "campaigns.change", (KIND, campaign_id), by=by, at=at)


def add_grade(tx: Transaction, campaign_id: int, firm_id: int, facts: GradeFacts, *, by: Actor, at: datetime) -> int:
    """Add a grade. Returns its id. Raises NameTaken."""
    locked_open(tx, campaign_id, firm_id)
    grade = Grade(campaign_id=campaign_id)
    _write_grade(tx, grade, facts)
    audit.record(tx, "campaigns.add_grade", (KIND, campaign_id), by=by, at=at, grade=grade.id)
    return grade.id


def change_grade(
    tx: Transaction, campaign_id: int, firm_id: int, grade_id: int, facts: GradeFacts, *, by: Actor, at: datetime
) -> None:
    """Mend a grade: its name, its number, its price, what is given. Raises NameTaken."""
    locked_open(tx, campaign_id, firm_id)
    _write_grade(tx, _grade(tx, campaign_id, grade_id), facts)
    audit.record(tx, "campaigns.change_grade", (KIND, campaign_id), by=by, at=at, grade=grade_id)


def drop_grade(tx: Transaction, campaign_id: int, firm_id: int, grade_id: int, *, by: Actor, at: datetime) -> None:
    """Take a grade out of the plan. Raises StillUsed when a group or somebody accepted hangs on it."""
    locked_open(tx, campaign_id, firm_id)
    _grade(tx, campaign_id, grade_id)
    uses = (exists().where(Group.grade_id == grade_id), exists().where(Nominee.grade_id == grade_id))
    if any(tx.scalar(select(use)) for use in uses):
        raise StillUsed
    tx.change(delete(Grade).where(Grade.id == grade_id))
    audit.record(tx, "campaigns.drop_grade", (KIND, campaign_id), by=by, at=at, grade=grade_id)


def add_group(tx: Transaction, campaign_id: int, firm_id: int, facts: GroupFacts, *, by: Actor, at: datetime) -> int:
    """Add a group. Returns its id. Raises NameTaken, VisitsHalfSaid."""
    locked_open(tx, campaign_id, firm_id)
    group = Group(campaign_id=campaign_id)
    _write_group(tx, group, facts)
    audit.record(tx, "campaigns.add_group", (KIND, campaign_id), by=by, at=at, group=group.id)
    return group.id


def change_group(
    tx: Transaction, campaign_id: int, firm_id: int, group_id: int, facts: GroupFacts, *, by: Actor, at: datetime
) -> None:
    """Mend a group. Raises NameTaken, VisitsHalfSaid."""
    locked_open(tx, campaign_id, firm_id)
    _write_group(tx, _group(tx, campaign_id, group_id), facts)
    audit.record(tx, "campaigns.change_group", (KIND, campaign_id), by=by, at=at, group=group_id)


def drop_group(tx: Transaction, campaign_id: int, firm_id: int, group_id: int, *, by: Actor, at: datetime) -> None:
    """Take a group out of the plan. Raises StillUsed when anybody was nominated for it."""
    locked_open(tx, campaign_id, firm_id)
    _group(tx, campaign_id, group_id)
    if tx.scalar(select(exists().where(Nominee.group_id == group_id))):
        raise StillUsed
    tx.change(delete(Group).where(Group.id == group_id))
    audit.record(tx, "campaigns.drop_group", (KIND, campaign_id), by=by, at=at, group=group_id)


def share_link(tx: Transaction, campaign_id: int, firm_id: int, *, by: Actor, at: datetime) -> None:
    """Let people without a login nominate through the campaign's link. Sharing it twice is sharing it once."""
    locked_open(tx, campaign_id, firm_id).has_link = True
    audit.record(tx, "campaigns.share_link", (KIND, campaign_id), by=by, at=at)


def revoke_link(tx: Transaction, campaign_id: int, firm_id: int, *, by: Actor, at: datetime) -> None:
    """End every link that was shared. Sharing again makes another one."""
    campaign = locked(tx, campaign_id, firm_id)
    raised = {"has_link": False, "link_version": Campaign.link_version + 1}
    tx.change(update(Campaign).where(Campaign.id == campaign.id).values(**raised))
    audit.record(tx, "campaigns.revoke_link", (KIND, campaign_id), by=by, at=at)


def locked(tx: Transaction, campaign_id: int, firm_id: int) -> Campaign:
    """Return a firm's campaign as it is now, held until the transaction ends. Raises Missing."""
    campaign = tx.get(Campaign, campaign_id, with_for_update=True, populate_existing=True)
    if campaign is None or campaign.firm_id != firm_id:
        raise Missing
    return campaign


def locked_open(tx: Transaction, campaign_id: int, firm_id: int) -> Campaign:
    """Return a campaign whose plan may change, held likewise. Raises NotOpen."""
    campaign = locked(tx, campaign_id, firm_id)
    if campaign.state is not CampaignState.OPEN:
        raise NotOpen
    return campaign


def _write(campaign: Campaign, facts: CampaignFacts) -> None:
    window = facts.window
    if not FIRST_YEAR <= window.year <= LAST_YEAR:
        raise YearUnknown(field="year", first=str(FIRST_YEAR), last=str(LAST_YEAR))
    if not window.is_in_order:
        raise WindowOutOfOrder(field="starts")
    for each in fields(facts):
        if each.name != "window":
            setattr(campaign, each.name, getattr(facts, each.name))
    campaign.year, campaign.last_hour = window.year, window.last_hour
    campaign.listed_by, campaign.starts, campaign.last = (
        day.number for day in (window.listed_by, window.starts, window.last)
    )


def _write_grade(tx: Transaction, grade: Grade, facts: GradeFacts) -> None:
    others = tx.scalars(select(Grade).where(Grade.campaign_id == grade.campaign_id)).all()
    _check_name(facts.name, others, grade.id)
    grade.name, grade.budgeted, grade.price_minor, grade.gift = (
        facts.name,
        facts.budgeted,
        facts.price_minor,
        facts.gift,
    )
    tx.add(grade)
    tx.flush()


def _write_group(tx: Transaction, group: Group, facts: GroupFacts) -> None:
    others = tx.scalars(select(Group).where(Group.campaign_id == group.campaign_id)).all()
    _check_name(facts.name, others, group.id)
    first, last = facts.visits_from, facts.visits_until
    if (first is None) != (last is None) or (first and last and last < first):
        raise VisitsHalfSaid(field="visits_until")
    if facts.grade_id is not None:
        _grade(tx, group.campaign_id, facts.grade_id)
    for each in fields(facts):
        setattr(group, each.name, getattr(facts, each.name))
    is_on_site = facts.handover is Handover.ON_SITE
    group.visits_from = first.number if first and is_on_site else None
    group.visits_until = last.number if last and is_on_site else None
    tx.add(group)
    tx.flush()


def _check_name(name: str, others: Sequence[Grade | Group], own_id: int | None) -> None:
    if any(other.name == name and other.id != own_id for other in others):
        raise NameTaken(field="name")


def _grade(tx: Transaction, campaign_id: int, grade_id: int) -> Grade:
    grade = tx.get(Grade, grade_id)
    if grade is None or grade.campaign_id != campaign_id:
        raise Missing
    return grade


def _group(tx: Transaction, campaign_id: int, group_id: int) -> Group:
    group = tx.get(Group, group_id)
    if group is None or group.campaign_id != campaign_id:
        raise Missing
    return group
