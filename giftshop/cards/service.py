"""Commands that begin programmes and batches, and bring a batch to the firm's door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update

from giftshop import audit, catalogue
from giftshop.cards.errors import (
    BatchNotReady,
    BatchNotThere,
    EndsInThePast,
    QuantityRefused,
    TooManyNames,
)
from giftshop.cards.models import Addressee, Batch, Programme, ProgrammeProduct, batch_number
from giftshop.cards.rules import (
    BATCH_BEFORE,
    MAX_QUANTITY,
    BatchState,
    ProgrammeKind,
    Unredeemed,
    lapses_at,
)
from giftshop.cards.stops import settle_stops
from giftshop.db import Transaction
from giftshop.jobs import enqueue
from giftshop.kernel.actor import Actor
from giftshop.kernel.locale import DEFAULT_LOCALE
from giftshop.kernel.money import Money
from giftshop.kernel.serials import numbers
from giftshop.paper import LACQUER, DesignKind, Lettering, designs_for

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
    design: str = designs_for(DesignKind.GIFT_BOOK)[0].key
    accent: str = LACQUER
    lettering: Lettering = Lettering.SERIF
    kind: ProgrammeKind = ProgrammeKind.VOUCHER
    allows_difference: bool = False
    grace_days: int = 0
    """Days after the last one on which a card is still taken."""
    unredeemed: Unredeemed = Unredeemed.KEEP
    """What becomes of what nobody redeems in time."""
    fallback_item_id: int | None = None
    """What the firm is sent for each gift book that is about to lapse."""
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
    ends = lapses_at(terms.valid_until, terms.time_zone, terms.grace_days)
    columns = {name: getattr(terms, name) for name in terms.__slots__ if name != "products"}
    programme = Programme(started_at=at, next_lapse_at=None if terms.valid_until is None else ends, **columns)
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
    is_digital: bool = False,
    by: Actor,
    at: datetime,
) -> int:
    """Add a batch of `quantity` cards to a programme and return its id. `issue` makes the cards.

    They are gift books of an edition, worth its tier, or shopping cards that hold `face` each. The first are for
    `addressees`, in their order; the others bear no name. `public_url` is where their holders will reach the site, and
    stays as it is printed. Those that are digital are sent as links, never printed. Raises QuantityRefused,
    TooManyNames.
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
        is_digital=is_digital,
        drawn_up_at=at,
    )
    tx.add(batch)
    tx.flush()
    settle_stops(tx, Batch.id == batch.id)
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
    return advance(tx, batch_id, BatchState.PRINTED, by=by, at=at)


def mark_shipped(tx: Transaction, batch_id: int, *, by: Actor, at: datetime) -> bool:
    """Note that the cards are on their way. False if that was known; raises BatchNotReady before printing."""
    return advance(tx, batch_id, BatchState.SHIPPED, by=by, at=at)


def advance(tx: Transaction, batch_id: int, to: BatchState, *, by: Actor, at: datetime) -> bool:
    """Bring a batch from the state before `to` to it. False if it is as far already; raises BatchNotReady before."""
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
