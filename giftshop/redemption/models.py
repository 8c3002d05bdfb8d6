"""The tables of redemption. Addresses lie with the shipment; only an unfinished choice holds one here, for a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, Json, intpk
from giftshop.redemption.rules import SOURCE, ProblemKind, RedemptionState


class Redemption(Base):
    """What was chosen with a card, and confirmed. Its shipment knows who receives it, and where.

    A gift book has one, of one item; a shopping card has one for each visit, of the items on its lines.
    """

    __tablename__ = "redemptions"
    __table_args__ = (
        UniqueConstraint("card_id", "nth"),
        CheckConstraint("tries >= 0", name="tries_counted"),
        CheckConstraint("(item_id IS NULL) = (value_minor IS NOT NULL)", name="an_item_or_a_value"),
        CheckConstraint("value_minor >= 0 AND difference_minor >= 0", name="takes_value"),
        CheckConstraint("item_id IS NULL OR nth = 1", name="a_gift_book_has_one"),
    )

    id: Mapped[intpk]
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"))
    nth: Mapped[int] = mapped_column(default=1)
    """Which of this card's it is, from 1."""
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"))
    """The gift of a gift book."""
    value_minor: Mapped[int | None]
    """What it took off a shopping card, in minor units of the card's currency."""
    difference_minor: Mapped[int] = mapped_column(default=0)
    """What the holder paid on top."""
    state: Mapped[RedemptionState] = mapped_column(default=RedemptionState.CONFIRMED)
    locale: Mapped[str]
    """The language the recipient chose in, and is written to."""
    email: Mapped[str | None]
    """Kept until the recipient was told that the gift is there."""
    draft_key: Mapped[str | None]
    """The draft it was confirmed from: the browser that holds it need not prove whose gift this is."""
    link_version: Mapped[int] = mapped_column(default=1)
    """Of the tracking links that are valid."""
    told_by: Mapped[int] = mapped_column(default=0)
    """The last job that wrote to the recipient: one that is run again, or comes late, writes no more."""
    tries: Mapped[int] = mapped_column(default=0)
    """Wrong last digits of the phone since `tries_since`."""
    tries_since: Mapped[datetime | None]
    redeemed_at: Mapped[datetime] = mapped_column(index=True)

    @property
    def source(self) -> tuple[str, int]:
        """What its shipment is sent for."""
        return SOURCE, self.id


class RedemptionLine(Base):
    """One product of a visit with a shopping card, at the price it was chosen at."""

    __tablename__ = "redemption_lines"
    __table_args__ = (CheckConstraint("quantity > 0 AND unit_minor > 0", name="something_for_something"),)

    redemption_id: Mapped[int] = mapped_column(ForeignKey("redemptions.id"), primary_key=True, autoincrement=False)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True, autoincrement=False)
    position: Mapped[int]
    """From 1, as they are shown."""
    quantity: Mapped[int]
    unit_minor: Mapped[int]


class WaitingDelivery(Base):
    """Where the goods of a redemption go once its difference is paid. Deleted then, or when it is given up."""

    __tablename__ = "waiting_deliveries"

    redemption_id: Mapped[int] = mapped_column(ForeignKey("redemptions.id"), primary_key=True, autoincrement=False)
    receiver: Mapped[dict[str, Any]] = mapped_column(Json)
    """Name, phone and address, as they were checked."""
    not_before: Mapped[date | None]


class Draft(Base):
    """A choice on its way to being confirmed, in one browser. Deleted when it is, or after a day."""

    __tablename__ = "redemption_drafts"

    key: Mapped[str] = mapped_column(primary_key=True)
    """128 random bits, known to that browser alone: another with the same code sees nothing of it."""
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"))
    basket: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """With a shopping card: how many of which item, by the item's id as text."""
    receiver: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """Name, phone and address, as they were checked."""
    not_before: Mapped[date | None]
    email: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)
    """Goes up with every change, so that what is confirmed is what was shown."""
    began_at: Mapped[datetime] = mapped_column(index=True)


class CardPhone(Base):
    """The phone that is asked before a card is spent. Deleted when nothing is left to guard, and on request.

    Whoever has a copy of the database reads no number in it: the key lies outside.
    """

    __tablename__ = "card_phones"
    __table_args__ = (CheckConstraint("(proved_for IS NULL) = (proved_at IS NULL)", name="proved_for_somebody"),)

    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), primary_key=True, autoincrement=False)
    sealed: Mapped[bytes]
    """The number in E.164, encrypted: see `sealing`."""
    master_id: Mapped[str]
    """The master key it is sealed under."""
    bound_at: Mapped[datetime]
    last_used_at: Mapped[datetime] = mapped_column(index=True)
    """When a code sent to it was last typed in rightly."""
    proved_for: Mapped[str | None]
    """The draft of the browser in which that was, until it is confirmed: the proof is good once, and nowhere else."""
    proved_at: Mapped[datetime | None]


class Decline(Base):
    """A recipient does not want the gift. Until its last day the card can still be redeemed."""

    __tablename__ = "declines"

    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), primary_key=True, autoincrement=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    declined_at: Mapped[datetime]


class Problem(Base):
    """Something a recipient says is wrong, until somebody of the staff has seen to it."""

    __tablename__ = "problems"
    __table_args__ = (
        Index(
            "ix_problems_open",
            "id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[intpk]
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), index=True)
    kind: Mapped[ProblemKind]
    note: Mapped[str]
    reported_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class ThankYou(Base):
    """What a recipient wrote to the sender, who may read it."""

    __tablename__ = "thank_yous"

    redemption_id: Mapped[int] = mapped_column(ForeignKey("redemptions.id"), primary_key=True, autoincrement=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    words: Mapped[str]
    signed: Mapped[str]
    """As the recipient signs it; may be empty."""
    written_at: Mapped[datetime]
