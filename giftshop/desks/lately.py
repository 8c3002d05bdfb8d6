"""What one of our people worked on last, whichever room it belongs to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Final

from giftshop import audit
from giftshop.db import Reader
from giftshop.kernel.actor import Actor
from giftshop.web import Piece, current_shop, may_open

SHOWN: Final = 6


def worked_on(reader: Reader, person: Actor) -> list[Piece]:
    """Return what `person` did something to last, the latest first; only what they may open still."""
    places = {kind: place for kind, place in current_shop().places.items() if may_open(place.endpoint)}
    touched = audit.touched_by(reader, person.id or 0, kinds=places.keys())[:SHOWN]
    ids: dict[str, set[int]] = defaultdict(set)
    for each in touched:
        ids[each.kind].add(each.id)
    found = {kind: places[kind].find(reader, wanted) for kind, wanted in ids.items()}
    return [replace(found[each.kind][each.id], since=each.at) for each in touched if each.id in found[each.kind]]
