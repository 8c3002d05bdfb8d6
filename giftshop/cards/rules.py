"""What a card and its batch may be, and what may become of them. Pure: no tables, no pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

from giftshop.kernel.clock import end_of_day, local_day

MAX_QUANTITY: Final = 1_000_000
"""Cards of one batch. A larger order becomes several."""
SOON: Final = timedelta(days=30)
"""How long before its end a card counts as expiring."""


class ProgrammeKind(StrEnum):
    """What the market's rules say of a programme's cards."""

    VOUCHER = "voucher"
    """Spent once, for one gift: a gift book."""
    STORED_VALUE = "stored_value"
    """Spent in as many visits as it lasts: a shopping card."""


FOREVER: Final = datetime(9000, 1, 1, tzinfo=UTC)
"""When a card lapses that never does: far enough, and no special case wherever moments are compared."""


class BatchState(StrEnum):
    """How far a batch of cards has come."""

    DRAWN_UP = "drawn_up"
    """Ordered; its cards are being made."""
    SEALED = "sealed"
    """Every card has its secret, under seal."""
    PRINTED = "printed"
    """The print house has confirmed receipt of the print file."""
    SHIPPED = "shipped"
    """The printed cards are on their way to the firm."""
    ACTIVE = "active"
    """Paid, delivered, and open to whoever holds a card."""
    CLOSED = "closed"
    """Nothing can be redeemed any more."""


BATCH_BEFORE: Final[Mapping[BatchState, BatchState]] = {
    BatchState.SEALED: BatchState.DRAWN_UP,
    BatchState.PRINTED: BatchState.SEALED,
    BatchState.SHIPPED: BatchState.PRINTED,
    BatchState.ACTIVE: BatchState.SHIPPED,
    BatchState.CLOSED: BatchState.ACTIVE,
}
"""The one state that each state is reached from."""


class CardState(StrEnum):
    """What can be done with one card. Whether it is past its last day is no state: the clock decides it."""

    SEALED = "sealed"
    """Made, and worth nothing yet."""
    ACTIVE = "active"
    """Whoever knows its code may redeem it."""
    CLAIMED = "claimed"
    """Redeemed."""
    BLOCKED = "blocked"
    """Stopped by staff, until they unblock it."""
    LAPSED = "lapsed"
    """Its last day passed and what it held was booked out; extending it brings that back."""
    VOID = "void"
    """Worth nothing, for good."""


class BlockReason(StrEnum):
    """Why staff stopped a card."""

    LOST = "lost"
    """Its holder, or the firm, lost it."""
    DAMAGED = "damaged"
    """Its code can no longer be read."""
    MISUSE = "misuse"
    """Somebody else may know the code."""
    FIRM_ASKED = "firm_asked"
    """The firm that bought it asked for it."""
    DISPUTED = "disputed"
    """The bank of whoever paid for it asks for the money back."""
    RESTORED = "restored"
    """It was spent or stopped after the backup that the site was restored from: somebody must look."""


class Unredeemed(StrEnum):
    """What becomes of value that nobody redeemed in time, as the firm chose when it ordered."""

    KEEP = "keep"
    """It stays with the operator, where the market lets breakage be final; else it stays owed, and can be extended."""
    RETURN = "return"
    """It is paid back to the firm."""
    CREDIT = "credit"
    """The firm has it off later orders."""
    DONATE = "donate"
    """It goes to charity in the firm's name."""


class StopScope(StrEnum):
    """What a kill switch stops: all cards of it, made already or later."""

    BATCH = "batch"
    PROGRAMME = "programme"
    FIRM = "firm"
    PLATFORM = "platform"
    """Every card there is."""


class Standing(StrEnum):
    """What a card's holder is told."""

    OPEN = "open"
    """There is a gift to choose."""
    CLAIMED = "claimed"
    """The gift was chosen; it can be followed."""
    EXPIRED = "expired"
    """Its last day has passed."""
    BLOCKED = "blocked"
    """Stopped; the hotline knows more."""
    CLOSED = "closed"
    """Worth nothing any more."""


_OWN_WORDS: Final = {
    CardState.CLAIMED: Standing.CLAIMED,
    CardState.BLOCKED: Standing.BLOCKED,
    CardState.LAPSED: Standing.EXPIRED,
    CardState.VOID: Standing.CLOSED,
}


def lapses_at(valid_until: date | None, time_zone: str, grace_days: int = 0) -> datetime:
    """Return the first moment at which a card valid through that day can no longer be redeemed; None is never.

    `grace_days`: calendar days after the last one on which it is still taken.
    """
    return FOREVER if valid_until is None else end_of_day(valid_until + timedelta(days=grace_days), time_zone)


def last_day_of(expires_at: datetime, time_zone: str, grace_days: int = 0) -> date | None:
    """Return the last day that a card which lapses then is told to be good for; None if it never lapses."""
    if expires_at >= FOREVER:
        return None
    return local_day(expires_at - timedelta(microseconds=1), time_zone) - timedelta(days=grace_days)


def standing(
    card: CardState,
    batch: BatchState,
    expires_at: datetime,
    *,
    is_open: bool = True,
    is_stopped: bool = False,
    at: datetime,
) -> Standing | None:
    """Return what the holder of a card is told at moment `at`, or None if it says nothing: it is not active yet.

    `is_open`: it was activated; `is_stopped`: a kill switch is on. A card that was never activated says nothing in
    whatever state it is, so that a code found at the print house cannot be told from one that was made up.
    """
    if not is_open or batch not in {BatchState.ACTIVE, BatchState.CLOSED} or card is CardState.SEALED:
        return None
    if is_stopped and card is CardState.ACTIVE:
        return Standing.BLOCKED
    if card in _OWN_WORDS:
        return _OWN_WORDS[card]
    if batch is BatchState.CLOSED:
        return Standing.CLOSED
    return Standing.OPEN if at < expires_at else Standing.EXPIRED
