"""The tables of what is on the shelf and what is promised."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, intpk

MOST = 1_000_000
"""No shelf of ours holds more of one thing."""


class ReservationState(StrEnum):
    """What became of a promise."""

    HELD = "held"
    """On the shelf, and promised."""
    CONSUMED = "consumed"
    """Left the house."""


class MovementKind(StrEnum):
    """Why a person changed the stock."""

    RECEIVED = "received"
    """Goods came in."""
    CORRECTED = "corrected"
    """Somebody counted and found another number."""


class StockLevel(Base):
    """How many of an item are on the shelf, and how many of those are promised."""

    __tablename__ = "stock_levels"
    __table_args__ = (
        CheckConstraint("reserved >= 0", name="reserved_is_not_negative"),
        CheckConstraint("reserved <= on_hand", name="no_more_reserved_than_there_are"),
    )

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True, autoincrement=False)
    on_hand: Mapped[int] = mapped_column(default=0)
    reserved: Mapped[int] = mapped_column(default=0)


class Reservation(Base):
    """Some of an item, promised to one purpose (a shipment, say). A purpose holds an item once."""

    __tablename__ = "stock_reservations"
    __table_args__ = (
        UniqueConstraint("purpose_kind", "purpose_id", "item_id"),
        CheckConstraint("quantity > 0", name="quantity_is_positive"),
    )

    id: Mapped[intpk]
    purpose_kind: Mapped[str]
    purpose_id: Mapped[int]
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), index=True)
    quantity: Mapped[int]
    state: Mapped[ReservationState] = mapped_column(default=ReservationState.HELD)


class Movement(Base):
    """A change of the stock that a person made."""

    __tablename__ = "stock_movements"

    id: Mapped[intpk]
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), index=True)
    kind: Mapped[MovementKind]
    change: Mapped[int]
    """How many more, or fewer, are on hand."""
    reason: Mapped[str]
    by_id: Mapped[int | None]
    at: Mapped[datetime]
