"""The keys that live outside the database: without them a copy of it spends nothing.

A keyring is written as JSON, the same in a file and in an environment variable. Each set names its keys by id, so that
a row can say which key made it and keys can change while old rows stay readable:

    {"peppers":     {"current": "p1", "keys": {"p1": "<32 bytes in base64>"}},
     "master_keys": {"current": "m1", "keys": {"m1": "..."}},
     "link_keys":   {"current": "l1", "keys": {"l1": "..."}}}
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from typing import Final, Self

KEY_BYTES: Final = 32
MAX_LIVE_PEPPERS: Final = 4
"""A lookup hashes under each live pepper, so they are few."""

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,15}")


class BadKeyring(ValueError):
    """What was given is no keyring. The message says why, and holds no part of a key."""


@dataclass(frozen=True, slots=True, repr=False)
class KeySet:
    """Keys for one use by id, and the id of the one that new work is done with."""

    current: str
    keys: Mapping[str, bytes]

    def __post_init__(self) -> None:
        if self.current not in self.keys:
            raise BadKeyring(f"the current key {self.current!r} is not among the keys")
        for name, key in self.keys.items():
            if not _ID.fullmatch(name):
                raise BadKeyring(f"{name!r} is no key id: lower-case letters, digits and hyphens, at most 16")
            if len(key) != KEY_BYTES:
                raise BadKeyring(f"key {name!r} has {len(key)} bytes and needs {KEY_BYTES}")

    @property
    def current_key(self) -> bytes:
        """The key that new work is done with."""
        return self.keys[self.current]

    @classmethod
    def generate(cls, name: str) -> Self:
        """Return one new random key under `name`."""
        return cls(name, {name: os.urandom(KEY_BYTES)})

    def __repr__(self) -> str:
        return f"<KeySet {', '.join(self.keys)}; current {self.current}>"


@dataclass(frozen=True, slots=True)
class Keyring:
    """Every key the site holds. `repr` shows ids only."""

    peppers: KeySet
    """Mixed into the hash by which a code is found."""
    master_keys: KeySet
    """Wrap the key of each batch."""
    link_keys: KeySet
    """Sign the personal links that recipients get."""

    def __post_init__(self) -> None:
        if len(self.peppers.keys) > MAX_LIVE_PEPPERS:
            raise BadKeyring(f"{len(self.peppers.keys)} peppers are live; at most {MAX_LIVE_PEPPERS} may be")
        every = [*self.peppers.keys.values(), *self.master_keys.keys.values(), *self.link_keys.keys.values()]
        if len(set(every)) != len(every):
            raise BadKeyring("one key stands under two ids or two uses")

    @classmethod
    def generate(cls) -> Self:
        """Return a keyring of new random keys."""
        return cls(KeySet.generate("p1"), KeySet.generate("m1"), KeySet.generate("l1"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the keyring written in `text`; raises BadKeyring."""
        try:
            sets = json.loads(text)
            return cls(**{name: _key_set(sets.pop(name)) for name in cls.__slots__}, **sets)
        except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
            raise BadKeyring(f"not a keyring: {type(error).__name__}") from None

    @classmethod
    def from_file(cls, path: Path) -> Self:
        """Return the keyring in the file at `path`; raises BadKeyring, OSError."""
        return cls.from_json(path.read_text(encoding="utf-8"))

    @classmethod
    def from_file_or_new(cls, path: Path) -> Self:
        """Return the keyring at `path`, made first if there is none: for demonstration mode and tests only.

        The file is for its owner alone (0600) from the first moment, and two processes starting at once agree on one.
        """
        if not path.exists():
            descriptor, draft = mkstemp(dir=path.parent)  # made with mode 0600
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(cls.generate().to_json())
            _link_if_absent(Path(draft), path)
        return cls.from_file(path)

    def to_json(self) -> str:
        """Return the text that `from_json` reads: all keys in the clear, for a file of mode 0600."""
        return json.dumps({name: _written(getattr(self, name)) for name in self.__slots__}, indent=2)


def _key_set(written: Mapping[str, object]) -> KeySet:
    keys = written["keys"]
    if not isinstance(keys, Mapping):
        raise TypeError
    return KeySet(str(written["current"]), {str(name): _decoded(str(name), key) for name, key in keys.items()})


def _decoded(name: str, key: object) -> bytes:
    try:
        return base64.b64decode(str(key), validate=True)
    except (binascii.Error, ValueError):
        raise BadKeyring(f"key {name!r} is not base64") from None


def _written(keys: KeySet) -> dict[str, object]:
    encoded = {name: base64.b64encode(key).decode("ascii") for name, key in keys.keys.items()}
    return {"current": keys.current, "keys": encoded}


def _link_if_absent(draft: Path, path: Path) -> None:
    """Give the finished `draft` its name, unless another process was first."""
    with suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()
