"""Drawing up an order: its steps, and what a draft still lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from giftshop.kernel.market import StoredValueRules
from giftshop.orders.rules import value
from giftshop.orders.rules.sets import Delivery, earliest_sending
from giftshop.orders.rules.states import OrderKind
from giftshop.orders.rules.value import Holder

MAX_CARDS: Final = 100_000
"""Gift books or cards of one order; more are several orders."""
MAX_PRODUCTS: Final = 60
"""Products that a shopping card may be spent on: what a phone shows without a search."""
MAX_HEADLINE: Final = 24
MAX_GREETING: Final = 120
"""Characters that a card can carry, in its large words and in the sender's."""
SHORTEST_VALIDITY: Final = timedelta(days=30)
LONGEST_VALIDITY: Final = timedelta(days=3 * 366)


class Step(StrEnum):
    """A page of drawing up an order, in their order."""

    CHOOSE = "choose"
    """Which gift book, and for how many."""
    VALUE = "value"
    """How much a shopping card holds, whose it is, and what it can be spent on."""
    GIFT_SET = "gift_set"
    """Which gift set, for how many or for whom, and where it goes."""
    RECIPIENTS = "recipients"
    """Who receives them, when the firm has a list."""
    BRAND = "brand"
    """Greeting, name, logo."""
    DELIVERY = "delivery"
    """Where the printed cards or the sets go, when, and whom the invoice names."""
    REVIEW = "review"
    """The proof, every line of the total, and Place."""


FIRST_STEP: Final[Mapping[OrderKind, Step]] = {
    OrderKind.GIFT_BOOK: Step.CHOOSE,
    OrderKind.SHOPPING_CARD: Step.VALUE,
    OrderKind.GIFT_SET: Step.GIFT_SET,
}
"""Where it is said what is bought, and how many."""


def steps_of(kind: OrderKind, *, has_list: bool) -> tuple[Step, ...]:
    """Return the steps of an order of this kind, in their order."""
    others = set(FIRST_STEP.values()) - {FIRST_STEP[kind]}
    return tuple(step for step in Step if step not in others and (has_list or step is not Step.RECIPIENTS))


class Lack(StrEnum):
    """What a draft lacks before it can be placed."""

    QUANTITY = "quantity"
    """Neither a number nor a list."""
    PRODUCTS = "products"
    """Nothing that a shopping card could be spent on."""
    FACE = "face"
    """More on a card than the market allows."""
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
    REAL_NAME = "real_name"
    """Nobody who stands for the purchase by name, where the market asks for it."""
    ADDRESSES = "addresses"
    """People of the list to whom nothing can be sent."""
    BRANCHES = "branches"
    """Branches that do not ask for exactly as many sets as there are."""
    REACH = "reach"
    """E-cards for people who have neither an e-mail address nor a mobile, or for a number of people without a list."""
    HOUR = "hour"
    """An hour for sending e-cards that has passed, or lies behind their last day."""
    WINDOW = "window"
    """Days of sending that are too near for what is to be made, or end before they begin."""


_STEP_OF: Final = {
    Lack.PRODUCTS: Step.VALUE,
    Lack.FACE: Step.VALUE,
    Lack.GREETING: Step.BRAND,
    Lack.SENDER: Step.BRAND,
    Lack.VALIDITY: Step.BRAND,
    Lack.RECEIVER: Step.DELIVERY,
    Lack.INVOICE: Step.DELIVERY,
    Lack.REAL_NAME: Step.DELIVERY,
    Lack.ADDRESSES: Step.RECIPIENTS,
    Lack.BRANCHES: Step.DELIVERY,
    Lack.WINDOW: Step.DELIVERY,
    Lack.REACH: Step.RECIPIENTS,
    Lack.HOUR: Step.DELIVERY,
}


def step_of(lack: Lack, kind: OrderKind, *, has_list: bool) -> Step:
    """Return the page on which that lack is mended."""
    if lack in {Lack.QUANTITY, Lack.REACH}:
        return Step.RECIPIENTS if has_list else FIRST_STEP[kind]
    return _STEP_OF[lack]


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
    kind: OrderKind = OrderKind.GIFT_BOOK
    holder: Holder = Holder.BEARER
    face_minor: int = 0
    products: int = 0
    """On how many products a shopping card can be spent."""
    has_real_name: bool = False
    delivery: Delivery = Delivery.FIRM
    has_list: bool = False
    has_card: bool = True
    """Whether a gift set comes with a greeting card."""
    without_address: int = 0
    """How many people of the list have none."""
    in_branches: int = 0
    """How many sets the branches ask for."""
    lead_days: int = 0
    """Working days that the set's slowest decoration takes."""
    not_before: date | None = None
    arrives_on: date | None = None
    is_digital: bool = False
    without_reach: int = 0
    """How many people of the list e-cards could not be sent to."""
    send_on: date | None = None


def lacks(draft: Filled, *, today: date, market: StoredValueRules) -> tuple[Lack, ...]:
    """Return what keeps a draft from being placed, in the order of the steps."""
    if draft.kind is OrderKind.GIFT_SET:
        return tuple(lack for lack, is_lacking in _set_lacks(draft, today).items() if is_lacking)
    lacking = {
        Lack.QUANTITY: not 0 < draft.quantity <= MAX_CARDS,
        **_value_lacks(draft, market),
        Lack.GREETING: not (draft.headline.strip() and draft.greeting.strip()),
        Lack.SENDER: not draft.sender_name.strip(),
        Lack.VALIDITY: not _is_validity(draft, today, market),
        Lack.RECEIVER: not draft.is_digital and not draft.has_receiver,
        Lack.REACH: draft.is_digital and (not draft.has_list or draft.without_reach > 0),
        Lack.HOUR: draft.is_digital and not _is_day_to_send(draft, today),
        Lack.INVOICE: not draft.invoice_title.strip(),
        Lack.REAL_NAME: needs_real_name(draft, market) and not draft.has_real_name,
    }
    return tuple(lack for lack, is_lacking in lacking.items() if is_lacking)


def needs_real_name(draft: Filled, market: StoredValueRules) -> bool:
    """Whether whoever buys must say who they are."""
    is_value = draft.kind is OrderKind.SHOPPING_CARD
    return is_value and value.needs_real_name(draft.holder, draft.face_minor * draft.quantity, market)


def is_book_validity(valid_until: date | None, *, today: date) -> bool:
    """Whether gift books may be valid through that day."""
    return valid_until is not None and today + SHORTEST_VALIDITY <= valid_until <= today + LONGEST_VALIDITY


def last_day(valid_until: date | None, *, kind: OrderKind, today: date, market: StoredValueRules) -> date | None:
    """Return the last day of cards that are made today: the one agreed on, or later where money came late.

    The least that the market asks for a card of value counts from the day it is sold, and a book that nobody had time
    to redeem would be worth nothing. None has no last day.
    """
    if valid_until is None:
        return None
    is_value = kind is OrderKind.SHOPPING_CARD
    return max(valid_until, value.earliest_end(today, market) if is_value else today + SHORTEST_VALIDITY)


def _set_lacks(draft: Filled, today: date) -> dict[Lack, bool]:
    is_direct = draft.delivery is Delivery.DIRECT
    return {
        Lack.QUANTITY: not 0 < draft.quantity <= MAX_CARDS,
        Lack.ADDRESSES: is_direct and (not draft.has_list or draft.without_address > 0),
        Lack.GREETING: draft.has_card and not (draft.headline.strip() and draft.greeting.strip()),
        Lack.SENDER: not draft.sender_name.strip(),
        Lack.RECEIVER: draft.delivery is Delivery.FIRM and not draft.has_receiver,
        Lack.BRANCHES: draft.delivery is Delivery.BRANCHES and draft.in_branches != draft.quantity,
        Lack.WINDOW: not _is_window(draft, today),
        Lack.INVOICE: not draft.invoice_title.strip(),
    }


def _is_day_to_send(draft: Filled, today: date) -> bool:
    if draft.send_on is None:
        return True
    return today <= draft.send_on and (draft.valid_until is None or draft.send_on <= draft.valid_until)


def _is_window(draft: Filled, today: date) -> bool:
    if draft.not_before is not None and draft.not_before < earliest_sending(today, draft.lead_days):
        return False
    first = draft.not_before or earliest_sending(today, draft.lead_days)
    return draft.arrives_on is None or draft.arrives_on >= first


def _is_validity(draft: Filled, today: date, market: StoredValueRules) -> bool:
    if draft.kind is OrderKind.SHOPPING_CARD:
        return value.is_validity(draft.valid_until, holder=draft.holder, today=today, rules=market)
    return is_book_validity(draft.valid_until, today=today)


def _value_lacks(draft: Filled, market: StoredValueRules) -> dict[Lack, bool]:
    if draft.kind is not OrderKind.SHOPPING_CARD:
        return {}
    return {
        Lack.PRODUCTS: not 0 < draft.products <= MAX_PRODUCTS,
        Lack.FACE: not 0 < draft.face_minor <= value.cap_of(draft.holder, market),
    }
