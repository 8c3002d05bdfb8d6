"""What is paid for, the numbers transfers are told by, and how what Stripe says is held against what we asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Self

from giftshop.kernel.money import Money
from giftshop.kernel.numbering import Numbering

NUMBERS: Final = Numbering("T")
"""The reference a firm writes on its transfer."""
MOST_BY_CARD_MINOR: Final = 99_999_999
"""Stripe's own limit of one charge: eight digits of minor units (docs.stripe.com/currencies)."""
CHECKOUT_LASTS: Final = timedelta(hours=1)
"""How long a page to pay on stays open. Stripe takes from 30 minutes to 24 hours."""
PATIENCE: Final = timedelta(minutes=5)
"""What nothing was heard of for so long, Stripe is asked about; and again after so long."""
AWAY: Final = timedelta(minutes=1)
"""When Stripe does not answer a job, it is asked again after so long."""
EARLY: Final = timedelta(days=1)
"""News of a dispute about a payment that we do not know may have overtaken it, for so long."""
SLOW_REFUND: Final = timedelta(hours=1)
"""A refund that Stripe has in hand is first asked after so long."""
UNANSWERED: Final = timedelta(minutes=2)
"""After so long without an answer of Stripe's to an opening, nobody waits for it any more."""


@dataclass(frozen=True, slots=True)
class Payable:
    """Something that is to be paid: an order, later others."""

    kind: str
    id: int


class PaymentState(StrEnum):
    """Where the money is."""

    EXPECTED = "expected"
    """The payer was told what to pay and how."""
    SETTLED = "settled"
    """It came, whole."""
    CANCELLED = "cancelled"
    """It is not wanted any more."""
    REVERSED = "reversed"
    """It came, and goes back whole; how far back it is, its refund says."""


class PaymentMethod(StrEnum):
    """How money comes."""

    TRANSFER = "transfer"
    """A bank transfer that quotes our reference."""
    CARD = "card"
    """By card, through Stripe."""


class NoCard(StrEnum):
    """Why a payment cannot be made by card."""

    NOT_SET_UP = "not_set_up"
    """The operator has no account that takes cards."""
    TRANSFER_ONLY = "transfer_only"
    """The operator's market rules ask for a bank transfer."""
    TOO_LARGE = "too_large"
    """More than one charge may carry."""


class CheckoutState(StrEnum):
    """One attempt to pay by card."""

    WANTED = "wanted"
    """Somebody pressed the button; Stripe has not answered yet."""
    OPEN = "open"
    """There is a page at Stripe's to pay on."""
    PAID = "paid"
    """Money came through it. What became of that, the payment says, or a refund."""
    EXPIRED = "expired"
    """It ended without money."""
    MISMATCHED = "mismatched"
    """Stripe took something other than we asked for: a person must look."""
    CLEARED = "cleared"
    """It was mismatched, and a person has cleared it up."""


LIVE_CHECKOUTS: Final = (CheckoutState.WANTED, CheckoutState.OPEN)
"""Those that money may still come through."""


class RefundReason(StrEnum):
    """Why money goes back."""

    TOO_LATE = "too_late"
    """It came by card after the payment was cancelled."""
    PAID_TWICE = "paid_twice"
    """It came by card after the sum had come otherwise."""
    ASKED = "asked"
    """Finance gives a settled payment back."""


class RefundState(StrEnum):
    """How far back the money is."""

    WANTED = "wanted"
    """Decided; Stripe has not answered yet."""
    SENT = "sent"
    """Stripe has it in hand."""
    DONE = "done"
    """It is back, or on its way to the card."""
    FAILED = "failed"
    """Stripe could not: a person must look."""
    BY_HAND = "by_hand"
    """It had failed, and was paid back by bank transfer."""


REFUND_BEFORE: Final[Mapping[RefundState, tuple[RefundState, ...]]] = {
    RefundState.WANTED: (RefundState.FAILED,),
    RefundState.SENT: (RefundState.WANTED,),
    RefundState.DONE: (RefundState.WANTED, RefundState.SENT),
    RefundState.FAILED: (RefundState.WANTED, RefundState.SENT, RefundState.DONE),
    RefundState.BY_HAND: (RefundState.FAILED,),
}
"""What each state may follow, in whatever order Stripe's news arrives. A bank may send back what was done."""


class DisputeState(StrEnum):
    """A payer's bank asks for the money back."""

    OPEN = "open"
    """It is being argued."""
    WON = "won"
    """The money stays."""
    LOST = "lost"
    """The money went."""


class Outcome(StrEnum):
    """What came of one piece of Stripe's news."""

    DONE = "done"
    """It changed something."""
    KNOWN = "known"
    """We knew it already."""
    NOT_OURS = "not_ours"
    """It is about nothing of ours."""
    DIFFERS = "differs"
    """It names ours and says something else than we asked: nothing was done, and Stripe is asked what is true."""


@dataclass(frozen=True, slots=True)
class SeenSession:
    """A Checkout Session as far as we need it. No name, no address, no card."""

    id: str
    key: str
    """What we called our checkout: Stripe's `client_reference_id`."""
    reference: str
    """Of the payment, from the metadata."""
    status: str
    """open, complete or expired."""
    is_paid: bool
    amount: Money | None
    intent: str
    """The PaymentIntent, once there is one: what a refund names."""
    url: str
    expires_at: datetime | None

    @classmethod
    def read(cls, session: Mapping[str, Any]) -> Self:
        """Read a `checkout.session`; what is missing or of another kind is empty."""
        amount, currency, ends = session.get("amount_total"), session.get("currency"), session.get("expires_at")
        return cls(
            id=_text(session.get("id")),
            key=_text(session.get("client_reference_id")),
            reference=_text(_dict(session.get("metadata")).get("payment")),
            status=_text(session.get("status")),
            is_paid=session.get("payment_status") == "paid",
            amount=_money(amount, currency),
            intent=id_of(session.get("payment_intent")),
            url=_text(session.get("url")),
            expires_at=datetime.fromtimestamp(ends, UTC) if isinstance(ends, int) else None,
        )

    def is_for(self, key: str, reference: str, amount: Money) -> bool:
        """Whether key, payment, amount and currency are those that we asked for."""
        return (self.key, self.reference, self.amount) == (key, reference, amount)

    @property
    def has_money(self) -> bool:
        """Whether the payer's money is there."""
        return self.status == "complete" and self.is_paid


@dataclass(frozen=True, slots=True)
class SeenRefund:
    """A Refund as far as we need it."""

    id: str
    key: str
    """What we called it, from the metadata."""
    intent: str
    amount: Money | None
    status: str
    """pending, requires_action, succeeded, failed or canceled."""

    @classmethod
    def read(cls, refund: Mapping[str, Any]) -> Self:
        """Read a `refund`; what is missing or of another kind is empty."""
        return cls(
            id=_text(refund.get("id")),
            key=_text(_dict(refund.get("metadata")).get("refund")),
            intent=id_of(refund.get("payment_intent")),
            amount=_money(refund.get("amount"), refund.get("currency")),
            status=_text(refund.get("status")),
        )

    @property
    def state(self) -> RefundState:
        """Where that puts ours."""
        if self.status in {"failed", "canceled"}:
            return RefundState.FAILED
        return RefundState.DONE if self.status == "succeeded" else RefundState.SENT


@dataclass(frozen=True, slots=True)
class SeenDispute:
    """A Dispute as far as we need it."""

    id: str
    intent: str
    status: str

    @classmethod
    def read(cls, dispute: Mapping[str, Any]) -> Self:
        """Read a `dispute`; what is missing or of another kind is empty."""
        return cls(_text(dispute.get("id")), id_of(dispute.get("payment_intent")), _text(dispute.get("status")))

    @property
    def state(self) -> DisputeState:
        """Where that puts ours. A closed inquiry (warning_closed) was no dispute in the end."""
        if self.status in {"won", "warning_closed", "prevented"}:
            return DisputeState.WON
        return DisputeState.LOST if self.status == "lost" else DisputeState.OPEN


def id_of(value: object) -> str:
    """Return the id in a field that holds one, or the thing itself when it was expanded."""
    return _text(_dict(value).get("id")) if isinstance(value, Mapping) else _text(value)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _dict(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _money(amount: object, currency: object) -> Money | None:
    """Return Stripe's integer and lower-case currency as Money, or None where they are none."""
    if not isinstance(amount, int) or not isinstance(currency, str):
        return None
    try:
        return Money(amount, currency.upper())
    except ValueError:
        return None
