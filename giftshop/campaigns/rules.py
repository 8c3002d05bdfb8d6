"""What a campaign, a nominee and a review are, and how each comes from one state to the next. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from giftshop.kernel.lunar import LunarDay
from giftshop.kernel.role import MemberRole

MAX_GREETING: Final = 120
"""Characters that a card carries in the sender's words."""
MAX_LIST: Final = 2_000
"""People on one uploaded list."""
TRIES_WINDOW: Final = timedelta(hours=1)
MOST_TRIES: Final = 60
"""Entries from one network in that time through a campaign's link: an office shares an address."""
TRIES_KEPT: Final = timedelta(days=1)


class CampaignState(StrEnum):
    """How far a campaign has come."""

    OPEN = "open"
    """Nominations come in and are reviewed; the plan may be mended."""
    DECIDED = "decided"
    """Planning closed the decision: everybody is accepted or turned down, every contradiction answered."""
    ORDERED = "ordered"
    """The orders are drawn up; what becomes of them is read back."""


class Handover(StrEnum):
    """How a group's people come by their gift."""

    DISPATCHED = "dispatched"
    """By parcel, inside the window."""
    ON_SITE = "on_site"
    """In person, when they visit; they sign for it."""


class Influence(StrEnum):
    """What a nominee's word weighs at their firm. The plan asks for people who decide or have strong influence."""

    DECIDES = "decides"
    """Decides."""
    STRONG = "strong"
    """Has strong influence on who does."""
    NEITHER = "neither"
    """Neither: such a nomination is refused, and never kept."""


class NomineeState(StrEnum):
    """How far a nomination has come."""

    NOMINATED = "nominated"
    """Proposed and declared true; waits for the service manager."""
    SERVICE_REVIEWED = "service_reviewed"
    """The service manager said yes; waits for the sales manager."""
    SALES_REVIEWED = "sales_reviewed"
    """Both said yes; waits for planning."""
    ACCEPTED = "accepted"
    """Planning gave it a grade."""
    TURNED_DOWN = "turned_down"
    """Somebody said no, with a reason."""


class Step(StrEnum):
    """The three verdicts on a nominee, in their order."""

    SERVICE = "service"
    """The service manager's review (客服经理)."""
    SALES = "sales"
    """The sales manager's review (销售经理)."""
    PLANNING = "planning"
    """Planning's decision (企划部), with a grade."""


WAITS_FOR: Final[Mapping[NomineeState, Step]] = {
    NomineeState.NOMINATED: Step.SERVICE,
    NomineeState.SERVICE_REVIEWED: Step.SALES,
    NomineeState.SALES_REVIEWED: Step.PLANNING,
}
"""Which verdict a nominee waits for; those that are not here wait for none."""
BEFORE: Final[Mapping[Step, NomineeState]] = {step: state for state, step in WAITS_FOR.items()}
AFTER: Final[Mapping[Step, NomineeState]] = {
    Step.SERVICE: NomineeState.SERVICE_REVIEWED,
    Step.SALES: NomineeState.SALES_REVIEWED,
    Step.PLANNING: NomineeState.ACCEPTED,
}
"""Where a yes leads. A no leads to TURNED_DOWN from anywhere."""
ROLE_OF: Final[Mapping[Step, MemberRole]] = {
    Step.SERVICE: MemberRole.SERVICE_MANAGER,
    Step.SALES: MemberRole.SALES_MANAGER,
    Step.PLANNING: MemberRole.PLANNING,
}


def after(step: Step, *, is_yes: bool) -> NomineeState:
    """Return where a verdict leads."""
    return AFTER[step] if is_yes else NomineeState.TURNED_DOWN


@dataclass(frozen=True, slots=True)
class Window:
    """When a campaign's gifts go out: lunar days, and the year that they are meant in."""

    year: int
    listed_by: LunarDay
    """By then the list, gifts and cards are with the carrier."""
    starts: LunarDay
    """Sending starts."""
    last: LunarDay
    """The last gift arrives on this day,"""
    last_hour: int
    """before this hour."""

    @property
    def list_day(self) -> date:
        """The solar day by which the list is with the carrier."""
        return self.listed_by.in_year(self.year)

    @property
    def first_day(self) -> date:
        """The solar day on which sending starts."""
        return self.starts.in_year(self.year)

    @property
    def last_day(self) -> date:
        """The solar day of the last delivery."""
        return self.last.in_year(self.year)

    @property
    def days(self) -> tuple[date, date, date]:
        """All three, in their order."""
        return self.list_day, self.first_day, self.last_day

    def ends_at(self, zone: str) -> datetime:
        """Return the moment after which a delivery is late, by the clocks of the IANA `zone`."""
        midnight = datetime.combine(self.last_day, time.min, ZoneInfo(zone))
        return (midnight + timedelta(hours=self.last_hour)).astimezone(UTC)

    @property
    def is_in_order(self) -> bool:
        """Whether the list comes before the sending, and the sending before its end."""
        return self.listed_by <= self.starts <= self.last


def takes_nominations(state: CampaignState, closes_on: date, today: date) -> bool:
    """Whether somebody may still be nominated."""
    return state is CampaignState.OPEN and today <= closes_on
