"""Links that are worked out and never kept: a few bytes, signed, as the last part of an address.

What a link is for is signed along, so that one of another kind under the same key says nothing here.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import Final

_SIGNATURE_BYTES: Final = 16
"""128 bits of HMAC-SHA256: nobody finds one by trying, and a text message stays short."""


def signed(key: bytes, purpose: bytes, said: bytes) -> str:
    """Return `said` with its signature, in letters that an address takes as they are."""
    return base64.urlsafe_b64encode(said + _signature(key, purpose, said)).rstrip(b"=").decode("ascii")


def read_signed(text: str, key: bytes, purpose: bytes, length: int) -> bytes | None:
    """Return the `length` bytes that `signed` was given, or None if we did not sign `text` for this purpose."""
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error, ValueError):
        return None
    said, signature = raw[:length], raw[length:]
    return said if hmac.compare_digest(signature, _signature(key, purpose, said)) else None


def _signature(key: bytes, purpose: bytes, said: bytes) -> bytes:
    return hmac.digest(key, purpose + said, hashlib.sha256)[:_SIGNATURE_BYTES]
