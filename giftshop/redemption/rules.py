"""What is true of a redemption whatever the database says. Pure: no tables, no pages."""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from giftshop.kernel.money import Money

VISIT_LIFE: Final = timedelta(minutes=30)
"""How long a code stays open in a browser after the last thing that was sent."""
DRAFT_LIFE: Final = timedelta(days=1)
"""How long an unfinished choice, with its address, is kept at least. A visit is over long before."""
LEAVES_WITHIN: Final = timedelta(days=3)
"""From the choice to the carrier, as it is promised to recipients."""
LONGEST_WAIT: Final = timedelta(days=90)
"""How far ahead a recipient may ask for the gift."""

MOST_TRIES: Final = 5
TRIES_WINDOW: Final = timedelta(hours=24)
"""Wrong last digits of a phone that are answered in one window: 1 chance in 2,000 a day for whoever guesses."""
PROOF_DIGITS: Final = 4

MOST_PROBLEMS: Final = 5
"""Reports of one card that may be open at once."""
LONGEST_NOTE: Final = 1000
"""Characters of a problem or a thank-you."""

SOURCE: Final = "redemption"
"""What a redemption's shipment is sent for."""


MOST_OF_ONE: Final = 20
"""Pieces of one product in one visit with a shopping card."""
PAYING_LASTS: Final = timedelta(minutes=90)
"""How long goods and value are kept for somebody who pays a difference: the hour a checkout lasts, and a while."""
MOST_PURCHASES: Final = 1000
"""Visits with one shopping card: far more than any balance lasts for."""


PROOF_LASTS: Final = timedelta(minutes=15)
"""From typing in a one-time code to confirming."""
PHONE_KEPT: Final = timedelta(days=90)
"""How long the phone of a card with nothing left on it is kept after its last use: an order may yet be cancelled."""


class UnbindReason(StrEnum):
    """Why staff take a phone off a card."""

    NEW_NUMBER = "new_number"
    """Its holder has another number, or lost the phone."""
    NOT_THE_HOLDER = "not_the_holder"
    """Somebody else bound theirs."""
    GIVEN_AWAY = "given_away"
    """The card has another holder by now."""
    ERASURE = "erasure"
    """Its holder asks for the number to be deleted."""


class RedemptionState(StrEnum):
    """How a choice stands. Where its parcel is, fulfilment knows."""

    CONFIRMED = "confirmed"
    """It counts, and is being sent or was."""
    AWAITING_PAYMENT = "awaiting_payment"
    """What the card holds is taken off it and the goods are kept; the holder is paying the difference."""
    CANCELLED = "cancelled"
    """Given up before packing; the value is back on the card."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many of one product at that price."""

    item_id: int
    quantity: int
    unit: Money

    @property
    def amount(self) -> Money:
        """What they come to."""
        return self.unit * self.quantity


def cost_of(wanted: Iterable[Wanted], currency: str) -> Money:
    """Return what a basket comes to."""
    return sum((each.amount for each in wanted), Money.zero(currency))


class News(StrEnum):
    """What a recipient is written about."""

    REDEEMED = "redeemed"
    """The choice was taken down; here is the link to follow it."""
    DISPATCHED = "dispatched"
    """The parcel is with the carrier."""
    DELIVERED = "delivered"
    """It is there."""
    ADDRESS_NEEDED = "address_needed"
    """It cannot be brought to this address; please mend it."""


class ProblemKind(StrEnum):
    """What a recipient reports."""

    WRONG = "wrong"
    """Something else came than was chosen."""
    DAMAGED = "damaged"
    """It came broken or incomplete."""
    LATE = "late"
    """It has not come."""
    PAGE = "page"
    """The page does not do what it should, or says something wrong."""
    OTHER = "other"
    """Anything else."""


def leaves_on(today: date, not_before: date | None) -> date:
    """Return the day by which a gift chosen `today` is promised to leave, not before `not_before`."""
    return max(today + LEAVES_WITHIN, not_before or today)


def is_day_to_ask_for(day: date, today: date) -> bool:
    """Whether a recipient may ask on `today` for nothing to come before `day`."""
    return today <= day <= today + LONGEST_WAIT


def last_digits_agree(phone: str, typed: str) -> bool:
    """Whether `typed` is the end of the E.164 `phone`, in however wide digits; compared in constant time."""
    digits = "".join(filter(str.isdecimal, unicodedata.normalize("NFKC", typed[:20])))
    return hmac.compare_digest(digits.encode(), phone[-PROOF_DIGITS:].encode())
