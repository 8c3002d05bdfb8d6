"""What cards tell the rooms above."""

from __future__ import annotations

from dataclasses import dataclass


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
