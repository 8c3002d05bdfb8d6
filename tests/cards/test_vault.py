"""The vault: codes found without being kept, sealed until printed."""

from __future__ import annotations

import hmac
import io
import os
from dataclasses import replace

import pytest

from giftshop.cards.vault import (
    BLOCK_SECRETS,
    block_hashes,
    lookup_hashes,
    new_batch_key,
    open_block,
    open_stream,
    seal_block,
    seal_stream,
    unwrapped,
)
from giftshop.kernel.codes import draw_block, secrets_in
from giftshop.kernel.keyring import Keyring, Keyset
from giftshop.kernel.sealing import SealBroken

KEYRING = Keyring.generate()


def test_a_code_is_found_under_every_live_pepper() -> None:
    peppers = Keyset("p2", {"p1": os.urandom(32), "p2": os.urandom(32)})
    keyring = replace(KEYRING, peppers=peppers)
    block = draw_block(3)
    for pepper in peppers.keys.values():
        for secret, kept in zip(secrets_in(block), block_hashes(pepper, block), strict=True):
            assert kept in lookup_hashes(keyring, secret)
            assert len(lookup_hashes(keyring, secret)) == 2


def test_the_hash_is_hmac_sha256_of_the_canonical_code() -> None:
    block = draw_block(1)
    assert block_hashes(b"p" * 32, block) == [hmac.digest(b"p" * 32, block, "sha256")]


def test_a_sealed_block_opens_only_at_its_own_place_of_its_own_batch() -> None:
    key, _ = new_batch_key(KEYRING, 1001)
    block = draw_block(BLOCK_SECRETS)
    sealed = seal_block(key, 1001, 1, block)
    assert open_block(key, 1001, 1, sealed) == block
    for batch, first in [(1002, 1), (1001, 1001)]:
        with pytest.raises(SealBroken):
            open_block(key, batch, first, sealed)


def test_a_sealed_block_shows_none_of_its_codes_and_no_bit_of_it_may_change() -> None:
    key, _ = new_batch_key(KEYRING, 1001)
    block = draw_block(10)
    sealed = seal_block(key, 1001, 1, block)
    assert all(secret.canonical.encode() not in sealed for secret in secrets_in(block))
    for place in range(len(sealed)):
        broken = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(SealBroken):
            open_block(key, 1001, 1, broken)
    with pytest.raises(SealBroken):
        open_block(key, 1001, 1, b"")


def test_a_batch_key_unwraps_with_its_master_key_only() -> None:
    key, wrapped = new_batch_key(KEYRING, 1001)
    assert unwrapped(KEYRING, wrapped, 1001) == key
    assert key not in wrapped.sealed
    with pytest.raises(SealBroken):
        unwrapped(KEYRING, wrapped, 1002)
    with pytest.raises(SealBroken):
        unwrapped(Keyring.generate(), wrapped, 1001)
    with pytest.raises(SealBroken, match="m0 is not on the keyring"):
        unwrapped(KEYRING, replace(wrapped, master_id="m0"), 1001)


def test_a_batch_sealed_before_a_new_master_key_still_opens() -> None:
    key, wrapped = new_batch_key(KEYRING, 1001)
    masters = Keyset("m2", {**KEYRING.master_keys.keys, "m2": os.urandom(32)})
    assert unwrapped(replace(KEYRING, master_keys=masters), wrapped, 1001) == key


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])
def test_a_print_file_streams_in_and_out_unchanged(size: int) -> None:
    key, content = os.urandom(32), os.urandom(size)
    pieces = [content[start : start + 50_000] for start in range(0, size, 50_000)]
    sealed = b"".join(seal_stream(key, "batch 1001", pieces))
    assert b"".join(open_stream(key, "batch 1001", io.BytesIO(sealed))) == content
    assert len(sealed) < size + 100


def test_a_print_file_cut_short_extended_reordered_or_of_another_batch_does_not_open() -> None:
    key = os.urandom(32)
    sealed = b"".join(seal_stream(key, "batch 1001", [os.urandom(3 * 65_536 + 7)]))
    head, chunk = sealed[:7], 65_536 + 16
    swapped = head + sealed[7 + chunk : 7 + 2 * chunk] + sealed[7 : 7 + chunk] + sealed[7 + 2 * chunk :]
    for broken in [b"", head, sealed[: 7 + chunk], sealed[:-1], sealed + b"x", sealed + sealed[-23:], swapped]:
        with pytest.raises(SealBroken):
            list(open_stream(key, "batch 1001", io.BytesIO(broken)))
    with pytest.raises(SealBroken):
        list(open_stream(key, "batch 1002", io.BytesIO(sealed)))
