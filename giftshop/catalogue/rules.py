"""What an item and a gift book may be. Pure: no database, no web."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from giftshop.catalogue.errors import (
    AmountNegative,
    AmountNotPositive,
    NameMissing,
    NotACollectionTag,
    NotAnEditionCode,
    NotASku,
    NotASupplierCode,
)
from giftshop.kernel.locale import LOCALES, WRITTEN_LOCALES
from giftshop.kernel.money import Money

SKU = re.compile(r"[A-Z0-9][A-Z0-9._-]{0,39}")
EDITION_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,31}")
SUPPLIER_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,19}")
COLLECTION_TAG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){0,5}")
PICTURE_HASH = re.compile(r"[0-9a-f]{64}")
DRAWING = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){0,5}")
MAX_TAGS = 20
ANYTHING = "*"
"""In a rule of what may not lie in one parcel: everything else."""


class ItemState(StrEnum):
    """Where an item stands."""

    DRAFT = "draft"
    """Being written; only staff see it."""
    ON_OFFER = "on_offer"
    """May go into gift books."""
    WITHDRAWN = "withdrawn"
    """Goes into no new gift book; printed ones still give it while stock lasts."""


class EditionState(StrEnum):
    """Where an edition of a gift book stands."""

    DRAWN_UP = "drawn_up"
    """Being put together; its gifts may still change."""
    ON_OFFER = "on_offer"
    """May be ordered, so it may be printed: its gifts are fixed."""
    CLOSED = "closed"
    """Takes no new orders; the books that were printed stay valid with the same gifts."""


class CollectionKind(StrEnum):
    """What the gifts of a collection have in common."""

    OCCASION = "occasion"
    """Why they are given."""
    RECIPIENT = "recipient"
    """To whom."""
    SORT = "sort"
    """What they are."""


class PackagingKind(StrEnum):
    """What a packaging is."""

    BOX = "box"
    """Stands by itself and is closed with a lid."""
    BAG = "bag"
    """Has handles, and bears the firm's print (礼品袋)."""
    WRAPPING = "wrapping"
    """Paper or cloth around the goods."""


class DecorationKind(StrEnum):
    """How a firm's mark is put onto something (定制工艺)."""

    SILK_SCREEN = "silk_screen"
    """丝印: ink through a screen, one colour."""
    STICKER = "sticker"
    """不干胶贴: printed in full colour and stuck on."""
    BAG_PRINT = "bag_print"
    """礼品袋印刷: printed on the gift bag."""
    ENGRAVING = "engraving"
    """激光雕刻: burnt in by laser."""


@dataclass(frozen=True, slots=True)
class PackagingFacts:
    """What staff write about a packaging; weights in grams."""

    code: str
    kind: PackagingKind
    names: Mapping[str, str]
    price: Money
    weight_g: int
    holds_g: int
    picture: str | None = None

    def checked(self) -> PackagingFacts:
        """Return these facts in their usual form; raise the refusal of the first field that is wrong."""
        if self.price.amount_minor < 0:
            raise AmountNegative(field="price")
        if self.weight_g < 0:
            raise AmountNegative(field="weight_g")
        if self.holds_g <= 0:
            raise AmountNotPositive(field="holds_g")
        return replace(self, code=sku_of(self.code, field="code"), names=required_words(self.names, field="name_en"))


@dataclass(frozen=True, slots=True)
class DecorationFacts:
    """What staff write about a decoration. `least` in pieces, `lead_days` in working days, the area in millimetres."""

    kind: DecorationKind
    names: Mapping[str, str]
    setup: Money
    unit: Money
    least: int
    lead_days: int
    width_mm: int
    height_mm: int

    def checked(self) -> DecorationFacts:
        """Return these facts in their usual form; raise the refusal of the first field that is wrong."""
        for name, number in (("least", self.least), ("width_mm", self.width_mm), ("height_mm", self.height_mm)):
            if number <= 0:
                raise AmountNotPositive(field=name)
        asked = (("setup", self.setup.amount_minor), ("unit", self.unit.amount_minor), ("lead_days", self.lead_days))
        for name, number in asked:
            if number < 0:
                raise AmountNegative(field=name)
        return replace(self, names=required_words(self.names, field="name_en"))


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What staff write about an item; `words` are dictionaries by locale."""

    sku: str
    names: Mapping[str, str]
    price: Money
    descriptions: Mapping[str, str] = field(default_factory=dict)
    picture: str | None = None
    """The SHA-256 of a stored picture, or the name of one of our own under static/goods; see `is_stored`."""
    weight_g: int = 0
    """Packed weight in grams; 0 when not known yet."""
    lead_days: int = 0
    """Working days until it can leave when it is not in stock."""
    tags: tuple[str, ...] = ()
    supplier_id: int | None = None
    """Who sends it to the receiver; None: we do, from our own shelf."""

    def checked(self) -> ItemFacts:
        """Return these facts in their usual form; raise the refusal of the first field that is wrong."""
        if self.price.amount_minor <= 0:
            raise AmountNotPositive(field="price")
        return ItemFacts(
            sku=sku_of(self.sku),
            names=required_words(self.names, field="name_en"),
            price=self.price,
            descriptions=tidy_words(self.descriptions),
            picture=self.picture or None,
            weight_g=self.weight_g,
            lead_days=self.lead_days,
            tags=tidy_tags(self.tags),
            supplier_id=self.supplier_id,
        )


@dataclass(frozen=True, slots=True)
class CollectionFacts:
    """What staff write about a collection; words are by locale."""

    tag: str
    kind: CollectionKind
    names: Mapping[str, str]
    texts: Mapping[str, str] = field(default_factory=dict)
    also: str = ""
    """What else people type who look for it, with spaces between."""
    picture: str | None = None
    position: int = 1

    def checked(self) -> CollectionFacts:
        """Return these facts in their usual form; raise the refusal of the first field that is wrong."""
        if not COLLECTION_TAG.fullmatch(self.tag.strip().lower()):
            raise NotACollectionTag(field="tag")
        if self.position <= 0:
            raise AmountNotPositive(field="position")
        return replace(
            self,
            tag=self.tag.strip().lower(),
            names=required_words(self.names, field="name_en"),
            texts=tidy_words(self.texts),
            also=" ".join(self.also.split()),
            picture=self.picture or None,
        )


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """What staff write about an edition of a gift book."""

    code: str
    names: Mapping[str, str]
    tier: Money
    """What a firm pays for one book."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Which edition it is (版次): "Autumn 2026"."""

    def checked(self) -> EditionFacts:
        """Return these facts in their usual form; raise the refusal of the first field that is wrong."""
        if self.tier.amount_minor <= 0:
            raise AmountNotPositive(field="tier")
        return EditionFacts(
            code=edition_code_of(self.code),
            names=required_words(self.names, field="name_en"),
            tier=self.tier,
            labels=tidy_words(self.labels),
        )


def sku_of(text: str, *, field: str = "sku") -> str:
    """Return a SKU in capitals, without full-width letters or outer spaces. Raises NotASku at `field`."""
    sku = unicodedata.normalize("NFKC", text).strip().upper()
    if not SKU.fullmatch(sku):
        raise NotASku(field=field)
    return sku


def edition_code_of(text: str) -> str:
    """Return an edition's code in capitals. Raises NotAnEditionCode."""
    code = unicodedata.normalize("NFKC", text).strip().upper()
    if not EDITION_CODE.fullmatch(code):
        raise NotAnEditionCode(field="code")
    return code


def supplier_code_of(text: str) -> str:
    """Return a supplier's code in capitals. Raises NotASupplierCode."""
    code = unicodedata.normalize("NFKC", text).strip().upper()
    if not SUPPLIER_CODE.fullmatch(code):
        raise NotASupplierCode(field="code")
    return code


def tidy_words(words: Mapping[str, str]) -> dict[str, str]:
    """Return the words by locale without outer spaces, empty ones and unknown locales."""
    return {locale: words[locale].strip() for locale in LOCALES if words.get(locale, "").strip()}


def required_words(words: Mapping[str, str], *, field: str) -> dict[str, str]:
    """Return tidy words of which there are some. Raises NameMissing at `field`."""
    tidy = tidy_words(words)
    if not tidy:
        raise NameMissing(field=field)
    return tidy


def tidy_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return tags in small letters, each once, in the order they came."""
    return tuple(dict.fromkeys(tag.strip().lower() for tag in tags if tag.strip()))[:MAX_TAGS]


def is_complete(names: Mapping[str, str], descriptions: Mapping[str, str], picture: str | None) -> bool:
    """Whether shoppers would see a name, a description and a picture."""
    return bool(picture) and all(names.get(locale) and descriptions.get(locale) for locale in WRITTEN_LOCALES)


def is_stored(picture: str) -> bool:
    """Whether a picture is an uploaded one (kept under its hash), not one of our own drawings."""
    return PICTURE_HASH.fullmatch(picture) is not None
