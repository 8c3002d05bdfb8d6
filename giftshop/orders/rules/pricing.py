"""What an order costs, line by line, and which invoice each line gets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from giftshop.giftsets import Rates
from giftshop.kernel.money import Money

SETS: Final = Rates()
"""What is asked of gift sets, as their builder shows it before there is an order."""


class LineKind(StrEnum):
    """What a line of the total is for."""

    BOOKS = "books"
    """The gift books themselves, at the edition's price."""
    VALUE = "value"
    """The value on shopping cards, at face."""
    PRINTING = "printing"
    """A printed card for each, with greeting and QR."""
    BRANDING = "branding"
    """Setting up the firm's logo for printing, once."""
    DELIVERY = "delivery"
    """Bringing the printed cards to the firm."""
    SENDING = "sending"
    """Sending an e-card by e-mail or text message: on us."""
    ITEMS = "items"
    """One item of gift sets, for all of them."""
    PACKAGING = "packaging"
    """The box, bag or wrapping of gift sets."""
    SETUP = "setup"
    """Setting up a decoration, once."""
    DECORATION = "decoration"
    """A decoration, a piece."""
    CARD = "card"
    """The greeting cards of gift sets."""
    PARCELS = "parcels"
    """Bringing the parcels of gift sets to where they go."""


class InvoiceKind(StrEnum):
    """Which invoice (发票) a line gets."""

    ORDINARY = "ordinary"
    """An invoice with tax: goods and services."""
    UNTAXED = "untaxed"
    """不征税普票: selling a prepaid card is no sale of goods yet (国家税务总局公告 2016 年第 53 号, 第三条)."""


INVOICES: Final[Mapping[LineKind, InvoiceKind]] = {
    kind: InvoiceKind.UNTAXED if kind is LineKind.VALUE else InvoiceKind.ORDINARY for kind in LineKind
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a total: `unit` times `quantity`."""

    kind: LineKind
    unit: Money
    quantity: int
    words: Mapping[str, str] = field(default_factory=dict)
    """What it is more exactly, by language, where the kind alone does not say it."""

    @property
    def amount(self) -> Money:
        """What the line comes to."""
        return self.unit * self.quantity

    @property
    def invoice(self) -> InvoiceKind:
        """Which invoice it stands on."""
        return INVOICES[self.kind]


@dataclass(frozen=True, slots=True)
class Tariff:
    """What the operator asks besides the gifts; amounts in minor units of the order's currency, tax included."""

    card_minor: int = SETS.card_minor
    """A printed card, also the greeting card of a gift set: ¥3.00, as in the Mid-Autumn plan."""
    logo_minor: int = 12_000
    """Setting up a logo, whatever the number of cards."""
    delivery_minor: int = 2_000
    """Insured delivery of the cards to the firm."""
    free_delivery_from: int = 50
    """From this many cards on, delivery is on us."""
    parcel_minor: int = SETS.parcel_minor
    """A parcel of gift sets to one door."""
    parcel_limit_g: int = 20_000
    """The heaviest parcel, in grams; what weighs more goes in several."""


def lines_of(
    price: Money,
    quantity: int,
    *,
    has_logo: bool,
    tariff: Tariff,
    kind: LineKind = LineKind.BOOKS,
    is_digital: bool = False,
) -> tuple[Line, ...]:
    """Return the lines of an order for `quantity` books or cards at `price` each. Empty when there are none yet.

    E-cards cost what they hold: nothing is printed, and nothing is brought to the firm.
    """
    if quantity <= 0:
        return ()
    if is_digital:
        return (Line(kind, price, quantity), Line(LineKind.SENDING, Money.zero(price.currency), quantity))
    currency = price.currency
    delivery = 0 if quantity >= tariff.free_delivery_from else tariff.delivery_minor
    lines = [
        Line(kind, price, quantity),
        Line(LineKind.PRINTING, Money(tariff.card_minor, currency), quantity),
        Line(LineKind.DELIVERY, Money(delivery, currency), 1),
    ]
    if has_logo:
        lines.insert(2, Line(LineKind.BRANDING, Money(tariff.logo_minor, currency), 1))
    return tuple(lines)


def total_of(lines: Iterable[Line], currency: str) -> Money:
    """Return what `lines` come to."""
    total = Money.zero(currency)
    for line in lines:
        total += line.amount
    return total


def value_of(lines: Iterable[Line]) -> int:
    """Return how much stored value `lines` sell, in minor units."""
    return sum(line.amount.amount_minor for line in lines if line.kind is LineKind.VALUE)
