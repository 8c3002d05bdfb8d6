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
    master = keyring.master_keys
    return Sealed(master.current, seal_under(master.current_key, plain, label.encode()))


def unseal(keyring: Keyring, kept: Sealed, label: str) -> bytes:
    """Return what was sealed for `label`; raises SealBroken, also when its master key is not on the keyring."""
    master = keyring.master_keys.keys.get(kept.master_id)
    if master is None:
        raise SealBroken(f"master key {kept.master_id} is not on the keyring")
    return open_under(master, kept.sealed, label.encode())


def seal_under(key: bytes, plain: bytes, label: bytes) -> bytes:
    """Return `plain` sealed under a key of 32 bytes, for the one place that `label` names."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, label)


def open_under(key: bytes, sealed: bytes, label: bytes) -> bytes:
    """Return what was sealed under `key` for `label`; raises SealBroken."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], label)
    except (InvalidTag, ValueError):
        raise SealBroken(label.decode()) from None
