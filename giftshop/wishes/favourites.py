"""Favourites of a person: marked, taken away, carried over from before they signed in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from giftshop import catalogue
from giftshop.catalogue import Item, ItemState, NoSuchItem
from giftshop.db import Reader, Transaction
from giftshop.wishes.errors import TooManyFavourites
from giftshop.wishes.models import Favourite
from giftshop.wishes.rules import MAX_FAVOURITES


def offered_item(reader: Reader, item_id: int) -> Item:
    """Return an item that is on offer. Raises NoSuchItem: a draft is nobody's yet."""
    found = catalogue.item(reader, item_id)
    if found.state is not ItemState.ON_OFFER:
        raise NoSuchItem
    return found


def keep(tx: Transaction, user_id: int, item_id: int, *, at: datetime) -> None:
    """Mark a gift as a person's favourite; twice is once. Raises NoSuchItem, TooManyFavourites."""
    offered_item(tx, item_id)
    if tx.add_new(Favourite, user_id=user_id, item_id=item_id, added_at=at) and _count(tx, user_id) > MAX_FAVOURITES:
        raise TooManyFavourites(most=MAX_FAVOURITES)


def let_go(tx: Transaction, user_id: int, item_id: int) -> None:
    """Take a favourite away; one that is none is no matter."""
    tx.change(delete(Favourite).where(Favourite.user_id == user_id, Favourite.item_id == item_id))


def carry_over(tx: Transaction, user_id: int, item_ids: Sequence[int], *, at: datetime) -> None:
    """Keep for a person what their browser kept before they signed in, as far as there is room. Twice is once."""
    offered = catalogue.items_by_id(tx, item_ids)
    room = MAX_FAVOURITES - _count(tx, user_id)
    for item_id in dict.fromkeys(item_ids):
        item = offered.get(item_id)
        if item is not None and item.state is ItemState.ON_OFFER and room > 0:
            room -= tx.add_new(Favourite, user_id=user_id, item_id=item_id, added_at=at)


def favourites_of(reader: Reader, user_id: int) -> list[int]:
    """Return the ids of a person's favourites, the newest first."""
    mine = select(Favourite.item_id).where(Favourite.user_id == user_id)
    return list(reader.scalars(mine.order_by(Favourite.added_at.desc(), Favourite.item_id)))


def _count(reader: Reader, user_id: int) -> int:
    return reader.scalar(select(func.count()).where(Favourite.user_id == user_id)) or 0
