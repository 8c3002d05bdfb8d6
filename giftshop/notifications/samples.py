"""One of each letter that the rooms write, with made-up facts: for whoever wants to read what the site says.

A room that writes to people adds its letters as it is wired.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, cast

from giftshop.web import GiftShop

Writer = Callable[[], tuple[str, str]]
"""Writes a letter in the current language: its subject, empty for a text message, and its text."""
KEPT: Final = "letters"


def add_samples(app: GiftShop, room: str, letters: Mapping[str, Writer]) -> None:
    """Let `/design` show a room's letters, by what each is about (letters and hyphens: it stands in an address)."""
    known = app.extensions.setdefault(KEPT, {})
    known.update({f"{room}-{about}": write for about, write in letters.items()})


def samples_of(app: GiftShop) -> Mapping[str, Writer]:
    """Return every letter that was added, by its name."""
    return cast("Mapping[str, Writer]", app.extensions.get(KEPT, {}))
