"""From a paid order to cards that can be redeemed: what orders does when others tell it news."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from giftshop import audit, cards, fulfilment, payments
from giftshop.cards import Addressed, BatchActivated, BatchIssued, ProgrammeTerms
from giftshop.db import Transaction
from giftshop.fulfilment import ShipmentDelivered, ShipmentDispatched, ShipmentState, ShipmentStepUndone
from giftshop.jobs import JobRun
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.market import MarketRules
from giftshop.orders import mailing
from giftshop.orders.errors import CardsRedeemable
from giftshop.orders.models import Order
from giftshop.orders.money_back import freeze
from giftshop.orders.offers import products_of
from giftshop.orders.presenting import receiver_of
from giftshop.orders.queries import BATCH, KIND, recipients_of
from giftshop.orders.rules import OrderKind, OrderState, last_day
from giftshop.orders.service import mark_issued
from giftshop.production import BatchPrinted

PROMISE: Final = timedelta(days=3)
"""Printed cards leave within three days."""


@dataclass(frozen=True, slots=True)
class House:
    """What every card says or keeps to, whoever ordered it."""

    public_url: str
    hotline: str
    time_zone: str
    market: MarketRules


def issue_order(run: JobRun, *, house: House) -> None:
    """Job: draw up the programme and the batch of a paid order, and have its cards made. Repeating it adds nothing."""
    run.transact(draw_up, int(run.payload["order_id"]), house=house)


def draw_up(tx: Transaction, order_id: int, *, house: House) -> None:
    """Start the programme of a paid order, with one batch of cards for its people."""
    order = tx.get_one(Order, order_id, with_for_update=True)
    if cards.programme_bought_by(tx, KIND, order_id) is not None:
        return
    if order.state is not OrderState.PAID:  # its money went back in the meantime
        return
    at = clock.now()
    is_value = order.kind is OrderKind.SHOPPING_CARD
    terms = ProgrammeTerms(
        kind=cards.ProgrammeKind.STORED_VALUE if is_value else cards.ProgrammeKind.VOUCHER,
        allows_difference=order.allows_difference,
        grace_days=house.market.cards.grace_days,
        unredeemed=order.unredeemed,
        fallback_item_id=order.fallback_item_id,
        products=products_of(tx, order_id),
        firm_id=order.firm_id,
        order_kind=KIND,
        order_id=order_id,
        name=f"{order.headline} · {order.number}",
        sender_name=order.sender_name,
        headline=order.headline,
        locale=order.card_locale,
        contact_line=order.contact_line,
        is_surprise=order.is_surprise,
        hotline=house.hotline,
        valid_until=last_day(
            order.valid_until,
            kind=order.kind,
            today=clock.local_day(at, house.time_zone),
            market=house.market.stored_value,
        ),
        time_zone=house.time_zone,
        greeting=order.greeting,
        logo_ref=str(order.logo_id) if order.logo_id else None,
        design=order.design,
        accent=order.accent,
        lettering=order.lettering,
    )
    programme_id = cards.start_programme(tx, terms, by=SYSTEM, at=at)
    batch_id = cards.draw_up(
        tx,
        programme_id,
        edition_id=order.edition_id,
        face=order.face if is_value else None,
        quantity=order.quantity,
        public_url=house.public_url,
        addressees=[Addressed(person.name, person.id) for person in recipients_of(tx, order_id)],
        is_digital=order.is_digital,
        by=SYSTEM,
        at=at,
    )
    cards.issue(tx, batch_id, by=SYSTEM, at=at)


def note_issued(tx: Transaction, news: BatchIssued) -> None:
    """Subscriber: the cards of an order exist. Those of a payment that a bank disputes by now are stopped at once."""
    programme = cards.programme(tx, news.programme_id)
    if programme.order_kind == KIND:
        mark_issued(tx, programme.order_id, at=clock.now())
        if payments.is_frozen(tx, payments.Payable(KIND, programme.order_id)):
            freeze(tx, programme.id, at=clock.now())
        mailing.have_sent(tx, programme.order_id)


def send_to_firm(tx: Transaction, news: BatchPrinted) -> None:
    """Subscriber: the cards of an order are printed, so they become a parcel to the firm."""
    order = _order_of(tx, news.programme_id)
    receiver = receiver_of(order) if order else None
    if order is None or receiver is None:
        return
    at = clock.now()
    words = {
        locale: text % {"count": cards.batch(tx, news.batch_id).quantity, "number": order.number}
        for locale, text in {
            "en": "%(count)s printed cards, order %(number)s",
            "zh_Hans": "卡 %(count)s 张，订单 %(number)s",
        }.items()
    }
    shipment_id = fulfilment.request_shipment(
        tx,
        source=(BATCH, news.batch_id),
        receiver=receiver,
        lines=[fulfilment.Line(item_id=None, words=words, quantity=1)],
        firm_id=order.firm_id,
        promised_on=(at + PROMISE).date(),
        not_before=None,
        is_surprise=False,
        at=at,
        by=SYSTEM,
    )
    audit.record(tx, "orders.send_cards", (KIND, order.id), by=SYSTEM, at=at, shipment=shipment_id)


def note_shipped(tx: Transaction, news: ShipmentDispatched) -> None:
    """Subscriber: a parcel of cards is on its way."""
    kind, batch_id = news.source
    if kind == BATCH:
        cards.mark_shipped(tx, batch_id, by=SYSTEM, at=clock.now())


def note_delivered(tx: Transaction, news: ShipmentDelivered, *, alone_below: int) -> None:
    """Subscriber: a parcel of cards arrived, so whoever holds one can redeem it; a large batch waits for two people.

    `alone_below`: what a batch may be worth without them, in minor units.
    """
    kind, batch_id = news.source
    if kind == BATCH:
        cards.receive(tx, batch_id, may_open=cards.alone_below(alone_below), by=SYSTEM, at=clock.now())


def _order_of(tx: Transaction, programme_id: int) -> Order | None:
    programme = cards.programme(tx, programme_id)
    return tx.get(Order, programme.order_id) if programme.order_kind == KIND else None


def note_taken_in(tx: Transaction, news: BatchActivated) -> None:
    """Subscriber: the firm said that its cards came, before the carrier did: their parcel counts as delivered."""
    parcel = fulfilment.shipment_by_source(tx, (BATCH, news.batch_id))
    if parcel is None:
        return
    tx.refresh(parcel)
    if parcel.state is ShipmentState.DISPATCHED:
        fulfilment.deliver(tx, parcel.id, by=SYSTEM, at=clock.now())


def keep_delivered(tx: Transaction, news: ShipmentStepUndone) -> None:
    """Subscriber: a parcel of cards cannot be un-delivered once they can be redeemed. Raises CardsRedeemable."""
    kind, batch_id = news.source
    if kind == BATCH and cards.batch(tx, batch_id).state is cards.BatchState.ACTIVE:
        raise CardsRedeemable
