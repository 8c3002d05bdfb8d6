from __future__ import annotations

import pytest

from giftshop.kernel.keyring import Keyring, Keyset
from giftshop.kernel.sealing import SealBroken, Sealed, seal, unseal

KEYRING = Keyring.generate()


def test_what_was_sealed_opens_for_its_own_place_alone() -> None:
    kept = seal(KEYRING, b"a key", "user 1")
    assert (kept.master_id, b"a key" in kept.sealed) == (KEYRING.master_keys.current, False)
    assert unseal(KEYRING, kept, "user 1") == b"a key"
    assert seal(KEYRING, b"a key", "user 1") != kept
    with pytest.raises(SealBroken, match="user 2"):
        unseal(KEYRING, kept, "user 2")


@pytest.mark.parametrize("sealed", [b"", b"x", bytes(12), bytes(40)])
def test_what_was_never_sealed_does_not_open(sealed: bytes) -> None:
    with pytest.raises(SealBroken):
        unseal(KEYRING, Sealed("m1", sealed), "user 1")


def test_an_old_master_key_opens_as_long_as_it_is_on_the_keyring() -> None:
    kept, new = seal(KEYRING, b"a key", "user 1"), Keyset.generate("m2")
    both = Keyring(KEYRING.peppers, Keyset("m2", {**new.keys, **KEYRING.master_keys.keys}))
    assert unseal(both, kept, "user 1") == b"a key"
    assert seal(both, b"a key", "user 1").master_id == "m2"
    with pytest.raises(SealBroken, match="m1 is not on the keyring"):
        unseal(Keyring(KEYRING.peppers, new), kept, "user 1")
