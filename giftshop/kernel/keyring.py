"""The keys that live outside the database: without them a copy of it spends nothing."""

from __future__ import annotations

import base64
import binascii
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

KEY_BYTES: Final = 32
MAX_LIVE_PEPPERS: Final = 4
"""A lookup hashes under each live pepper, so they are few."""

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,15}")


class BadKeys(ValueError):
    """What was given are no keys. The message says why, and holds no part of a key."""


@dataclass(frozen=True, slots=True, repr=False)
class Keyset:
    """Keys for one use by id. New things are made with `current`; the others are kept for what exists."""

    current: str
    keys: Mapping[str, bytes]

    def __post_init__(self) -> None:
        if self.current not in self.keys:
            raise BadKeys(f"the current key {self.current!r} is not among the keys")
        for name, key in self.keys.items():
            if not _ID.fullmatch(name):
                raise BadKeys(
                    "a key's id has lower-case letters, digits and hyphens, at most 16"
                )  # not shown: maybe a key
            if len(key) != KEY_BYTES:
                raise BadKeys(f"key {name!r} has {len(key)} bytes and needs {KEY_BYTES}")
        if len(set(self.keys.values())) != len(self.keys):
            raise BadKeys("one key stands under two ids")

    @property
    def current_key(self) -> bytes:
        """The key that new things are made with."""
        return self.keys[self.current]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the keys written as `id:base64,id:base64`, of which the first is current; raises BadKeys."""
        pairs = [part.strip().partition(":") for part in text.split(",") if part.strip()]
        if not pairs:
            raise BadKeys("at least one key is needed, as ID:BASE64 of 32 random bytes")
        names = [name for name, _, _ in pairs]
        if len(set(names)) != len(names):
            raise BadKeys("two keys have the same id")
        return cls(names[0], {name: _decoded(key) for name, _, key in pairs})

    @classmethod
    def generate(cls, name: str) -> Self:
        """Return one new random key under `name`."""
        return cls(name, {name: os.urandom(KEY_BYTES)})

    def with_new(self) -> Self:
        """Return these keys and a new one, which is current; its id counts on from the highest: p1, p2."""
        stem = self.current.rstrip("0123456789")
        numbers = [int(name[len(stem) :]) for name in self.keys if re.fullmatch(re.escape(stem) + r"\d+", name)]
        name = f"{stem}{max(numbers, default=1) + 1}"
        return type(self)(name, {**self.keys, name: os.urandom(KEY_BYTES)})

    def without(self, name: str) -> Self:
        """Return these keys but one, which is not the current one; raises BadKeys."""
        return type(self)(self.current, {other: key for other, key in self.keys.items() if other != name})

    def written(self) -> str:
        """Return what `parse` reads: the keys in the clear, for a file that only its owner can read."""
        names = [self.current, *(name for name in self.keys if name != self.current)]
        return ",".join(f"{name}:{base64.b64encode(self.keys[name]).decode('ascii')}" for name in names)

    def __repr__(self) -> str:
        return f"<Keyset {', '.join(self.keys)}; current {self.current}>"


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys that cards are made safe with. `repr` shows ids only."""

    peppers: Keyset
    """Mixed into the hash by which a code is found."""
    master_keys: Keyset
    """Wrap the key of each batch."""

    def __post_init__(self) -> None:
        if len(self.peppers.keys) > MAX_LIVE_PEPPERS:
            raise BadKeys(f"{len(self.peppers.keys)} peppers are live; at most {MAX_LIVE_PEPPERS} may be")
        if set(self.peppers.keys.values()) & set(self.master_keys.keys.values()):
            raise BadKeys("one key is both a pepper and a master key")

    @classmethod
    def generate(cls) -> Self:
        """Return a keyring of new random keys, for tests and benchmarks."""
        return cls(Keyset.generate("test-p1"), Keyset.generate("test-m1"))

    def rotated(self) -> Self:
        """Return this keyring with a new pepper and a new master key in front; raises BadKeys at a fifth pepper."""
        return type(self)(self.peppers.with_new(), self.master_keys.with_new())

    @property
    def ids(self) -> list[str]:
        """Every key's id."""
        return [*self.peppers.keys, *self.master_keys.keys]


def _decoded(key: str) -> bytes:
    try:
        return base64.b64decode(key, validate=True)
    except (binascii.Error, ValueError):
        raise BadKeys("one of the keys is not base64") from None
