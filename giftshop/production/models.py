"""The tables of print runs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, intpk
from giftshop.production.rules import PrintRunState


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
    created_at: Mapped[datetime]
    ready_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    confirmed_at: Mapped[datetime | None]

    @property
    def file_name(self) -> str:
        """The name of the sealed file under the instance's print-runs."""
        return f"batch-{self.batch_id}.sealed"
