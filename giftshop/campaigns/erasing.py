"""What is known of a campaign's people goes when it is over; every figure stands, since none is counted from it.

One thing stays until the calendar year is over: the phone, by which the yearly cap finds what somebody was given.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import delete, select, update

from giftshop import audit, jobs, tabular
from giftshop.campaigns import queries
from giftshop.campaigns.errors import AlreadyErased, NotOverYet, NotYoursToErase
from giftshop.campaigns.figures import ends_at
from giftshop.campaigns.models import Campaign, NominationList, Nominee, NomineePerson, Review, VisitHandover
from giftshop.campaigns.planning import locked
from giftshop.campaigns.queries import KIND
from giftshop.db import Reader, Transaction
from giftshop.jobs import JobRun
from giftshop.kernel.actor import SYSTEM, Actor
from giftshop.kernel.clock import end_of_day
from giftshop.kernel.role import MemberRole

FORGET: Final = "campaigns.forget"
"""The job that deletes what is left of a campaign's people when its year is over."""
NOTHING: Final = "–"
"""Stands where a reviewer's reason stood: a refusal without one cannot be."""


def erase(tx: Transaction, campaign_id: int, firm_id: int, *, zone: str, by: Actor, at: datetime) -> None:
    """Erase who a campaign's nominees were, what was said of them, and who signed. Their orders keep their own lists.

    Raises NotYoursToErase, NotOverYet, AlreadyErased, Missing.
    """
    campaign = locked(tx, campaign_id, firm_id)
    if not may_erase(campaign, by):
        raise NotYoursToErase
    if campaign.erased_at is not None:
        raise AlreadyErased
    if at <= over_at(tx, campaign, zone):
        raise NotOverYet
    campaign.erased_at = at
    _erase_words(tx, campaign_id)
    year_is_over = end_of_day(date(campaign.window.last_day.year, 12, 31), zone)
    if at >= year_is_over:
        _forget(tx, campaign_id)
    else:
        jobs.enqueue(tx, FORGET, {"campaign_id": campaign_id}, key=f"{FORGET}:{campaign_id}", at=year_is_over)
    audit.record(tx, "campaigns.erase", (KIND, campaign_id), by=by, at=at)


def may_erase(campaign: Campaign, by: Actor) -> bool:
    """Whether a person of its firm may erase a campaign's people: who drew it up, or the administrator after them."""
    return by.id == campaign.owner_id or by.has(MemberRole.ADMINISTRATOR)


def over_at(reader: Reader, campaign: Campaign, zone: str) -> datetime:
    """Return the moment after which no gift of a campaign is on its way in time any more, nor any visitor."""
    ends = (ends_at(campaign, group, zone) for group in queries.groups_of(reader, campaign.id))
    return max(ends, default=campaign.window.ends_at(zone))


def forget(run: JobRun) -> None:
    """Job: delete what is left of a campaign's people. Done twice, it finds nothing."""
    run.transact(_forget_and_say, int(run.payload["campaign_id"]), at=run.at)


def _erase_words(tx: Transaction, campaign_id: int) -> None:
    of_campaign = select(Nominee.id).where(Nominee.campaign_id == campaign_id)
    nothing = dict.fromkeys(("kind", "name", "organisation", "address", "reason", "nominator"), "")
    tx.change(update(NomineePerson).where(NomineePerson.campaign_id == campaign_id).values(**nothing))
    said = (Review.nominee_id.in_(of_campaign), Review.reason != "")
    tx.change(update(Review).where(*said).values(reason=NOTHING))
    signed = VisitHandover.nominee_id.in_(of_campaign)
    tx.change(update(VisitHandover).where(signed).values(received_by="", signature=None))
    tx.change(delete(NominationList).where(NominationList.campaign_id == campaign_id))
    tabular.forget_files(tx, f"{KIND}/{campaign_id}/")


def _forget(tx: Transaction, campaign_id: int) -> None:
    tx.change(delete(NomineePerson).where(NomineePerson.campaign_id == campaign_id))


def _forget_and_say(tx: Transaction, campaign_id: int, *, at: datetime) -> None:
    _forget(tx, campaign_id)
    audit.record(tx, "campaigns.forget", (KIND, campaign_id), by=SYSTEM, at=at)


def forget_person(tx: Transaction, nominee_ids: Sequence[int]) -> int:
    """Delete who these nominees were, what was said of them, and who signed. Returns how many were still known."""
    tx.change(update(Review).where(Review.nominee_id.in_(nominee_ids), Review.reason != "").values(reason=NOTHING))
    signed = VisitHandover.nominee_id.in_(nominee_ids)
    tx.change(update(VisitHandover).where(signed).values(received_by="", signature=None))
    return tx.change(delete(NomineePerson).where(NomineePerson.nominee_id.in_(nominee_ids)))
