"""The keys outside the database."""

from __future__ import annotations

import base64
import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from giftshop.kernel.keyring import BadKeyring, Keyring, KeySet

KEY = base64.b64encode(b"k" * 32).decode()
SETS = ("peppers", "master_keys", "link_keys")


def written(**changes: object) -> str:
    sets: dict[str, object] = {
        name: {"current": "a", "keys": {"a": base64.b64encode(bytes([number]) * 32).decode()}}
        for number, name in enumerate(SETS)
    }
    return json.dumps({**sets, **changes})


def test_a_keyring_written_down_is_read_back_the_same() -> None:
    keyring = Keyring.generate()
    assert Keyring.from_json(keyring.to_json()) == keyring


def test_a_keyring_shows_ids_and_no_keys() -> None:
    keyring = Keyring.from_json(written(peppers={"current": "p7", "keys": {"p7": KEY}}))
    assert "p7" in repr(keyring)
    assert "kkk" not in repr(keyring)
    assert KEY not in repr(keyring)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "JSONDecodeError"),
        ("[]", "not a keyring"),
        ("{}", "KeyError"),
        (written(peppers=None), "TypeError"),
        (written(peppers={"current": "p", "keys": [KEY]}), "TypeError"),
        (written(more={}), "TypeError"),
        (written(peppers={"current": "q", "keys": {"p": KEY}}), "'q' is not among"),
        (written(peppers={"current": "P!", "keys": {"P!": KEY}}), "no key id"),
        (written(peppers={"current": "p", "keys": {"p": KEY[:-4]}}), "'p' has"),
        (written(peppers={"current": "p", "keys": {"p": "?" + KEY[1:]}}), "'p' is not base64"),
        (written(peppers={"current": "p", "keys": {"p": KEY, "q": KEY}}), "two ids"),
        (written(peppers={"current": "p", "keys": {"p": KEY}}, link_keys={"current": "l", "keys": {"l": KEY}}), "two"),
    ],
)
def test_what_is_no_keyring_is_refused_without_showing_a_key(text: str, complaint: str) -> None:
    with pytest.raises(BadKeyring, match=complaint) as refusal:
        Keyring.from_json(text)
    assert KEY[:8] not in str(refusal.value)


def test_a_fifth_live_pepper_is_refused() -> None:
    peppers = {f"p{number}": os.urandom(32) for number in range(5)}
    with pytest.raises(BadKeyring, match="5 peppers are live"):
        Keyring(KeySet("p0", peppers), KeySet.generate("m1"), KeySet.generate("l1"))


def test_a_new_keyring_is_for_its_owner_only_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    keyring = Keyring.from_file_or_new(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Keyring.from_file_or_new(path) == keyring
    assert list(tmp_path.iterdir()) == [path]


def test_two_that_start_at_once_agree_on_one_keyring(tmp_path: Path) -> None:
    for round_ in range(20):
        path = tmp_path / f"keys{round_}.json"
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(Keyring.from_file_or_new, [path] * 4))
        assert len({keyring.to_json() for keyring in found}) == 1
