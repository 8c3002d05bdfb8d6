"""The address under which a list is read without an account: the link's number, signed. Nothing secret is kept."""

from __future__ import annotations

from typing import Final

from giftshop.kernel.signing import read_signed, signed

PURPOSE: Final = b"giftshop list link 1"
"""Signed along, so that a link of another kind under the same key shows no list."""
_ID_BYTES: Final = 8


def secret_of(link_id: int, key: bytes) -> str:
    """Return the last part of a link's address."""
    return signed(key, PURPOSE, link_id.to_bytes(_ID_BYTES, "big"))


def read_secret(text: str, key: bytes) -> int | None:
    """Return the number of the link that the last part of an address names, or None if we did not sign it."""
    said = read_signed(text, key, PURPOSE, _ID_BYTES)
    return int.from_bytes(said, "big") if said is not None else None
