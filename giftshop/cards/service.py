"""Commands on programmes, batches and cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update

from giftshop import audit, catalogue, ledger
from giftshop.cards.errors import (
    BatchNotReady,
    BatchNotThere,
    CannotBlock,
    CannotUnblock,
    CardNotThere,
    EndsInThePast,
    QuantityRefused,
    TooManyNames,
)
from giftshop.cards.events import BatchActivated, CardChanged
from giftshop.cards.models import Addressee, Batch, Card, Programme, ProgrammeProduct, batch_number
from giftshop.cards.rules import (
    BATCH_BEFORE,
    MAX_QUANTITY,
    BatchState,
    BlockReason,
    CardState,
    ProgrammeKind,
    lapses_at,
)
from giftshop.db import Transaction
from giftshop.jobs import enqueue
from giftshop.kernel.actor import Actor
from giftshop.kernel.locale import DEFAULT_LOCALE
from giftshop.kernel.money import Money
from giftshop.kernel.serials import numbers, printed
from giftshop.ledger import Account, EntryKind

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
    valid_until: date | None
    """None: its cards never lapse."""
    time_zone: str
    headline: str = ""
    greeting: str = ""
    contact_line: str = ""
    locale: str = DEFAULT_LOCALE
    is_surprise: bool = False
    logo_ref: str | None = None
    kind: ProgrammeKind = ProgrammeKind.VOUCHER
    allows_difference: bool = False
    products: Sequence[int] = ()
    """Ids of the items that shopping cards can be spent on, in the order they are shown."""


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
    if lapses_at(terms.valid_until, terms.time_zone) <= at:
        raise EndsInThePast(field="valid_until")
    columns = {name: getattr(terms, name) for name in terms.__slots__ if name != "products"}
    programme = Programme(started_at=at, **columns)
    tx.add(programme)
    tx.flush()
    for place, item_id in enumerate(terms.products, start=1):
        tx.add(ProgrammeProduct(programme_id=programme.id, item_id=item_id, position=place))
    audit.record(tx, "cards.start_programme", ("programme", programme.id), by=by, at=at, firm=terms.firm_id)
    return programme.id


def draw_up(
    tx: Transaction,
    programme_id: int,
    *,
    edition_id: int | None = None,
    face: Money | None = None,
    quantity: int,
    public_url: str,
    addressees: Sequence[Addressed] = (),
    by: Actor,
    at: datetime,
) -> int:
    """Add a batch of `quantity` cards to a programme and return its id. `issue` makes the cards.

    They are gift books of an edition, worth its tier, or shopping cards that hold `face` each. The first are for
    `addressees`, in their order; the others bear no name. `public_url` is where their holders will reach the site, and
    stays as it is printed. Raises QuantityRefused, TooManyNames.
    """
    if not 1 <= quantity <= MAX_QUANTITY:
        raise QuantityRefused(field="quantity", most=MAX_QUANTITY)
    if len(addressees) > quantity:
        raise TooManyNames(names=len(addressees), cards=quantity)
    worth = face if edition_id is None else catalogue.edition(tx, edition_id).tier
    if worth is None:
        raise ValueError("cards of neither an edition nor a face value")
    batch = Batch(
        programme_id=programme_id,
        edition_id=edition_id,
        face_minor=worth.amount_minor,
        currency=worth.currency,
        quantity=quantity,
        public_url=public_url,
        drawn_up_at=at,
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
    batch = tx.scalars(select(Batch).where(Batch.id == batch_id)).one()
    worth = Money(batch.face_minor * batch.quantity, batch.currency)
    legs = ledger.move(worth, Account.PENDING, Account.OUTSTANDING, batch_id=batch_id)
    subject = ("batch", batch_id)
    ledger.post(tx, EntryKind.ACTIVATE, legs, subject=subject, once=f"activate/{batch_id}", by=by, at=at)
    tx.publish(BatchActivated(batch_id, batch.programme_id))
    return True


def block(tx: Transaction, card_id: int, *, reason: BlockReason, by: Actor, at: datetime) -> None:
    """Stop a card that has not been redeemed; raises CannotBlock, CardNotThere."""
    stoppable = (Card.id == card_id, Card.state.in_([CardState.SEALED, CardState.ACTIVE]))
    if not tx.change(update(Card).where(*stoppable).values(state=CardState.BLOCKED, block_reason=reason)):
        raise CannotBlock(serial=_serial_of(tx, card_id))
    _tell(tx, "cards.block", card_id, at)
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
    _tell(tx, "cards.unblock", card_id, at)
    audit.record(tx, "cards.unblock", ("card", card_id), by=by, at=at)


def _tell(tx: Transaction, what: str, card_id: int, at: datetime) -> None:
    public_id, serial = tx.execute(select(Card.public_id, Card.serial).where(Card.id == card_id)).one()
    tx.publish(CardChanged(what, public_id, serial, at))


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


def _serial_of(tx: Transaction, card_id: int) -> str:
    number = tx.scalar(select(Card.serial).where(Card.id == card_id))
    if number is None:
        raise CardNotThere
    return printed(number)
