"""What all pages of campaigns share: who may open them, whose they are, what day it is."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from flask import render_template
from flask.typing import ResponseReturnValue

from giftshop.campaigns import queries
from giftshop.campaigns.giving import Giving
from giftshop.campaigns.models import Campaign
from giftshop.campaigns.nominating import Terms
from giftshop.campaigns.presenting import places_of
from giftshop.campaigns.supply import supplier_of
from giftshop.kernel import clock
from giftshop.kernel.role import MemberRole
from giftshop.web import Form, actor, current_shop, members, reader

SEE_ALL: Final = (
    MemberRole.SERVICE_MANAGER,
    MemberRole.SALES_MANAGER,
    MemberRole.PLANNING,
    MemberRole.ADMINISTRATOR,
)
"""Roles that see every nominee of a campaign; a nominator sees their own."""
planners = members(MemberRole.PLANNING)
nominators = members(MemberRole.NOMINATOR, MemberRole.PLANNING)
involved = members(MemberRole.NOMINATOR, *SEE_ALL)
overseers = members(*SEE_ALL)


def own_firm() -> int:
    """Return the firm of the member who makes this request."""
    firm_id = actor().firm_id
    assert firm_id is not None  # noqa: S101 -- the guard admits members only
    return firm_id


def zone() -> str:
    """Return the operator's time zone."""
    return current_shop().settings.time_zone


def today() -> date:
    """Return the day it is for the operator."""
    return clock.local_day(clock.now(), zone())


def supplier() -> Giving:
    """Return where the gifts come from."""
    return supplier_of(current_shop())


def terms() -> Terms:
    """Return what a nomination is judged by today."""
    return Terms(current_shop().settings.market.gifts, supplier().nature, today())


def own(campaign_id: int) -> Campaign:
    """Return a campaign of the firm. Raises Missing."""
    return queries.campaign_of(reader(), campaign_id, own_firm())


def page(campaign: Campaign, template: str, *, form: Form | None = None, **facts: Any) -> ResponseReturnValue:
    """Return a page of a campaign with its places to go; 422 when its form was refused."""
    facts |= {
        "campaign": campaign,
        "form": form,
        "window": campaign.window,
        "places": places_of(campaign, sees_all=actor().has(*SEE_ALL)),
        "is_planner": actor().has(MemberRole.PLANNING),
        "sees_all": actor().has(*SEE_ALL),
    }
    return render_template(f"campaigns/{template}", **facts), 422 if form is not None and form.has_errors else 200
