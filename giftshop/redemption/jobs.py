"""Writing to recipients when the bench has news of their gift, and forgetting drafts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import update

from giftshop import cards, fulfilment
from giftshop.addresses import can_receive_texts
from giftshop.config import Settings
from giftshop.db import Reader, Transaction
from giftshop.fulfilment import (
    ExceptionReason,
    Shipment,
    ShipmentDelivered,
    ShipmentDispatched,
    ShipmentExcepted,
    ShipmentState,
    tracking_facts,
)
from giftshop.jobs import JobRun
from giftshop.kernel.locale import pick
from giftshop.notifications import queue_mail, queue_text
from giftshop.payments import PaymentReversed, PaymentSettled
from giftshop.redemption import differences, drafts
from giftshop.redemption.links import TrackingLink
from giftshop.redemption.messages import Facts, Letter, letter
from giftshop.redemption.models import Redemption
from giftshop.redemption.presenting import gift_words
from giftshop.redemption.queries import items_chosen
from giftshop.redemption.rules import SOURCE, News
from giftshop.redemption.sending import TELL_JOB, tell
from giftshop.web import GiftShop, in_locale

S = ShipmentState
STILL_TRUE: Final[Mapping[News, Collection[ShipmentState]]] = {
    News.REDEEMED: frozenset(S) - {S.DELIVERED, S.RETURNED, S.CANCELLED},
    News.DISPATCHED: {S.DISPATCHED},
    News.DELIVERED: {S.DELIVERED},
    News.ADDRESS_NEEDED: {S.EXCEPTION},
}
"""Where a shipment may be for news of it to be worth telling: a step may have been undone since."""


def init_app(app: GiftShop) -> None:
    """Hear the bench, and register the jobs."""
    app.events.subscribe(ShipmentDispatched, hear_of_dispatch)
    app.events.subscribe(ShipmentDelivered, hear_of_delivery)
    app.events.subscribe(ShipmentExcepted, hear_of_trouble)
    app.events.subscribe(PaymentSettled, differences.hear_of_payment)
    app.events.subscribe(PaymentReversed, differences.hear_of_reversal)
    app.jobs.register(differences.LAPSE_JOB, differences.lapse)
    app.jobs.register(TELL_JOB, partial(write, settings=app.settings))
    app.jobs.register(drafts.FORGET_JOB, forget_drafts)


def hear_of_dispatch(tx: Transaction, event: ShipmentDispatched) -> None:
    """Subscriber: the carrier has a gift."""
    _pass_on(tx, event, News.DISPATCHED)


def hear_of_delivery(tx: Transaction, event: ShipmentDelivered) -> None:
    """Subscriber: the recipient has a gift."""
    _pass_on(tx, event, News.DELIVERED)


def hear_of_trouble(tx: Transaction, event: ShipmentExcepted) -> None:
    """Subscriber: a gift was stopped; a bad address is the recipient's to mend."""
    if event.reason is ExceptionReason.BAD_ADDRESS:
        _pass_on(tx, event, News.ADDRESS_NEEDED)


def write(run: JobRun, *, settings: Settings) -> None:
    """Write one piece of news to one recipient, unless it is not true any more or the gift is a surprise."""
    news = News(run.payload["news"])
    with run.reading() as reader:
        redemption = reader.get(Redemption, run.payload["redemption_id"])
        shipment = fulfilment.shipment_by_source(reader, redemption.source) if redemption else None
        if redemption is None or shipment is None or shipment.state not in STILL_TRUE[news]:
            return
        if shipment.is_surprise and news is not News.DELIVERED:
            return
        with in_locale(redemption.locale):
            written = letter(news, _facts(reader, redemption, shipment, settings, at=run.at))
        phone = shipment.receiver_phone if can_receive_texts(shipment.receiver_phone) else None
    run.transact(_send_once, redemption.id, run.job_id, written, phone=phone, is_last=news is News.DELIVERED)


def forget_drafts(run: JobRun) -> None:
    """Delete the drafts that are a day old."""
    run.transact(drafts.forget_old_drafts, at=run.at)


def _pass_on(tx: Transaction, event: ShipmentDispatched | ShipmentDelivered | ShipmentExcepted, news: News) -> None:
    kind, redemption_id = event.source
    if kind == SOURCE:
        tell(tx, redemption_id, news)


def _send_once(
    tx: Transaction, redemption_id: int, job_id: int, written: Letter, *, phone: str | None, is_last: bool
) -> None:
    """Queue the messages, unless this job or a later one has done so. After the last news the mail address goes."""
    first = (Redemption.id == redemption_id, Redemption.told_by < job_id)
    if not tx.change(update(Redemption).where(*first).values(told_by=job_id)):
        return
    found = tx.get_one(Redemption, redemption_id)
    email = found.email
    if phone:
        queue_text(tx, phone=phone, text=written.text)
    if email:
        queue_mail(tx, to=email, subject=written.subject, text=written.body, locale=found.locale)
    if email and is_last:
        tx.change(update(Redemption).where(Redemption.id == redemption_id).values(email=None))


def _facts(reader: Reader, redemption: Redemption, shipment: Shipment, settings: Settings, *, at: datetime) -> Facts:
    card = cards.held_card(reader, redemption.card_id, at=at)
    tracked = tracking_facts(reader, shipment.id)
    return Facts(
        sender=card.sender_name,
        gift=gift_words(items_chosen(reader, redemption)),
        number=shipment.number,
        link=TrackingLink(card.public_id, redemption.link_version, redemption.nth).url(
            settings.public_url, settings.link_key
        ),
        carrier=pick(tracked.carrier_names, redemption.locale),
        tracking_number=tracked.tracking_number or "",
        hotline=card.hotline,
    )
