"""Reading lists. Every one of a firm goes through the firm."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from giftshop import catalogue
from giftshop.catalogue import Item, ItemState
from giftshop.db import Reader
from giftshop.wishes.errors import LinkEnded, NoSuchLink, NoSuchList
from giftshop.wishes.models import WishAnswer, WishLink, WishList, WishListItem, WishReader
from giftshop.wishes.rules import Priced, Verdict


@dataclass(frozen=True, slots=True)
class Line:
    """A gift on a list, with what the catalogue says of it."""

    row: WishListItem
    item: Item

    @property
    def is_offered(self) -> bool:
        """Whether it can still be ordered."""
        return self.item.state is ItemState.ON_OFFER

    @property
    def priced(self) -> Priced:
        """Return it as the total sees it."""
        return Priced(self.item.price, self.row.quantity, self.is_offered)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody said of a gift."""

    name: str
    verdict: Verdict | None
    words: str


@dataclass(frozen=True, slots=True)
class Shelved:
    """A list on the page of all lists."""

    wish_list: WishList
    lines: Sequence[Line]
    readers: int
    """How many people answered."""


def own_list(reader: Reader, firm_id: int, list_id: int) -> WishList:
    """Return a firm's list. Raises NoSuchList, also for another firm's and for one that was deleted."""
    found = reader.get(WishList, list_id)
    if found is None or found.firm_id != firm_id or found.dropped_at is not None:
        raise NoSuchList
    return found


def lists_of(reader: Reader, firm_id: int) -> Sequence[WishList]:
    """Return a firm's lists, the newest first; there are few."""
    of_firm = select(WishList).where(WishList.firm_id == firm_id, WishList.dropped_at.is_(None))
    return reader.scalars(of_firm.order_by(WishList.id.desc())).all()


def shelf_of(reader: Reader, firm_id: int) -> list[Shelved]:
    """Return a firm's lists with what is on them, the newest first, in a few queries for any number."""
    lists = lists_of(reader, firm_id)
    ids = [each.id for each in lists]
    lines, readers = _lines_of_lists(reader, ids), _readers_by_list(reader, ids)
    return [Shelved(each, lines.get(each.id, []), readers.get(each.id, 0)) for each in lists]


def lines_of(reader: Reader, list_id: int) -> list[Line]:
    """Return what is on a list, in its order."""
    return _lines_of_lists(reader, [list_id]).get(list_id, [])


def _lines_of_lists(reader: Reader, ids: Collection[int]) -> Mapping[int, list[Line]]:
    rows = reader.scalars(
        select(WishListItem)
        .where(WishListItem.list_id.in_(set(ids)))
        .order_by(WishListItem.list_id, WishListItem.position, WishListItem.item_id)
    ).all()
    items = catalogue.items_by_id(reader, {row.item_id for row in rows})
    lines: dict[int, list[Line]] = {}
    for row in rows:
        lines.setdefault(row.list_id, []).append(Line(row, items[row.item_id]))
    return lines


def _readers_by_list(reader: Reader, ids: Collection[int]) -> dict[int, int]:
    counted = (
        select(WishLink.list_id, func.count())
        .join(WishReader, WishReader.link_id == WishLink.id)
        .where(WishLink.list_id.in_(set(ids)))
        .group_by(WishLink.list_id)
    )
    return dict(reader.execute(counted).all())


def links_of(reader: Reader, list_id: int) -> Sequence[WishLink]:
    """Return the links of a list that were not revoked, the newest first."""
    of_list = select(WishLink).where(WishLink.list_id == list_id, WishLink.revoked_at.is_(None))
    return reader.scalars(of_list.order_by(WishLink.id.desc()).limit(50)).all()


def own_link(reader: Reader, list_id: int, link_id: int) -> WishLink:
    """Return a link of a list. Raises NoSuchLink."""
    found = reader.get(WishLink, link_id)
    if found is None or found.list_id != list_id:
        raise NoSuchLink
    return found


def open_link(reader: Reader, link_id: int | None, *, at: datetime) -> tuple[WishLink, WishList]:
    """Return a link that opens its list at this moment, and the list. Raises LinkEnded."""
    link = reader.get(WishLink, link_id) if link_id is not None and link_id < 2**63 else None
    if link is None or not link.is_live(at):
        raise LinkEnded
    found = reader.get(WishList, link.list_id)
    if found is None or found.dropped_at is not None:
        raise LinkEnded
    return link, found


def readers_of(reader: Reader, list_id: int) -> Sequence[WishReader]:
    """Return who answered through the links of a list, revoked or not, in the order they first did."""
    of_list = select(WishReader).join(WishLink, WishLink.id == WishReader.link_id).where(WishLink.list_id == list_id)
    return reader.scalars(of_list.order_by(WishReader.id)).all()


def opinions_of(reader: Reader, readers: Sequence[WishReader]) -> Mapping[int, list[Opinion]]:
    """Return what these readers said, by the item's id."""
    names = {each.id: each.name for each in readers}
    said: dict[int, list[Opinion]] = {}
    rows = select(WishAnswer).where(WishAnswer.reader_id.in_(names)).order_by(WishAnswer.reader_id)
    for row in reader.scalars(rows):
        said.setdefault(row.item_id, []).append(Opinion(names[row.reader_id], row.verdict, row.words))
    return said


def reader_of_link(reader: Reader, link_id: int, reader_id: int | None) -> WishReader | None:
    """Return somebody who answered through this link before, or None."""
    found = reader.get(WishReader, reader_id) if reader_id is not None else None
    return found if found is not None and found.link_id == link_id else None


def answers_of(reader: Reader, reader_id: int) -> dict[int, WishAnswer]:
    """Return a reader's answers by the item's id."""
    mine = select(WishAnswer).where(WishAnswer.reader_id == reader_id)
    return {row.item_id: row for row in reader.scalars(mine)}
