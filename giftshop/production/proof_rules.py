"""Where a proof stands, and what is said about it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

DIGITS: Final = 64
"""Of a SHA-256 in hexadecimal."""


class ProofState(StrEnum):
    """How far a version of a proof has come."""

    WAITING = "waiting"
    """Shown, or answered: its firm has not decided."""
    APPROVED = "approved"
    """Its firm said yes; this, and nothing else, is printed."""
    RETURNED = "returned"
    """Its firm asked for changes and waits for our words, or makes them itself."""
    FROM_BEFORE = "from_before"
    """Ordered before proofs were kept: nobody knows who saw what, and it may be printed."""


class ProofAct(StrEnum):
    """What somebody did about a version."""

    APPROVED = "approved"
    """Said yes."""
    ASKED = "asked"
    """Asked for changes, with a comment."""
    ANSWERED = "answered"
    """One of our people answered that."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody had before their eyes as they decided: this content, after so many decisions about it."""

    content_hash: str
    turn: int

    def __str__(self) -> str:
        return f"{self.content_hash}.{self.turn}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return what a form carried; None for anything else."""
        content_hash, _, turn = text.partition(".")
        is_turn = turn.isascii() and turn.isdecimal() and len(turn) < 10
        return cls(content_hash, int(turn)) if len(content_hash) == DIGITS and is_turn else None
