"""The tables of cards. No column holds a code, nor anything a code could be worked out from without the keys."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.cards.rules import BatchState, BlockReason, CardState, ProgrammeKind
from giftshop.db import Base, intpk
from giftshop.kernel.money import Money
from giftshop.kernel.serials import FIRST_BATCH, numbers


class Programme(Base):
    """What a firm gives to a list of people: one order's batches, and the words every holder sees."""

    __tablename__ = "programmes"
    __table_args__ = (
        UniqueConstraint("order_kind", "order_id"),
        Index("ix_programmes_firm_id_id", "firm_id", "id"),
    )

    id: Mapped[intpk]
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"))
    order_kind: Mapped[str]
    """With `order_id`, what it was bought by; cards do not look inside."""
    order_id: Mapped[int]
    kind: Mapped[ProgrammeKind]
    name: Mapped[str]
    sender_name: Mapped[str]
    headline: Mapped[str]
    """The few large words on the card."""
    greeting: Mapped[str]
    contact_line: Mapped[str]
    """Whom a recipient may ask at the firm."""
    locale: Mapped[str]
    """The language the cards are printed in."""
    is_surprise: Mapped[bool]
    """Whether nobody is told of a parcel before it is there."""
    logo_ref: Mapped[str | None]
    """A logo of the branding room."""
    hotline: Mapped[str]
    valid_until: Mapped[date | None]
    """The last day to redeem, in `time_zone`; what each card holds is the moment that follows. None: there is none."""
    allows_difference: Mapped[bool] = mapped_column(default=False)
    """Whether whoever holds a card may choose something dearer than it holds, and pay the difference."""
    time_zone: Mapped[str]
    started_at: Mapped[datetime]


class ProgrammeProduct(Base):
    """An item that the shopping cards of a programme can be spent on, at its place."""

    __tablename__ = "programme_products"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), primary_key=True, autoincrement=False)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True, autoincrement=False)
    position: Mapped[int]
    """From 1, in the order they are shown."""


class Batch(Base):
    """Cards made, printed, shipped and activated together, all of one edition or one face value."""

    __tablename__ = "batches"
    __table_args__ = (
        CheckConstraint("quantity > 0 AND issued BETWEEN 0 AND quantity", name="issued_within_quantity"),
        CheckConstraint("state = 'drawn_up' OR issued = quantity", name="sealed_when_complete"),
        CheckConstraint("issued = 0 OR pepper_id IS NOT NULL", name="pepper_known"),
        CheckConstraint("(wrapped_key IS NULL) = (master_id IS NULL)", name="key_and_its_master"),
        CheckConstraint("face_minor > 0", name="worth_something"),
    )

    id: Mapped[intpk]
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("editions.id"))
    """Of gift books; shopping cards have none."""
    face_minor: Mapped[int]
    """What each card is worth, in minor units: the tier of its gift book, or what it holds."""
    currency: Mapped[str]
    quantity: Mapped[int]
    state: Mapped[BatchState] = mapped_column(default=BatchState.DRAWN_UP)
    issued: Mapped[int] = mapped_column(default=0)
    """Cards made so far, which is also where making them goes on."""
    pepper_id: Mapped[str | None]
    """The pepper in its cards' hashes."""
    master_id: Mapped[str | None]
    """The master key that wraps its key."""
    wrapped_key: Mapped[bytes | None]
    """The key its secrets are sealed under; gone once they are destroyed."""
    public_url: Mapped[str]
    """The address printed on its cards: the site's at the time."""
    is_digital: Mapped[bool] = mapped_column(default=False)
    """Whether its cards are e-cards: sent as links, never printed."""
    openings: Mapped[int] = mapped_column(default=0)
    """How often its secrets were opened for a print file."""
    drawn_up_at: Mapped[datetime]
    activated_at: Mapped[datetime | None]
    destroyed_at: Mapped[datetime | None]
    """When its secrets were destroyed."""

    @property
    def number(self) -> int:
        """What people call the batch, and how its serial numbers begin."""
        return batch_number(self.id)

    @property
    def face(self) -> Money:
        """What each card is worth."""
        return Money(self.face_minor, self.currency)


def batch_number(batch_id: int) -> int:
    """Return the number that people know a batch by."""
    return FIRST_BATCH - 1 + batch_id


def serial_range(batch_id: int) -> tuple[int, int]:
    """Return the least serial number a card of the batch may have, and the least of the next batch's."""
    return numbers(batch_number(batch_id), 0, 1)[0], numbers(batch_number(batch_id + 1), 0, 1)[0]


class Card(Base):
    """One card. Its code is found by hash and known to nobody but its holder."""

    __tablename__ = "cards"
    __table_args__ = (
        CheckConstraint("(state = 'claimed') = (claimed_at IS NOT NULL)", name="claimed_at_a_moment"),
        CheckConstraint("(state = 'blocked') = (block_reason IS NOT NULL)", name="blocked_for_a_reason"),
        CheckConstraint("balance_minor >= 0", name="never_overspent"),
        CheckConstraint("state <> 'claimed' OR balance_minor = 0", name="claimed_is_spent"),
        Index("ix_cards_batch_id_state_serial", "batch_id", "state", "serial"),
    )

    id: Mapped[intpk]
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"))
    serial: Mapped[int] = mapped_column(unique=True)
    secret_hash: Mapped[bytes] = mapped_column(unique=True)
    last4: Mapped[str]
    public_id: Mapped[bytes] = mapped_column(unique=True)
    """128 random bits, what personal links are signed over."""
    state: Mapped[CardState]
    balance_minor: Mapped[int]
    """What is left on it: its batch's face value and its own postings, kept here so that one UPDATE decides a spend."""
    expires_at: Mapped[datetime]
    """The first moment at which it can no longer be redeemed."""
    claimed_at: Mapped[datetime | None]
    block_reason: Mapped[BlockReason | None]


class Addressee(Base):
    """Whom a card is for. Apart from the card, so that a name can be erased and the card stays."""

    __tablename__ = "addressees"

    serial: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """The card's; known from the day the batch is drawn up."""
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"), index=True)
    name: Mapped[str]
    """Printed on the card."""
    ref: Mapped[int | None]
    """A row of whatever list named this person; cards do not look inside."""


class SealedBlock(Base):
    """The secrets of up to a thousand cards, encrypted under their batch's key, until they are destroyed."""

    __tablename__ = "sealed_blocks"

    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"), primary_key=True)
    first: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Place in the batch of its first card, from 1."""
    sealed: Mapped[bytes]


class Opening(Base):
    """A permission, once given, to read the secrets of a batch into a print file."""

    __tablename__ = "openings"

    id: Mapped[intpk]
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"), index=True)
    reason: Mapped[str]
    opened_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    """Of the staff."""
    witness: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """A second one, who agreed to a further print file."""
    opened_at: Mapped[datetime]


class WrongCode(Base):
    """A well-formed code that opened nothing. Kept for as long as it counts against its address."""

    __tablename__ = "wrong_codes"
    __table_args__ = (Index("ix_wrong_codes_address_tried_at", "address", "tried_at"),)

    id: Mapped[intpk]
    address: Mapped[str]
    """The network address it came from; of IPv6 the first 64 bits, since a household has them all."""
    tried_at: Mapped[datetime] = mapped_column(index=True)
