"""Reading the stock."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, or_, select

from giftshop import catalogue
from giftshop.catalogue import EditionItem, Item, ItemState
from giftshop.db import Reader
from giftshop.kernel.locale import N_
from giftshop.listing import Column, Listing, Words
from giftshop.stock.models import MOST, Movement, StockLevel

LOW: Final = 10
"""So few are left that somebody should order more."""
FREE: Final = func.coalesce(StockLevel.on_hand - StockLevel.reserved, 0)
UNLIMITED: Final = MOST
"""So many can be promised of what its supplier sends: nobody here counts it."""
THERE: Final = case((Item.supplier_id.is_(None), FREE), (Item.state == ItemState.ON_OFFER, UNLIMITED), else_=0)
OF_ITEM: Final = StockLevel.item_id == Item.id
SCARCE: Final = (Item.state == ItemState.ON_OFFER, Item.supplier_id.is_(None), FREE <= LOW)


@dataclass(frozen=True, slots=True)
class Level:
    """How many of an item are on the shelf and promised."""

    on_hand: int = 0
    reserved: int = 0

    @property
    def available(self) -> int:
        """Return how many can still be promised."""
        return self.on_hand - self.reserved


@dataclass(frozen=True, slots=True)
class Shelved:
    """An item and how many there are of it."""

    item: Item
    level: Level


def available(reader: Reader, item_ids: Collection[int]) -> dict[int, int]:
    """Return how many of each item can still be promised, in one query; 0 for one that was never received.

    What its supplier sends is there, UNLIMITED, while it is on offer, whatever lies on our shelf.
    """
    wanted = set(item_ids)
    if not wanted:
        return {}
    rows = reader.execute(
        select(Item.id, THERE.label("left")).outerjoin(StockLevel, OF_ITEM).where(Item.id.in_(wanted))
    )
    known = {row.id: row.left for row in rows}
    return {item_id: known.get(item_id, 0) for item_id in wanted}


def at_hand() -> ColumnElement[bool]:
    """Return the condition, in a statement about items, that one can be promised (see `available`)."""
    ours = exists().where(OF_ITEM, StockLevel.on_hand > StockLevel.reserved)
    return and_(Item.state == ItemState.ON_OFFER, or_(Item.supplier_id.is_not(None), ours))


_PICTURES_THERE: Final = (
    select(Item.picture)
    .join(EditionItem, EditionItem.item_id == Item.id)
    .outerjoin(StockLevel, OF_ITEM)
    .where(EditionItem.edition_id == bindparam("edition_id"), THERE > 0)
    .order_by(EditionItem.position)
)


def pictures_there(reader: Reader, edition_id: int) -> list[str | None]:
    """Return the pictures of an edition's gifts that can still be promised, in the order of the book."""
    return list(reader.run(_PICTURES_THERE, {"edition_id": edition_id}).scalars())


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


def stock_list(reader: Reader, *, is_scarce: bool) -> Listing[Shelved]:
    """Return the list of items with their levels, searched like the catalogue: all, the newest first, or the scarce.

    It is as long as the catalogue, so levels are sorted without an index.
    """
    statement = select(Item, StockLevel.on_hand, StockLevel.reserved).outerjoin(StockLevel, OF_ITEM)
    return Listing(
        "stock",
        statement.where(*SCARCE) if is_scarce else statement,
        Item.id,
        columns=(
            Column("name", N_("Gift")),
            Column("sku", N_("SKU"), by=Item.sku),
            Column("shelf", N_("On the shelf"), "number", by=func.coalesce(StockLevel.on_hand, 0)),
            Column("reserved", N_("Reserved"), "number", by=func.coalesce(StockLevel.reserved, 0), falls=True),
            Column("free", N_("Free"), "number", by=case((Item.supplier_id.is_(None), FREE))),
            Column("state", N_("State")),
        ),
        fields=(Words(N_("SKU, name or tag"), partial(catalogue.holding, reader)),),
        first="free" if is_scarce else "",
        make=lambda item, on_hand, reserved: Shelved(item, Level(on_hand or 0, reserved or 0)),
    )


def scarce_count(reader: Reader) -> int:
    """Return of how many items on offer few are free."""
    counted = select(func.count()).select_from(Item).outerjoin(StockLevel, OF_ITEM).where(*SCARCE)
    return reader.scalar(counted) or 0


def movements(reader: Reader, item_id: int, *, limit: int = 50) -> Sequence[Movement]:
    """Return what people received and corrected of an item, the latest first."""
    return reader.scalars(
        select(Movement).where(Movement.item_id == item_id).order_by(Movement.id.desc()).limit(limit)
    ).all()
