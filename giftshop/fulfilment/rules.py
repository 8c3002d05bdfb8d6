"""The life of a shipment, and what else about it needs no database."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias

from giftshop.kernel.numbering import Numbering

NUMBERS: Final = Numbering("S")
"""What a shipment is called, on slips, labels and the telephone: S-4827-195-306."""
MANIFEST_NUMBERS: Final = Numbering("M")
"""What a hand-over manifest is called."""
CLAIM_LASTS: Final = timedelta(minutes=30)
"""How long a parcel stays with the packer who took it; every scan begins the time anew."""
BULK_LIMIT: Final = 200
"""Shipments that one bulk action takes on: what one person can pack or hand over in one go."""

Source: TypeAlias = tuple[str, int]
"""What a shipment is sent for, by the room that asked: ("redemption", 17), ("batch", 3)."""


class ShipmentState(StrEnum):
    """Where a shipment is."""

    HELD = "held"
    """Its day has not come; nobody is to pack it yet."""
    WAITING = "waiting"
    """Ready for whoever packs next."""
    PACKING = "packing"
    """One packer has taken it and confirms its contents."""
    PACKED = "packed"
    """Contents confirmed and closed; waits for the carrier."""
    DISPATCHED = "dispatched"
    """Handed over to the carrier."""
    DELIVERED = "delivered"
    """The receiver has it."""
    EXCEPTION = "exception"
    """Stopped: something is wrong and somebody must decide."""
    RETURNED = "returned"
    """Came back from the carrier and lies with us."""
    CANCELLED = "cancelled"
    """Will not be sent."""


class Step(StrEnum):
    """What is done to a shipment."""

    OPEN = "open"
    """Its day has come."""
    CLAIM = "claim"
    """A packer takes it."""
    RELEASE = "release"
    """The packer puts it back."""
    PACK = "pack"
    """Contents are right, the parcel is closed."""
    ORDER = "order"
    """Its supplier was told to send it."""
    ASSIGN = "assign"
    """Carrier or tracking number is written down."""
    HAND_OVER = "hand_over"
    """The carrier takes it, from us or from its supplier."""
    DELIVER = "deliver"
    """The receiver has it."""
    EXCEPT = "except"
    """Something is wrong."""
    RESOLVE = "resolve"
    """It is right again, and goes on."""
    TAKE_BACK = "take_back"
    """It came back, and was checked in."""
    RESEND = "resend"
    """It goes out once more."""
    READDRESS = "readdress"
    """It goes to another receiver or place."""
    CHANGE_LINES = "change_lines"
    """Something else is sent."""
    CANCEL = "cancel"
    """It is not sent."""
    UNDO = "undo"
    """The step before was a mistake."""


_S = ShipmentState
_BEFORE_PACKING: Final = frozenset({_S.HELD, _S.WAITING, _S.EXCEPTION})

ALLOWED_FROM: Final[Mapping[Step, frozenset[ShipmentState]]] = MappingProxyType(
    {
        Step.OPEN: frozenset({_S.HELD}),
        Step.CLAIM: frozenset({_S.WAITING, _S.PACKING}),
        Step.RELEASE: frozenset({_S.PACKING}),
        Step.PACK: frozenset({_S.PACKING}),
        Step.ORDER: frozenset({_S.WAITING}),
        Step.ASSIGN: frozenset({_S.HELD, _S.WAITING, _S.PACKING, _S.PACKED, _S.DISPATCHED}),
        Step.HAND_OVER: frozenset({_S.PACKED}),
        Step.DELIVER: frozenset({_S.DISPATCHED}),
        Step.EXCEPT: frozenset({_S.HELD, _S.WAITING, _S.PACKING, _S.PACKED, _S.DISPATCHED}),
        Step.RESOLVE: frozenset({_S.EXCEPTION}),
        Step.TAKE_BACK: frozenset({_S.DISPATCHED, _S.EXCEPTION}),
        Step.RESEND: frozenset({_S.RETURNED}),
        Step.READDRESS: _BEFORE_PACKING | {_S.RETURNED},
        Step.CHANGE_LINES: _BEFORE_PACKING,
        Step.CANCEL: _BEFORE_PACKING,
        Step.UNDO: frozenset(_S),
    }
)
"""The states a step may be taken from."""

LEADS_TO: Final[Mapping[Step, ShipmentState]] = MappingProxyType(
    {
        Step.OPEN: _S.WAITING,
        Step.CLAIM: _S.PACKING,
        Step.RELEASE: _S.WAITING,
        Step.PACK: _S.PACKED,
        Step.HAND_OVER: _S.DISPATCHED,
        Step.DELIVER: _S.DELIVERED,
        Step.EXCEPT: _S.EXCEPTION,
        Step.TAKE_BACK: _S.RETURNED,
        Step.RESEND: _S.WAITING,
        Step.CANCEL: _S.CANCELLED,
    }
)
"""The state a step ends in. The steps not named here leave the state as it is, but for RESOLVE and UNDO."""

WITH_US: Final = frozenset({_S.HELD, _S.WAITING, _S.PACKING, _S.PACKED})
"""The parcel, or what goes into it, lies with us and is meant to leave."""

UNDOABLE: Final = frozenset(
    {Step.PACK, Step.ORDER, Step.ASSIGN, Step.HAND_OVER, Step.DELIVER, Step.EXCEPT, Step.RESOLVE}
)
"""Steps that a slip of the hand takes. The others are undone by their opposite: release, resend."""

BY_THE_ASKER: Final = frozenset({Step.READDRESS, Step.CHANGE_LINES, Step.CANCEL})
"""Steps that whoever asked for the shipment may take until it is begun."""
ONLY_HERE: Final = frozenset({Step.CLAIM, Step.RELEASE, Step.PACK})
"""Steps of our own packing table: what its supplier sends never lies on it."""

ON_ITS_WAY_OR_THERE: Final = frozenset({_S.DISPATCHED, _S.DELIVERED, _S.RETURNED})
BEGUN: Final = frozenset({_S.PACKING, _S.PACKED}) | ON_ITS_WAY_OR_THERE
"""From here on nothing may be changed any more by whoever asked for the shipment."""


class ExceptionReason(StrEnum):
    """Why a shipment was stopped."""

    BAD_ADDRESS = "bad_address"
    """The address is incomplete, wrong, or no carrier goes there."""
    OUT_OF_STOCK = "out_of_stock"
    """The shelf is empty although the books say otherwise."""
    DAMAGED = "damaged"
    """The goods or the parcel are broken."""
    REFUSED = "refused"
    """The receiver did not take it."""
    RETURNED = "returned"
    """The carrier is bringing it back."""
    OTHER = "other"
    """Something else; the note says what."""


class ManifestState(StrEnum):
    """Where a manifest is."""

    OPEN = "open"
    """Drawn up; the driver has not come."""
    HANDED_OVER = "handed_over"
    """Signed: every parcel on it is with the carrier."""
    DISCARDED = "discarded"
    """Drawn up by mistake; its parcels wait for another."""


class Paper(StrEnum):
    """What can be printed for a shipment."""

    PICK_LIST = "pick_list"
    """What to fetch from the shelves for a whole selection, by item."""
    SLIP = "slip"
    """Lies in the parcel and says what is in it; never a price."""
    LABEL = "label"
    """Is stuck on the parcel."""


class FileKind(StrEnum):
    """What a carrier's file tells."""

    TRACKING = "tracking"
    """Tracking numbers of parcels."""
    DELIVERED = "delivered"
    """Parcels that arrived."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a shipment: we do, from our shelf, or its supplier, who may have been told already."""

    is_supplier: bool = False
    is_told: bool = False


WE: Final = Sender()


def is_allowed(step: Step, state: ShipmentState, *, has_left: bool, sender: Sender = WE) -> bool:
    """Whether `step` may be taken from `state`.

    In an exception it depends on where the parcel is: with us it can be changed, with the carrier it can come back.
    What a supplier sends is handed over without our packing it; once they are told to send it, it stays as it is.
    """
    if not _suits(sender, step, state):
        return False
    leaves_supplier = sender.is_supplier and step is Step.HAND_OVER
    if state not in ({_S.WAITING} if leaves_supplier else ALLOWED_FROM[step]):
        return False
    if state is not _S.EXCEPTION or step in {Step.RESOLVE, Step.UNDO}:
        return True
    return has_left is (step is Step.TAKE_BACK)


def _suits(sender: Sender, step: Step, state: ShipmentState) -> bool:
    if not sender.is_supplier:
        return step is not Step.ORDER
    is_fixed = sender.is_told and state is _S.WAITING and step in BY_THE_ASKER | {Step.ORDER}
    return step not in ONLY_HERE and not is_fixed


def state_after_resolving(stopped_in: ShipmentState, *, packs_again: bool) -> ShipmentState:
    """Return where a shipment goes on that was stopped in `stopped_in`.

    A closed parcel stays closed unless it `packs_again`; one that was being packed is packed anew.
    """
    if stopped_in is _S.PACKING or (stopped_in is _S.PACKED and packs_again):
        return _S.WAITING
    return stopped_in


def scan_code(text: str) -> str:
    """Return what was scanned or typed in the one form codes are compared in: no blanks, capitals, half width."""
    return "".join(unicodedata.normalize("NFKC", text[:120]).split()).upper()


def tracking_code(text: str) -> str | None:
    """Return a carrier's number in the form it is kept in, or None if it cannot be one.

    Carriers use 8 to 40 letters and digits, some with hyphens.
    """
    code = scan_code(text)
    plain = code.replace("-", "")
    is_one = 8 <= len(code) <= 40 and plain.isascii() and plain.isalnum() and any(map(str.isdigit, plain))
    return code if is_one else None
