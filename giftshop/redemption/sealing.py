"""Phone numbers of cards, sealed under a key of their own that is drawn from the master key outside the database."""

from __future__ import annotations

import hmac
import os
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from giftshop.kernel.keyring import Keyring
from giftshop.redemption.errors import PhoneUnreadable

_NONCE_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class SealedPhone:
    """A number as the database keeps it."""

    sealed: bytes
    master_id: str


def seal_phone(keyring: Keyring, card_id: int, phone: str) -> SealedPhone:
    """Return `phone` (E.164) sealed for one card under the current master key."""
    master = keyring.master_keys
    nonce = os.urandom(_NONCE_BYTES)
    return SealedPhone(nonce + _key(master.current_key).encrypt(nonce, phone.encode(), _label(card_id)), master.current)


def open_phone(keyring: Keyring, card_id: int, kept: SealedPhone) -> str:
    """Return the number; raises PhoneUnreadable if its key is gone, or it was moved here from another card."""
    master = keyring.master_keys.keys.get(kept.master_id)
    if master is None:
        raise PhoneUnreadable
    nonce, text = kept.sealed[:_NONCE_BYTES], kept.sealed[_NONCE_BYTES:]
    try:
        return _key(master).decrypt(nonce, text, _label(card_id)).decode()
    except InvalidTag:
        raise PhoneUnreadable from None


def _key(master: bytes) -> AESGCM:
    return AESGCM(hmac.digest(master, b"giftshop.redemption.card_phone", "sha256"))


def _label(card_id: int) -> bytes:
    return f"card_phone/{card_id}".encode()
