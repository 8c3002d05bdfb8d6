"""What is paid for, and the numbers transfers are told by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from giftshop.kernel.numbering import Numbering

NUMBERS: Final = Numbering("T")
"""The reference a firm writes on its transfer."""


@dataclass(frozen=True, slots=True)
class Payable:
    """Something that is to be paid: an order, later others."""

    kind: str
    id: int
