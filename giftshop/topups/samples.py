"""One of each of this room's letters, with made-up facts."""

from __future__ import annotations

from collections.abc import Mapping

from giftshop.notifications import Writer
from giftshop.topups.jobs import words
from giftshop.topups.models import TopUp


def samples() -> Mapping[str, Writer]:
    """Return them by what each is about."""
    return {"done": lambda: words(_top_up(0)), "partly-done": lambda: words(_top_up(2))}


def _top_up(refused: int) -> TopUp:
    return TopUp(id=1, each_minor=20_000, currency="CNY", quantity=40, refused=refused)
