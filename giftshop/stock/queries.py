"""Reading the stock."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from giftshop.db import Reader
from giftshop.stock.models import Movement, StockLevel


@dataclass(frozen=True, slots=True)
class Level:
    """How many of an item are on the shelf and promised."""

    on_hand: int = 0
    reserved: int = 0

    @property
    def available(self) -> int:
        """Return how many can still be promised."""
        return self.on_hand - self.reserved


def available(reader: Reader, item_ids: Collection[int]) -> dict[int, int]:
    """Return how many of each item can still be promised, in one query; 0 for one that was never received."""
    return {item_id: level.available for item_id, level in levels(reader, item_ids).items()}


def levels(reader: Reader, item_ids: Collection[int]) -> dict[int, Level]:
    """Return the level of each item, in one query; an empty one for what was never received."""
    wanted = set(item_ids)
    if not wanted:
        return {}
    rows = reader.execute(
        select(StockLevel.item_id, StockLevel.on_hand, StockLevel.reserved).where(StockLevel.item_id.in_(wanted))
    )
    known = {item_id: Level(on_hand, reserved) for item_id, on_hand, reserved in rows}
    return {item_id: known.get(item_id, Level()) for item_id in wanted}


def movements(reader: Reader, item_id: int, *, limit: int = 50) -> Sequence[Movement]:
    """Return what people received and corrected of an item, the latest first."""
    return reader.scalars(
        select(Movement).where(Movement.item_id == item_id).order_by(Movement.id.desc()).limit(limit)
    ).all()
