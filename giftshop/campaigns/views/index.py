"""A firm's campaigns, and one of them at a glance."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from giftshop import accounts
from giftshop.campaigns import erasing, figures, queries
from giftshop.campaigns.exporting import CAMPAIGNS
from giftshop.campaigns.links import NominationLink
from giftshop.campaigns.models import Campaign
from giftshop.campaigns.presenting import STATE_WORDS
from giftshop.campaigns.rules import ROLE_OF, NomineeState, Step, takes_nominations
from giftshop.campaigns.views.blueprint import bp
from giftshop.campaigns.views.common import SEE_ALL, involved, own, own_firm, page, today, zone
from giftshop.kernel import clock
from giftshop.kernel.role import MemberRole
from giftshop.listing import show as show_list
from giftshop.web import actor, allow, current_shop, reader


@bp.get("/campaigns")
@allow(involved)
def index() -> ResponseReturnValue:
    """The firm's campaigns, newest first, and the reviews that wait for whoever looks."""
    found = show_list(queries.campaigns_list(own_firm(), STATE_WORDS))
    if file := found.file(CAMPAIGNS):
        return file
    return render_template(
        "campaigns/index.html",
        found=found,
        is_planner=actor().has(MemberRole.PLANNING),
        mine=_waiting_for_me(),
        counts=queries.counts_of(reader(), [campaign.id for campaign in found.rows]),
    )


@bp.get("/campaigns/<int:campaign_id>")
@allow(involved)
def show(campaign_id: int) -> ResponseReturnValue:
    """One campaign: its days, its plan, how far its people are, what to do next."""
    campaign = own(campaign_id)
    grades = queries.grades_of(reader(), campaign_id)
    return page(
        campaign,
        "show.html",
        owner=accounts.users_by_id(reader(), [campaign.owner_id]).get(campaign.owner_id),
        groups=queries.groups_of(reader(), campaign_id),
        group_counts=figures.counts_by_group(reader(), campaign_id),
        grades=grades,
        grade_names={grade.id: grade.name for grade in grades},
        drawn=queries.orders_by_grade(reader(), campaign_id),
        counts=queries.counts_by_state(reader(), campaign_id),
        erasable=_is_erasable(campaign),
        states=NomineeState,
        mine=_waiting_for_me(),
        unanswered=len(figures.open_contradictions(reader(), campaign, today=today())),
        takes=takes_nominations(campaign.state, campaign.closes_on, today()),
        link=_link_of(campaign) if actor().has(*SEE_ALL) else None,
    )


def _is_erasable(campaign: Campaign) -> bool:
    is_over = clock.now() > erasing.over_at(reader(), campaign, zone())
    return is_over and campaign.erased_at is None and erasing.may_erase(campaign, actor())


def _link_of(campaign: Campaign) -> str | None:
    if not campaign.has_link:
        return None
    settings = current_shop().settings
    signed = NominationLink(campaign.id, campaign.link_version).signed(settings.link_key)
    return f"{settings.public_url}/n/{signed}"


def _waiting_for_me() -> list[tuple[Step, int]]:
    """Return the steps that somebody's roles let them judge, and how many wait at each."""
    steps = [step for step in Step if actor().has(ROLE_OF[step])]
    return [(step, queries.count_waiting(reader(), own_firm(), step)) for step in steps]
