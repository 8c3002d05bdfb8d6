"""The tables of the bench."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, String, Time, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.addresses import Address, Receiver
from giftshop.db import Base, intpk
from giftshop.fulfilment.rules import (
    BEGUN,
    MANIFEST_NUMBERS,
    NUMBERS,
    ExceptionReason,
    FileKind,
    ManifestState,
    Sender,
    ShipmentState,
    Source,
    Step,
)

Sorted = String().with_variant(String(collation="C"), "postgresql")
"""Text compared byte by byte, so that "begins with" is a range of an ordinary index on both databases."""


NO_CUT_OFF: Final = time.max
"""Of a parcel whose carrier is not known, or collects at no set time: after all others of its day."""

OURS = "supplier_id IS NULL"
"""What is packed at the bench: its queue reads nothing else, however much the suppliers send."""
THEIRS = "supplier_id IS NOT NULL"


def _also_a_state(name: str) -> Enum:
    """Return the type of a second column of states in one table: its check needs a name of its own."""
    values = [state.value for state in ShipmentState]
    return Enum(
        ShipmentState, name=name, native_enum=False, create_constraint=True, length=32, values_callable=lambda _: values
    )


class Carrier(Base):
    """Somebody who takes parcels away, and what their systems can hold."""

    __tablename__ = "carriers"

    id: Mapped[intpk]
    code: Mapped[str] = mapped_column(unique=True)
    """Short and in capitals, such as SF; also how a file names the carrier."""
    names: Mapped[dict[str, str]]
    cut_off: Mapped[time | None] = mapped_column(Time)
    """When they collect, by the clock on the operator's wall."""
    tracking_url: Mapped[str | None]
    """Their page for one parcel, with {number} in it."""
    is_tracked: Mapped[bool] = mapped_column(default=True)
    """Whether a parcel needs a tracking number before it is handed over."""
    name_limit: Mapped[int | None]
    """Characters that their system takes for a receiver's name; None: any number. As are the next two."""
    address_limit: Mapped[int | None]
    contents_limit: Mapped[int | None]
    is_active: Mapped[bool] = mapped_column(default=True)

    def tracking_page(self, tracking_number: str) -> str | None:
        """Return the address of the carrier's own page about one parcel."""
        return self.tracking_url.replace("{number}", tracking_number) if self.tracking_url else None


class Manifest(Base):
    """The sheet a carrier's driver signs: these parcels, all of one carrier, go with them now."""

    __tablename__ = "manifests"
    __table_args__ = (
        CheckConstraint("(state = 'handed_over') = (handed_over_at IS NOT NULL)", name="handed_over_when"),
        Index("ix_manifests_state", "state", "id"),
    )

    id: Mapped[intpk]
    carrier_id: Mapped[int] = mapped_column(ForeignKey("carriers.id"))
    state: Mapped[ManifestState] = mapped_column(default=ManifestState.OPEN)
    drawn_up_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    drawn_up_at: Mapped[datetime]
    handed_over_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    handed_over_at: Mapped[datetime | None]
    parcel_count: Mapped[int]
    """Parcels it was drawn up with; once handed over, parcels that went."""

    @property
    def number(self) -> str:
        """What it is called."""
        return MANIFEST_NUMBERS.of(self.id)


class Shipment(Base):
    """One parcel to one receiver, for one thing in a room above: a redemption, a batch of printed cards."""

    __tablename__ = "shipments"
    __table_args__ = (
        UniqueConstraint("source_kind", "source_id"),
        CheckConstraint("state <> 'held' OR not_before IS NOT NULL", name="held_until"),
        CheckConstraint("(state = 'packing') = (claimed_by IS NOT NULL)", name="packing_by"),
        CheckConstraint("(claimed_by IS NULL) = (claimed_until IS NULL)", name="claimed_until"),
        CheckConstraint("state <> 'packed' OR packed_at IS NOT NULL", name="packed_when"),
        CheckConstraint(
            "state NOT IN ('dispatched', 'delivered', 'returned') "
            "OR (dispatched_at IS NOT NULL AND carrier_id IS NOT NULL)",
            name="dispatched_when",
        ),
        CheckConstraint("(state = 'delivered') = (delivered_at IS NOT NULL)", name="delivered_when"),
        CheckConstraint("(state = 'exception') = (exception_reason IS NOT NULL)", name="exception_reason"),
        CheckConstraint("(state = 'exception') = (stopped_in IS NOT NULL)", name="stopped_in"),
        CheckConstraint("supplier_id IS NOT NULL OR ordered_at IS NULL", name="ordered_from_supplier"),
        CheckConstraint(
            "supplier_id IS NULL OR (state NOT IN ('packing', 'packed') AND manifest_id IS NULL)", name="supplier_packs"
        ),
        Index(
            "ix_shipments_queue",
            "state",
            "promised_on",
            "cut_off",
            "id",
            sqlite_where=text(OURS),
            postgresql_where=text(OURS),
        ),
        Index(
            "ix_shipments_firm_queue",
            "state",
            "firm_id",
            "promised_on",
            "cut_off",
            "id",
            sqlite_where=text(OURS),
            postgresql_where=text(OURS),
        ),
        Index(
            "ix_shipments_supplier_queue",
            "state",
            "supplier_id",
            "promised_on",
            "cut_off",
            "id",
            sqlite_where=text(THEIRS),
            postgresql_where=text(THEIRS),
        ),
        Index(
            "ix_shipments_carrier_queue",
            "state",
            "carrier_id",
            "promised_on",
            "cut_off",
            "id",
            sqlite_where=text(f"carrier_id IS NOT NULL AND {OURS}"),
            postgresql_where=text(f"carrier_id IS NOT NULL AND {OURS}"),
        ),
        Index(
            "uq_shipments_tracking_number",
            "tracking_number",
            "carrier_id",
            unique=True,
            sqlite_where=text("tracking_number IS NOT NULL"),
            postgresql_where=text("tracking_number IS NOT NULL"),
        ),
        Index(
            "ix_shipments_manifest_id",
            "manifest_id",
            "id",
            sqlite_where=text("manifest_id IS NOT NULL"),
            postgresql_where=text("manifest_id IS NOT NULL"),
        ),
        Index(
            "ix_shipments_held",
            "not_before",
            sqlite_where=text("state = 'held'"),
            postgresql_where=text("state = 'held'"),
        ),
        Index("ix_shipments_receiver_name", "receiver_name", "id"),
        Index("ix_shipments_receiver_phone", "receiver_phone", "id"),
    )

    id: Mapped[intpk]
    source_kind: Mapped[str]
    source_id: Mapped[int]
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"))
    """The firm whose gift this is."""

    receiver_name: Mapped[str] = mapped_column(Sorted)
    receiver_phone: Mapped[str] = mapped_column(Sorted)
    """E.164."""
    country: Mapped[str]
    region: Mapped[str]
    city: Mapped[str]
    district: Mapped[str]
    street: Mapped[str]
    postcode: Mapped[str]

    state: Mapped[ShipmentState]
    revision: Mapped[int] = mapped_column(default=0)
    """Goes up by one with every step; a step is taken only on the revision it was judged on."""
    promised_on: Mapped[date]
    """The day it is to be on its way."""
    cut_off: Mapped[time] = mapped_column(Time, default=NO_CUT_OFF)
    """When its carrier collects, kept with the parcel because the queue goes by it."""
    not_before: Mapped[date | None]
    """Whoever asked wants it no earlier."""
    is_surprise: Mapped[bool]
    """Nobody is told anything before delivery."""

    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("suppliers.id"))
    """Who sends it; None: we do. Decided when it is asked for, whatever becomes of the item later."""
    ordered_at: Mapped[datetime | None]
    """When its supplier was told to send it as it is."""

    carrier_id: Mapped[int | None] = mapped_column(ForeignKey("carriers.id"))
    tracking_number: Mapped[str | None]
    manifest_id: Mapped[int | None] = mapped_column(ForeignKey("manifests.id"))

    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    claimed_until: Mapped[datetime | None]
    packed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    packed_at: Mapped[datetime | None]
    slips_printed: Mapped[int] = mapped_column(default=0)
    labels_printed: Mapped[int] = mapped_column(default=0)

    exception_reason: Mapped[ExceptionReason | None]
    exception_note: Mapped[str | None]
    stopped_in: Mapped[ShipmentState | None] = mapped_column(_also_a_state("stopped_in_state"))
    """Where it stood when it was stopped."""

    attempt: Mapped[int] = mapped_column(default=1)
    """How often it was sent, counting this time."""
    requested_at: Mapped[datetime]
    dispatched_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]

    @property
    def number(self) -> str:
        """What it is called: on slips, labels and the telephone."""
        return NUMBERS.of(self.id)

    @property
    def source(self) -> Source:
        """What it is sent for."""
        return self.source_kind, self.source_id

    @property
    def has_left(self) -> bool:
        """Whether a carrier has it, or had it last."""
        return self.dispatched_at is not None

    @property
    def sender(self) -> Sender:
        """Who sends it, and whether they were told."""
        return Sender(is_supplier=self.supplier_id is not None, is_told=self.ordered_at is not None)

    @property
    def is_begun(self) -> bool:
        """Whether whoever asked for it can change nothing any more."""
        is_told = self.ordered_at is not None and self.state is ShipmentState.WAITING
        return self.state in BEGUN or self.has_left or is_told

    @property
    def receiver(self) -> Receiver:
        """Who takes it in, and where."""
        address = Address(
            country=self.country,
            region=self.region,
            city=self.city,
            district=self.district,
            street=self.street,
            postcode=self.postcode,
        )
        return Receiver(self.receiver_name, self.receiver_phone, address)


class ShipmentLine(Base):
    """One kind of thing in a parcel, and how many were confirmed by a scan."""

    __tablename__ = "shipment_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("scanned BETWEEN 0 AND quantity", name="scanned_within"),
        Index("ix_shipment_lines_shipment_id", "shipment_id", "id"),
    )

    id: Mapped[intpk]
    shipment_id: Mapped[int] = mapped_column(ForeignKey("shipments.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"))
    """None: not from stock, such as a box of printed cards."""
    words: Mapped[dict[str, str]]
    """What it is, by language, as it was called when it was asked for."""
    code: Mapped[str]
    """What its barcode says, in the form of `rules.scan_code`; empty: it has none and is ticked off by hand."""
    quantity: Mapped[int]
    scanned: Mapped[int] = mapped_column(default=0)

    @property
    def is_confirmed(self) -> bool:
        """Whether all of it was scanned."""
        return self.scanned == self.quantity


class ShipmentEvent(Base):
    """One step of one shipment: its history, and what undo goes back to. Holds no personal data."""

    __tablename__ = "shipment_events"
    __table_args__ = (UniqueConstraint("shipment_id", "revision"),)

    id: Mapped[intpk]
    shipment_id: Mapped[int] = mapped_column(ForeignKey("shipments.id"))
    revision: Mapped[int]
    """The shipment's, after this step."""
    step: Mapped[Step]
    state_before: Mapped[ShipmentState]
    state_after: Mapped[ShipmentState] = mapped_column(_also_a_state("state_after_step"))
    before: Mapped[dict[str, Any]]
    """The columns that this step changed, as they were."""
    facts: Mapped[dict[str, Any]]
    """What to say about it: a tracking number, a reason."""
    at: Mapped[datetime]
    actor_kind: Mapped[str]
    actor_id: Mapped[int | None]


class Printout(Base):
    """Papers that were printed together. Kept as a list, so that the same PDF can be made again after a jam."""

    __tablename__ = "printouts"

    id: Mapped[intpk]
    papers: Mapped[dict[str, Any]]
    """{"sheets": [[paper, shipment id, copy], ...], "pick_list": [shipment id, ...], "left_out": ...}."""
    printed_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    printed_at: Mapped[datetime]


class CarrierFile(Base):
    """An uploaded file of tracking numbers or deliveries, read but perhaps not taken over yet."""

    __tablename__ = "carrier_files"

    id: Mapped[intpk]
    kind: Mapped[FileKind]
    filename: Mapped[str]
    carrier_id: Mapped[int | None] = mapped_column(ForeignKey("carriers.id"))
    """The carrier of every row, where the file names none."""
    rows: Mapped[dict[str, Any]]
    """{"rows": [[line, shipment, tracking number, carrier], ...]} as they were written; no personal data."""
    digest: Mapped[bytes] = mapped_column(index=True)
    """SHA-256 of its rows."""
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    uploaded_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
