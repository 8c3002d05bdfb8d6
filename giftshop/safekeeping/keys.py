"""Looking after the keys outside the database: what each is used by, new ones, old ones taken away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from giftshop import audit, cards
from giftshop.cards import KeyUse
from giftshop.db import Database, Reader, Transaction
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.keyring import Keyring, Keyset

Resealer = Callable[[Transaction, Keyring], int]
NOTHING: Final = KeyUse(0, 0)


class CannotRetire(Exception):
    """A key that is needed still, or that there is not. The message says by what."""


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One key, without any part of it."""

    kind: str
    """pepper or master key."""
    name: str
    is_current: bool
    is_there: bool
    """False for one that rows ask for and the keyring does not have."""
    use: KeyUse


def key_lines(reader: Reader, keyring: Keyring) -> list[KeyLine]:
    """Return every key of the keyring and every one that is missing there, with what hangs on it."""
    peppers, masters = cards.use_of_peppers(reader), cards.use_of_master_keys(reader)
    kinds = (("pepper", keyring.peppers, peppers), ("master key", keyring.master_keys, masters))
    return [
        KeyLine(kind, name, name == keys.current, name in keys.keys, uses.get(name, NOTHING))
        for kind, keys, uses in kinds
        for name in [*keys.keys, *sorted(uses.keys() - keys.keys.keys())]
    ]


def reseal(database: Database, keyring: Keyring, resealers: Sequence[Resealer], *, at: datetime) -> int:
    """Seal anew whatever lies under an older master key, in small transactions, and return how many rows.

    Killed at any moment, it goes on where it was.
    """
    rows = 0
    for resealer in resealers:
        while done := database.transact(resealer, keyring):
            rows += done
    if rows:
        database.transact(_say, "safekeeping.reseal", at=at, key=keyring.master_keys.current, rows=rows)
    return rows


def note_rotation(database: Database, keyring: Keyring, *, at: datetime) -> None:
    """Write down that there are new keys, by their ids."""
    names = {"pepper": keyring.peppers.current, "master": keyring.master_keys.current}
    database.transact(_say, "safekeeping.rotate_keys", at=at, **names)


def without(database: Database, keyring: Keyring, name: str) -> Keyring:
    """Return the keyring without the key `name`; raises CannotRetire while something needs it.

    What other rooms seal must have been sealed anew before.
    """
    if name in {keyring.peppers.current, keyring.master_keys.current}:
        raise CannotRetire(f"{name} is what new cards are made with. Rotate first.")
    with database.reading() as reader:
        known = {line.name: line for line in key_lines(reader, keyring) if line.is_there}
    if name not in known:
        raise CannotRetire(f"There is no key {name}. There are: {', '.join(known)}.")
    line = known[name]
    if line.use.live:
        raise CannotRetire(f"{line.use.live} batches that are not closed need the {line.kind} {name}.")
    return Keyring(_less(keyring.peppers, name), _less(keyring.master_keys, name))


def note_retirement(database: Database, name: str, *, at: datetime) -> None:
    """Write down that a key was taken away."""
    database.transact(_say, "safekeeping.retire_key", at=at, key=name)


def _less(keys: Keyset, name: str) -> Keyset:
    return keys.without(name) if name in keys.keys else keys


def _say(tx: Transaction, action: str, /, *, at: datetime, **facts: str | int) -> None:
    audit.record(tx, action, ("site", 0), by=SYSTEM, at=at, **facts)
