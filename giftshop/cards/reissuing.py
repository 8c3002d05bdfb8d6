"""Replacing lost and damaged cards, moving unused ones to another batch, and letting two change places.

A card is never printed twice. The one made instead of it has its own code and serial number, lies in a batch of its own
that is printed, shipped and opened like any other, and has by postings what the old one held; the old one dies at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from giftshop import audit, ledger
from giftshop.cards.errors import BatchNotThere, CannotMove, CannotReplace, CannotSwap, CardNotThere, SentAgainInstead
from giftshop.cards.events import CardChanged
from giftshop.cards.issuing import issue_at_once
from giftshop.cards.models import Addressee, Batch, Card, Programme
from giftshop.cards.rules import BatchState, BlockReason, CardState, lapses_at
from giftshop.cards.stops import settle_stops
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.keyring import Keyring
from giftshop.kernel.money import Money
from giftshop.kernel.serials import printed
from giftshop.ledger import Account, EntryKind, Leg

_REPLACEABLE = (CardState.ACTIVE, CardState.BLOCKED)
_UNUSED = (CardState.SEALED, CardState.ACTIVE)


def reissue(
    tx: Transaction,
    card_ids: Sequence[int],
    *,
    reason: BlockReason,
    public_url: str,
    keyring: Keyring,
    by: Actor,
    at: datetime,
) -> int:
    """Replace cards of one batch by new ones and return the id of the batch those lie in, ready to be printed.

    The old ones are void from this moment; names and last days go to the new ones. Up to a thousand at once. Raises
    CannotReplace for one on which nothing is left, or that was never opened; SentAgainInstead, CardNotThere.
    """
    old = _locked(tx, card_ids)
    source = tx.get_one(Batch, old[0].batch_id)
    if source.is_digital:
        raise SentAgainInstead(serial=printed(old[0].serial))
    for card in old:
        is_worth_it = card.state in _REPLACEABLE and card.activated_at is not None and card.balance_minor > 0
        if not is_worth_it or card.batch_id != source.id or card.expires_at <= at:
            raise CannotReplace(serial=printed(card.serial))
    batch = _replacement_batch(tx, source, len(old), public_url=public_url, at=at)
    issue_at_once(tx, batch, keyring=keyring, at=at)
    new = tx.scalars(select(Card).where(Card.batch_id == batch.id).order_by(Card.serial)).all()
    legs: list[Leg] = []
    for before, after in zip(old, new, strict=True):
        worth = Money(before.balance_minor, source.currency)
        legs += [
            Leg(Account.OUTSTANDING, worth, source.id, before.id),
            Leg(Account.PENDING, -worth, batch.id, after.id),
        ]
        given = {"balance_minor": before.balance_minor, "expires_at": before.expires_at}
        tx.change(update(Card).where(Card.id == after.id).values(given))
        dead = {"state": CardState.VOID, "block_reason": None, "balance_minor": 0, "replaced_by_id": after.id}
        tx.change(update(Card).where(Card.id == before.id).values(dead))
        tx.change(
            update(Addressee).where(Addressee.serial == before.serial).values(serial=after.serial, batch_id=batch.id)
        )
        audit.record(tx, "cards.reissue", ("card", before.id), by=by, at=at, reason=reason, instead=after.id)
    entry = ledger.post(tx, EntryKind.REISSUE, legs, subject=("batch", batch.id), by=by, at=at)
    for gone, leg in zip(old, legs[::2], strict=True):
        change = -leg.amount.amount_minor
        tx.publish(CardChanged(EntryKind.REISSUE, gone.public_id, gone.serial, at, change, 0, entry))
    return batch.id


def move(tx: Transaction, card_ids: Sequence[int], to_batch_id: int, *, by: Actor, at: datetime) -> int:
    """Move unused cards of one batch to another of the same firm and worth, and return how many.

    From then on they are worth what that batch's cards are: its gifts or products, its sender's words, its last day.
    Raises CannotMove, CardNotThere, BatchNotThere.
    """
    moved = _locked(tx, card_ids)
    source, target = _two_batches(tx, moved[0].batch_id, to_batch_id)
    if any(card.batch_id != source.id for card in moved) or not all(_is_unused(card, source) for card in moved):
        raise CannotMove(field="cards")
    if not _may_take(tx, source, target, are_open={card.activated_at is not None for card in moved}):
        raise CannotMove(field="batch")
    programme = tx.get_one(Programme, target.programme_id)
    ends = lapses_at(programme.valid_until, programme.time_zone, programme.grace_days)
    ids = [card.id for card in moved]
    tx.change(update(Card).where(Card.id.in_(ids)).values(batch_id=target.id, expires_at=ends))
    serials = [card.serial for card in moved]
    tx.change(update(Addressee).where(Addressee.serial.in_(serials)).values(batch_id=target.id))
    for batch, more in ((source, -len(ids)), (target, len(ids))):
        counts = {"quantity": Batch.quantity + more, "issued": Batch.issued + more}
        tx.change(update(Batch).where(Batch.id == batch.id).values(counts))
    legs = [leg for card in moved for leg in _moving(card, source, target)]
    ledger.post(tx, EntryKind.MOVE, legs, subject=("batch", target.id), by=by, at=at)
    for card_id in ids:
        audit.record(tx, "cards.move", ("card", card_id), by=by, at=at, from_batch=source.id, to_batch=target.id)
    return len(ids)


def swap(tx: Transaction, one_id: int, other_id: int, *, by: Actor, at: datetime) -> None:
    """Let two unused cards of one programme and worth change places: whom the one was for has the other now.

    For cards in each other's envelope. Raises CannotSwap, CardNotThere.
    """
    if one_id == other_id:
        raise CannotSwap(field="serial")
    one, other = _locked(tx, sorted((one_id, other_id)))
    batches = {card.batch_id: tx.get_one(Batch, card.batch_id) for card in (one, other)}
    first, second = batches[one.batch_id], batches[other.batch_id]
    alike = (first.programme_id, first.face, first.edition_id) == (second.programme_id, second.face, second.edition_id)
    if not alike or not _is_unused(one, first) or not _is_unused(other, second):
        raise CannotSwap(field="serial")
    _exchange_names(tx, one, other)
    for card, instead in ((one, other), (other, one)):
        audit.record(tx, "cards.swap", ("card", card.id), by=by, at=at, instead=instead.id)


def _exchange_names(tx: Transaction, one: Card, other: Card) -> None:
    places = {one.serial: (other.serial, other.batch_id), other.serial: (one.serial, one.batch_id)}
    named = tx.execute(
        select(Addressee.serial, Addressee.name, Addressee.ref).where(Addressee.serial.in_(places))
    ).all()
    tx.change(delete(Addressee).where(Addressee.serial.in_(places)))
    for row in named:
        serial, batch_id = places[row.serial]
        tx.change(insert(Addressee).values(serial=serial, batch_id=batch_id, name=row.name, ref=row.ref))


def _locked(tx: Transaction, card_ids: Sequence[int]) -> list[Card]:
    """Return cards by serial number, held until the transaction ends; in one order, so that nobody waits in a ring."""
    held = select(Card).where(Card.id.in_(set(card_ids))).order_by(Card.serial).with_for_update()
    found = list(tx.scalars(held.execution_options(populate_existing=True)))
    if not found or len(found) != len(set(card_ids)):
        raise CardNotThere
    return found


def _replacement_batch(tx: Transaction, source: Batch, quantity: int, *, public_url: str, at: datetime) -> Batch:
    batch = Batch(
        programme_id=source.programme_id,
        edition_id=source.edition_id,
        face_minor=source.face_minor,
        currency=source.currency,
        quantity=quantity,
        is_replacement=True,
        public_url=public_url,
        drawn_up_at=at,
    )
    tx.add(batch)
    tx.flush()
    settle_stops(tx, Batch.id == batch.id)
    return batch


def _two_batches(tx: Transaction, source_id: int, target_id: int) -> tuple[Batch, Batch]:
    both = select(Batch).where(Batch.id.in_([source_id, target_id])).order_by(Batch.id).with_for_update()
    found = {batch.id: batch for batch in tx.scalars(both.execution_options(populate_existing=True))}
    if target_id not in found:
        raise BatchNotThere
    return found[source_id], found[target_id]


def _is_unused(card: Card, batch: Batch) -> bool:
    return card.state in _UNUSED and card.balance_minor == batch.face_minor


def _may_take(tx: Transaction, source: Batch, target: Batch, *, are_open: set[bool]) -> bool:
    """Whether `target` may take cards of `source`: printed both, alike in worth, under one pepper, of one firm.

    A card's hash is under the pepper of the batch it was made in, and a pepper is kept while a batch says it needs it.
    """
    if source.id == target.id or source.is_replacement or target.is_replacement:
        return False
    alike = ("edition_id", "face_minor", "currency", "pepper_id", "is_digital")
    if any(getattr(source, name) != getattr(target, name) for name in alike):
        return False
    if source.destroyed_at is None or target.destroyed_at is None or target.state is BatchState.CLOSED:
        return False
    if True in are_open and target.state is not BatchState.ACTIVE:
        return False
    firms = select(Programme.firm_id).where(Programme.id.in_([source.programme_id, target.programme_id]))
    return len(set(tx.scalars(firms))) == 1


def _moving(card: Card, source: Batch, target: Batch) -> list[Leg]:
    account = Account.OUTSTANDING if card.activated_at else Account.PENDING
    worth = Money(card.balance_minor, source.currency)
    return [Leg(account, worth, source.id, card.id), Leg(account, -worth, target.id, card.id)]
