"""Sealing: what may lie in the database only in a form that the database alone cannot open.

AES-256-GCM with a random nonce in front of each ciphertext. The label says what is sealed and whose it is; it is bound
to the ciphertext as associated data, so that one that is copied to another row does not open there.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from giftshop.kernel.keyring import Keyring

_NONCE_BYTES: Final = 12


class SealBroken(Exception):
    """A sealed message does not open: changed, moved, cut short, or under another key."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Something sealed under the master key `master_id`, as the database keeps it."""

    master_id: str
    sealed: bytes


def seal(keyring: Keyring, plain: bytes, label: str) -> Sealed:
    """Return `plain` sealed under the current master key, for the one place that `label` names."""
    master, nonce = keyring.master_keys, os.urandom(_NONCE_BYTES)
    ciphertext = AESGCM(master.current_key).encrypt(nonce, plain, label.encode())
    return Sealed(master.current, nonce + ciphertext)


def unseal(keyring: Keyring, kept: Sealed, label: str) -> bytes:
    """Return what was sealed for `label`; raises SealBroken, also when its master key is not on the keyring."""
    master = keyring.master_keys.keys.get(kept.master_id)
    if master is None:
        raise SealBroken(f"master key {kept.master_id} is not on the keyring")
    try:
        return AESGCM(master).decrypt(kept.sealed[:_NONCE_BYTES], kept.sealed[_NONCE_BYTES:], label.encode())
    except (InvalidTag, ValueError):
        raise SealBroken(label) from None
