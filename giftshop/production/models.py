"""The tables of print runs and decoration jobs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, intpk
from giftshop.production.rules import DecorationState, JobKind, PrintRunState


class PrintRun(Base):
    """One batch on its way to paper."""

    __tablename__ = "print_runs"
    __table_args__ = (
        CheckConstraint("state NOT IN ('ready', 'confirmed') OR cards IS NOT NULL", name="ready_is_counted"),
        CheckConstraint("state <> 'confirmed' OR confirmed_at IS NOT NULL", name="confirmed_when"),
    )

    id: Mapped[intpk]
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"), unique=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    state: Mapped[PrintRunState] = mapped_column(default=PrintRunState.WAITING, index=True)
    opening_id: Mapped[int | None]
    """The permission of the cards room that the file was printed under."""
    allowed_to: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """Who may fetch the file now, once."""
    fetched: Mapped[int] = mapped_column(default=0)
    """How often it was fetched."""
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """Who would like to fetch it again, and waits for a second person."""
    asked_reason: Mapped[str] = mapped_column(default="")
    refusal: Mapped[str] = mapped_column(default="")
    """What could not be printed."""
    cards: Mapped[int | None]
    pages: Mapped[int | None]
    size_bytes: Mapped[int | None]
    sha256: Mapped[str | None]
    """Of the file as the print house receives it."""
    preflight: Mapped[dict[str, Any] | None]
    """What was checked on the file, and what was found: see `preflighting`."""
    created_at: Mapped[datetime]
    ready_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    confirmed_at: Mapped[datetime | None]

    @property
    def file_name(self) -> str:
        """The name of the sealed file under the instance's print-runs."""
        return f"batch-{self.batch_id}.sealed"


class DecorationJob(Base):
    """One thing to be done to the goods of an order before they are packed: so many pieces, with this artwork."""

    __tablename__ = "decoration_jobs"
    __table_args__ = (
        UniqueConstraint("source_kind", "source_id", "position"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("(state = 'waiting') = (begun_at IS NULL)", name="begun_when"),
        CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done_when"),
        Index("ix_decoration_jobs_state", "state", "due_on", "id"),
    )

    id: Mapped[intpk]
    source_kind: Mapped[str]
    """What it is done for, by the room that asked: ("order", 17)."""
    source_id: Mapped[int]
    position: Mapped[int]
    """From 1, within its source."""
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"))
    about: Mapped[str]
    """What the source is called: an order's number."""
    kind: Mapped[JobKind]
    words: Mapped[dict[str, str]]
    """What is done, by language."""
    on_words: Mapped[dict[str, str]]
    """What it is put onto; empty for cards."""
    places: Mapped[dict[str, str]]
    """Where on it."""
    quantity: Mapped[int]
    width_mm: Mapped[int]
    height_mm: Mapped[int]
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("logos.id"))
    text: Mapped[str] = mapped_column(default="")
    """Words instead of a logo."""
    begin_by: Mapped[date]
    """The last day on which it can be begun and still be ready."""
    due_on: Mapped[date]
    """The day before its parcels leave."""
    state: Mapped[DecorationState] = mapped_column(default=DecorationState.WAITING)
    asked_at: Mapped[datetime]
    begun_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    begun_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    done_at: Mapped[datetime | None]
