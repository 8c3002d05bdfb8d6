"""How far a programme can be extended, and how far an extension has come. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from giftshop.kernel.numbering import Numbering

NUMBERS: Final = Numbering("L")
LONGEST: Final = timedelta(days=3 * 365)
"""How far ahead a firm may set a new last day, as for a new order."""


class ExtensionState(StrEnum):
    """How far an extension has come."""

    AWAITING_PAYMENT = "awaiting_payment"
    """The firm was told what to pay."""
    DONE = "done"
    """The cards are good for longer."""
    LEFT_OVER = "left_over"
    """Paid when there was nothing to extend any more: the money is the firm's, and goes back."""
    CANCELLED = "cancelled"
    """Given up before it was paid, or paid back."""


def is_in_reach(until: date, *, now_until: date, today: date) -> bool:
    """Whether a programme that ends on `now_until` can be given time through `until`, as of `today`."""
    return max(now_until, today) < until <= today + LONGEST
