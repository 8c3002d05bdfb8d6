"""What was spent after the backup that a database was restored from: taken off a shopping card again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import select, update

from giftshop import audit, ledger
from giftshop.cards.events import CardChanged
from giftshop.cards.models import Batch, Card
from giftshop.cards.rules import CardState
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.money import Money
from giftshop.ledger import Account, EntryKind

REPLAYED: Final = "replay/"
"""How the name of an entry begins that stands for a lost one."""


def take_off_lost(tx: Transaction, card_id: int, lost: Mapping[str, int], *, by: Actor, at: datetime) -> bool:
    """Take off a shopping card what entries took that the ledger has lost: by their names, in minor units.

    All of them or none; each is posted under a name of its own, so that it is never taken twice. False when that cannot
    be said with figures: of a gift book, of a card that holds less by now, of one that was not open yet.
    """
    total = sum(lost.values())
    batch = tx.execute(
        select(Batch.id, Batch.currency)
        .join(Card, Card.batch_id == Batch.id)
        .where(Card.id == card_id, Batch.edition_id.is_(None), Batch.activated_at.is_not(None))
        .with_for_update(read=True, of=Batch)
    ).one_or_none()
    if batch is None or total <= 0:
        return False
    holds_it = (
        Card.id == card_id,
        Card.state.in_([CardState.ACTIVE, CardState.BLOCKED]),
        Card.balance_minor >= total,
    )
    taken = update(Card).where(*holds_it).values(balance_minor=Card.balance_minor - total)
    card = tx.execute(
        taken.returning(Card.public_id, Card.serial, Card.balance_minor),
        execution_options={"synchronize_session": False},
    ).one_or_none()
    if card is None:
        return False
    for entry, amount_minor in lost.items():
        amount = Money(amount_minor, batch.currency)
        legs = ledger.move(amount, Account.OUTSTANDING, Account.REDEEMED, batch_id=batch.id, card_id=card_id)
        name = ledger.post(
            tx,
            EntryKind.SPEND,
            legs,
            subject=("card", card_id),
            once=name_of_replay(entry, card_id),
            by=by,
            at=at,
        )
        change = {"change_minor": -amount_minor, "left_minor": card.balance_minor, "entry": name}
        tx.publish(CardChanged(EntryKind.SPEND, card.public_id, card.serial, at, **change))
    audit.record(tx, "cards.take_off_lost", ("card", card_id), by=by, at=at, amount_minor=total)
    return True


def name_of_replay(entry: str, card_id: int) -> str:
    """Return what the entry is called that stands for a lost one."""
    return f"{REPLAYED}{entry}/{card_id}"
