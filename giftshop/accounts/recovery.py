"""Recovery codes: ten words on paper, each good once in place of the phone that is lost.

Kept as HMAC under a key of the person's own, which lies sealed under the master key. Plain hashes of fifty bits could
be tried out by whoever has a copy of the database; Argon2 would have to be computed for each code that is left, at
every try. This way a copy alone tells nothing, a try costs one HMAC and one UPDATE, and the keys can be rotated without
making the paper worthless, as the end of a pepper would.
"""

from __future__ import annotations

import hmac
import os
import secrets
from typing import Final

from giftshop.kernel import codes

HOW_MANY: Final = 10
LETTERS: Final = 10
"""Of Crockford's base 32: fifty bits."""
KEY_BYTES: Final = 32
_LONGEST: Final = 100


def new_key() -> bytes:
    """Return the key that one person's codes are hashed under."""
    return os.urandom(KEY_BYTES)


def draw() -> list[str]:
    """Return ten new codes, as they are shown: two groups of five."""
    words = set[str]()
    while len(words) < HOW_MANY:
        words.add("".join(secrets.choice(codes.ALPHABET) for _ in range(LETTERS)))
    return [f"{word[:5]}-{word[5:]}" for word in words]


def hash_of(key: bytes, typed: str) -> bytes | None:
    """Return what a code is found by, however it is spelled, or None if it is none."""
    letters = codes.canonical(typed[:_LONGEST])
    if len(letters) != LETTERS or not set(letters) <= set(codes.ALPHABET):
        return None
    return hmac.digest(key, letters.encode("ascii"), "sha256")
