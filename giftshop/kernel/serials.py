"""Serial numbers: what a card is called, printed openly and read out on the telephone.

Digits only: the batch's number, seven digits for the card's place in it, one check digit by Damm (H. M. Damm, "Total
anti-symmetrische Quasigruppen", Marburg 2004), which catches every single wrong digit and every exchange of
neighbours. A serial number opens nothing.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

MAX_SEQUENCE: Final = 9_999_999
"""Cards that one batch can name."""
FIRST_BATCH: Final = 1001
"""Batch numbers start here, so that the first serial numbers already have their twelve digits."""

_PLACES: Final = 10_000_000
_SHORTEST: Final = 12
_LONGEST: Final = 17
_DAMM: Final = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


@dataclass(frozen=True, slots=True, order=True)
class Serial:
    """The card at place `sequence` (from 1) of the batch numbered `batch`."""

    batch: int
    sequence: int

    def __post_init__(self) -> None:
        if self.batch < FIRST_BATCH or not 1 <= self.sequence <= MAX_SEQUENCE:
            raise ValueError(f"no card has batch {self.batch}, sequence {self.sequence}")

    @property
    def number(self) -> int:
        """The whole serial number, check digit included: what tables keep."""
        return numbers(self.batch, self.sequence, 1)[0]

    def __str__(self) -> str:
        return printed(self.number)


def numbers(batch: int, first: int, count: int) -> list[int]:
    """Return the serial numbers of `count` cards of `batch` from place `first` on: `Serial.number`, in bulk."""
    bare = range(batch * _PLACES + first, batch * _PLACES + first + count)
    return [number * 10 + _DAMM_OF_THREE[_interim_of(number // 1000)][number % 1000] for number in bare]


def printed(number: int) -> str:
    """Return a serial number as cards and pages show it: groups of four from the right, 1001 0000 0170."""
    digits = str(number)
    head = len(digits) % 4
    groups = [digits[:head], *(digits[start : start + 4] for start in range(head, len(digits), 4))]
    return " ".join(filter(None, groups))


def parse_serial(text: str) -> Serial | None:
    """Return the serial number that a person typed or read out, or None if its check digit says it is not one.

    Forgives full width and everything between the digits; a letter makes it none.
    """
    marks = [mark for mark in unicodedata.normalize("NFKC", text[:100]) if mark.isalnum()]
    digits = "".join(marks)
    if not (digits.isascii() and digits.isdecimal() and _SHORTEST <= len(digits) <= _LONGEST and digits[0] != "0"):
        return None
    if _interim(digits) != 0 or int(digits[:-8]) < FIRST_BATCH or int(digits[-8:-1]) == 0:
        return None
    return Serial(batch=int(digits[:-8]), sequence=int(digits[-8:-1]))


def check_digit(digits: str) -> int:
    """Return Damm's check digit for `digits`; zero if they already end with theirs."""
    return _interim(digits)


def _interim(digits: str, start: int = 0) -> int:
    """Return Damm's digit for `digits`, going on from `start`; zero if they already end with theirs."""
    for digit in digits:
        start = _DAMM[start][int(digit)]
    return start


@lru_cache(maxsize=2)
def _interim_of(thousands: int) -> int:
    return _interim(str(thousands))


_DAMM_OF_THREE: Final = tuple(tuple(_interim(f"{three:03d}", start) for three in range(1000)) for start in range(10))
"""Damm's table three digits at a time, since a batch names a thousand cards that share the others."""
