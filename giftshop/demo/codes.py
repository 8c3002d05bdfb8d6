"""Codes to try. They lie in a file beside the demonstration's password, which only its owner can read.

A real site has nothing of the kind: there a code exists on its card alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from giftshop import cards
from giftshop.cards import HeldCard, Standing
from giftshop.config import Settings
from giftshop.db import Reader
from giftshop.kernel import clock

ASKING_FROM = "the demonstration's console"
"""Where these look-ups come from, in place of an internet address."""


class Kept(StrEnum):
    """Which codes are kept, each kind in a file of its own."""

    GIFT_BOOKS = "codes-to-try.json"
    """Of gift books: each opens a choice of one gift."""
    SHOPPING_CARDS = "shopping-cards-to-try.json"
    """Of shopping cards: each holds a balance."""


def keep_codes(settings: Settings, codes: Sequence[str], kind: Kept = Kept.GIFT_BOOKS) -> None:
    """Keep these codes, as printed, in place of any that were kept. In the demonstration only."""
    if not settings.is_demo:
        raise ValueError("codes are read in the demonstration only")
    handle = os.open(_path(settings, kind), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as out:
        json.dump(list(codes), out, indent=2)


def fresh_codes(reader: Reader, settings: Settings, kind: Kept = Kept.GIFT_BOOKS) -> list[str]:
    """Return those of the kept codes that have something to choose at this moment, as printed."""
    return [code for code in _kept(settings, kind) if _is_open(reader, settings, code)]


def _kept(settings: Settings, kind: Kept) -> Iterator[str]:
    path = _path(settings, kind)
    yield from json.loads(path.read_text()) if path.exists() else ()


def _is_open(reader: Reader, settings: Settings, code: str) -> bool:
    found = cards.card_by_code(reader, code, keyring=settings.keyring, address=ASKING_FROM, at=clock.now())
    return isinstance(found, HeldCard) and found.standing is Standing.OPEN and bool(found.balance)


def _path(settings: Settings, kind: Kept) -> Path:
    return settings.instance_path / kind
