"""What payments, and rooms that pay money back by hand, tell the rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from giftshop.kernel.actor import Actor
from giftshop.kernel.money import Money
from giftshop.payments.rules import DisputeState, Payable, PaymentMethod, RefundReason


@dataclass(frozen=True, slots=True)
class PaymentSettled:
    """The whole sum for a payable is here. Told once, however and however often the money was heard of."""

    payable: Payable
    amount: Money
    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class PaymentReversed:
    """A settled sum goes back whole. Whoever gave something for it takes it back now, or raises and stops it."""

    payable: Payable
    amount: Money
    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class PaymentRefunded:
    """Money has left for the card it came from."""

    payable: Payable
    amount: Money
    reason: RefundReason
    at: datetime


@dataclass(frozen=True, slots=True)
class MoneyPaidBack:
    """Money has left for the firm it came from: to its card, or by the hand of finance. Told once for each `source`."""

    payable: Payable
    amount: Money
    source: str
    """What went back, of all that ever does: "refund/12"."""
    method: PaymentMethod
    by: Actor
    at: datetime
    undoes_sale: bool = False
    """Whether this much of what was sold is undone with it, and no PaymentReversed told so before."""


@dataclass(frozen=True, slots=True)
class CheckoutExpired:
    """An attempt to pay by card ended without money: whoever kept something for it lets it go."""

    payable: Payable
    at: datetime


@dataclass(frozen=True, slots=True)
class PaymentDisputed:
    """The payer's bank asks for the money back (OPEN), or has answered: it stays (WON), it is gone (LOST)."""

    payable: Payable
    state: DisputeState
    at: datetime
