"""Commands of whoever holds a shopping card: choose several things, change that, give it up. Value moves with each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Unpack

from sqlalchemy import delete, func, select, update

from giftshop import audit, cards, fulfilment
from giftshop.addresses import Receiver
from giftshop.cards import HeldCard, NotEnoughLeft
from giftshop.catalogue import Item
from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.clock import local_day
from giftshop.kernel.money import Money
from giftshop.redemption import differences
from giftshop.redemption.binding import Spending
from giftshop.redemption.errors import BasketEmpty, NotAmongTheGifts, NotChangeable, NotRedeemed
from giftshop.redemption.models import Redemption, RedemptionLine
from giftshop.redemption.queries import goods_of, lines_of
from giftshop.redemption.rules import MOST_OF_ONE, RedemptionState, Wanted, cost_of
from giftshop.redemption.sending import Told, check_day, just_taken, send
from giftshop.redemption.sending import lines_of as shipped
from giftshop.stock import OutOfStock


def buy(
    tx: Transaction,
    card_id: int,
    basket: Mapping[int, int],
    receiver: Receiver,
    *,
    difference: Money | None = None,
    by: Actor,
    at: datetime,
    **told: Unpack[Told],
) -> int:
    """Spend a shopping card on a basket (how many of which item), and have it sent.

    All of it or nothing. What different people send (a supplier, ourselves) are visits of their own, each followed and
    given up by itself. Returns which of the card's visits this was, from 1; of several, the first.

    With a `difference`, which the holder was shown and agreed to pay on top, all that the card holds is taken and the
    goods are kept until it is paid (see `differences`). One that is not just what is missing is refused.

    Raises BasketEmpty, NotAmongTheGifts, JustTaken, DayOutOfReach, what `cards.spend` raises, and what `binding.guard`
    does of a card that is protected by a phone.
    """
    card = cards.held_card(tx, card_id, at=at)
    tx.publish(Spending(card, told["draft_key"], by, at))
    wanted, goods = _priced(tx, card, basket)
    check_day(told["not_before"], today=local_day(at, card.time_zone))
    cost = cost_of(wanted, card.balance.currency)
    if difference:
        _refuse_other_difference(card, cost, difference)
        cost -= difference
    # First of all, the card: its row is held from here on, so that nobody else counts its redemptions meanwhile.
    cards.spend(tx, card_id, cost, subject=("card", card_id), by=by, at=at)
    first = (tx.scalar(select(func.max(Redemption.nth)).where(Redemption.card_id == card_id)) or 0) + 1
    if difference:
        redemption = _begin(tx, card, first, cost, told, difference=difference, at=at)
        _write_lines(tx, redemption.id, wanted)
        differences.keep(tx, redemption, card, goods, receiver, told=told, by=by, at=at)
        return first
    for nth, parcel in enumerate(_by_sender(goods), start=first):
        ids = {item.id for item, _count in parcel}
        lines = [each for each in wanted if each.item_id in ids]
        redemption = _begin(tx, card, nth, cost_of(lines, card.balance.currency), told, at=at)
        _write_lines(tx, redemption.id, lines)
        send(tx, redemption, card, parcel, receiver, not_before=told["not_before"], by=by, at=at)
    return first


def _by_sender(goods: Sequence[tuple[Item, int]]) -> list[list[tuple[Item, int]]]:
    """Return goods by who sends them: each is a parcel."""
    parcels: dict[int | None, list[tuple[Item, int]]] = {}
    for item, count in goods:
        parcels.setdefault(item.supplier_id, []).append((item, count))
    return list(parcels.values())


def _refuse_other_difference(card: HeldCard, cost: Money, difference: Money) -> None:
    """Refuse to have anything paid on top but just what is missing, by a card that still holds something."""
    is_missing = cost - difference == card.balance
    if not (card.allows_difference and card.balance and is_missing):
        raise NotEnoughLeft(left=card.balance, cost=cost)


def _begin(
    tx: Transaction,
    card: HeldCard,
    nth: int,
    cost: Money,
    told: Told,
    *,
    difference: Money | None = None,
    at: datetime,
) -> Redemption:
    redemption = Redemption(
        card_id=card.id,
        nth=nth,
        programme_id=card.programme_id,
        value_minor=cost.amount_minor,
        difference_minor=difference.amount_minor if difference else 0,
        state=RedemptionState.AWAITING_PAYMENT if difference else RedemptionState.CONFIRMED,
        locale=told["locale"],
        email=told["email"],
        draft_key=told["draft_key"],
        redeemed_at=at,
    )
    tx.add(redemption)
    tx.flush()
    return redemption


def change_basket(tx: Transaction, redemption_id: int, basket: Mapping[int, int], *, by: Actor, at: datetime) -> int:
    """Send something else for a visit with a shopping card: the difference is taken off it, or put back.

    What was chosen before keeps its price. Returns the redemption's id. Raises BasketEmpty, NotAmongTheGifts,
    JustTaken, cards.NotEnoughLeft, and fulfilment.AlreadyPacking once packing has begun.
    """
    redemption = _confirmed(tx, redemption_id)
    card = cards.held_card(tx, redemption.card_id, at=at)
    agreed = {line.item_id: line.unit_minor for line in lines_of(tx, [redemption_id])[redemption_id]}
    wanted, goods = _priced(tx, card, basket, agreed=agreed)
    shipment = fulfilment.shipment_by_source(tx, redemption.source)
    if shipment is None:
        raise NotRedeemed
    before = Money(redemption.value_minor or 0, card.balance.currency)
    after = cost_of(wanted, card.balance.currency)
    if before < after:
        tx.publish(Spending(card, None, by, at, is_dearer=True))
    _settle(tx, redemption, before, after, by=by, at=at)
    try:
        fulfilment.change_lines(tx, shipment.id, shipped(goods), by=by, at=at)
    except OutOfStock as gone:
        raise just_taken(goods, gone) from gone
    tx.change(update(Redemption).where(Redemption.id == redemption_id).values(value_minor=after.amount_minor))
    _write_lines(tx, redemption_id, wanted)
    subject = ("card", redemption.card_id)
    audit.record(tx, "redemption.change_basket", subject, by=by, at=at, redemption=redemption_id)
    return redemption_id


def cancel(tx: Transaction, redemption_id: int, *, by: Actor, at: datetime) -> int:
    """Give a visit with a shopping card up: nothing is sent, and its value is back on the card. Returns its id.

    Raises NotChangeable, and fulfilment.AlreadyPacking once packing has begun.
    """
    redemption = _redemption(tx, redemption_id)
    if differences.let_go(tx, redemption_id, by=by, at=at):
        return redemption_id
    standing = (Redemption.id == redemption_id, Redemption.state == RedemptionState.CONFIRMED)
    given_up = update(Redemption).where(*standing, Redemption.value_minor.is_not(None))
    if not tx.change(given_up.values(state=RedemptionState.CANCELLED, email=None)):
        raise NotChangeable
    shipment = fulfilment.shipment_by_source(tx, redemption.source)
    if shipment is None:
        raise NotChangeable
    fulfilment.cancel(tx, shipment.id, by=by, at=at)
    worth = Money(redemption.value_minor or 0, _currency_of(tx, redemption, at))
    if worth:
        cards.put_back(tx, redemption.card_id, worth, subject=redemption.source, by=by, at=at)
    differences.give_back(tx, redemption, by=by, at=at)
    audit.record(tx, "redemption.cancel", ("card", redemption.card_id), by=by, at=at, redemption=redemption_id)
    return redemption_id


def _settle(tx: Transaction, redemption: Redemption, before: Money, after: Money, *, by: Actor, at: datetime) -> None:
    """Take off the card what the new basket costs more, or put back what it costs less."""
    if before < after:
        cards.spend(tx, redemption.card_id, after - before, subject=redemption.source, by=by, at=at)
    elif after < before:
        cards.put_back(tx, redemption.card_id, before - after, subject=redemption.source, by=by, at=at)


def _priced(
    reader: Reader, card: HeldCard, basket: Mapping[int, int], *, agreed: Mapping[int, int] | None = None
) -> tuple[list[Wanted], list[tuple[Item, int]]]:
    """Return a basket at today's prices (or those that were `agreed`, by item), and its goods, as they are shown."""
    chosen = {item_id: count for item_id, count in basket.items() if count}
    if not chosen:
        raise BasketEmpty
    offered = {gift.item.id: gift.item for gift in goods_of(reader, card)}
    fits = all(item_id in offered and 0 < count <= MOST_OF_ONE for item_id, count in chosen.items())
    if not card.is_value or not fits:
        raise NotAmongTheGifts(field="gift")
    currency = card.balance.currency
    goods = [(item, chosen[item_id]) for item_id, item in offered.items() if item_id in chosen]
    wanted = [
        Wanted(item.id, count, Money((agreed or {}).get(item.id, item.price_minor), currency)) for item, count in goods
    ]
    return wanted, goods


def _write_lines(tx: Transaction, redemption_id: int, wanted: Sequence[Wanted]) -> None:
    tx.change(delete(RedemptionLine).where(RedemptionLine.redemption_id == redemption_id))
    for place, each in enumerate(wanted, start=1):
        tx.add(
            RedemptionLine(
                redemption_id=redemption_id,
                item_id=each.item_id,
                position=place,
                quantity=each.quantity,
                unit_minor=each.unit.amount_minor,
            )
        )
    tx.flush()


def _currency_of(tx: Transaction, redemption: Redemption, at: datetime) -> str:
    return cards.held_card(tx, redemption.card_id, at=at).balance.currency


def _redemption(tx: Transaction, redemption_id: int) -> Redemption:
    """Return a visit as it is now, held until the transaction ends. Raises NotRedeemed."""
    found = tx.get(Redemption, redemption_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotRedeemed
    return found


def _confirmed(tx: Transaction, redemption_id: int) -> Redemption:
    redemption = _redemption(tx, redemption_id)
    is_whole = redemption.value_minor is not None and not redemption.difference_minor
    if redemption.state is not RedemptionState.CONFIRMED or not is_whole:
        raise NotChangeable
    return redemption
