"""Campaigns (送礼活动): one firm's gifts to many people for one occasion, from nomination to the last parcel.

Owns the plan (window in lunar days, groups, grades), who was nominated and what each reviewer said, the plan's
contradictions and their answers, and gifts handed over on site. What is given comes through the small port of
`giving`: gift sets, today. Who a nominee is lies apart from the rest, and is erased when it is over.
"""

from giftshop.campaigns.contradictions import Contradiction, contradictions_of
from giftshop.campaigns.deciding import answer, close_decision, order, reopen
from giftshop.campaigns.erasing import erase
from giftshop.campaigns.figures import open_contradictions, plan_of, report_of
from giftshop.campaigns.giving import DrawnUp, Giving, Offer, Parcel, Person, Wanted
from giftshop.campaigns.lists import COLUMNS, Context, read_nominations
from giftshop.campaigns.models import Campaign, DrawnOrder, Grade, Group, Nominee
from giftshop.campaigns.nominating import Nomination, Terms, accept_list, keep_list, nominate
from giftshop.campaigns.planning import (
    CampaignFacts,
    GradeFacts,
    GroupFacts,
    add_grade,
    add_group,
    change_grade,
    change_group,
    draw_up,
    share_link,
)
from giftshop.campaigns.presenting import contradiction_words
from giftshop.campaigns.queries import (
    accepted_entries,
    campaign_of,
    campaigns_page,
    grades_of,
    groups_of,
    orders_by_grade,
    waiting_page,
)
from giftshop.campaigns.report import Report
from giftshop.campaigns.reviewing import Judgement, Outcome, judge
from giftshop.campaigns.rules import CampaignState, Handover, Influence, NomineeState, Step, Window
from giftshop.campaigns.supply import supplier_of, supply_from
from giftshop.campaigns.visiting import hand_over

__all__ = [
    "COLUMNS",
    "Campaign",
    "CampaignFacts",
    "CampaignState",
    "Context",
    "Contradiction",
    "DrawnOrder",
    "DrawnUp",
    "Giving",
    "Grade",
    "GradeFacts",
    "Group",
    "GroupFacts",
    "Handover",
    "Influence",
    "Judgement",
    "Nomination",
    "Nominee",
    "NomineeState",
    "Offer",
    "Outcome",
    "Parcel",
    "Person",
    "Report",
    "Step",
    "Terms",
    "Wanted",
    "Window",
    "accept_list",
    "accepted_entries",
    "add_grade",
    "add_group",
    "answer",
    "campaign_of",
    "campaigns_page",
    "change_grade",
    "change_group",
    "close_decision",
    "contradiction_words",
    "contradictions_of",
    "draw_up",
    "erase",
    "grades_of",
    "groups_of",
    "hand_over",
    "judge",
    "keep_list",
    "nominate",
    "open_contradictions",
    "order",
    "orders_by_grade",
    "plan_of",
    "read_nominations",
    "reopen",
    "report_of",
    "share_link",
    "supplier_of",
    "supply_from",
    "waiting_page",
]
