"""The link that lets sales people without a login nominate: a campaign's id and a version, signed.

Nothing of it is kept. Raising the campaign's version ends every link that was shared before.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from typing import Final

PURPOSE: Final = b"giftshop nomination link 1"
"""Signed along, so that a link of another kind under the same key is no nomination link."""
_ID_BYTES: Final = 8
_VERSION_BYTES: Final = 4
_SIGNATURE_BYTES: Final = 16
"""128 bits: nobody finds one by trying."""


@dataclass(frozen=True, slots=True)
class NominationLink:
    """What a nomination link says."""

    campaign_id: int
    version: int

    def signed(self, key: bytes) -> str:
        """Return the last part of the link's address."""
        said = self.campaign_id.to_bytes(_ID_BYTES, "big") + self.version.to_bytes(_VERSION_BYTES, "big")
        return base64.urlsafe_b64encode(said + _signature(key, said)).rstrip(b"=").decode("ascii")

    @classmethod
    def read(cls, text: str, key: bytes) -> NominationLink | None:
        """Return what the last part of an address says, or None if we did not sign it."""
        try:
            raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), b"-_", validate=True)
        except (UnicodeEncodeError, binascii.Error, ValueError):
            return None
        said, signature = raw[: _ID_BYTES + _VERSION_BYTES], raw[_ID_BYTES + _VERSION_BYTES :]
        if not hmac.compare_digest(signature, _signature(key, said)):
            return None
        return cls(int.from_bytes(said[:_ID_BYTES], "big"), int.from_bytes(said[_ID_BYTES:], "big"))


def _signature(key: bytes, said: bytes) -> bytes:
    return hmac.new(key, PURPOSE + said, hashlib.sha256).digest()[:_SIGNATURE_BYTES]
