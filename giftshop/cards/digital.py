"""E-cards, as far as the cards room knows them: opened without ever being printed.

Nobody prints the codes of an e-card's batch, and nobody needs them: its holder comes by a link, which is worked out
from the card's public id. So they are destroyed as soon as they are made.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update

from giftshop import audit
from giftshop.cards.activating import activate
from giftshop.cards.custody import destroy_secrets
from giftshop.cards.models import Addressee, Batch, Card
from giftshop.cards.rules import BATCH_BEFORE, BatchState
from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor


def open_unprinted(tx: Transaction, batch_id: int, *, by: Actor, at: datetime) -> bool:
    """Destroy the codes of a sealed batch of e-cards and open its cards. False when it is none, or was done before.

    Takes the steps of paper within this one transaction, so that whatever they promise holds for e-cards too: codes are
    gone before a card is worth something, and value is posted as it is opened.
    """
    mine = (Batch.id == batch_id, Batch.is_digital, Batch.state == BatchState.SEALED)
    if not tx.change(update(Batch).where(*mine).values(state=BATCH_BEFORE[BatchState.ACTIVE])):
        return False
    audit.record(tx, "cards.never_print", ("batch", batch_id), by=by, at=at)
    destroy_secrets(tx, batch_id, by=by, at=at)
    return activate(tx, batch_id, by=by, at=at)


def refs_of(reader: Reader, card_ids: Collection[int]) -> dict[int, int]:
    """Return, for each of these cards that was made for somebody on a list, that person's reference, by card."""
    if not card_ids:
        return {}
    named = select(Card.id, Addressee.ref).join(Addressee, Addressee.serial == Card.serial)
    rows = reader.execute(named.where(Card.id.in_(card_ids), Addressee.ref.is_not(None)))
    return {card_id: ref for card_id, ref in rows if ref is not None}
