"""The link of an e-card: a card's public id and a version, signed. Never kept; it is worked out at each sending.

It opens what the code of a printed card opens. Raising the delivery's version ends the links that were sent before.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from typing import Final

PURPOSE: Final = b"giftshop e-card link 1"
"""Signed along, so that a link of another kind under the same key is no e-card's."""
_ID_BYTES: Final = 16
_VERSION_BYTES: Final = 2
_SIGNATURE_BYTES: Final = 16
"""128 bits: nobody finds one by trying, and a text message stays short."""


@dataclass(frozen=True, slots=True)
class CardLink:
    """What the link of an e-card says."""

    public_id: bytes
    version: int

    def signed(self, key: bytes) -> str:
        """Return the last part of the link's address, 46 letters."""
        said = self.public_id + self.version.to_bytes(_VERSION_BYTES, "big")
        return base64.urlsafe_b64encode(said + _signature(key, said)).rstrip(b"=").decode("ascii")

    def url(self, public_url: str, key: bytes) -> str:
        """Return the whole address, for a message."""
        return f"{public_url}/e/{self.signed(key)}"

    @classmethod
    def read(cls, text: str, key: bytes) -> CardLink | None:
        """Return what the last part of an address says, or None if we did not sign it."""
        try:
            raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), b"-_", validate=True)
        except (UnicodeEncodeError, binascii.Error, ValueError):
            return None
        said, signature = raw[: _ID_BYTES + _VERSION_BYTES], raw[_ID_BYTES + _VERSION_BYTES :]
        if not hmac.compare_digest(signature, _signature(key, said)):
            return None
        return cls(said[:_ID_BYTES], int.from_bytes(said[_ID_BYTES:], "big"))


def _signature(key: bytes, said: bytes) -> bytes:
    return hmac.digest(key, PURPOSE + said, hashlib.sha256)[:_SIGNATURE_BYTES]
