"""Codes of an authenticator app: TOTP as RFC 6238 has it, over HOTP of RFC 4226. SHA-1, six digits, thirty seconds:
what every app understands.

Pure: the moment is given, and whether a step was used before is the database's to say.
"""

from __future__ import annotations

import base64
import hmac
import os
import unicodedata
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

KEY_BYTES: Final = 20
"""160 bits, as RFC 4226 (R6) recommends."""
DIGITS: Final = 6
STEP_SECONDS: Final = 30
DRIFT: Final = 1
"""Steps that a phone's clock may be off, either way (RFC 6238, 5.2)."""


def new_key() -> bytes:
    """Return a random key for one person's app."""
    return os.urandom(KEY_BYTES)


def step_at(moment: datetime) -> int:
    """Return which step of thirty seconds, counted from 1970, a moment lies in."""
    return int(moment.timestamp()) // STEP_SECONDS


def code_of(key: bytes, step: int) -> str:
    """Return the six digits that an app with this key shows in that step."""
    return _clock(key).generate(step * STEP_SECONDS).decode("ascii")


def step_of(key: bytes, code: str, *, at: datetime) -> int | None:
    """Return which step near `at` shows this code, or None. Compares all of them, and takes as long for each."""
    now = step_at(at)
    fitting = [step for step in range(now - DRIFT, now + DRIFT + 1) if hmac.compare_digest(code_of(key, step), code)]
    return max(fitting, default=None)


def canonical_code(typed: str) -> str | None:
    """Return the six digits that somebody typed, with spaces, hyphens or in full width, or None if it is no code."""
    digits = "".join(character for character in unicodedata.normalize("NFKC", typed[:40]) if character.isalnum())
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdigit() else None


def written(key: bytes) -> str:
    """Return a key in groups of four letters, for somebody who types it into an app."""
    letters = base64.b32encode(key).decode("ascii").rstrip("=")
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def address(key: bytes, *, account: str, site: str) -> str:
    """Return the otpauth:// address that a QR code hands to an app, for one account at one site."""
    return _clock(key).get_provisioning_uri(account, site)


def _clock(key: bytes) -> TOTP:
    return TOTP(key, DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303 -- what apps compute; HMAC does not lean on collisions
