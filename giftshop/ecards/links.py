"""The link of an e-card: a card's public id and a version, signed. Never kept; it is worked out at each sending.

It opens what the code of a printed card opens. Raising the delivery's version ends the links that were sent before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from giftshop.kernel.signing import read_signed, signed

PURPOSE: Final = b"giftshop e-card link 1"
"""Signed along, so that a link of another kind under the same key is no e-card's."""
_ID_BYTES: Final = 16
_VERSION_BYTES: Final = 2


@dataclass(frozen=True, slots=True)
class CardLink:
    """What the link of an e-card says."""

    public_id: bytes
    version: int

    def signed(self, key: bytes) -> str:
        """Return the last part of the link's address, 46 letters."""
        said = self.public_id + self.version.to_bytes(_VERSION_BYTES, "big")
        return signed(key, PURPOSE, said)

    def url(self, public_url: str, key: bytes) -> str:
        """Return the whole address, for a message."""
        return f"{public_url}/e/{self.signed(key)}"

    @classmethod
    def read(cls, text: str, key: bytes) -> CardLink | None:
        """Return what the last part of an address says, or None if we did not sign it."""
        said = read_signed(text, key, PURPOSE, _ID_BYTES + _VERSION_BYTES)
        if said is None:
            return None
        return cls(said[:_ID_BYTES], int.from_bytes(said[_ID_BYTES:], "big"))
