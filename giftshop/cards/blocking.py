"""Stopping one card, and letting it go on."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import case, select, update

from giftshop import audit
from giftshop.cards.errors import CannotBlock, CannotUnblock, CardNotThere
from giftshop.cards.events import CardChanged
from giftshop.cards.expiry import look_again
from giftshop.cards.models import Card
from giftshop.cards.rules import BlockReason, CardState
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.serials import printed

as_before: Final = case((Card.activated_at.is_not(None), CardState.ACTIVE), else_=CardState.SEALED)
"""What a card is that is not blocked any more. The row itself says it, so nothing can come between."""


def block(tx: Transaction, card_id: int, *, reason: BlockReason, by: Actor, at: datetime) -> None:
    """Stop a card that has not been redeemed; raises CannotBlock, CardNotThere."""
    stoppable = (Card.id == card_id, Card.state.in_([CardState.SEALED, CardState.ACTIVE]))
    if not tx.change(update(Card).where(*stoppable).values(state=CardState.BLOCKED, block_reason=reason)):
        raise CannotBlock(serial=serial_of(tx, card_id))
    tell(tx, "cards.block", card_id, at)
    audit.record(tx, "cards.block", ("card", card_id), by=by, at=at, reason=reason)


def unblock(tx: Transaction, card_id: int, *, by: Actor, at: datetime) -> None:
    """Let a blocked card be what it was, or what has become of its batch since; raises CannotUnblock, CardNotThere."""
    blocked = (Card.id == card_id, Card.state == CardState.BLOCKED)
    if not tx.change(update(Card).where(*blocked).values(state=as_before, block_reason=None)):
        raise CannotUnblock(serial=serial_of(tx, card_id))
    look_again(tx, card_id, at=at)
    tell(tx, "cards.unblock", card_id, at)
    audit.record(tx, "cards.unblock", ("card", card_id), by=by, at=at)


def serial_of(tx: Transaction, card_id: int) -> str:
    """Return a card's serial number as people read it; raises CardNotThere."""
    number = tx.scalar(select(Card.serial).where(Card.id == card_id))
    if number is None:
        raise CardNotThere
    return printed(number)


def tell(tx: Transaction, what: str, card_id: int, at: datetime) -> None:
    """Tell CardChanged of something that moves no value of the card."""
    public_id, serial = tx.execute(select(Card.public_id, Card.serial).where(Card.id == card_id)).one()
    tx.publish(CardChanged(what, public_id, serial, at))
