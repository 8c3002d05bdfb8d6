"""Numbers that people quote: O-4827-195-306 for an order, T-… for a transfer.

A number is its row's id, shuffled over all nine-digit numbers and closed by a check digit (Damm, as in `serials`):
nobody reads the volume of business from it, a mistyped one is noticed, and no column or retry is needed to keep it
unique. It is a name, never a proof.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from giftshop.kernel.serials import check_digit

_MODULUS: Final = 10**9
_FACTOR: Final = 387_420_489
"""Odd and no multiple of five, so multiplying by it permutes the numbers below 10^9."""
_SHIFT: Final = 271_828_183
_INVERSE: Final = pow(_FACTOR, -1, _MODULUS)


@dataclass(frozen=True, slots=True)
class Numbering:
    """The numbers of one kind of thing, told apart by a leading letter."""

    letter: str

    def of(self, row_id: int) -> str:
        """Return the number of the row with this id (1 to 999,999,999)."""
        if not 0 < row_id < _MODULUS:
            raise ValueError(f"no number for id {row_id}")
        digits = f"{(row_id * _FACTOR + _SHIFT) % _MODULUS:09d}"
        digits += str(check_digit(digits))
        return f"{self.letter}-{digits[:4]}-{digits[4:7]}-{digits[7:]}"

    def id_in(self, text: str) -> int | None:
        """Return the id whose number a person typed, forgiving case, width and separators; None when it is none."""
        plain = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text[:60]))).upper()
        digits = plain.removeprefix(self.letter)
        if len(digits) != 10 or not (digits.isascii() and digits.isdecimal()) or check_digit(digits) != 0:
            return None
        return (int(digits[:9]) - _SHIFT) * _INVERSE % _MODULUS or None
