"""Where a print run stands. Pure."""

from __future__ import annotations

from enum import StrEnum


class PrintRunState(StrEnum):
    """How far the cards of a batch have come on their way to paper."""

    WAITING = "waiting"
    """Issued and sealed; nobody has opened it yet."""
    PRINTING = "printing"
    """Opened for a reason; a job writes the file."""
    READY = "ready"
    """The file lies sealed, to be fetched for the print house."""
    REFUSED = "refused"
    """Something on a card cannot be printed; nothing was written. Can be started again once it is mended."""
    CONFIRMED = "confirmed"
    """The print house has it; file, key and sealed codes are destroyed."""
