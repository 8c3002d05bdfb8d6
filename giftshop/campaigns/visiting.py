"""Gifts handed over in person: who took it, with a signature, from whose hand, when."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import Final

from giftshop import audit, imaging
from giftshop.campaigns import queries
from giftshop.campaigns.errors import AlreadyHandedOver, NotOnSite, SignatureUnreadable
from giftshop.campaigns.models import Group, VisitHandover
from giftshop.campaigns.queries import NOMINEE
from giftshop.campaigns.rules import CampaignState, Handover, NomineeState
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Refused

PREFIX: Final = "data:image/png;base64,"
MAX_SENT: Final = 300_000
"""Letters that a browser may send for a signature."""
SMALL: Final = imaging.Limits(kinds=("PNG",), max_side=480)
"""What is kept of one: a few kilobytes."""


def signature_in(sent: str) -> bytes | None:
    """Return a signature as it is kept, from what the page's canvas sends; None when nothing was drawn.

    Raises SignatureUnreadable. Slow enough to be called before a transaction.
    """
    if not sent:
        return None
    if not sent.startswith(PREFIX) or len(sent) > MAX_SENT:
        raise SignatureUnreadable(field="signature")
    try:
        raw = base64.b64decode(sent.removeprefix(PREFIX), validate=True)
        return imaging.as_png(imaging.open_raster(raw, SMALL, field="signature"))
    except (binascii.Error, ValueError, Refused) as error:
        raise SignatureUnreadable(field="signature") from error


def hand_over(
    tx: Transaction,
    campaign_id: int,
    firm_id: int,
    nominee_id: int,
    *,
    received_by: str,
    signature: bytes | None,
    by: Actor,
    at: datetime,
) -> None:
    """Write down that a visitor has their gift. Raises NotOnSite, AlreadyHandedOver, Missing."""
    campaign = queries.campaign_of(tx, campaign_id, firm_id)
    nominee = queries.entry_of(tx, campaign_id, nominee_id).nominee
    group = tx.get_one(Group, nominee.group_id)
    is_decided = campaign.state is not CampaignState.OPEN and nominee.state is NomineeState.ACCEPTED
    if group.handover is not Handover.ON_SITE or not is_decided:
        raise NotOnSite
    facts = {"received_by": received_by.strip(), "signature": signature, "handed_by": by.id, "at": at}
    if not tx.add_new(VisitHandover, nominee_id=nominee_id, **facts):
        raise AlreadyHandedOver
    audit.record(tx, "campaigns.hand_over", (NOMINEE, nominee_id), by=by, at=at)
