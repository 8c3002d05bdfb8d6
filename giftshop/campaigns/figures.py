"""A campaign in figures: its plan to be compared, its budget, and what became of every gift."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, select

from giftshop.campaigns.contradictions import Contradiction, GradePlan, GroupPlan, Plan, contradictions_of
from giftshop.campaigns.giving import Giving
from giftshop.campaigns.models import Answer, Campaign, Grade, Group, Nominee
from giftshop.campaigns.queries import accepted_entries, grades_of, groups_of, handovers_of, orders_by_grade, waiting_in
from giftshop.campaigns.report import Gift, GradeFigures, GroupFigures, Report
from giftshop.campaigns.rules import CampaignState, Handover, NomineeState
from giftshop.db import Reader
from giftshop.kernel.clock import end_of_day
from giftshop.kernel.lunar import LunarDay
from giftshop.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Count:
    """How many people of a group stand where."""

    nominated: int = 0
    """All that were ever proposed."""
    standing: int = 0
    """Without those turned down."""
    accepted: int = 0


def counts_by_group(reader: Reader, campaign_id: int) -> Mapping[int, Count]:
    """Return how many stand where, by group."""
    standing = func.count(case((Nominee.state != NomineeState.TURNED_DOWN, 1)))
    accepted = func.count(case((Nominee.state == NomineeState.ACCEPTED, 1)))
    counted = select(Nominee.group_id, func.count(), standing, accepted)
    rows = reader.execute(counted.where(Nominee.campaign_id == campaign_id).group_by(Nominee.group_id))
    return {group_id: Count(*numbers) for group_id, *numbers in rows}


def plan_of(reader: Reader, campaign: Campaign, *, today: date) -> Plan:
    """Return a campaign's figures, to be compared."""
    counts = counts_by_group(reader, campaign.id)
    grades = grades_of(reader, campaign.id)
    names = {grade.id: grade.name for grade in grades}
    accepted = _accepted_by_grade(reader, campaign.id)
    groups = [_group_plan(group, names, counts.get(group.id, Count())) for group in groups_of(reader, campaign.id)]
    is_over = today > campaign.closes_on or campaign.state is not CampaignState.OPEN or bool(counts)
    return Plan(
        campaign.window,
        groups,
        [
            GradePlan(grade.name, grade.budgeted, grade.price_minor is not None, accepted.get(grade.id, 0))
            for grade in grades
        ],
        campaign.written_days,
        is_complete=is_over and not waiting_in(reader, campaign.id),
    )


def answers_of(reader: Reader, campaign_id: int) -> dict[str, Answer]:
    """Return what was answered, by the key of each contradiction."""
    return {each.key: each for each in reader.scalars(select(Answer).where(Answer.campaign_id == campaign_id))}


def open_contradictions(reader: Reader, campaign: Campaign, *, today: date) -> list[Contradiction]:
    """Return the contradictions that are neither mended nor answered."""
    answered = answers_of(reader, campaign.id)
    found = contradictions_of(plan_of(reader, campaign, today=today))
    return [each for each in found if not (each.is_answerable and each.key in answered)]


def report_of(reader: Reader, campaign: Campaign, giving: Giving, *, zone: str, at: datetime) -> Report:
    """Return a campaign in figures: its budget, and what has become of every gift at `at`."""
    counts = counts_by_group(reader, campaign.id)
    groups = groups_of(reader, campaign.id)
    grades = grades_of(reader, campaign.id)
    return Report(
        groups=[_group_figures(group, counts.get(group.id, Count())) for group in groups],
        grades=[_grade_figures(grade, campaign.currency) for grade in grades],
        gifts=_gifts(reader, campaign, groups, giving, zone=zone),
        card_price=campaign.card_price,
        at=at,
    )


def _gifts(reader: Reader, campaign: Campaign, groups: Sequence[Group], giving: Giving, *, zone: str) -> list[Gift]:
    numbers = [drawn.number for orders in orders_by_grade(reader, campaign.id).values() for drawn in orders]
    parcels = giving.parcels_of(reader, campaign.firm_id, numbers)
    handed = handovers_of(reader, campaign.id)
    by_id = {group.id: group for group in groups}
    gifts = []
    for entry in accepted_entries(reader, campaign.id):
        nominee, group = entry.nominee, by_id[entry.nominee.group_id]
        parcel = parcels.get(nominee.id)
        is_on_site = group.handover is Handover.ON_SITE
        there = handed[nominee.id].at if nominee.id in handed else None
        gifts.append(
            Gift(
                group_id=group.id,
                grade_id=nominee.grade_id or 0,
                ends_at=ends_at(campaign, group, zone),
                is_printed=parcel.printed if parcel else False,
                dispatched_at=parcel.dispatched_at if parcel and not is_on_site else None,
                delivered_at=there if is_on_site or not parcel else parcel.delivered_at,
                is_returned=parcel.is_returned if parcel and not is_on_site else False,
                is_on_site=is_on_site,
            )
        )
    return gifts


def ends_at(campaign: Campaign, group: Group, zone: str) -> datetime:
    """Return when a gift to this group is late: after the window, or for visitors after the last day of visits."""
    if group.handover is Handover.ON_SITE and group.visits_until is not None:
        return end_of_day(LunarDay.numbered(group.visits_until).in_year(campaign.year), zone)
    return campaign.window.ends_at(zone)


def _group_figures(group: Group, count: Count) -> GroupFigures:
    return GroupFigures(
        group.id, group.name, group.expected_firms, group.expected_people, count.nominated, group.grade_id
    )


def _grade_figures(grade: Grade, currency: str) -> GradeFigures:
    price = None if grade.price_minor is None else Money(grade.price_minor, currency)
    return GradeFigures(grade.id, grade.name, grade.budgeted, price)


def _group_plan(group: Group, names: Mapping[int, str], count: Count) -> GroupPlan:
    visits = None
    if group.visits_from is not None and group.visits_until is not None:
        visits = LunarDay.numbered(group.visits_from), LunarDay.numbered(group.visits_until)
    grade = names.get(group.grade_id or 0)
    return GroupPlan(
        group.name, group.expected_firms, group.expected_people, grade, visits, count.standing, count.accepted
    )


def _accepted_by_grade(reader: Reader, campaign_id: int) -> dict[int, int]:
    counted = select(Nominee.grade_id, func.count()).where(
        Nominee.campaign_id == campaign_id, Nominee.state == NomineeState.ACCEPTED
    )
    return {grade_id: count for grade_id, count in reader.execute(counted.group_by(Nominee.grade_id)) if grade_id}
