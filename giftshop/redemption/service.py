"""Commands of whoever holds a card: redeem it, change the choice while that can be, prove whose it is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import case, delete, or_, select, update

from giftshop import audit, cards, catalogue, fulfilment
from giftshop.addresses import Receiver
from giftshop.cards import HeldCard, Standing
from giftshop.catalogue import Item
from giftshop.db import Transaction
from giftshop.fulfilment import Line
from giftshop.jobs import enqueue
from giftshop.kernel.actor import Actor
from giftshop.kernel.clock import local_day
from giftshop.kernel.errors import Refused
from giftshop.redemption.errors import DayOutOfReach, JustTaken, NotAmongTheGifts, NotRedeemed, TooManyTries
from giftshop.redemption.models import Decline, Draft, Redemption
from giftshop.redemption.rules import (
    LONGEST_WAIT,
    MOST_TRIES,
    TRIES_WINDOW,
    News,
    is_day_to_ask_for,
    last_digits_agree,
    leaves_on,
)
from giftshop.stock import OutOfStock

TELL_JOB: Final = "redemption.tell"


def redeem(
    tx: Transaction,
    card_id: int,
    item_id: int,
    receiver: Receiver,
    *,
    not_before: date | None = None,
    email: str | None = None,
    locale: str,
    draft_key: str | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Spend a card on one gift of its book, and have it sent to `receiver`. Returns the redemption's id.

    Of all who try at once one succeeds (see `cards.claim`), and only while the gift is there: both or neither.
    `locale` is the language the recipient is written to in. Raises JustTaken, NotAmongTheGifts, DayOutOfReach, and
    whatever `cards.claim` raises.
    """
    card = cards.held_card(tx, card_id, at=at)
    gift = _gift(tx, card, item_id)
    check_day(not_before, today=local_day(at, card.time_zone))
    cards.claim(tx, card_id, by=by, at=at, item=item_id)
    redemption = Redemption(
        card_id=card_id,
        programme_id=card.programme_id,
        item_id=item_id,
        locale=locale,
        email=email,
        draft_key=draft_key,
        redeemed_at=at,
    )
    tx.add(redemption)
    tx.flush()
    _send(tx, redemption, card, gift, receiver, not_before=not_before, by=by, at=at)
    if not card.is_surprise:
        tell(tx, redemption.id, News.REDEEMED)
    if draft_key:
        tx.change(delete(Draft).where(Draft.key == draft_key, Draft.card_id == card_id))
    return redemption.id


def choose_again(tx: Transaction, redemption_id: int, item_id: int, *, by: Actor, at: datetime) -> int:
    """Send another gift of the same book. Returns the redemption's id.

    Raises JustTaken, NotAmongTheGifts, and fulfilment.AlreadyPacking once packing has begun.
    """
    redemption = _redemption(tx, redemption_id)
    gift = _gift(tx, cards.held_card(tx, redemption.card_id, at=at), item_id)
    if gift.id == redemption.item_id:
        return redemption_id
    try:
        fulfilment.change_lines(tx, _shipment_id(tx, redemption), [_line(gift)], by=by, at=at)
    except OutOfStock as gone:
        raise _just_taken(gift) from gone
    tx.change(update(Redemption).where(Redemption.id == redemption_id).values(item_id=gift.id))
    audit.record(tx, "redemption.choose_again", ("card", redemption.card_id), by=by, at=at, item=gift.id)
    return redemption_id


def send_elsewhere(
    tx: Transaction, redemption_id: int, receiver: Receiver, *, email: str | None, by: Actor, at: datetime
) -> int:
    """Send the gift to another person or place. Returns the redemption's id.

    Raises fulfilment.AlreadyPacking once packing has begun.
    """
    redemption = _redemption(tx, redemption_id)
    fulfilment.change_receiver(tx, _shipment_id(tx, redemption), receiver, by=by, at=at)
    tx.change(update(Redemption).where(Redemption.id == redemption_id).values(email=email))
    audit.record(tx, "redemption.send_elsewhere", ("card", redemption.card_id), by=by, at=at)
    return redemption_id


def prove(tx: Transaction, redemption_id: int, typed: str, *, by: Actor, at: datetime) -> bool:
    """Whether `typed` is the end of the receiver's phone number. Wrong tries are counted; right ones clear the count.

    The try is booked before it is judged, by a condition that decides between tries at the same moment. So the
    answer is returned, not raised: a refusal would undo the count. Raises TooManyTries without looking.
    """
    is_over = or_(Redemption.tries_since.is_(None), Redemption.tries_since <= at - TRIES_WINDOW)
    booked = (
        update(Redemption)
        .where(Redemption.id == redemption_id, or_(is_over, Redemption.tries < MOST_TRIES))
        .values(
            tries=case((is_over, 1), else_=Redemption.tries + 1),
            tries_since=case((is_over, at), else_=Redemption.tries_since),
        )
    )
    if not tx.change(booked):
        raise TooManyTries(field="last_digits")
    shipment = fulfilment.shipment_by_source(tx, _redemption(tx, redemption_id).source)
    if shipment is None or not last_digits_agree(shipment.receiver_phone, typed):
        audit.record(tx, "redemption.fail_to_prove", ("redemption", redemption_id), by=by, at=at)
        return False
    tx.change(update(Redemption).where(Redemption.id == redemption_id).values(tries=0))
    return True


def decline(tx: Transaction, card_id: int, *, by: Actor, at: datetime) -> None:
    """Note that the recipient does not want the gift. The card stays open until its last day; twice is once.

    A card on which there is nothing to choose is left alone: its own page says why.
    """
    card = cards.held_card(tx, card_id, at=at)
    is_open = card.standing is Standing.OPEN
    if is_open and tx.add_new(Decline, card_id=card_id, programme_id=card.programme_id, declined_at=at):
        audit.record(tx, "redemption.decline", ("card", card_id), by=by, at=at)


def tell(tx: Transaction, redemption_id: int, news: News) -> None:
    """Have a job write to the recipient, in their language."""
    enqueue(tx, TELL_JOB, {"redemption_id": redemption_id, "news": news.value})


def check_day(not_before: date | None, *, today: date) -> None:
    """Raise DayOutOfReach for an earliest day that has passed or is too far off."""
    if not_before and not is_day_to_ask_for(not_before, today):
        raise DayOutOfReach(field="not_before", last=today + LONGEST_WAIT)


def _send(
    tx: Transaction,
    redemption: Redemption,
    card: HeldCard,
    gift: Item,
    receiver: Receiver,
    *,
    not_before: date | None,
    by: Actor,
    at: datetime,
) -> None:
    try:
        fulfilment.request_shipment(
            tx,
            source=redemption.source,
            receiver=receiver,
            lines=[_line(gift)],
            firm_id=card.firm_id,
            promised_on=leaves_on(local_day(at, card.time_zone), not_before),
            not_before=not_before,
            is_surprise=card.is_surprise,
            by=by,
            at=at,
        )
    except OutOfStock as gone:
        raise _just_taken(gift) from gone


def _gift(tx: Transaction, card: HeldCard, item_id: int) -> Item:
    for item in catalogue.items_of(tx, card.edition_id):
        if item.id == item_id:
            return item
    raise NotAmongTheGifts(field="gift")


def _line(gift: Item) -> Line:
    return Line(gift.id, gift.names, code=gift.sku)


def _just_taken(gift: Item) -> Refused:
    return JustTaken(field="gift", gift=gift.names)


def _redemption(tx: Transaction, redemption_id: int) -> Redemption:
    found = tx.scalar(select(Redemption).where(Redemption.id == redemption_id))
    if found is None:
        raise NotRedeemed
    return found


def _shipment_id(tx: Transaction, redemption: Redemption) -> int:
    shipment = fulfilment.shipment_by_source(tx, redemption.source)
    if shipment is None:
        raise NotRedeemed
    return shipment.id
