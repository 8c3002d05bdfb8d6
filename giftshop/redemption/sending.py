"""What every redemption has in common: a parcel is asked for, and the recipient is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, TypedDict

from giftshop import fulfilment
from giftshop.addresses import Receiver
from giftshop.cards import HeldCard
from giftshop.catalogue import Item
from giftshop.db import Transaction
from giftshop.fulfilment import Line
from giftshop.jobs import enqueue
from giftshop.kernel.actor import Actor
from giftshop.kernel.clock import local_day
from giftshop.redemption.errors import DayOutOfReach, JustTaken
from giftshop.redemption.rules import LONGEST_WAIT, SOURCE, News, is_day_to_ask_for, leaves_on
from giftshop.stock import OutOfStock

TELL_JOB: Final = "redemption.tell"


class Told(TypedDict):
    """What a recipient said besides what they chose and where it goes."""

    not_before: date | None
    email: str | None
    locale: str
    """The language they are written to in."""
    draft_key: str | None


def send(
    tx: Transaction,
    redemption_id: int,
    card: HeldCard,
    goods: Sequence[tuple[Item, int]],
    receiver: Receiver,
    *,
    not_before: date | None,
    by: Actor,
    at: datetime,
) -> None:
    """Have so many of each item sent for a redemption, and tell the recipient. Raises JustTaken."""
    try:
        fulfilment.request_shipment(
            tx,
            source=(SOURCE, redemption_id),
            receiver=receiver,
            lines=lines_of(goods),
            firm_id=card.firm_id,
            promised_on=leaves_on(local_day(at, card.time_zone), not_before),
            not_before=not_before,
            is_surprise=card.is_surprise,
            by=by,
            at=at,
        )
    except OutOfStock as gone:
        raise just_taken(goods, gone) from gone
    if not card.is_surprise:
        tell(tx, redemption_id, News.REDEEMED)


def lines_of(goods: Sequence[tuple[Item, int]]) -> list[Line]:
    """Return goods as the bench takes them."""
    return [Line(item.id, item.names, quantity, code=item.sku) for item, quantity in goods]


def just_taken(goods: Sequence[tuple[Item, int]], gone: OutOfStock) -> JustTaken:
    """Return what to say when something ran out in that moment, at the field of the gift."""
    missing = str(gone.facts["item_id"])
    item = next(item for item, _quantity in goods if str(item.id) == missing)
    return JustTaken(field="gift", gift=item.names, item_id=item.id)


def tell(tx: Transaction, redemption_id: int, news: News) -> None:
    """Have a job write to the recipient, in their language."""
    enqueue(tx, TELL_JOB, {"redemption_id": redemption_id, "news": news.value})


def check_day(not_before: date | None, *, today: date) -> None:
    """Raise DayOutOfReach for an earliest day that has passed or is too far off."""
    if not_before and not is_day_to_ask_for(not_before, today):
        raise DayOutOfReach(field="not_before", last=today + LONGEST_WAIT)
