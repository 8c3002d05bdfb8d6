"""How an act is taken back, as a room registers it: see `web.undo`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from giftshop.web.guard import Grant


@dataclass(frozen=True, slots=True)
class Inverse:
    """The command that takes one kind of act back."""

    command: Callable[..., object]
    """`(tx, *arguments, by=, at=)`. Checks again that it may be done; refuses with words what was built upon since."""
    grants: tuple[Grant, ...]
    """Who may do it: those who may do the act."""
    said: str
    """What to say when it is done: a msgid, marked with N_."""
