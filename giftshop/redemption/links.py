"""Tracking links: a card's public id and a version, signed. Nothing of them is kept; they are worked out at each send.

A link shows how far a gift is, with personal data masked, and changes nothing. Raising a redemption's version ends
the links that were sent before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from giftshop.kernel.signing import read_signed, signed

PURPOSE: Final = b"giftshop tracking link 2"
"""Signed along, so that a link of another kind under the same key is no tracking link."""
_ID_BYTES: Final = 16
_NUMBER_BYTES: Final = 2
"""Of the version, and of which of the card's redemptions it is."""


@dataclass(frozen=True, slots=True)
class TrackingLink:
    """What a tracking link says."""

    public_id: bytes
    version: int
    nth: int = 1
    """Which of the card's redemptions."""

    def signed(self, key: bytes) -> str:
        """Return the last part of the link's address, 48 letters."""
        said = self.public_id + b"".join(number.to_bytes(_NUMBER_BYTES, "big") for number in (self.version, self.nth))
        return signed(key, PURPOSE, said)

    def url(self, public_url: str, key: bytes) -> str:
        """Return the whole address, for a message."""
        return f"{public_url}/t/{self.signed(key)}"

    @classmethod
    def read(cls, text: str, key: bytes) -> TrackingLink | None:
        """Return what the last part of an address says, or None if we did not sign it."""
        said = read_signed(text, key, PURPOSE, _ID_BYTES + 2 * _NUMBER_BYTES)
        if said is None:
            return None
        numbers = said[_ID_BYTES:]
        version, nth = numbers[:_NUMBER_BYTES], numbers[_NUMBER_BYTES:]
        return cls(said[:_ID_BYTES], int.from_bytes(version, "big"), int.from_bytes(nth, "big"))
