"""What a gift set costs, weighs, and may not be. Pure: everything it judges was read before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from giftshop.giftsets.errors import (
    ArtworkMissing,
    BelowMinimum,
    DecorationGone,
    GreetingMissing,
    ItemGone,
    NothingInside,
    NotTogether,
    PackagingGone,
    PackagingTooSmall,
    TooHeavy,
)
from giftshop.kernel.errors import Refused
from giftshop.kernel.money import Money

MAX_ITEMS: Final = 12
"""Different items in one set: what one box holds and one picture shows."""
MAX_OF_ONE: Final = 99
MAX_PLANNED: Final = 100_000
MAX_NAME: Final = 60
MAX_HEADLINE: Final = 24
MAX_GREETING: Final = 120
MAX_TEXT: Final = 40
"""Characters of words that are put onto goods."""
CARD_G: Final = 20
"""A greeting card in its envelope, in grams."""
ANYTHING: Final = "*"


class ChargeKind(StrEnum):
    """What a line of a set's total is for."""

    ITEMS = "items"
    """One item of the set, for all sets."""
    PACKAGING = "packaging"
    """The box, bag or wrapping."""
    SETUP = "setup"
    """Setting up a decoration, once."""
    DECORATION = "decoration"
    """The decoration itself, a piece."""
    CARD = "card"
    """A printed greeting card for each."""
    PARCELS = "parcels"
    """Bringing the parcels to where they go."""


@dataclass(frozen=True, slots=True)
class Rates:
    """What the operator asks besides goods and decorations; amounts in minor units, tax included."""

    card_minor: int = 300
    """A printed greeting card: ¥3.00, as in the Mid-Autumn plan."""
    parcel_minor: int = 1_200
    """A parcel to one door in the country."""


@dataclass(frozen=True, slots=True)
class Part:
    """One item of a set, so many in each. Weight in grams, of one."""

    item_id: int
    names: Mapping[str, str]
    price: Money
    weight_g: int
    quantity: int
    tags: tuple[str, ...] = ()
    is_offered: bool = True


@dataclass(frozen=True, slots=True)
class Wrap:
    """The packaging of a set; weights in grams."""

    packaging_id: int
    names: Mapping[str, str]
    price: Money
    weight_g: int
    holds_g: int
    code: str = ""
    is_offered: bool = True


@dataclass(frozen=True, slots=True)
class Craft:
    """A decoration chosen for a set, at its place; `pieces` are decorated in each set."""

    place_id: int
    kind: str
    names: Mapping[str, str]
    on: Mapping[str, str]
    """What it is put onto."""
    places: Mapping[str, str]
    """Where on it."""
    setup: Money
    unit: Money
    least: int
    lead_days: int
    pieces: int
    width_mm: int
    height_mm: int
    logo_id: int | None = None
    text: str = ""
    is_offered: bool = True


@dataclass(frozen=True, slots=True)
class Clash:
    """Two tags whose items may not lie in one parcel, and why."""

    tag: str
    other_tag: str
    reasons: Mapping[str, str]

    def forbids(self, first: Part, second: Part) -> bool:
        """Whether these two items may not lie together."""
        return self._is_between(first, second) or self._is_between(second, first)

    def _is_between(self, first: Part, second: Part) -> bool:
        if self.tag not in first.tags:
            return False
        return self.tag not in second.tags if self.other_tag == ANYTHING else self.other_tag in second.tags


@dataclass(frozen=True, slots=True)
class Contents:
    """A gift set as it is judged: what is in it, what is done to it, and the rules of the day."""

    currency: str
    parts: Sequence[Part]
    wrap: Wrap | None = None
    crafts: Sequence[Craft] = ()
    has_card: bool = False
    headline: str = ""
    greeting: str = ""
    clashes: Sequence[Clash] = ()

    @property
    def contents_g(self) -> int:
        """What lies in the packaging of one set, in grams."""
        return sum(part.weight_g * part.quantity for part in self.parts) + (CARD_G if self.has_card else 0)

    @property
    def weight_g(self) -> int:
        """What one set weighs, packed, in grams."""
        return self.contents_g + (self.wrap.weight_g if self.wrap else 0)

    @property
    def lead_days(self) -> int:
        """Working days that the slowest decoration takes."""
        return max((craft.lead_days for craft in self.crafts), default=0)

    @property
    def unit(self) -> Money:
        """What one set costs: goods, packaging and decorations, without set-up, card and delivery."""
        total = Money.zero(self.currency)
        for charge in self._charges(1):
            if charge.kind is not ChargeKind.SETUP:
                total += charge.amount
        return total

    def charges(self, quantity: int, *, parcels: int, rates: Rates) -> tuple[Charge, ...]:
        """Return every line of what `quantity` sets in so many parcels come to. Empty when there are none."""
        if quantity <= 0 or not self.parts:
            return ()
        lines = [*self._charges(quantity)]
        if self.has_card:
            lines.append(Charge(ChargeKind.CARD, Money(rates.card_minor, self.currency), quantity))
        if parcels:
            lines.append(Charge(ChargeKind.PARCELS, Money(rates.parcel_minor, self.currency), parcels))
        return tuple(lines)

    def _charges(self, quantity: int) -> Iterator[Charge]:
        for part in self.parts:
            yield Charge(ChargeKind.ITEMS, part.price, part.quantity * quantity, part.names)
        if self.wrap:
            yield Charge(ChargeKind.PACKAGING, self.wrap.price, quantity, self.wrap.names)
        for craft in self.crafts:
            words = joined(craft.names, craft.on)
            yield Charge(ChargeKind.SETUP, craft.setup, 1, words)
            yield Charge(ChargeKind.DECORATION, craft.unit, craft.pieces * quantity, words)

    def refusals(self, quantity: int, *, parcel_limit_g: int) -> tuple[Refused, ...]:
        """Return all that keeps `quantity` of this set from being ordered, each at its field."""
        return (*self._about_goods(parcel_limit_g), *self._about_making(quantity))

    def _about_goods(self, parcel_limit_g: int) -> Iterator[Refused]:
        if not self.parts:
            yield NothingInside(field="items")
        for part in self.parts:
            if not part.is_offered or part.price.currency != self.currency:
                yield ItemGone(field="items", item=dict(part.names))
        for place, first in enumerate(self.parts):
            for second in self.parts[place + 1 :]:
                clash = next((clash for clash in self.clashes if clash.forbids(first, second)), None)
                if clash:
                    facts = {"first": dict(first.names), "second": dict(second.names), "reason": dict(clash.reasons)}
                    yield NotTogether(field="items", **facts)
        if self.wrap and (not self.wrap.is_offered or self.wrap.price.currency != self.currency):
            yield PackagingGone(field="packaging", packaging=dict(self.wrap.names))
        if self.wrap and self.contents_g > self.wrap.holds_g:
            named = dict(self.wrap.names)
            yield PackagingTooSmall(field="packaging", packaging=named, weight=self.contents_g, most=self.wrap.holds_g)
        if self.weight_g > parcel_limit_g:
            yield TooHeavy(field="items", weight=self.weight_g, most=parcel_limit_g)

    def _about_making(self, quantity: int) -> Iterator[Refused]:
        for craft in self.crafts:
            said = {"decoration": dict(craft.names), "on": dict(craft.on)}
            if not craft.is_offered or not craft.pieces:
                yield DecorationGone(field="decorations", **said)
            if craft.logo_id is None and not craft.text.strip():
                yield ArtworkMissing(field="decorations", **said)
            pieces = craft.pieces * quantity
            if 0 < pieces < craft.least:
                yield BelowMinimum(field="quantity", **said, least=craft.least, quantity=pieces)
        if self.has_card and not (self.headline.strip() and self.greeting.strip()):
            yield GreetingMissing(field="greeting")


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of a total: `unit` times `quantity`; `words` say for what, by language."""

    kind: ChargeKind
    unit: Money
    quantity: int
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def amount(self) -> Money:
        """What the line comes to."""
        return self.unit * self.quantity


def joined(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    """Return "first · second" in every language that either speaks."""
    return {
        locale: " · ".join(filter(None, (first.get(locale, ""), second.get(locale, ""))))
        for locale in dict.fromkeys((*first, *second))
    }


def fill_parcels(quantity: int, weight_g: int, limit_g: int) -> list[int]:
    """Return how many sets of `weight_g` grams go into each parcel of at most `limit_g`, as few parcels as may be.

    One set at least goes into each; they are spread evenly, so that the last parcel is not the only light one.
    """
    if quantity <= 0:
        return []
    most = max(1, limit_g // weight_g) if weight_g > 0 else quantity
    parcels = -(-quantity // most)
    each, more = divmod(quantity, parcels)
    return [each + 1] * more + [each] * (parcels - more)
