"""A list of items as a table: which columns it has, and what its rows say. No database, no web."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from babel.numbers import get_currency_precision, is_currency

from giftshop.catalogue.errors import NotACount, NotACurrency, NotAPrice, SkuTwice, TooLong
from giftshop.catalogue.rules import sku_of, tidy_tags, tidy_words
from giftshop.kernel.errors import Refused
from giftshop.kernel.money import MAX_MINOR, Money
from giftshop.tabular import Column, Flaw, Row, Table, read_table

COLUMNS: Final = (
    Column("sku", ("SKU", "货号", "编号", "商品编号", "stock code", "item number"), is_required=True),
    Column("name", ("Name", "名称", "品名", "商品名称", "item", "product")),
    Column("name_en", ("English name", "英文名称", "英文名", "name in english")),
    Column("name_zh_Hans", ("Chinese name", "中文名称", "中文名", "name in chinese", "name_zh")),
    Column("description", ("Description", "描述", "说明", "简介", "商品描述")),
    Column("description_en", ("English description", "英文描述", "英文说明", "description in english")),
    Column("description_zh_Hans", ("Chinese description", "中文描述", "中文说明", "description_zh")),
    Column("price", ("Price", "价格", "单价", "unit price", "售价"), is_required=True),
    Column("currency", ("Currency", "币种", "货币")),
    Column("weight_g", ("Weight g", "重量", "重量克", "毛重克", "weight", "weight in grams")),
    Column("lead_days", ("Lead days", "备货天数", "采购天数", "lead time", "lead time days")),
    Column("tags", ("Tags", "标签", "分类", "category", "categories")),
)
MAX_NAME: Final = 120
MAX_DESCRIPTION: Final = 2000
HAN: Final = re.compile("[\u3400-\u9fff]")
TAG_MARKS: Final = re.compile("[,，、;；|]")
MAX_COUNTS: Final = {"weight_g": 1_000_000, "lead_days": 365}


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One row: what it says about an item. What it leaves open is None or empty, and stays as it is."""

    row: int
    sku: str
    price: Money
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    weight_g: int | None = None
    lead_days: int | None = None
    tags: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A whole list, or what is wrong in it: with a single flaw nothing of it is imported."""

    items: list[ListedItem] = field(default_factory=list)
    flaws: list[tuple[Flaw, str]] = field(default_factory=list)
    """With what stands in the cell."""
    unused: tuple[str, ...] = ()


def read_listing(raw: bytes, *, currency: str) -> Listing:
    """Read a table of items priced in `currency` where a row names no other. Raises refusals of `giftshop.tabular`."""
    table = read_table(raw, COLUMNS)
    listing = Listing(unused=table.unused)
    rows_by_sku: dict[str, int] = {}
    for row in table.rows:
        reading = _Reading(table, row)
        item = reading.item(currency)
        first = rows_by_sku.setdefault(item.sku, row.number) if item else row.number
        if first != row.number:
            reading.refuse("sku", SkuTwice(row=first))
        listing.flaws.extend(reading.flaws)
        if item and not reading.flaws:
            listing.items.append(item)
    return listing


class _Reading:
    """Reads one row, cell by cell, and notes every flaw instead of stopping at the first."""

    def __init__(self, table: Table, row: Row) -> None:
        self.table, self.row = table, row
        self.flaws: list[tuple[Flaw, str]] = []

    def refuse(self, key: str, reason: Refused) -> None:
        """Note what is wrong in the column `key`."""
        self.flaws.append((self.table.flaw(self.row, key, reason), self.row[key][:80]))

    def item(self, currency: str) -> ListedItem | None:
        """Return what the row says, or None when SKU or price cannot be read."""
        sku = self._read("sku", sku_of)
        currency = self._read("currency", _currency) or currency
        price = self._read("price", lambda text: _price(text, currency), is_required=True)
        names = self._words("name", MAX_NAME)
        descriptions = self._words("description", MAX_DESCRIPTION)
        counts = {key: self._read(key, lambda text, most=most: _count(text, most)) for key, most in MAX_COUNTS.items()}
        tags = self._read("tags", lambda text: tidy_tags(TAG_MARKS.split(text)))
        if sku is None or price is None:
            return None
        return ListedItem(self.row.number, sku, price, names, descriptions, tags=tags, **counts)

    def _read(self, key: str, reader: Callable[..., Any], *, is_required: bool = False) -> Any:
        text = self.row[key]
        if not text and not is_required and key != "sku":
            return None
        try:
            return reader(text)
        except Refused as reason:
            self.refuse(key, reason)
            return None

    def _words(self, key: str, most: int) -> dict[str, str]:
        """Return words by locale; those of a column that names no language go where their letters belong."""
        words = dict(self._words_by_locale(key))
        for locale, text in words.items():
            if len(text) > most:
                self.refuse(f"{key}_{locale}" if self.row[f"{key}_{locale}"] else key, TooLong(most=most))
        return tidy_words(words)

    def _words_by_locale(self, key: str) -> Iterator[tuple[str, str]]:
        if text := self.row[key]:
            yield ("zh_Hans" if HAN.search(text) else "en"), text
        for locale in ("en", "zh_Hans"):
            if text := self.row[f"{key}_{locale}"]:
                yield locale, text


def _price(text: str, currency: str) -> Money:
    plain = unicodedata.normalize("NFKC", text).replace(",", "").strip("¥￥$€£元 ")
    try:
        amount = Decimal(plain).scaleb(get_currency_precision(currency))
    except (InvalidOperation, ArithmeticError):
        raise NotAPrice from None
    if not amount.is_finite() or amount != amount.to_integral_value() or not 0 < amount <= MAX_MINOR:
        raise NotAPrice
    return Money(int(amount), currency)


def _currency(text: str) -> str:
    code = text.strip().upper()
    if not (len(code) == 3 and code.isascii() and is_currency(code)):
        raise NotACurrency
    return code


def _count(text: str, most: int) -> int:
    plain = unicodedata.normalize("NFKC", text).replace(",", "")
    if not (plain.isascii() and plain.isdigit() and len(plain) < 10 and int(plain) <= most):
        raise NotACount(most=most)
    return int(plain)
