"""Where a print run or a decoration job stands. Pure."""

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


def step_of(state: PrintRunState, fetched: int) -> int:
    """Return which step comes next: 1 open, 2 write, 3 fetch, 4 confirm, 5 nothing any more."""
    if state is PrintRunState.READY:
        return 4 if fetched else 3
    return {PrintRunState.PRINTING: 2, PrintRunState.CONFIRMED: 5}.get(state, 1)


class JobKind(StrEnum):
    """What production does to the goods of an order before they are packed."""

    SILK_SCREEN = "silk_screen"
    """丝印."""
    STICKER = "sticker"
    """不干胶贴."""
    BAG_PRINT = "bag_print"
    """礼品袋印刷."""
    ENGRAVING = "engraving"
    """激光雕刻."""
    GREETING_CARDS = "greeting_cards"
    """Printing the cards that lie in the parcels (贺卡)."""


class DecorationState(StrEnum):
    """How far a decoration job has come."""

    WAITING = "waiting"
    """Nobody has begun."""
    BEGUN = "begun"
    """Somebody is at it."""
    DONE = "done"
    """All pieces lie ready to be packed."""
