"""How far a top-up has come, and which cards it can be for. Pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from giftshop.kernel.market import StoredValueRules
from giftshop.kernel.numbering import Numbering

NUMBERS: Final = Numbering("U")
MOST_CARDS: Final = 5_000
"""Cards of one top-up."""
AT_ONCE: Final = 200
"""Cards that are topped up in one transaction."""


class TopUpState(StrEnum):
    """How far a top-up has come."""

    AWAITING_PAYMENT = "awaiting_payment"
    """The firm was told what to pay."""
    PAID = "paid"
    """The money is here, and is being put on the cards."""
    DONE = "done"
    """Each card has it, or could not take it."""
    CANCELLED = "cancelled"
    """Given up before it was paid, or paid back whole."""


class CardOutcome(StrEnum):
    """What became of one card's share."""

    WAITING = "waiting"
    """It is not on the card yet."""
    TOPPED_UP = "topped_up"
    """The card holds it."""
    REFUSED = "refused"
    """The card was spent past, stopped or over by then, so its money goes back to the firm."""


def cap_of(valid_until: date | None, rules: StoredValueRules, *, bears_name: bool) -> int:
    """Return the most that a card may hold, in minor units.

    It counts as a named one if it bears a name, and has no last day where named cards have none: else as a bearer's,
    for which less is allowed.
    """
    is_named = bears_name and (valid_until is None or rules.named_expires)
    return rules.named_cap_minor if is_named else rules.bearer_cap_minor
