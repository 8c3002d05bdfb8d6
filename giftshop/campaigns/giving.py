"""What a campaign asks of whoever supplies the gifts: a small port, so that the supply can be another one tomorrow.

`wiring` puts an implementation on the app. What is given, and an order's number, are words that only it can read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.market import GiftNature
from giftshop.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be given."""

    gift: str
    names: Mapping[str, str]
    price: Money
    """Of one, without its printed card: a campaign counts that by itself."""


@dataclass(frozen=True, slots=True)
class Person:
    """One nominee who gets a grade's gift."""

    nominee_id: int
    """Returned by `parcels_of`: the reference of whatever becomes of the gift."""
    name: str
    phone: str
    """E.164; two nominees of a campaign never share one."""
    address: str
    group: str
    is_on_site: bool
    """Whether the firm hands it over itself."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One grade's gifts, for everybody who was accepted into it."""

    firm_id: int
    gift: str
    price: Money
    """What the plan counts with, for one."""
    grade: str
    people: Sequence[Person]
    sender_name: str
    occasion: str
    greeting: str
    locale: str
    is_surprise: bool
    first_day: date
    """Before it, nothing is sent to anybody's door."""
    arrives_by: datetime
    """After it, a gift that was sent is late."""
    on_site_by: datetime
    """When gifts that are handed over on site are to be at the firm."""


@dataclass(frozen=True, slots=True)
class DrawnUp:
    """An order that was drawn up."""

    number: str
    """What people know it by."""
    is_on_site: bool
    """Whether it brings to the firm what is handed over there."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What became of one nominee's gift; a moment that has not come is None."""

    printed: bool
    """Whether the greeting card is on paper."""
    dispatched_at: datetime | None = None
    delivered_at: datetime | None = None
    is_returned: bool = False


class Giving(Protocol):
    """Where the gifts come from."""

    nature: GiftNature
    """What they are, as far as the market's rules tell gifts apart."""

    def offers(self, reader: Reader, firm_id: int, currency: str) -> Sequence[Offer]:
        """Return what a firm can give, in that currency, the lowest price first."""

    def draw_up(self, tx: Transaction, wanted: Wanted, *, by: Actor, at: datetime) -> Sequence[DrawnUp]:
        """Draw up the orders for one grade's people: one or more, each of them in one of the two ways."""

    def parcels_of(self, reader: Reader, firm_id: int, numbers: Collection[str]) -> Mapping[int, Parcel]:
        """Return what became of the gifts of these orders, by the nominee's id."""
