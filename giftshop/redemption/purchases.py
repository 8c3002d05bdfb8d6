"""Commands of whoever holds a shopping card: choose several things, change that, give it up. Value moves with each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
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
from giftshop.redemption import differences, sharing
from giftshop.redemption.binding import Spending
from giftshop.redemption.errors import BasketEmpty, CardsChanged, NotAmongTheGifts, NotChangeable, NotRedeemed
from giftshop.redemption.models import Redemption, RedemptionLine
from giftshop.redemption.queries import goods_of, lines_of
from giftshop.redemption.rules import MOST_OF_ONE, RedemptionState, Share, Wanted, agent_of, cost_of, split
from giftshop.redemption.sending import Told, check_day, just_taken, send
from giftshop.redemption.sending import lines_of as shipped
from giftshop.redemption.sharing import Together, together
from giftshop.stock import OutOfStock


def buy(
    tx: Transaction,
    card_id: int,
    basket: Mapping[int, int],
    receiver: Receiver,
    *,
    difference: Money | None = None,
    further: Sequence[int] = (),
    seen: str | None = None,
    by: Actor,
    at: datetime,
    **told: Unpack[Told],
) -> int:
    """Spend a shopping card on a basket (how many of which item), and have it sent.

    With `further` ones whose codes the holder typed in, all of them pay, in their fixed order (see `share_out`). `seen`
    is the seal of what the holder was shown that each gives.

    All of it or nothing. What different people send (a supplier, ourselves) are visits of their own, each followed and
    given up by itself. Returns which of the card's visits this was, from 1; of several, the first.

    With a `difference`, which the holder was shown and agreed to pay on top, all that the card holds is taken and the
    goods are kept until it is paid (see `differences`). One that is not just what is missing is refused.

    Raises BasketEmpty, NotAmongTheGifts, JustTaken, DayOutOfReach, CardsChanged, what `cards.spend` raises, and what
    `binding.guard` does of a card that is protected by a phone.
    """
    card = cards.held_card(tx, card_id, at=at)
    tx.publish(Spending(card, told["draft_key"], by, at))
    wanted, goods = _priced(tx, card, basket)
    check_day(told["not_before"], today=local_day(at, card.time_zone))
    here = together(tx, card, further, [each.item_id for each in wanted], at=at)
    for other in here.paying[1:]:
        tx.publish(Spending(other, told["draft_key"], by, at))
    shares = _agreed(here, cost_of(wanted, card.balance.currency), difference, seen)
    # First of all, the cards: their rows are held from here on, so that nobody else counts redemptions meanwhile.
    taken = sharing.take(tx, here, shares, at=at)
    first = (tx.scalar(select(func.max(Redemption.nth)).where(Redemption.card_id == card_id)) or 0) + 1
    parcels = [goods] if difference else _by_sender(goods)
    lines = [[each for each in wanted if each.item_id in {item.id for item, _count in parcel}] for parcel in parcels]
    costs = [cost_of(each, card.balance.currency) - (difference or _nothing(card)) for each in lines]
    for nth, (parcel, bill, cost, parts) in enumerate(zip(parcels, lines, costs, split(shares, costs), strict=True)):
        redemption = _begin(tx, card, first + nth, cost, told, difference=difference, by=by, at=at)
        paid = [replace(taken[of], amount=gives) for of, gives in parts if gives]
        cards.book_spend(tx, paid, subject=redemption.source, by=by, at=at)
        sharing.note(tx, redemption, parts)
        _write_lines(tx, redemption.id, bill)
        if difference:
            differences.keep(tx, redemption, card, parcel, receiver, told=told, by=by, at=at)
        else:
            send(tx, redemption.id, card, parcel, receiver, not_before=told["not_before"], by=by, at=at)
    return first


def _agreed(here: Together, cost: Money, difference: Money | None, seen: str | None) -> list[Share]:
    """Return what each card gives, if that is what was shown. One card by itself decides when it is spent."""
    if difference:
        _refuse_other_difference(here, cost, difference)
        cost -= difference
    if not here.added:
        return [Share(here.opened.id, cost, here.opened.balance)]
    if seen is not None and seen != here.seal(cost):
        raise CardsChanged
    here.refuse_too_dear(cost)
    return here.shares(cost)


def _nothing(card: HeldCard) -> Money:
    return Money.zero(card.balance.currency)


def _by_sender(goods: Sequence[tuple[Item, int]]) -> list[list[tuple[Item, int]]]:
    """Return goods by who sends them: each is a parcel."""
    parcels: dict[int | None, list[tuple[Item, int]]] = {}
    for item, count in goods:
        parcels.setdefault(item.supplier_id, []).append((item, count))
    return list(parcels.values())


def _refuse_other_difference(here: Together, cost: Money, difference: Money) -> None:
    """Refuse to have anything paid on top but just what is missing, by cards that still hold something."""
    is_missing = cost - difference == here.holds
    if not (here.opened.allows_difference and here.holds and is_missing):
        raise NotEnoughLeft(left=here.holds, cost=cost)


def _begin(
    tx: Transaction,
    card: HeldCard,
    nth: int,
    cost: Money,
    told: Told,
    *,
    difference: Money | None = None,
    by: Actor,
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
        agent_id=agent_of(by),
    )
    tx.add(redemption)
    tx.flush()
    return redemption


def change_basket(tx: Transaction, redemption_id: int, basket: Mapping[int, int], *, by: Actor, at: datetime) -> int:
    """Send something else for a visit with a shopping card: the difference is taken off it, or put back.

    Fewer pieces, or a product less, are that as well. Where several cards paid, see `sharing` for which is asked and
    which has it back. What was chosen before keeps its price. Returns the redemption's id. Raises BasketEmpty,
    NotAmongTheGifts, JustTaken, cards.NotEnoughLeft, and fulfilment.AlreadyPacking once packing has begun.
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
    """Give a visit with a shopping card up: nothing is sent, and its value is back on its cards. Returns its id.

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
    sharing.give_back(tx, redemption, by=by, at=at)  # before the goods: cards are held first, wherever both are
    fulfilment.cancel(tx, shipment.id, by=by, at=at)
    differences.give_back(tx, redemption, by=by, at=at)
    audit.record(tx, "redemption.cancel", ("card", redemption.card_id), by=by, at=at, redemption=redemption_id)
    return redemption_id


def _settle(tx: Transaction, redemption: Redemption, before: Money, after: Money, *, by: Actor, at: datetime) -> None:
    """Take off the cards what the new basket costs more, or put back what it costs less."""
    if before < after:
        sharing.take_more(tx, redemption, after - before, by=by, at=at)
    elif after < before:
        sharing.give_back(tx, redemption, before - after, by=by, at=at)


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
