"""The tables of cards. No column holds a code, nor anything a code could be worked out from without the keys."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.cards.rules import BatchState, BlockReason, CardState, ProgrammeKind, StopScope, Unredeemed
from giftshop.db import Base, intpk
from giftshop.kernel.money import Money
from giftshop.kernel.serials import FIRST_BATCH
from giftshop.paper import LACQUER, DesignKind, Lettering, designs_for


class Programme(Base):
    """What a firm gives to a list of people: one order's batches, and the words every holder sees."""

    __tablename__ = "programmes"
    __table_args__ = (
        UniqueConstraint("order_kind", "order_id"),
        Index("ix_programmes_firm_id_id", "firm_id", "id"),
        Index("ix_programmes_name_id", "name", "id"),
        Index("ix_programmes_valid_until_id", "valid_until", "id"),
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
    design: Mapped[str] = mapped_column(default=designs_for(DesignKind.GIFT_BOOK)[0].key)
    """The key of the printing room's design that its cards have."""
    accent: Mapped[str] = mapped_column(default=LACQUER)
    """The colour of its cards and of its recipients' pages, as #rrggbb."""
    lettering: Mapped[Lettering] = mapped_column(default=Lettering.SERIF)
    hotline: Mapped[str]
    valid_until: Mapped[date | None]
    """The last day to redeem, in `time_zone`, as it is told to holders. None: there is none."""
    grace_days: Mapped[int] = mapped_column(default=0)
    """Days after the last one on which a card is still taken; what each card holds is the moment that follows them."""
    unredeemed: Mapped[Unredeemed] = mapped_column(default=Unredeemed.KEEP)
    """What becomes of what nobody redeemed in time."""
    fallback_item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"))
    """What is sent to the firm for each gift book that is about to lapse unredeemed."""
    next_lapse_at: Mapped[datetime | None] = mapped_column(index=True)
    """When the next of its cards may lapse, to be looked through then. None: never."""
    reminded_days: Mapped[int | None]
    """The last reminder that was sent before its end: how many days before. None: none yet."""
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
        CheckConstraint("quantity >= 0 AND issued BETWEEN 0 AND quantity", name="issued_within_quantity"),
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
    """Cards in it; they may be moved to another batch."""
    is_replacement: Mapped[bool] = mapped_column(default=False)
    """Whether its cards were made instead of others: they begin empty, and get by postings what those held."""
    is_stopped: Mapped[bool] = mapped_column(default=False)
    """Whether a kill switch that covers it is on: `stops` says which. Kept here for the one UPDATE that spends."""
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
    received_at: Mapped[datetime | None]
    """When somebody said that its cards are there."""
    received_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """Who; somebody else must agree before a large batch is opened. None, although received: a carrier said so."""
    activated_at: Mapped[datetime | None]
    """When its first cards were opened."""
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


class Card(Base):
    """One card. Its code is found by hash and known to nobody but its holder."""

    __tablename__ = "cards"
    __table_args__ = (
        CheckConstraint("(state = 'claimed') = (claimed_at IS NOT NULL)", name="claimed_at_a_moment"),
        CheckConstraint("(state = 'blocked') = (block_reason IS NOT NULL)", name="blocked_for_a_reason"),
        CheckConstraint("balance_minor >= 0", name="never_overspent"),
        CheckConstraint("state <> 'claimed' OR balance_minor = 0", name="claimed_is_spent"),
        CheckConstraint("state <> 'active' OR activated_at IS NOT NULL", name="active_since"),
        CheckConstraint("replaced_by_id IS NULL OR state = 'void'", name="replaced_is_void"),
        Index("ix_cards_batch_id_serial_state", "batch_id", "serial", "state"),
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
    activated_at: Mapped[datetime | None]
    """When it was opened to its holder: from then on what it holds is owed to whoever holds it."""
    expires_at: Mapped[datetime]
    """The first moment at which it can no longer be redeemed."""
    claimed_at: Mapped[datetime | None]
    block_reason: Mapped[BlockReason | None]
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("cards.id"))
    """The card that was made instead of it, and that has what it held."""


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


class Stop(Base):
    """A kill switch, on until it is lifted. What it covers is stopped whatever else is done to it."""

    __tablename__ = "stops"
    __table_args__ = (
        CheckConstraint("(scope = 'platform') = (scope_id = 0)", name="platform_has_no_id"),
        CheckConstraint("(lifted_at IS NULL) = (lifted_by IS NULL)", name="lifted_by_somebody"),
        Index(
            "ix_stops_on",
            "scope",
            "scope_id",
            unique=True,
            sqlite_where=text("lifted_at IS NULL"),
            postgresql_where=text("lifted_at IS NULL"),
        ),
    )

    id: Mapped[intpk]
    scope: Mapped[StopScope]
    scope_id: Mapped[int]
    """Of the batch, programme or firm; 0 for the platform."""
    reason: Mapped[str]
    stopped_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    stopped_at: Mapped[datetime]
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    lifted_at: Mapped[datetime | None]
    lift_reason: Mapped[str] = mapped_column(default="")


class Settlement(Base):
    """What became of the value of a programme that nobody redeemed in time: the statement the firm is given."""

    __tablename__ = "settlements"
    __table_args__ = (CheckConstraint("cards > 0 AND amount_minor > 0", name="settles_something"),)

    id: Mapped[intpk]
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    choice: Mapped[Unredeemed]
    cards: Mapped[int]
    amount_minor: Mapped[int]
    currency: Mapped[str]
    settled_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    settled_at: Mapped[datetime]

    @property
    def amount(self) -> Money:
        """What it came to."""
        return Money(self.amount_minor, self.currency)


LEAKED = "card_id IS NOT NULL AND watched_at IS NULL"


class WrongCode(Base):
    """A well-formed code that opened nothing. Kept for as long as it counts against its address."""

    __tablename__ = "wrong_codes"
    __table_args__ = (
        Index("ix_wrong_codes_address_tried_at", "address", "tried_at"),
        Index("ix_wrong_codes_leaked", "id", sqlite_where=text(LEAKED), postgresql_where=text(LEAKED)),
    )

    id: Mapped[intpk]
    address: Mapped[str]
    """The network address it came from; of IPv6 the first 64 bits, since a household has them all."""
    tried_at: Mapped[datetime] = mapped_column(index=True)
    card_id: Mapped[int | None]
    """The card whose code it was, if it was one's that is not active yet: somebody read it who should not have.

    No foreign key: checking it would be work that only a real code makes.
    """
    watched_at: Mapped[datetime | None]
    """When it was looked at for alarms; of interest with a card only."""
    forgiven_at: Mapped[datetime | None]
    """From then on it counts no more against its address."""


class Reprieve(Base):
    """Wrong codes of one address that staff have forgiven, and why."""

    __tablename__ = "reprieves"

    id: Mapped[intpk]
    address: Mapped[str | None]
    """As of the wrong codes, and forgotten with them."""
    reason: Mapped[str]
    wrong_codes: Mapped[int]
    """How many were forgiven."""
    given_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    given_at: Mapped[datetime] = mapped_column(index=True)


class CardOpening(Base):
    """A card opened from an address with its right code, within a day: who opens very many may have found a carton."""

    __tablename__ = "card_openings"

    address: Mapped[str] = mapped_column(primary_key=True)
    """As of wrong codes."""
    card_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """No foreign key: the row is gone in a day."""
    opened_at: Mapped[datetime] = mapped_column(index=True)
