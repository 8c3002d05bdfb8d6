"""One of each of this room's letters, with made-up facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from giftshop.cards.ending import words
from giftshop.notifications import Writer


def samples() -> Mapping[str, Writer]:
    """Return them by what each is about."""
    return {"programme-ends": lambda: words("Lingnan Optics 岭南光学", 1, 12, date(2026, 9, 25))}
