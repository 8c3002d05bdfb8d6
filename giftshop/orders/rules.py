"""What an order is, what it costs line by line, and what it still lacks. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from giftshop.kernel.money import Money
from giftshop.kernel.numbering import Numbering

NUMBERS: Final = Numbering("O")
MAX_BOOKS: Final = 100_000
"""Gift books of one order; more are several orders."""
MAX_HEADLINE: Final = 24
MAX_GREETING: Final = 120
"""Characters that a card can carry, in its large words and in the sender's."""
SHORTEST_VALIDITY: Final = timedelta(days=30)
LONGEST_VALIDITY: Final = timedelta(days=3 * 366)


class OrderState(StrEnum):
    """How far an order has come. What follows issuing is told by its batch."""

    DRAFT = "draft"
    """Kept, and changed freely by the firm."""
    AWAITING_APPROVAL = "awaiting_approval"
    """Placed above the buyer's limit; an approver decides."""
    AWAITING_PAYMENT = "awaiting_payment"
    """Placed; the firm was told what to transfer."""
    PAID = "paid"
    """The money is here; the gift books are being issued."""
    ISSUED = "issued"
    """Serial numbers and codes exist; printing and dispatch follow."""
    CANCELLED = "cancelled"
    """Given up before payment."""


class LineKind(StrEnum):
    """What a line of the total is for."""

    BOOKS = "books"
    """The gift books themselves, at the edition's price."""
    PRINTING = "printing"
    """A printed card for each, with greeting and QR."""
    BRANDING = "branding"
    """Setting up the firm's logo for printing, once."""
    DELIVERY = "delivery"
    """Bringing the printed cards to the firm."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a total: `unit` times `quantity`."""

    kind: LineKind
    unit: Money
    quantity: int

    @property
    def amount(self) -> Money:
        """What the line comes to."""
        return self.unit * self.quantity


@dataclass(frozen=True, slots=True)
class Tariff:
    """What the operator asks besides the gifts; amounts in minor units of the edition's currency, tax included."""

    card_minor: int = 300
    """A printed card: ¥3.00, as in the Mid-Autumn plan."""
    logo_minor: int = 12_000
    """Setting up a logo, whatever the number of cards."""
    delivery_minor: int = 2_000
    """Insured delivery of the cards to the firm."""
    free_delivery_from: int = 50
    """From this many books on, delivery is on us."""


def lines_of(price: Money, quantity: int, *, has_logo: bool, tariff: Tariff) -> tuple[Line, ...]:
    """Return the lines of an order for `quantity` gift books at `price` each. Empty when there are none yet."""
    if quantity <= 0:
        return ()
    currency = price.currency
    delivery = 0 if quantity >= tariff.free_delivery_from else tariff.delivery_minor
    lines = [
        Line(LineKind.BOOKS, price, quantity),
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


class Step(StrEnum):
    """A page of drawing up an order, in their order."""

    CHOOSE = "choose"
    """Which gift book, and for how many."""
    RECIPIENTS = "recipients"
    """Who receives them, when the firm has a list."""
    BRAND = "brand"
    """Greeting, name, logo."""
    DELIVERY = "delivery"
    """Where the printed cards go, and whom the invoice names."""
    REVIEW = "review"
    """The proof, every line of the total, and Place."""


class Lack(StrEnum):
    """What a draft lacks before it can be placed."""

    QUANTITY = "quantity"
    """Neither a number of books nor a list."""
    GREETING = "greeting"
    """No words on the card."""
    SENDER = "sender"
    """No name of the giver."""
    VALIDITY = "validity"
    """No last day, or one that is too near or too far."""
    RECEIVER = "receiver"
    """Nobody to bring the cards to."""
    INVOICE = "invoice"
    """No invoice title."""


STEP_OF: Final = {
    Lack.QUANTITY: Step.CHOOSE,
    Lack.GREETING: Step.BRAND,
    Lack.SENDER: Step.BRAND,
    Lack.VALIDITY: Step.BRAND,
    Lack.RECEIVER: Step.DELIVERY,
    Lack.INVOICE: Step.DELIVERY,
}


@dataclass(frozen=True, slots=True)
class Filled:
    """How far a draft is filled in."""

    quantity: int
    headline: str
    greeting: str
    sender_name: str
    valid_until: date | None
    has_receiver: bool
    invoice_title: str


def lacks(draft: Filled, *, today: date) -> tuple[Lack, ...]:
    """Return what keeps a draft from being placed, in the order of the steps."""
    lacking = {
        Lack.QUANTITY: not 0 < draft.quantity <= MAX_BOOKS,
        Lack.GREETING: not (draft.headline.strip() and draft.greeting.strip()),
        Lack.SENDER: not draft.sender_name.strip(),
        Lack.VALIDITY: not is_validity(draft.valid_until, today=today),
        Lack.RECEIVER: not draft.has_receiver,
        Lack.INVOICE: not draft.invoice_title.strip(),
    }
    return tuple(lack for lack, is_lacking in lacking.items() if is_lacking)


def is_validity(valid_until: date | None, *, today: date) -> bool:
    """Whether gift books may be valid through that day."""
    return valid_until is not None and today + SHORTEST_VALIDITY <= valid_until <= today + LONGEST_VALIDITY


def needs_approval(total: Money, limit_minor: int | None) -> bool:
    """Whether an order is above what its buyer may place alone; no limit means none is needed."""
    return limit_minor is not None and total.amount_minor > limit_minor
