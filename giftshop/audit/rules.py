"""What can be wrong with the chain. Pure."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """What was done to the chain."""

    CHANGED = "changed"
    """The event is not the one that was sealed there: edited, exchanged, or put in another's place."""
    MISSING = "missing"
    """No event has the number that comes next."""
    CUT_OFF = "cut off"
    """The chain ends before the event that was noted outside as its last."""
    REWRITTEN = "rewritten"
    """The chain agrees with itself, but not with what was noted outside: it was made anew, up to there at least."""
