"""What accounts there are, and when an entry is one. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from giftshop.kernel.money import Money


class Account(StrEnum):
    """Where value stands. A debit is a positive amount, a credit a negative one: what is owed is below zero."""

    SOLD = "sold"
    """What firms bought: the other side of everything that is owed (debit)."""
    PENDING = "pending"
    """Paid for and not open to holders yet: owed to the firm (credit)."""
    OUTSTANDING = "outstanding"
    """Open to whoever holds a card: owed to holders, 未兑付余额 (credit)."""
    REDEEMED = "redeemed"
    """Turned into goods (credit)."""
    RETURNED = "returned"
    """Given back to the firm, whose money went back (credit)."""
    EXPIRED = "expired"
    """Past its last day and not decided upon: 逾期未兑, owed again as soon as a card is extended (credit)."""
    CREDITED = "credited"
    """Expired, and credited to the firm for later orders (credit)."""
    DONATED = "donated"
    """Expired, and given to charity as the firm wished (credit)."""
    KEPT = "kept"
    """Expired, and the operator's for good, where the market allows it: breakage (credit)."""
    RECEIVED = "received"
    """Money that holders paid on top for something dearer (debit)."""


class EntryKind(StrEnum):
    """What an entry tells of."""

    ISSUE = "issue"
    """The cards of a batch were made: once a batch."""
    ACTIVATE = "activate"
    """They, or some of them, were opened to their holders."""
    SPEND = "spend"
    """A holder chose something."""
    REVERSE = "reverse"
    """What was spent came back, or part of it."""
    VOID = "void"
    """The cards of a batch ended for good, and their money went back: once a batch."""
    DIFFERENCE = "difference"
    """A holder paid on top, beyond what the card held."""
    TOP_UP = "top_up"
    """A firm put more on a card."""
    EXPIRE = "expire"
    """The last day of cards passed, with what they held."""
    REVIVE = "revive"
    """Expired cards were extended, and hold again what they held."""
    REISSUE = "reissue"
    """What a lost or damaged card held went to the one made instead of it."""
    MOVE = "move"
    """An unused card went to another batch, with what it holds."""
    SETTLE = "settle"
    """What became of expired value was decided, as the firm had chosen."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One posting of an entry: `amount` to (above zero) or from (below) an account, of a batch, or of one card."""

    account: Account
    amount: Money
    batch_id: int
    card_id: int | None = None


class Unbalanced(ValueError):
    """An entry that does not sum to zero in each currency, or says nothing: a fault of ours, never a person's."""


def move(amount: Money, out_of: Account, into: Account, *, batch_id: int, card_id: int | None = None) -> list[Leg]:
    """Return the legs that take `amount` (above zero) owed on one account and owe it on another.

    What is owed stands below zero, so it leaves by a debit and arrives by a credit.
    """
    return [Leg(out_of, amount, batch_id, card_id), Leg(into, -amount, batch_id, card_id)]


def check(legs: Sequence[Leg]) -> None:
    """Raise Unbalanced unless `legs` are an entry."""
    sums: Counter[str] = Counter()
    for leg in legs:
        if not leg.amount:
            raise Unbalanced("a posting of nothing")
        sums[leg.amount.currency] += leg.amount.amount_minor
    if not legs or any(sums.values()):
        raise Unbalanced(f"an entry that sums to {dict(sums)}")
