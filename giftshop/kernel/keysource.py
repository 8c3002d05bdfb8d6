"""Where the keys outside the database come from: the environment, a file, or whatever else keeps keys.

A key service is one more class with `read` and `write`; what is read at the start holds until the next one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Protocol

from giftshop.kernel.keyring import BadKeys, Keyring, Keyset

PEPPERS: Final = "CODE_PEPPERS"
MASTERS: Final = "MASTER_KEYS"


class CannotKeepKeys(Exception):
    """This source can be read and not written: whoever keeps the keys must change them there."""


class KeySource(Protocol):
    """Keeps the keyring somewhere outside the database."""

    def read(self) -> Keyring:
        """Return the keyring as it is kept now; raises BadKeys, whose message holds no part of a key."""

    def write(self, keyring: Keyring) -> None:
        """Keep another keyring, whole or not at all. Raises CannotKeepKeys where only people can do that."""

    def __str__(self) -> str:
        """Return where the keys are, for people."""


class EnvironmentKeys:
    """Keys in environment variables: read here, kept by whoever sets them."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def read(self) -> Keyring:
        """Return what CODE_PEPPERS and MASTER_KEYS say; raises BadKeys."""
        return _keyring(self._environ)

    def write(self, keyring: Keyring) -> None:
        """Refuse: a program cannot change the environment of the next."""
        raise CannotKeepKeys

    def __str__(self) -> str:
        return f"the environment: {PEPPERS} and {MASTERS}"


class KeyFile:
    """Keys in a file of JSON that nobody but its owner can read, beside whatever else stands in it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Keyring:
        """Return what stands in the file; raises BadKeys when others may read it, too."""
        return _keyring(self._told())

    def write(self, keyring: Keyring) -> None:
        """Replace the file by one with other keys: on the disk, then renamed, so that it is whole at every moment."""
        told = {**self._told(), **written(keyring)}
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}.new")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="ascii") as out:
                json.dump(told, out, indent=2)
                out.flush()
                os.fsync(out.fileno())
            draft.replace(self._path)
        finally:
            draft.unlink(missing_ok=True)

    def __str__(self) -> str:
        return f"the file {self._path}"

    def _told(self) -> dict[str, str]:
        try:
            with self._path.open(encoding="ascii") as file:
                mode = os.fstat(file.fileno()).st_mode & 0o777
                if mode & 0o077:
                    raise BadKeys(
                        f"{self._path} has mode {mode:04o}: others may read it. chmod 600, and rotate its keys"
                    )
                told: dict[str, str] = json.load(file)
        except (OSError, ValueError) as error:
            if isinstance(error, BadKeys):
                raise
            raise BadKeys(f"{self._path} cannot be read as a file of keys") from None
        return told


def written(keyring: Keyring) -> dict[str, str]:
    """Return the keys in the clear, by the names of their variables: for a file that only its owner can read."""
    return {PEPPERS: keyring.peppers.written(), MASTERS: keyring.master_keys.written()}


def _keyring(told: Mapping[str, str]) -> Keyring:
    return Keyring(_keyset(told, PEPPERS), _keyset(told, MASTERS))


def _keyset(told: Mapping[str, str], name: str) -> Keyset:
    try:
        return Keyset.parse(told.get(name, ""))
    except BadKeys as error:
        raise BadKeys(f"{name}: {error}") from error
