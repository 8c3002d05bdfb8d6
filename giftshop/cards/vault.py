"""The cryptography of secrets: how they are found without being kept, and kept sealed until they are printed.

- **Found** by HMAC-SHA256 of the canonical code under a pepper, which no one can turn back without the pepper.
- **Sealed** in blocks under a key of their batch, which the master key wraps. What each ciphertext is for is bound to
  it as associated data, so that a block moved to another place or batch does not open.

AES-256-GCM throughout, with a random nonce in front of each ciphertext: a batch key seals some thousands of messages,
far below the 2^32 at which random nonces begin to matter (NIST SP 800-38D, 8.3).
"""

from __future__ import annotations

import hmac
import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from giftshop.kernel.codes import Secret, letters_in
from giftshop.kernel.keyring import KEY_BYTES, Keyring
from giftshop.kernel.sealing import SealBroken
from giftshop.kernel.sealing import open_under as _opened
from giftshop.kernel.sealing import seal_under as _seal

BLOCK_SECRETS: Final = 1000
"""Secrets sealed together: 16 kB, so that a print run opens little at a time."""

_TAG_BYTES: Final = 16
_CHUNK_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A batch key as the database keeps it: encrypted under the master key `master_id`."""

    master_id: str
    sealed: bytes


def lookup_hashes(keyring: Keyring, secret: Secret) -> list[bytes]:
    """Return the hashes under which a card with this code may be found, one for each live pepper."""
    letters = secret.canonical.encode("ascii")
    return [hmac.digest(pepper, letters, "sha256") for pepper in keyring.peppers.keys.values()]


def block_hashes(pepper: bytes, block: bytes) -> list[bytes]:
    """Return the lookup hash of each code in `block`, in their order.

    The key schedule is done once and copied, which is twice as fast as starting anew for each.
    """
    keyed = hmac.new(pepper, digestmod="sha256")

    def digest(letters: bytes) -> bytes:
        one = keyed.copy()
        one.update(letters)
        return one.digest()

    return [digest(letters) for letters in letters_in(block)]


def new_batch_key(keyring: Keyring, batch_number: int) -> tuple[bytes, WrappedKey]:
    """Return a new key for the batch, bare and wrapped under the current master key."""
    key = os.urandom(KEY_BYTES)
    master = keyring.master_keys
    return key, WrappedKey(master.current, _seal(master.current_key, key, _wrap_label(batch_number)))


def unwrapped(keyring: Keyring, wrapped: WrappedKey, batch_number: int) -> bytes:
    """Return the batch's key; raises SealBroken, also when its master key is not on the keyring."""
    master = keyring.master_keys.keys.get(wrapped.master_id)
    if master is None:
        raise SealBroken(f"master key {wrapped.master_id} is not on the keyring")
    return _opened(master, wrapped.sealed, _wrap_label(batch_number))


def rewrapped(keyring: Keyring, wrapped: WrappedKey, batch_number: int) -> WrappedKey:
    """Return the batch's key wrapped under the current master key; raises SealBroken."""
    master = keyring.master_keys
    key = unwrapped(keyring, wrapped, batch_number)
    return WrappedKey(master.current, _seal(master.current_key, key, _wrap_label(batch_number)))


def seal_block(batch_key: bytes, batch_number: int, first: int, block: bytes) -> bytes:
    """Return the secrets of `block`, the first of them at place `first` of the batch, sealed."""
    return _seal(batch_key, block, _block_label(batch_number, first))


def open_block(batch_key: bytes, batch_number: int, first: int, sealed: bytes) -> bytes:
    """Return the block that `seal_block` sealed for that batch and place; raises SealBroken."""
    return _opened(batch_key, sealed, _block_label(batch_number, first))


def seal_stream(batch_key: bytes, label: str, plain: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a file's content sealed chunk by chunk, in memory that does not grow with the file.

    The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): each nonce counts its chunk and marks the last
    one, so that chunks cannot be exchanged, repeated or cut off.
    """
    aead, prefix = AESGCM(batch_key), os.urandom(_STREAM_PREFIX_BYTES)
    yield prefix
    for count, (chunk, is_last) in enumerate(_marking_last(_in_chunks(plain))):
        yield aead.encrypt(_stream_nonce(prefix, count, is_last=is_last), chunk, _stream_label(label))


def open_stream(batch_key: bytes, label: str, sealed: BinaryIO) -> Iterator[bytes]:
    """Yield the content of a file sealed by `seal_stream`, chunk by chunk; raises SealBroken at a chunk that is bad."""
    aead, prefix = AESGCM(batch_key), sealed.read(_STREAM_PREFIX_BYTES)
    chunks = iter(lambda: sealed.read(_CHUNK_BYTES + _TAG_BYTES), b"")
    for count, (chunk, is_last) in enumerate(_marking_last(chunks)):
        try:
            yield aead.decrypt(_stream_nonce(prefix, count, is_last=is_last), chunk, _stream_label(label))
        except (InvalidTag, ValueError):
            raise SealBroken(f"chunk {count} of the sealed file does not open") from None


class SealedReader(io.RawIOBase):
    """The content of a file sealed by `seal_stream`, read at any place: a chunk is opened when something of it is read.

    What is not yet read may be broken: reading it then raises SealBroken. Some chunks stay open in memory, no more.
    """

    def __init__(self, batch_key: bytes, label: str, sealed: BinaryIO) -> None:
        self._aead, self._label, self._sealed = AESGCM(batch_key), _stream_label(label), sealed
        size = sealed.seek(0, io.SEEK_END)
        sealed.seek(0)
        self._prefix = sealed.read(_STREAM_PREFIX_BYTES)
        # The last chunk is never left out, even if there is nothing in it.
        self._chunks = max(1, -(-(size - _STREAM_PREFIX_BYTES) // _SEALED_CHUNK_BYTES))
        self._size = max(0, size - _STREAM_PREFIX_BYTES - self._chunks * _TAG_BYTES)
        self._at = 0
        self._opened = lru_cache(_CHUNKS_HELD)(self._open)

    def readable(self) -> bool:
        """As a file says."""
        return True

    def seekable(self) -> bool:
        """As a file says."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to a place of the content; returns it."""
        self._at = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence] + offset
        return self._at

    def tell(self) -> int:
        """Return the place of the content at which is read next."""
        return self._at

    def readinto(self, buffer: object) -> int:
        """Read up to the end of one chunk into `buffer`; returns how many bytes. Raises SealBroken."""
        room = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        count, start = divmod(self._at, _CHUNK_BYTES)
        if count >= self._chunks:
            return 0
        some = self._opened(count)[start : start + len(room)]
        room[: len(some)] = some
        self._at += len(some)
        return len(some)

    def _open(self, count: int) -> bytes:
        self._sealed.seek(_STREAM_PREFIX_BYTES + count * _SEALED_CHUNK_BYTES)
        nonce = _stream_nonce(self._prefix, count, is_last=count == self._chunks - 1)
        try:
            return self._aead.decrypt(nonce, self._sealed.read(_SEALED_CHUNK_BYTES), self._label)
        except (InvalidTag, ValueError):
            raise SealBroken(f"chunk {count} of the sealed file does not open") from None


_STREAM_PREFIX_BYTES: Final = 7
_SEALED_CHUNK_BYTES: Final = _CHUNK_BYTES + _TAG_BYTES
_CHUNKS_HELD: Final = 16
"""A megabyte: pages lie side by side, but what they draw with, and the table of where things are, lie elsewhere."""


def _stream_nonce(prefix: bytes, count: int, *, is_last: bool) -> bytes:
    return prefix + count.to_bytes(4, "big") + bytes([is_last])


def _stream_label(label: str) -> bytes:
    return f"giftshop file v1 {label}".encode()


def _wrap_label(batch_number: int) -> bytes:
    return f"giftshop batch key v1 batch {batch_number}".encode()


def _block_label(batch_number: int, first: int) -> bytes:
    return f"giftshop secrets v1 batch {batch_number} from {first}".encode()


def _in_chunks(plain: Iterable[bytes]) -> Iterator[bytes]:
    """Yield `plain` in pieces of the size that is sealed at once; the last is shorter, perhaps empty."""
    waiting = bytearray()
    for piece in plain:
        waiting += piece
        while len(waiting) >= _CHUNK_BYTES:
            yield bytes(waiting[:_CHUNK_BYTES])
            del waiting[:_CHUNK_BYTES]
    yield bytes(waiting)


def _marking_last(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield each chunk with whether it is the last. Nothing at all counts as one empty chunk, which does not open."""
    source = iter(chunks)
    held = next(source, b"")
    for chunk in chain(source, [None]):
        yield held, chunk is None
        held = chunk or b""
