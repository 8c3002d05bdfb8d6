"""Who was nominated, and who signed for a gift: gone when the campaign is over, or when they ask after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import String, and_, cast, delete, or_, select

from giftshop.campaigns.erasing import forget_person
from giftshop.campaigns.models import Campaign, NominationList, NomineePerson
from giftshop.db import Reader, Transaction
from giftshop.kernel.clock import local_day
from giftshop.kernel.locale import N_
from giftshop.kernel.retention import Retention
from giftshop.web.privacy import AT_ONCE, Eraser, RowKey, Traces, Whom


def erasers(keep: Retention, *, zone: str) -> list[Eraser]:
    """Return what campaigns know of people."""
    find, past = partial(_nominees, zone=zone), partial(_old_nominees, zone=zone)
    return [
        Eraser("campaigns.nominees", N_("Nominees of campaigns"), find, _no_nominees, keep.nominees, past),
        Eraser("campaigns.lists", N_("Uploaded nominations"), _lists, _no_lists, keep.messages, _old_lists),
    ]


def _nominees(reader: Reader, whom: Whom, at: datetime, *, zone: str) -> Traces:
    if not whom.phone:
        return Traces()
    mine = reader.scalars(select(NomineePerson).where(NomineePerson.phone == whom.phone)).all()
    over = _over(reader, {each.campaign_id for each in mine}, at, zone)
    going_on = sorted({each.campaign_id for each in mine} - over)
    return Traces([each.nominee_id for each in mine if each.campaign_id in over], [f"#{each}" for each in going_on])


def _no_nominees(tx: Transaction, rows: Sequence[RowKey]) -> int:
    return forget_person(tx, [int(row) for row in rows])


def _old_nominees(reader: Reader, before: datetime, *, zone: str) -> Sequence[RowKey]:
    known = set(reader.scalars(select(NomineePerson.campaign_id).distinct()))
    over = _over(reader, known, before, zone)
    old = select(NomineePerson.nominee_id).where(NomineePerson.campaign_id.in_(over))
    return reader.scalars(old.limit(AT_ONCE)).all()


def _over(reader: Reader, campaign_ids: set[int], at: datetime, zone: str) -> set[int]:
    campaigns = reader.scalars(select(Campaign).where(Campaign.id.in_(campaign_ids)))
    return {each.id for each in campaigns if each.window.last_day < local_day(at, zone)}


def _lists(reader: Reader, whom: Whom, _at: datetime) -> Traces:
    if not whom.phone:
        return Traces()
    says_so = cast(NominationList.rows, String).contains(whom.phone)
    return Traces(_keys(reader, says_so))


def _no_lists(tx: Transaction, rows: Sequence[RowKey]) -> int:
    pairs = [tuple(int(part) for part in str(row).split("/")) for row in rows]
    mine = [
        and_(NominationList.campaign_id == campaign_id, NominationList.user_id == user_id)
        for campaign_id, user_id in pairs
    ]
    return tx.change(delete(NominationList).where(or_(*mine)))


def _old_lists(reader: Reader, before: datetime) -> Sequence[RowKey]:
    return _keys(reader, NominationList.uploaded_at < before)


def _keys(reader: Reader, condition: object) -> Sequence[RowKey]:
    found = select(NominationList.campaign_id, NominationList.user_id).where(condition)  # type: ignore[arg-type]
    return [f"{campaign_id}/{user_id}" for campaign_id, user_id in reader.execute(found.limit(AT_ONCE))]
