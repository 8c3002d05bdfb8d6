"""Wrapping batches' keys anew, under another master key. The secrets below them stay as they lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import case, func, select, update

from giftshop.cards.models import Batch
from giftshop.cards.rules import BatchState
from giftshop.cards.vault import WrappedKey, rewrapped
from giftshop.db import Reader, Transaction
from giftshop.kernel.keyring import Keyring

AT_ONCE: Final = 100
"""Keys wrapped in one transaction: done in a moment, so that nobody waits for it."""


@dataclass(frozen=True, slots=True)
class KeyUse:
    """How much hangs on one key."""

    total: int
    live: int
    """Of them, how many need it still: batches that are not closed."""


def reseal_batch_keys(tx: Transaction, keyring: Keyring) -> int:
    """Wrap some of the batch keys that lie under another master key than the current, and return how many.

    Killed at any moment, it goes on where it was. Raises SealBroken at one that does not open.
    """
    known = [name for name in keyring.master_keys.keys if name != keyring.master_keys.current]
    lying = select(Batch).where(Batch.wrapped_key.is_not(None), Batch.master_id.in_(known)).order_by(Batch.id)
    done = 0
    for batch in tx.scalars(lying.limit(AT_ONCE)).all():
        before = WrappedKey(batch.master_id or "", batch.wrapped_key or b"")
        after = rewrapped(keyring, before, batch.number)
        same = (Batch.id == batch.id, Batch.wrapped_key == before.sealed)  # unless its secrets are destroyed meanwhile
        done += tx.change(update(Batch).where(*same).values(master_id=after.master_id, wrapped_key=after.sealed))
    return done


def use_of_peppers(reader: Reader) -> Mapping[str, KeyUse]:
    """Return, by pepper, how many batches are hashed with it."""
    live = func.sum(case((Batch.state != BatchState.CLOSED, 1), else_=0))
    counted = select(Batch.pepper_id, func.count(), live).where(Batch.pepper_id.is_not(None)).group_by(Batch.pepper_id)
    return {str(name): KeyUse(total, int(of_them)) for name, total, of_them in reader.execute(counted)}


def use_of_master_keys(reader: Reader) -> Mapping[str, KeyUse]:
    """Return, by master key, how many batches' keys it wraps."""
    counted = select(Batch.master_id, func.count()).where(Batch.wrapped_key.is_not(None)).group_by(Batch.master_id)
    return {str(name): KeyUse(total, total) for name, total in reader.execute(counted)}
