"""The link that lets sales people without a login nominate: a campaign's id and a version, signed.

Nothing of it is kept. Raising the campaign's version ends every link that was shared before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from giftshop.kernel.signing import read_signed, signed

PURPOSE: Final = b"giftshop nomination link 1"
"""Signed along, so that a link of another kind under the same key is no nomination link."""
_ID_BYTES: Final = 8
_VERSION_BYTES: Final = 4


@dataclass(frozen=True, slots=True)
class NominationLink:
    """What a nomination link says."""

    campaign_id: int
    version: int

    def signed(self, key: bytes) -> str:
        """Return the last part of the link's address."""
        said = self.campaign_id.to_bytes(_ID_BYTES, "big") + self.version.to_bytes(_VERSION_BYTES, "big")
        return signed(key, PURPOSE, said)

    @classmethod
    def read(cls, text: str, key: bytes) -> NominationLink | None:
        """Return what the last part of an address says, or None if we did not sign it."""
        said = read_signed(text, key, PURPOSE, _ID_BYTES + _VERSION_BYTES)
        if said is None:
            return None
        return cls(int.from_bytes(said[:_ID_BYTES], "big"), int.from_bytes(said[_ID_BYTES:], "big"))
