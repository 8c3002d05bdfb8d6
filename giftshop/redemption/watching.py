"""Many different cards spent on parcels to one phone within a day: looked for while anything is redeemed."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from giftshop import alarms, fulfilment
from giftshop.alarms import AlarmKind
from giftshop.db import Transaction
from giftshop.jobs import JobRun, enqueue
from giftshop.redemption.models import Redemption
from giftshop.redemption.rules import SOURCE

WATCH_JOB: Final = "redemption.watch"
WINDOW: Final = timedelta(days=1)
EVERY: Final = timedelta(minutes=10)
MANY_CARDS: Final = 10
"""Different cards to one phone in a day. An assistant may collect the gifts of a whole office."""


def promise_to_watch(tx: Transaction, at: datetime) -> None:
    """Round: if anything was redeemed within these ten minutes, promise one look when they are over."""
    if tx.scalar(select(Redemption.id).where(Redemption.redeemed_at > at - EVERY).limit(1)):
        began = at.replace(minute=at.minute // 10 * 10, second=0, microsecond=0)
        enqueue(tx, WATCH_JOB, {}, key=f"{WATCH_JOB}/{began:%Y-%m-%dT%H:%M}", at=began + EVERY)


def watch(run: JobRun, *, key: bytes) -> None:
    """Job: raise an alarm for each phone to which very many cards were spent. `key` hides the phone in its subject."""
    run.transact(_raise, key, at=run.at)


def _raise(tx: Transaction, key: bytes, *, at: datetime) -> None:
    first = tx.scalar(select(func.min(Redemption.id)).where(Redemption.redeemed_at > at - WINDOW))
    if first is None:
        return
    crowded = fulfilment.crowded_phones(tx, SOURCE, first, at_least=MANY_CARDS)
    for phone, redemption_ids in crowded.items():
        counted = select(func.count(Redemption.card_id.distinct())).where(Redemption.id.in_(redemption_ids))
        many = tx.scalar(counted) or 0
        if many < MANY_CARDS:
            continue  # one card in many visits
        newest = fulfilment.shipment_by_source(tx, (SOURCE, redemption_ids[-1]))
        facts: dict[str, str | int] = {"cards": many, "shipment": newest.number if newest else ""}
        subject = ("phone", alarms.number_of(hmac.digest(key, phone.encode(), "sha256").hex()))
        alarms.raise_alarm(tx, AlarmKind.MANY_GIFTS_TO_ONE_PHONE, subject, facts=facts, at=at, quiet=WINDOW)
