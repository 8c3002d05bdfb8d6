"""Reading the shop: gifts that are narrowed down, with how many there would be of each kind and price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Select, case, func, select

from giftshop import catalogue, stock
from giftshop.catalogue import Collection, CollectionKind, Edition, Item, ItemState, Search, SearchTerm, TermKind
from giftshop.db import Reader
from giftshop.kernel.money import Money
from giftshop.shop.rules import ON_PAGE, Band, Looking, Sort, bands_of

NEAR = 4


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of gifts, and what else could be asked for."""

    gifts: Sequence[Item]
    total: int
    sorts: Sequence[tuple[Collection, int]]
    """Kinds of goods among what was looked for, with how many gifts each has."""
    bands: Sequence[tuple[Band, int]]
    mended: str
    """What was looked for instead of what was typed."""
    there: Mapping[int, int]
    """How many of each gift can be promised."""
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // ON_PAGE))


@dataclass(frozen=True, slots=True)
class Shown:
    """A collection as the shop's window shows it."""

    collection: Collection
    count: int
    picture: str | None


def shelf(reader: Reader, currency: str, looking: Looking) -> Shelf:
    """Return the gifts on offer in `currency` (ISO 4217) that somebody looks for, a page of them."""
    search = catalogue.understand(reader, looking.text)
    total = reader.scalar(select(func.count()).select_from(_wanted(currency, looking, search).subquery())) or 0
    page = min(looking.page, max(1, -(-total // ON_PAGE)))
    statement = _ordered(_wanted(currency, looking, search), search, looking.order)
    gifts = reader.scalars(statement.limit(ON_PAGE).offset((page - 1) * ON_PAGE)).all()
    there = stock.available(reader, [gift.id for gift in gifts])
    sorts, bands = _sorts(reader, currency, looking, search), _bands(reader, currency, looking, search)
    return Shelf(gifts, total, sorts, bands, search.mended, there, page)


def newest(reader: Reader, currency: str, *, limit: int) -> Sequence[Item]:
    """Return the gifts that came onto the shelf last."""
    return reader.scalars(_on_offer(currency).order_by(Item.id.desc()).limit(limit)).all()


def similar(reader: Reader, gift: Item) -> Sequence[Item]:
    """Return gifts of the same kind whose price is nearest."""
    statement = _on_offer(gift.currency).where(Item.id != gift.id)
    if gift.tags:
        statement = statement.where(catalogue.tagged(gift.tags[0]))
    return reader.scalars(statement.order_by(func.abs(Item.price_minor - gift.price_minor), Item.id).limit(NEAR)).all()


def window(reader: Reader, currency: str) -> dict[CollectionKind, list[Shown]]:
    """Return the collections that have gifts in `currency`, by kind, in their order."""
    counts = catalogue.gifts_in_collections(reader, currency)
    shown = [each for each in catalogue.collections(reader) if counts.get(each.tag)]
    bare = [each.tag for each in shown if not each.picture]
    pictures = _pictures(reader, currency, bare) if bare else {}
    window: dict[CollectionKind, list[Shown]] = {kind: [] for kind in CollectionKind}
    for each in shown:
        window[each.kind].append(Shown(each, counts[each.tag], each.picture or pictures.get(each.tag)))
    return window


def budgets(reader: Reader, currency: str) -> list[tuple[Band, int]]:
    """Return the price bands that have gifts, with how many."""
    return _bands(reader, currency, Looking(), Search())


def price_range(reader: Reader, currency: str) -> tuple[Money, Money] | None:
    """Return the lowest and the highest price of gifts on offer, or None when there are none."""
    prices = select(func.min(Item.price_minor), func.max(Item.price_minor))
    low, high = reader.execute(prices.where(Item.state == ItemState.ON_OFFER, Item.currency == currency)).one()
    return None if low is None else (Money(low, currency), Money(high, currency))


def books(reader: Reader, currency: str) -> list[Edition]:
    """Return the gift books on offer in `currency`, the lowest tier first."""
    return [book for book in catalogue.editions_on_offer(reader) if book.currency == currency]


def _on_offer(currency: str) -> Select[Item]:
    return select(Item).where(Item.state == ItemState.ON_OFFER, Item.currency == currency)


def _wanted(currency: str, looking: Looking, search: Search) -> Select[Item]:
    statement = search.narrow(_on_offer(currency))
    for tag in filter(None, (looking.collection, looking.sort_tag)):
        statement = statement.where(catalogue.tagged(tag))
    if looking.band and looking.band.above:
        statement = statement.where(Item.price_minor > looking.band.above.amount_minor)
    if looking.band and looking.band.most:
        statement = statement.where(Item.price_minor <= looking.band.most.amount_minor)
    return statement.where(stock.at_hand()) if looking.is_there else statement


def _ordered(statement: Select[Item], search: Search, order: Sort) -> Select[Item]:
    match order:
        case Sort.CHEAP:
            return statement.order_by(Item.price_minor, Item.id)
        case Sort.DEAR:
            return statement.order_by(Item.price_minor.desc(), Item.id)
        case Sort.BEST if search:
            found = search.matches()
            return statement.join(found, found.c.item_id == Item.id).order_by(found.c.rank, Item.id.desc())
        case _:
            return statement.order_by(Item.id.desc())


def _sorts(reader: Reader, currency: str, looking: Looking, search: Search) -> list[tuple[Collection, int]]:
    wanted = _wanted(currency, replace(looking, sort_tag=""), search).with_only_columns(Item.id)
    counted = (
        select(SearchTerm.term, func.count())
        .where(SearchTerm.kind == TermKind.TAG, SearchTerm.item_id.in_(wanted))
        .group_by(SearchTerm.term)
    )
    counts: dict[str, int] = dict(reader.execute(counted).all())
    sorts = catalogue.collections(reader, CollectionKind.SORT)
    return [(each, counts[each.tag]) for each in sorts if each.tag in counts and each.tag != looking.collection]


def _bands(reader: Reader, currency: str, looking: Looking, search: Search) -> list[tuple[Band, int]]:
    bands = bands_of(currency)
    whens = [(Item.price_minor <= band.most.amount_minor, place) for place, band in enumerate(bands) if band.most]
    band = case(*whens, else_=len(bands) - 1).label("band")
    wanted = _wanted(currency, replace(looking, band=None), search).with_only_columns(band).subquery()
    counts: dict[int, int] = dict(reader.execute(select(wanted.c.band, func.count()).group_by(wanted.c.band)).all())
    return [(bands[place], counts[place]) for place in sorted(counts)]


def _pictures(reader: Reader, currency: str, tags: Sequence[str]) -> dict[str, str | None]:
    """Return the picture of the newest gift of each tag."""
    newest_of = (
        select(SearchTerm.term, func.max(Item.id).label("item_id"))
        .join(Item, Item.id == SearchTerm.item_id)
        .where(SearchTerm.kind == TermKind.TAG, SearchTerm.term.in_(tags))
        .where(Item.state == ItemState.ON_OFFER, Item.currency == currency)
        .group_by(SearchTerm.term)
        .subquery()
    )
    rows = reader.execute(select(newest_of.c.term, Item.picture).join(Item, Item.id == newest_of.c.item_id))
    return dict(rows.all())
