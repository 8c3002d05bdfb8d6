"""The way around for signed-in people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from giftshop.kernel.role import MemberRole, StaffRole


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry, shown to whoever has one of `roles`."""

    label: str
    """A gettext msgid, marked with N_."""
    endpoint: str
    roles: frozenset[MemberRole | StaffRole]
    order: int = 50
    """Entries stand in this order; use the step of the street the room stands at."""
    icon: str = ""
    hint: str = ""
    """What one does there, in a line for the home page: a msgid too."""


def letters_of(labels: Sequence[str]) -> list[str]:
    """Return for each entry the letter that leads to it after "g": the first one of its msgid that is still free.

    Taken from the msgid, so that a key is the same in every language; "h" is home. What finds none free has none.
    """
    taken = {"h"}
    letters = []
    for label in labels:
        letter = next((each for each in label.lower() if "a" <= each <= "z" and each not in taken), "")
        taken.add(letter)
        letters.append(letter)
    return letters
