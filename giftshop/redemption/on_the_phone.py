"""What the hotline asks and does besides what a holder can do alone: open reports, and the link once more."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select

from giftshop import audit, fulfilment
from giftshop.db import Reader, Transaction
from giftshop.fulfilment import Shipment, ShipmentState
from giftshop.kernel.actor import Actor
from giftshop.redemption.errors import NotChangeable, NotRedeemed, StillASurprise
from giftshop.redemption.models import Problem, Redemption
from giftshop.redemption.rules import SOURCE, News
from giftshop.redemption.sending import tell

NEWS_OF: Final[Mapping[ShipmentState, News]] = {
    ShipmentState.DISPATCHED: News.DISPATCHED,
    ShipmentState.DELIVERED: News.DELIVERED,
}
"""What is said again with the link, by where the parcel is; before it left, that the choice is noted."""


def send_link_again(tx: Transaction, redemption_id: int, *, by: Actor, at: datetime) -> None:
    """Write the tracking link once more to whoever receives the gift, by text and mail. It goes to nobody else.

    Links sent before stay valid. Raises NotRedeemed, NotChangeable for what is not sent any more, and StillASurprise.
    """
    redemption = tx.get(Redemption, redemption_id)
    shipment = fulfilment.shipment_by_source(tx, redemption.source) if redemption else None
    if redemption is None or shipment is None:
        raise NotRedeemed
    if shipment.state in {ShipmentState.RETURNED, ShipmentState.CANCELLED}:
        raise NotChangeable
    if shipment.is_surprise and shipment.state is not ShipmentState.DELIVERED:
        raise StillASurprise
    tell(tx, redemption_id, NEWS_OF.get(shipment.state, News.REDEEMED))
    audit.record(tx, "redemption.send_link_again", ("card", redemption.card_id), by=by, at=at, redemption=redemption_id)


def open_problems_of(reader: Reader, card_id: int) -> Sequence[Problem]:
    """Return the reports of one card that nobody has closed, the latest first."""
    waiting = (Problem.card_id == card_id, Problem.closed_at.is_(None))
    return reader.scalars(select(Problem).where(*waiting).order_by(Problem.id.desc())).all()


def redemptions_sent_in(reader: Reader, shipments: Collection[Shipment]) -> dict[int, Redemption]:
    """Return the redemptions that these shipments are of, by the shipment's id; those of other things are left out."""
    wanted = {each.source_id: each.id for each in shipments if each.source_kind == SOURCE}
    if not wanted:
        return {}
    found = reader.scalars(select(Redemption).where(Redemption.id.in_(wanted)))
    return {wanted[redemption.id]: redemption for redemption in found}


def parcels_of(reader: Reader, visits: Collection[Redemption]) -> dict[int, Shipment]:
    """Return the shipments of redemptions, by the redemption's id."""
    return fulfilment.shipments_by_source(reader, SOURCE, [each.id for each in visits])
