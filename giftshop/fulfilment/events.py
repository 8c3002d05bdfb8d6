"""What the rooms above may hear from the bench."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from giftshop.fulfilment.rules import ExceptionReason, ShipmentState, Source


@dataclass(frozen=True, slots=True)
class ShipmentHeld:
    """A shipment waits for its day; the bench itself hears this and sets its clock."""

    shipment_id: int
    day: date


@dataclass(frozen=True, slots=True)
class ShipmentDispatched:
    """The carrier has it."""

    shipment_id: int
    source: Source


@dataclass(frozen=True, slots=True)
class ShipmentDelivered:
    """The receiver has it."""

    shipment_id: int
    source: Source


@dataclass(frozen=True, slots=True)
class ShipmentExcepted:
    """It was stopped. `reason` says why; the rooms above may ask the recipient to mend it."""

    shipment_id: int
    source: Source
    reason: ExceptionReason


@dataclass(frozen=True, slots=True)
class ShipmentReturned:
    """It came back and lies with us."""

    shipment_id: int
    source: Source


@dataclass(frozen=True, slots=True)
class ShipmentStepUndone:
    """A hand-over, a delivery or an exception that was told before is taken back.

    A room that cannot take back what followed from it refuses by raising, and the undo fails with it.
    """

    shipment_id: int
    source: Source
    was: ShipmentState
    """The state that turned out to be a mistake."""
    now: ShipmentState
