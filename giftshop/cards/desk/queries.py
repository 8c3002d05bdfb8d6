"""What the cards desk reads: programmes of every firm, what waits there, and one card with all that it is part of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from giftshop.accounts import Firm
from giftshop.cards.models import Addressee, Batch, Card, Programme
from giftshop.cards.queries import card_with_serial
from giftshop.cards.rules import BatchState
from giftshop.db import Reader
from giftshop.kernel.locale import N_
from giftshop.kernel.money import Money
from giftshop.kernel.serials import printed
from giftshop.ledger import Account, Posting
from giftshop.listing import Column, Days, Listing, Words, said_in
from giftshop.paging import bounded_count


@dataclass(frozen=True, slots=True)
class CardFile:
    """One card, and what it is part of. Never its code."""

    card: Card
    batch: Batch
    programme: Programme
    name: str | None
    """Whom it is for."""
    replaced_by: str | None
    """The serial number of the card that was made instead."""
    instead_of: str | None
    """The serial number of the card that it was made instead of."""

    @property
    def serial(self) -> str:
        """Its serial number in groups."""
        return printed(self.card.serial)

    @property
    def balance(self) -> Money:
        """What it holds."""
        return Money(self.card.balance_minor, self.batch.currency)


def card_file(reader: Reader, serial: str) -> CardFile:
    """Return the card with this serial number; raises CardNotThere."""
    card = card_with_serial(reader, serial)
    batch = reader.get_one(Batch, card.batch_id)
    after = reader.get(Card, card.replaced_by_id) if card.replaced_by_id else None
    before = reader.scalar(select(Card.serial).where(Card.replaced_by_id == card.id)) if batch.is_replacement else None
    return CardFile(
        card,
        batch,
        reader.get_one(Programme, batch.programme_id),
        reader.scalar(select(Addressee.name).where(Addressee.serial == card.serial)),
        printed(after.serial) if after else None,
        printed(before) if before else None,
    )


def all_programmes() -> Listing[Programme]:
    """Return the list of every firm's programmes, the newest first. Counts of their cards are made for the page."""
    named = (Programme.name, Programme.sender_name, Firm.name)
    return Listing(
        "programmes",
        select(Programme).join(Firm, Firm.id == Programme.firm_id),
        Programme.id,
        columns=(
            Column("name", N_("Programme"), by=Programme.name),
            Column("firm", N_("Firm")),
            Column("until", N_("Last day"), by=Programme.valid_until),
            Column("cards", N_("Cards"), "number"),
            Column("redeemed", N_("Redeemed"), "number"),
            Column("left", N_("Not redeemed"), "number"),
            Column("expired", N_("Expired"), "number"),
        ),
        fields=(
            Words(
                N_("Serial number, programme or firm"),
                said_in(*named),
            ),
            Days("until", N_("Last day"), Programme.valid_until),
        ),
    )


def to_be_agreed(reader: Reader) -> Sequence[Batch]:
    """Return batches that have arrived and wait for a second person, those waiting longest first."""
    return reader.scalars(_to_be_agreed().order_by(Batch.received_at).limit(50)).all()


def to_be_agreed_count(reader: Reader) -> int:
    """Return how many wait for a second person, counted as far as a page needs it."""
    return bounded_count(reader, _to_be_agreed())


def expired_of(reader: Reader, programme_id: int) -> tuple[int, Money] | None:
    """Return how many cards of a programme have expired with something on them, and what it comes to; None: nothing."""
    total = func.sum(Posting.amount_minor)
    of_card = (
        select(Posting.card_id, (-total).label("held"), Posting.currency)
        .join(Batch, Batch.id == Posting.batch_id)
        .where(Batch.programme_id == programme_id, Posting.account == Account.EXPIRED)
        .group_by(Posting.card_id, Posting.currency)
        .having(total < 0)
        .subquery()
    )
    row = reader.execute(
        select(func.count(), func.sum(of_card.c.held), of_card.c.currency).group_by(of_card.c.currency)
    ).one_or_none()
    return (row[0], Money(int(row[1]), row[2])) if row else None


def serial_bounds(reader: Reader, batch_id: int) -> tuple[str, str] | None:
    """Return the first and the last serial number of a batch as people read them; None before its cards are made."""
    least, most = reader.execute(
        select(func.min(Card.serial), func.max(Card.serial)).where(Card.batch_id == batch_id)
    ).one()
    return (printed(least), printed(most)) if least else None


def opened_count(reader: Reader, batch_id: int) -> int:
    """Return how many cards of a batch are open to their holders, or were."""
    opened = select(func.count()).select_from(Card).where(Card.batch_id == batch_id, Card.activated_at.is_not(None))
    return reader.scalar(opened) or 0


def _to_be_agreed() -> Select[Batch]:
    return select(Batch).where(Batch.state == BatchState.SHIPPED, Batch.received_by.is_not(None))
