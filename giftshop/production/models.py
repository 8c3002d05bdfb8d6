"""The tables of print runs and decoration jobs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, Json, intpk
from giftshop.production.delivery import Delivery
from giftshop.production.rules import DecorationState, JobKind, PrintRunState


class PrintHouse(Base):
    """Who prints for us, and how they want their files."""

    __tablename__ = "print_houses"
    __table_args__ = (
        CheckConstraint(
            "(certificate IS NULL) = (certificate_until IS NULL) AND (certificate IS NULL) = (fingerprint IS NULL)",
            name="certificate_whole",
        ),
    )

    id: Mapped[intpk]
    name: Mapped[str] = mapped_column(unique=True)
    delivery: Mapped[dict[str, Any]]
    """`Delivery.kept()`: what they usually want."""
    certificate: Mapped[bytes | None]
    """Their X.509 certificate as DER, to which data files are encrypted."""
    fingerprint: Mapped[str | None]
    """SHA-256 of the certificate, hexadecimal."""
    certificate_until: Mapped[datetime | None]
    is_usual: Mapped[bool] = mapped_column(default=False)
    """Whether a new run begins with it."""
    is_active: Mapped[bool] = mapped_column(default=True)
    """Whether it can be chosen; one that is not stands on its old runs only."""


class PrintRun(Base):
    """One batch on its way to paper."""

    __tablename__ = "print_runs"
    __table_args__ = (
        CheckConstraint("state NOT IN ('ready', 'confirmed') OR cards IS NOT NULL", name="ready_is_counted"),
        CheckConstraint("state <> 'confirmed' OR confirmed_at IS NOT NULL", name="confirmed_when"),
        Index("ix_print_runs_confirmed_at_id", "confirmed_at", "id"),
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
    reason: Mapped[str] = mapped_column(default="")
    """What the permission to fetch it, the last one given, is for."""
    agreed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """The second person of that permission; the first one needs none."""
    house_id: Mapped[int | None] = mapped_column(ForeignKey("print_houses.id"))
    """Who prints it; None for our own press."""
    delivery: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """`Delivery.kept()`: how this run is printed; None before it is started."""
    fingerprint: Mapped[str | None]
    """Of the certificate that a data file was encrypted to."""
    started_at: Mapped[datetime | None]
    written: Mapped[int] = mapped_column(default=0)
    """Cards written so far, told every thousand or so."""
    refusal: Mapped[str] = mapped_column(default="")
    """What could not be printed: a message to be translated, with places for `refusal_facts`."""
    refusal_facts: Mapped[dict[str, Any] | None] = mapped_column(Json)
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
    discarded_at: Mapped[datetime | None]
    """When the sealed file was removed from the disk, after its key was destroyed."""

    @property
    def can_start(self) -> bool:
        """Whether nobody has started it, or it could not be printed and can be tried again."""
        return self.state in {PrintRunState.WAITING, PrintRunState.REFUSED}

    @property
    def wanted(self) -> Delivery:
        """How it is printed."""
        return Delivery.of(self.delivery)

    @property
    def file_name(self) -> str:
        """The name of the sealed file under the instance's print-runs."""
        return f"batch-{self.batch_id}.sealed"


class PrintFetch(Base):
    """One fetching of a run's file: who took it, why, and who agreed."""

    __tablename__ = "print_fetches"

    run_id: Mapped[int] = mapped_column(ForeignKey("print_runs.id"), primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """From 1."""
    fetched_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    agreed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """The second person; the first fetching needs none."""
    reason: Mapped[str]
    fetched_at: Mapped[datetime]


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
