"""Commands of whoever holds a card: redeem it, change the choice while that can be, prove whose it is."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import case, or_, select, update

from giftshop import audit, cards, catalogue, fulfilment
from giftshop.addresses import Receiver
from giftshop.cards import HeldCard, Standing
from giftshop.catalogue import Item
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.clock import local_day
from giftshop.kernel.money import Money
from giftshop.redemption import drafts, purchases
from giftshop.redemption.binding import Spending
from giftshop.redemption.errors import DraftChanged, NotAmongTheGifts, NotRedeemed, TooManyTries
from giftshop.redemption.models import Decline, Redemption
from giftshop.redemption.rules import MOST_TRIES, TRIES_WINDOW, last_digits_agree
from giftshop.redemption.sending import Told, check_day, just_taken, lines_of, send
from giftshop.stock import OutOfStock


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
    tx.publish(Spending(card, draft_key, by, at))
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
    send(tx, redemption, card, [(gift, 1)], receiver, not_before=not_before, by=by, at=at)
    return redemption.id


def confirm(
    tx: Transaction,
    card_id: int,
    draft_key: str,
    *,
    revision: int,
    difference_minor: int = 0,
    locale: str,
    by: Actor,
    at: datetime,
) -> int:
    """Redeem a card for what a draft says, as it was shown, with what its holder pays on top. The draft goes with it.

    Returns which visit with a shopping card this was, from 1; 0 for a gift book, which has no second.
    Raises DraftChanged, and whatever `redeem` or `purchases.buy` raises; the draft is kept then.
    """
    draft = drafts.take(tx, card_id, draft_key, revision=revision)
    receiver = drafts.receiver_in(draft) if draft else None
    if draft is None or receiver is None:
        raise DraftChanged
    told: Told = {"not_before": draft.not_before, "email": draft.email, "locale": locale, "draft_key": draft_key}
    if draft.item_id is not None:
        redeem(tx, card_id, draft.item_id, receiver, **told, by=by, at=at)
        return 0
    currency = cards.held_card(tx, card_id, at=at).balance.currency
    on_top = Money(difference_minor, currency) if difference_minor else None
    basket = drafts.basket_in(draft)
    return purchases.buy(tx, card_id, basket, receiver, **told, difference=on_top, by=by, at=at)


def choose_again(tx: Transaction, redemption_id: int, item_id: int, *, by: Actor, at: datetime) -> int:
    """Send another gift of the same book. Returns the redemption's id.

    Raises JustTaken, NotAmongTheGifts, and fulfilment.AlreadyPacking once packing has begun.
    """
    redemption = _redemption(tx, redemption_id)
    gift = _gift(tx, cards.held_card(tx, redemption.card_id, at=at), item_id)
    if gift.id == redemption.item_id:
        return redemption_id
    goods = [(gift, 1)]
    try:
        fulfilment.change_lines(tx, _shipment_id(tx, redemption), lines_of(goods), by=by, at=at)
    except OutOfStock as gone:
        raise just_taken(goods, gone) from gone
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


def _gift(tx: Transaction, card: HeldCard, item_id: int) -> Item:
    for item in catalogue.items_of(tx, card.edition_id) if card.edition_id is not None else ():
        if item.id == item_id:
            return item
    raise NotAmongTheGifts(field="gift")


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
