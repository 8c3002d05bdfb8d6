"""A sealed print file read at any place, as preflight does."""

from __future__ import annotations

import io
import os

import pytest

from giftshop.cards.vault import SealedReader, seal_stream
from giftshop.kernel.sealing import SealBroken

KEY = bytes(range(32))
CHUNK = 64 * 1024


def sealed(content: bytes, label: str = "print file of batch 1001") -> bytes:
    return b"".join(seal_stream(KEY, label, [content]))


def reader(stored: bytes) -> io.BufferedReader:
    return io.BufferedReader(SealedReader(KEY, "print file of batch 1001", io.BytesIO(stored)))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7])
def test_it_reads_as_the_file_that_was_sealed(size: int) -> None:
    content = os.urandom(size)
    stored, plain = reader(sealed(content)), io.BytesIO(content)
    for offset, whence, length in [
        (0, io.SEEK_SET, 10),
        (size // 2, io.SEEK_SET, CHUNK + 20),
        (-5 if size >= 5 else 0, io.SEEK_END, 100),
        (max(0, CHUNK - 3), io.SEEK_SET, 6),
        (size + 10, io.SEEK_SET, 1),
    ]:
        assert stored.seek(offset, whence) == plain.seek(offset, whence)
        assert stored.read(length) == plain.read(length)
    stored.seek(0)
    assert stored.read() == content


def test_only_what_is_read_is_opened_and_a_changed_byte_of_it_is_noticed() -> None:
    stored = bytearray(sealed(os.urandom(3 * CHUNK)))
    stored[CHUNK + 1000] ^= 1
    broken = reader(bytes(stored))
    broken.seek(2 * CHUNK + 5)
    assert len(broken.read(10)) == 10
    broken.seek(CHUNK + 5)
    with pytest.raises(SealBroken, match="chunk 1"):
        broken.read(10)


def test_chunks_cut_off_exchanged_or_of_another_batch_do_not_open() -> None:
    content = os.urandom(3 * CHUNK)
    stored = sealed(content)
    size = CHUNK + 16
    first, second = stored[7 : 7 + size], stored[7 + size : 7 + 2 * size]
    for wrong in (
        stored[: 7 + 2 * size],
        stored[:7] + second + first + stored[7 + 2 * size :],
        sealed(content, "print file of batch 1002"),
        stored[:3],
        b"",
    ):
        with pytest.raises(SealBroken):
            reader(wrong).read()
