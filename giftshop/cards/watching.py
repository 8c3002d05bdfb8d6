"""Odd patterns around codes, looked for once a minute while anything happens: what is odd becomes an alarm.

Looking is a job's, so that the answer to a code waits for none of it: a code that is real and not active yet costs
exactly what a made-up one costs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, or_, select, update

from giftshop import alarms
from giftshop.alarms import AlarmKind
from giftshop.cards.guessing import (
    LONG,
    MOST_IN_LONG,
    MOST_OVER_ALL,
    SHORT,
    forget_addresses,
    is_desk,
    is_flood,
)
from giftshop.cards.models import Batch, Card, CardOpening, WrongCode, batch_number
from giftshop.cards.rules import BatchState
from giftshop.db import Transaction
from giftshop.jobs import JobRun, enqueue

WATCH_JOB: Final = "cards.watch"
MINUTE: Final = timedelta(minutes=1)
MANY_CARDS: Final = 40
"""Different cards opened from one network in an hour. A firm's office may do that the day its gifts arrive."""
AT_ONCE: Final = 500
_NOT_YET: Final = (BatchState.SEALED, BatchState.PRINTED, BatchState.SHIPPED)


def promise_to_watch(tx: Transaction, at: datetime) -> None:
    """Round: if a code was typed within this minute, promise one look when it is over."""
    tried = select(WrongCode.id).where(WrongCode.tried_at > at - MINUTE).exists()
    opened = select(CardOpening.card_id).where(CardOpening.opened_at > at - MINUTE).exists()
    if tx.scalar(select(or_(tried, opened))):
        next_minute = at.replace(second=0, microsecond=0) + MINUTE
        enqueue(tx, WATCH_JOB, {}, key=f"{WATCH_JOB}/{next_minute:%Y-%m-%dT%H:%M}", at=next_minute)


def watch(run: JobRun) -> None:
    """Job: look at what happened lately, and forget what is a day old."""
    for look in (_codes_before_activation, _flood, _guessers, _many_cards):
        run.transact(look, run.at)
    run.transact(forget_addresses, at=run.at)


def _codes_before_activation(tx: Transaction, at: datetime) -> None:
    """Raise an alarm for each card that is not active yet and whose code was typed. Each try is looked at once."""
    unseen = (WrongCode.card_id.is_not(None), WrongCode.watched_at.is_(None))
    tried = tx.scalars(select(WrongCode).where(*unseen).order_by(WrongCode.id).limit(AT_ONCE)).all()
    ids = [each.id for each in tried]
    tx.change(update(WrongCode).where(WrongCode.id.in_(ids)).values(watched_at=at))
    of_cards = {each.card_id for each in tried}
    sealed = select(Card.id, Batch.id, Batch.state).join(Batch).where(Card.id.in_(of_cards))
    networks = {each.card_id: each.address for each in tried}
    for card_id, batch_id, state in tx.execute(sealed.where(Batch.state.in_(_NOT_YET))).all():
        facts: dict[str, str | int] = {
            "batch": batch_number(batch_id),
            "batch_state": state.value,
            "network": networks[card_id],
        }
        alarms.raise_alarm(tx, AlarmKind.CODE_BEFORE_ACTIVATION, ("card", card_id), facts=facts, at=at)


def _flood(tx: Transaction, at: datetime) -> None:
    if is_flood(tx, at=at):
        facts = {"at_least": MOST_OVER_ALL, "minutes": int(SHORT.total_seconds()) // 60}
        alarms.raise_alarm(tx, AlarmKind.WRONG_CODES, ("site", 0), facts=facts, at=at, quiet=SHORT)


def _guessers(tx: Transaction, at: datetime) -> None:
    """Raise an alarm for each network that went on until nothing more of it was looked up for an hour."""
    counted = select(WrongCode.address, func.count()).where(WrongCode.tried_at > at - LONG)
    for network, count in tx.execute(counted.group_by(WrongCode.address).having(func.count() >= MOST_IN_LONG)).all():
        facts: dict[str, str | int] = {"network": network, "wrong_codes": count}
        alarms.raise_alarm(tx, AlarmKind.GUESSER, _network(network), facts=facts, at=at, quiet=LONG)


def _many_cards(tx: Transaction, at: datetime) -> None:
    for network, count in _opening_many(tx, at):
        facts: dict[str, str | int] = {"network": network, "cards": count}
        kind = AlarmKind.MANY_CARDS_FROM_ONE_PLACE
        alarms.raise_alarm(tx, kind, _network(network), facts=facts, at=at, quiet=LONG)


def _opening_many(tx: Transaction, at: datetime) -> Iterator[tuple[str, int]]:
    """Yield the networks from which many cards were opened, with how many. At the hotline's desks that is the work."""
    counted = select(CardOpening.address, func.count()).where(CardOpening.opened_at > at - LONG)
    rows = tx.execute(counted.group_by(CardOpening.address).having(func.count() >= MANY_CARDS)).all()
    yield from ((network, count) for network, count in rows if not is_desk(network))


def _network(network: str) -> tuple[str, int]:
    return "network", alarms.number_of(network)
