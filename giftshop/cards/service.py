"""Commands on programmes, batches and cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn

from sqlalchemy import select, update

from giftshop import audit
from giftshop.cards.errors import (
    AlreadyClaimed,
    BatchNotReady,
    BatchNotThere,
    CannotBlock,
    CannotUnblock,
    CardBlocked,
    CardExpired,
    CardNotActive,
    CardNotThere,
    EndsInThePast,
    NotReleasable,
    QuantityRefused,
    TooManyNames,
)
from giftshop.cards.events import BatchActivated
from giftshop.cards.models import Addressee, Batch, Card, Programme, batch_number
from giftshop.cards.rules import BATCH_BEFORE, MAX_QUANTITY, BatchState, BlockReason, CardState, ProgrammeKind
from giftshop.db import Transaction
from giftshop.jobs import enqueue
from giftshop.kernel.actor import Actor
from giftshop.kernel.clock import end_of_day
from giftshop.kernel.locale import DEFAULT_LOCALE
from giftshop.kernel.serials import numbers, printed

ISSUE_JOB = "cards.issue"


@dataclass(frozen=True, slots=True)
class ProgrammeTerms:
    """What a programme is started with: whose it is, what bought it, and what its holders are told."""

    firm_id: int
    order_kind: str
    order_id: int
    name: str
    sender_name: str
    hotline: str
    valid_until: date
    time_zone: str
    headline: str = ""
    greeting: str = ""
    contact_line: str = ""
    locale: str = DEFAULT_LOCALE
    is_surprise: bool = False
    logo_ref: str | None = None
    kind: ProgrammeKind = ProgrammeKind.VOUCHER


@dataclass(frozen=True, slots=True)
class Addressed:
    """Whom a card is made for: the name it bears, and the row of whatever list named this person."""

    name: str
    ref: int | None = None


def start_programme(tx: Transaction, terms: ProgrammeTerms, *, by: Actor, at: datetime) -> int:
    """Start the programme of an order and return its id; an order that has one already keeps it.

    Raises EndsInThePast.
    """
    bought_by = (Programme.order_kind == terms.order_kind, Programme.order_id == terms.order_id)
    known = tx.scalar(select(Programme.id).where(*bought_by))
    if known is not None:
        return known
    if end_of_day(terms.valid_until, terms.time_zone) <= at:
        raise EndsInThePast(field="valid_until")
    programme = Programme(started_at=at, **{name: getattr(terms, name) for name in terms.__slots__})
    tx.add(programme)
    tx.flush()
    audit.record(tx, "cards.start_programme", ("programme", programme.id), by=by, at=at, firm=terms.firm_id)
    return programme.id


def draw_up(
    tx: Transaction,
    programme_id: int,
    *,
    edition_id: int,
    quantity: int,
    public_url: str,
    addressees: Sequence[Addressed] = (),
    by: Actor,
    at: datetime,
) -> int:
    """Add a batch of `quantity` cards to a programme and return its id. `issue` makes the cards.

    The first cards are for `addressees`, in their order; the others bear no name. `public_url` is where their holders
    will reach the site, and stays as it is printed. Raises QuantityRefused, TooManyNames.
    """
    if not 1 <= quantity <= MAX_QUANTITY:
        raise QuantityRefused(field="quantity", most=MAX_QUANTITY)
    if len(addressees) > quantity:
        raise TooManyNames(names=len(addressees), cards=quantity)
    batch = Batch(
        programme_id=programme_id, edition_id=edition_id, quantity=quantity, public_url=public_url, drawn_up_at=at
    )
    tx.add(batch)
    tx.flush()
    serials = numbers(batch.number, 1, len(addressees))
    named = ((serial, someone.name, someone.ref) for serial, someone in zip(serials, addressees, strict=True))
    tx.load(Addressee, ("serial", "name", "ref"), named, same={"batch_id": batch.id})
    audit.record(tx, "cards.draw_up", ("batch", batch.id), by=by, at=at, quantity=quantity)
    return batch.id


def issue(tx: Transaction, batch_id: int, *, by: Actor, at: datetime) -> None:
    """Have the cards of a batch made by a job, which tells BatchIssued at its end. Asked twice, it is done once."""
    audit.record(tx, "cards.ask_to_issue", ("batch", batch_id), by=by, at=at)
    enqueue(tx, ISSUE_JOB, {"batch_id": batch_id}, key=f"{ISSUE_JOB}/{batch_id}", at=at)


def mark_printed(tx: Transaction, batch_id: int, *, by: Actor, at: datetime) -> bool:
    """Note that the print house has the print file. False if that was known; raises BatchNotReady before sealing."""
    return _advance(tx, batch_id, BatchState.PRINTED, by=by, at=at)


def mark_shipped(tx: Transaction, batch_id: int, *, by: Actor, at: datetime) -> bool:
    """Note that the cards are on their way. False if that was known; raises BatchNotReady before printing."""
    return _advance(tx, batch_id, BatchState.SHIPPED, by=by, at=at)


def activate(tx: Transaction, batch_id: int, *, by: Actor, at: datetime) -> bool:
    """Open the cards of a batch that was paid for and has been delivered, and tell BatchActivated.

    False if it was active already: a carrier and a buyer may both say that it came. Blocked cards stay blocked.
    Raises BatchNotReady before shipping.
    """
    if not _advance(tx, batch_id, BatchState.ACTIVE, by=by, at=at):
        return False
    tx.change(update(Batch).where(Batch.id == batch_id).values(activated_at=at))
    sealed = (Card.batch_id == batch_id, Card.state == CardState.SEALED)
    tx.change(update(Card).where(*sealed).values(state=CardState.ACTIVE))
    programme_id = tx.scalars(select(Batch.programme_id).where(Batch.id == batch_id)).one()
    tx.publish(BatchActivated(batch_id, programme_id))
    return True


def claim(tx: Transaction, card_id: int, /, *, by: Actor, at: datetime, **facts: int) -> None:
    """Redeem a card: of all who try at once, one succeeds and the others are told why not.

    The condition of one UPDATE decides the race. `facts` are kept in its audit event. Raises AlreadyClaimed,
    CardExpired, CardBlocked, CardNotActive, CardNotThere.
    """
    redeemable = (Card.id == card_id, Card.state == CardState.ACTIVE, Card.expires_at > at)
    if not tx.change(update(Card).where(*redeemable).values(state=CardState.CLAIMED, claimed_at=at)):
        _say_why_not(tx, card_id, at=at)
    audit.record(tx, "cards.claim", ("card", card_id), by=by, at=at, **facts)


def release_claim(tx: Transaction, card_id: int, *, by: Actor, at: datetime) -> None:
    """Give a redeemed card back to its holder, for a choice that is cancelled before packing; raises NotReleasable."""
    claimed = (Card.id == card_id, Card.state == CardState.CLAIMED)
    if not tx.change(update(Card).where(*claimed).values(state=CardState.ACTIVE, claimed_at=None)):
        raise NotReleasable
    audit.record(tx, "cards.release_claim", ("card", card_id), by=by, at=at)


def block(tx: Transaction, card_id: int, *, reason: BlockReason, by: Actor, at: datetime) -> None:
    """Stop a card that has not been redeemed; raises CannotBlock, CardNotThere."""
    stoppable = (Card.id == card_id, Card.state.in_([CardState.SEALED, CardState.ACTIVE]))
    if not tx.change(update(Card).where(*stoppable).values(state=CardState.BLOCKED, block_reason=reason)):
        raise CannotBlock(serial=_serial_of(tx, card_id))
    audit.record(tx, "cards.block", ("card", card_id), by=by, at=at, reason=reason)


def unblock(tx: Transaction, card_id: int, *, by: Actor, at: datetime) -> None:
    """Let a blocked card be what its batch is by now; raises CannotUnblock, CardNotThere.

    The batch's row is held while deciding: activated in the same moment, it would pass over a card that is still
    blocked and leave it sealed for good.
    """
    card = tx.execute(select(Card.batch_id, Card.serial).where(Card.id == card_id)).one_or_none()
    if card is None:
        raise CardNotThere
    batch = tx.scalars(select(Batch.state).where(Batch.id == card.batch_id).with_for_update(read=True)).one()
    state = CardState.ACTIVE if batch in {BatchState.ACTIVE, BatchState.CLOSED} else CardState.SEALED
    blocked = (Card.id == card_id, Card.state == CardState.BLOCKED)
    if not tx.change(update(Card).where(*blocked).values(state=state, block_reason=None)):
        raise CannotUnblock(serial=printed(card.serial))
    audit.record(tx, "cards.unblock", ("card", card_id), by=by, at=at)


def _advance(tx: Transaction, batch_id: int, to: BatchState, *, by: Actor, at: datetime) -> bool:
    ready = (Batch.id == batch_id, Batch.state == BATCH_BEFORE[to])
    if tx.change(update(Batch).where(*ready).values(state=to)):
        audit.record(tx, f"cards.{to}", ("batch", batch_id), by=by, at=at)
        return True
    state = tx.scalar(select(Batch.state).where(Batch.id == batch_id))
    if state is None:
        raise BatchNotThere
    order = list(BatchState)
    if order.index(state) < order.index(to):
        raise BatchNotReady(number=str(batch_number(batch_id)))
    return False


def _say_why_not(tx: Transaction, card_id: int, *, at: datetime) -> NoReturn:
    card = tx.execute(select(Card.state, Card.expires_at).where(Card.id == card_id)).one_or_none()
    if card is None:
        raise CardNotThere
    if card.state is CardState.CLAIMED:
        raise AlreadyClaimed
    if card.state is CardState.BLOCKED:
        raise CardBlocked
    if card.state is CardState.ACTIVE and card.expires_at <= at:
        raise CardExpired(until=card.expires_at)
    raise CardNotActive


def _serial_of(tx: Transaction, card_id: int) -> str:
    number = tx.scalar(select(Card.serial).where(Card.id == card_id))
    if number is None:
        raise CardNotThere
    return printed(number)
