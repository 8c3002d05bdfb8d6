"""The keys outside the database."""

from __future__ import annotations

import base64
import os

import pytest

from giftshop.kernel.keyring import BadKeys, Keyring, Keyset

KEY = base64.b64encode(b"k" * 32).decode()
OTHER = base64.b64encode(b"o" * 32).decode()


def test_keys_written_down_are_read_back_the_same_and_the_first_is_current() -> None:
    keys = Keyset("p2", {"p1": os.urandom(32), "p2": os.urandom(32)})
    assert Keyset.parse(keys.written()) == keys
    assert Keyset.parse(f" p2:{KEY}, p1:{OTHER},").current == "p2"


def test_keys_show_their_ids_and_nothing_else() -> None:
    keyring = Keyring(Keyset.parse(f"p7:{KEY}"), Keyset.generate("m1"))
    assert "p7" in repr(keyring)
    assert "kkk" not in repr(keyring)
    assert KEY not in repr(keyring)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "at least one"),
        (" , ", "at least one"),
        (f"P!:{KEY}", "key's id has"),
        (KEY, "key's id has"),
        (f"p:{KEY[:-4]}", "'p' has"),
        (f"p:?{KEY[1:]}", "not base64"),
        (f"p:{KEY},q:{KEY}", "two ids"),
        (f"p:{KEY},p:{OTHER}", "same id"),
    ],
)
def test_what_are_no_keys_is_refused_without_showing_one(text: str, complaint: str) -> None:
    with pytest.raises(BadKeys, match=complaint) as refusal:
        Keyset.parse(text)
    assert KEY[:8] not in str(refusal.value)


def test_a_fifth_live_pepper_is_refused() -> None:
    peppers = {f"p{number}": os.urandom(32) for number in range(5)}
    with pytest.raises(BadKeys, match="5 peppers are live"):
        Keyring(Keyset("p0", peppers), Keyset.generate("m1"))


def test_a_pepper_cannot_be_a_master_key_too() -> None:
    with pytest.raises(BadKeys, match="both"):
        Keyring(Keyset.parse(f"p1:{KEY}"), Keyset.parse(f"m1:{KEY}"))
