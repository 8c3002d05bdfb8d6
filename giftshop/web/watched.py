"""A list that somebody may be looking at while more comes onto it, as a room registers it: see `web.news`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from giftshop.db import Reader

if TYPE_CHECKING:
    from giftshop.web.guard import Grant


@dataclass(frozen=True, slots=True)
class Watched:
    """How to tell what has come since."""

    grants: tuple[Grant, ...]
    """Who may know: those who may open the list."""
    cursor: Callable[[Reader], int]
    """Where the list stands now."""
    count: Callable[[Reader, int], int]
    """How much has come since a cursor. Must stop counting somewhere: see `paging.bounded_count`."""
    words: Callable[[int], str]
    """What to say of so many, in the current language."""
