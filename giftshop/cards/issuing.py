"""Making the cards of a batch: secrets, their hashes, and their seal, some thousands a transaction.

How many are made stands in the batch's row and moves with them, so the job can be killed anywhere and goes on where it
was; of two workers at the same batch, the condition on that number lets one go on and sends the other to look again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from sqlalchemy import select, update

from giftshop import audit, ledger
from giftshop.cards.events import BatchIssued
from giftshop.cards.models import Batch, Card, Programme, SealedBlock
from giftshop.cards.rules import BatchState, CardState, lapses_at
from giftshop.cards.vault import BLOCK_SECRETS, WrappedKey, block_hashes, new_batch_key, seal_block, unwrapped
from giftshop.db import Transaction
from giftshop.jobs import JobRun
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.codes import draw_block, letters_in
from giftshop.kernel.keyring import Keyring
from giftshop.kernel.money import Money
from giftshop.kernel.serials import numbers
from giftshop.ledger import Account, EntryKind

AT_ONCE: Final = 10 * BLOCK_SECRETS
"""Cards made in one transaction: enough for speed, little enough that SQLite's other writers wait a moment only."""
_PUBLIC_ID_BYTES: Final = 16


def issue_batch(run: JobRun, *, keyring: Keyring) -> None:
    """Job: make every card of the batch that is not made yet."""
    batch_id = int(run.payload["batch_id"])
    run.transact(give_key, batch_id, keyring=keyring)
    while run.transact(issue_some, batch_id, keyring=keyring, at=run.at):
        pass


def give_key(tx: Transaction, batch_id: int, *, keyring: Keyring) -> None:
    """Give a batch without one its key, and the pepper of its cards."""
    batch = tx.get_one(Batch, batch_id)
    _, wrapped = new_batch_key(keyring, batch.number)
    keyless = (Batch.id == batch_id, Batch.state == BatchState.DRAWN_UP, Batch.wrapped_key.is_(None))
    keys = {
        "pepper_id": keyring.peppers.current,
        "master_id": wrapped.master_id,
        "wrapped_key": wrapped.sealed,
    }
    tx.change(update(Batch).where(*keyless).values(keys))


def issue_some(tx: Transaction, batch_id: int, *, keyring: Keyring, at: datetime) -> bool:
    """Make the next cards of a batch. Returns whether there may be more to make."""
    batch = tx.get_one(Batch, batch_id)
    if batch.state is not BatchState.DRAWN_UP:
        return False
    count = min(AT_ONCE, batch.quantity - batch.issued)
    mine = (Batch.id == batch_id, Batch.state == BatchState.DRAWN_UP, Batch.issued == batch.issued)
    if not tx.change(update(Batch).where(*mine).values(issued=batch.issued + count)):
        return True
    _make_cards(tx, batch, count, keyring)
    if batch.issued + count == batch.quantity:
        _seal(tx, batch, at=at)
    return True


def issue_at_once(tx: Transaction, batch: Batch, *, keyring: Keyring, at: datetime) -> None:
    """Make the cards of a small batch within the transaction that needs them, and tell BatchIssued."""
    if batch.quantity > BLOCK_SECRETS:
        raise ValueError("too many cards for one transaction")
    give_key(tx, batch.id, keyring=keyring)
    tx.refresh(batch)
    _make_cards(tx, batch, batch.quantity, keyring)
    tx.change(update(Batch).where(Batch.id == batch.id).values(issued=batch.quantity))
    _seal(tx, batch, at=at)


def batch_key(batch: Batch, keyring: Keyring) -> bytes:
    """Return the key that the secrets of `batch` are sealed under; raises SealBroken."""
    wrapped = WrappedKey(batch.master_id or "", batch.wrapped_key or b"")
    return unwrapped(keyring, wrapped, batch.number)


def _make_cards(tx: Transaction, batch: Batch, count: int, keyring: Keyring) -> None:
    key, pepper = batch_key(batch, keyring), keyring.peppers.keys[batch.pepper_id or ""]
    terms = tx.execute(
        select(Programme.valid_until, Programme.time_zone, Programme.grace_days).where(
            Programme.id == batch.programme_id
        )
    ).one()
    end = batch.issued + count
    blocks = [
        (first, draw_block(min(BLOCK_SECRETS, end + 1 - first)))
        for first in range(batch.issued + 1, end + 1, BLOCK_SECRETS)
    ]
    sealed = ((first, seal_block(key, batch.number, first, block)) for first, block in blocks)
    tx.load(SealedBlock, ("first", "sealed"), sealed, same={"batch_id": batch.id})
    cards = (card for first, block in blocks for card in _card_rows(batch.number, first, block, pepper))
    same = {
        "batch_id": batch.id,
        "state": CardState.SEALED,
        "expires_at": lapses_at(terms.valid_until, terms.time_zone, terms.grace_days),
        "balance_minor": 0 if batch.is_replacement else batch.face_minor,
    }
    tx.load(Card, ("serial", "secret_hash", "last4", "public_id"), cards, same=same)


def _card_rows(number: int, first: int, block: bytes, pepper: bytes) -> Iterator[tuple[int, bytes, str, bytes]]:
    codes = letters_in(block)
    last4 = (letters[-4:].decode("ascii") for letters in codes)
    noise = os.urandom(_PUBLIC_ID_BYTES * len(codes))
    public_ids = (noise[start : start + _PUBLIC_ID_BYTES] for start in range(0, len(noise), _PUBLIC_ID_BYTES))
    return zip(numbers(number, first, len(codes)), block_hashes(pepper, block), last4, public_ids, strict=True)


def _seal(tx: Transaction, batch: Batch, *, at: datetime) -> None:
    tx.change(update(Batch).where(Batch.id == batch.id).values(state=BatchState.SEALED))
    subject = ("batch", batch.id)
    if not batch.is_replacement:
        worth = Money(batch.face_minor * batch.quantity, batch.currency)
        legs = ledger.move(worth, Account.SOLD, Account.PENDING, batch_id=batch.id)
        ledger.post(tx, EntryKind.ISSUE, legs, subject=subject, once=f"issue/{batch.id}", by=SYSTEM, at=at)
    audit.record(tx, "cards.issue", subject, by=SYSTEM, at=at, quantity=batch.quantity)
    tx.publish(BatchIssued(batch.id, batch.programme_id))
