"""Names on cards: whose they are, and forgetting them. The card stays."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import delete, select

from giftshop.cards.models import Addressee, Batch, Programme, batch_number
from giftshop.cards.rules import BatchState
from giftshop.db import Reader, Transaction

_TO_PRINT = (BatchState.DRAWN_UP, BatchState.SEALED)


def named_for(reader: Reader, refs: Collection[int]) -> tuple[Sequence[int], Sequence[str]]:
    """Return the serial numbers of cards that bear the names of `refs`, and the batches in which they wait for print.

    What is not printed yet is not among the serial numbers: the name is needed still.
    """
    if not refs:
        return [], []
    named = (
        select(Addressee.serial, Batch.id, Batch.state)
        .join(Batch, Batch.id == Addressee.batch_id)
        .where(Addressee.ref.in_(refs))
    )
    rows = reader.execute(named.order_by(Addressee.serial)).all()
    waiting = sorted({batch_number(batch_id) for _serial, batch_id, state in rows if state in _TO_PRINT})
    return [serial for serial, _batch, state in rows if state not in _TO_PRINT], [str(number) for number in waiting]


def names_ended_before(reader: Reader, day: date, *, limit: int) -> Sequence[int]:
    """Return serial numbers of named cards whose programme's last day was before `day`, up to `limit`."""
    ended = (
        select(Addressee.serial)
        .join(Batch, Batch.id == Addressee.batch_id)
        .join(Programme, Programme.id == Batch.programme_id)
        .where(Programme.valid_until < day)
    )
    return reader.scalars(ended.limit(limit)).all()


def forget_names(tx: Transaction, serials: Collection[int]) -> int:
    """Delete the names that cards bear, and return how many."""
    return tx.change(delete(Addressee).where(Addressee.serial.in_(serials)))
