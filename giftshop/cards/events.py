"""What cards tell the rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class BatchIssued:
    """Every card of a batch has been made and sealed: it can be printed."""

    batch_id: int
    programme_id: int


@dataclass(frozen=True, slots=True)
class ProgrammeEnding:
    """Cards of a programme wait to be redeemed, and so many days at most are left to do it."""

    programme_id: int
    days: int


@dataclass(frozen=True, slots=True)
class BatchActivated:
    """A batch has been paid for and delivered: its cards can be redeemed."""

    batch_id: int
    programme_id: int


@dataclass(frozen=True, slots=True)
class CardChanged:
    """What one card is worth to its holder changed. The journal keeps it apart from the database.

    Whoever writes a command that spends, stops or frees a card publishes this.
    """

    what: str
    """A kind of ledger entry ("spend"), or for what moves no value the action that is audited ("cards.block")."""
    public_id: bytes
    serial: int
    at: datetime
    change_minor: int = 0
    """What came onto the card (above zero) or went off it, in minor units."""
    left_minor: int | None = None
    """What it holds now."""
    entry: str | None = None
    """The ledger's name for it."""


@dataclass(frozen=True, slots=True)
class ProgrammeChanged:
    """All cards of a programme that were not redeemed were stopped, let go on, or ended for good."""

    what: str
    """The action that is audited: "cards.freeze", "cards.thaw", "cards.void"."""
    programme_id: int
    started_at: datetime
    """With the id it names the programme, also to a database restored from before it."""
    at: datetime
