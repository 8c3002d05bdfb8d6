"""Where gift sets go, and in which parcels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from giftshop.kernel.clock import working_days_after
from giftshop.kernel.numbering import Numbering

PARCEL_NUMBERS: Final = Numbering("G")
"""What stands on a greeting card and is scanned: which parcel it belongs into."""
CARD_DAYS: Final = 2
"""Working days that printing greeting cards takes."""
PACKING_DAYS: Final = 1
"""Working days between the last decoration and the first parcel."""


class Delivery(StrEnum):
    """Where the gift sets of an order go."""

    DIRECT = "direct"
    """Straight to each person of the list (一件代发)."""
    FIRM = "firm"
    """All to the firm, which hands them out."""
    BRANCHES = "branches"
    """To several branches of the firm, so many to each."""


class ParcelState(StrEnum):
    """Where one parcel of an order is, as the firm is told."""

    MAKING = "making"
    """What goes in is being decorated and printed."""
    WAITING = "waiting"
    """At the bench, or waiting for its day."""
    SENT = "sent"
    """With the carrier."""
    DELIVERED = "delivered"
    """There."""
    RETURNED = "returned"
    """It came back and lies with us."""
    STOPPED = "stopped"
    """Something is wrong; somebody sees to it."""
    CANCELLED = "cancelled"
    """Will not be sent."""


@dataclass(frozen=True, slots=True)
class Load:
    """One parcel to be: so many sets, to a branch (counted from 0) or to the one place there is."""

    sets: int
    branch: int | None = None


def earliest_sending(today: date, lead_days: int) -> date:
    """Return the first day on which parcels can leave whose slowest decoration takes `lead_days` working days."""
    return working_days_after(today, lead_days + PACKING_DAYS)


def unbalanced(quantity: int, branches: Sequence[int]) -> int:
    """Return how many sets are not given to any branch yet; negative when the branches ask for more than there are."""
    return quantity - sum(branches)
